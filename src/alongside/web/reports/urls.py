"""Addresses of the reports."""

from django.urls import path

from alongside.web.reports.contact_file import contact_file
from alongside.web.reports.contracts import contracts
from alongside.web.reports.figure import figure
from alongside.web.reports.files import pdf, spreadsheet
from alongside.web.reports.freeze import freeze
from alongside.web.reports.moved import moved
from alongside.web.reports.quarter import quarter
from alongside.web.reports.reports import reports

app_name = "reports"
QUARTER = "<uuid:pk>/<slug:slug>/"
urlpatterns = [
    path("", reports, name="reports"),
    path("contacts/", contact_file, name="contact_file"),
    path("all/<slug:slug>/", contracts, name="contracts"),
    path(QUARTER, quarter, name="quarter"),
    path(f"{QUARTER}figure/<str:key>/", figure, name="figure"),
    path(f"{QUARTER}moved/", moved, name="moved"),
    path(f"{QUARTER}freeze/", freeze, name="freeze"),
    path(f"{QUARTER}report.pdf", pdf, name="pdf"),
    path(f"{QUARTER}report.xlsx", spreadsheet, name="spreadsheet"),
]
