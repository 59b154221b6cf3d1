"""Addresses of a check-in. The token is the only key; nothing in an address says whose it is."""

from django.urls import path

from alongside.web.measures.check_in import done, front, question, start
from alongside.web.measures.her_own import rather_not, you
from alongside.web.measures.talk import talk

app_name = "check_in"
urlpatterns = [
    path("", front, name="front"),
    path("done/", done, name="done"),
    path("<str:token>/", start, name="start"),
    path("<str:token>/talk/", talk, name="talk"),
    path("<str:token>/you/", you, name="you"),
    path("<str:token>/rather-not/", rather_not, name="rather_not"),
    path("<str:token>/<int:number>/", question, name="question"),
]
