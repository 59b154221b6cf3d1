"""Addresses of a family's clocks."""

from django.urls import path

from alongside.web.clocks.dates import dates
from alongside.web.clocks.family import family

app_name = "clocks"
urlpatterns = [
    path("<uuid:pk>/", family, name="family"),
    path("arrangements/<uuid:pk>/", dates, name="dates"),
]
