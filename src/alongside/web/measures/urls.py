"""Addresses of a family's measures, under the family's own address."""

from django.urls import path

from alongside.web.measures.ask import ask
from alongside.web.measures.link import link
from alongside.web.measures.overview import overview

app_name = "measures"
urlpatterns = [
    path("", overview, name="overview"),
    path("new/", ask, name="ask"),
    path("link/", link, name="link"),
]
