"""Addresses of a family's measures, under the family's own address."""

from django.urls import path

from alongside.web.measures.ask import ask
from alongside.web.measures.enter import enter
from alongside.web.measures.half_filled import drop, keep
from alongside.web.measures.link import link
from alongside.web.measures.on_paper import on_paper, pdf
from alongside.web.measures.overview import overview
from alongside.web.measures.peace import peace

app_name = "measures"
urlpatterns = [
    path("", overview, name="overview"),
    path("new/", ask, name="ask"),
    path("new/kept/", keep, name="keep"),
    path("new/drop/", drop, name="drop"),
    path("not-now/", peace, name="peace"),
    path("one/<slug:key>/", enter, name="enter"),
    path("paper/", on_paper, name="paper"),
    path("paper.pdf", pdf, name="paper_pdf"),
    path("link/", link, name="link"),
]
