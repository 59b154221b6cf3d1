"""Addresses of extracts."""

from django.urls import path

from alongside.web.extracts.answering import decide, decisions
from alongside.web.extracts.asking import ask, extract, extracts, take

app_name = "extracts"
urlpatterns = [
    path("", extracts, name="extracts"),
    path("ask/<uuid:pk>/", ask, name="ask"),
    path("answers/", decisions, name="decisions"),
    path("answers/<uuid:pk>/", decide, name="decide"),
    path("<uuid:pk>/", extract, name="extract"),
    path("<uuid:pk>/take/", take, name="take"),
]
