"""Addresses of the economic cases."""

from django.urls import path

from alongside.web.economics.business_case import business_case, given_business_case
from alongside.web.economics.capacity import capacity
from alongside.web.economics.case import case
from alongside.web.economics.compare import compare
from alongside.web.economics.economics import economics
from alongside.web.economics.edition import edition, editions, file
from alongside.web.economics.given import given, given_drawn, given_file
from alongside.web.economics.new import new
from alongside.web.economics.published import published
from alongside.web.economics.share import share
from alongside.web.economics.spreadsheet import given_spreadsheet, spreadsheet
from alongside.web.economics.staying import staying
from alongside.web.economics.unit_costs import unit_cost, unit_cost_new, unit_costs
from alongside.web.economics.upload import upload

app_name = "economics"
EDITION = "<uuid:pk>/editions/<int:number>/"
urlpatterns = [
    path("", economics, name="economics"),
    path("published/", published, name="published"),
    path("unit-costs/", unit_costs, name="unit-costs"),
    path("unit-costs/new/", unit_cost_new, name="unit-cost-new"),
    path("unit-costs/<uuid:pk>/", unit_cost, name="unit-cost"),
    path("new/", new, name="new"),
    path("compare/", compare, name="compare"),
    path("<uuid:pk>/", case, name="case"),
    path("<uuid:pk>/editions/", editions, name="editions"),
    path(EDITION, edition, name="edition"),
    path(f"{EDITION}scenario.toml", file, name="file"),
    path(f"{EDITION}case.xlsx", spreadsheet, name="spreadsheet"),
    path(f"{EDITION}case.pdf", business_case, {"ending": "pdf"}, name="business_case_pdf"),
    path(f"{EDITION}case.docx", business_case, {"ending": "docx"}, name="business_case_docx"),
    path("<uuid:pk>/upload/", upload, name="upload"),
    path("<uuid:pk>/share/", share, name="share"),
    path("given/<uuid:pk>/", given, name="given"),
    path("given/<uuid:pk>/drawn/", given_drawn, name="given_drawn"),
    path("given/<uuid:pk>/scenario.toml", given_file, name="given_file"),
    path("given/<uuid:pk>/case.xlsx", given_spreadsheet, name="given_spreadsheet"),
    path("given/<uuid:pk>/case.pdf", given_business_case, {"ending": "pdf"}, name="given_business_case_pdf"),
    path("given/<uuid:pk>/case.docx", given_business_case, {"ending": "docx"}, name="given_business_case_docx"),
    path("capacity/", capacity, name="capacity"),
    path("staying/", staying, name="staying"),
]
