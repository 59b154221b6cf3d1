"""Addresses of asking for help."""

from django.urls import path

from alongside.web.ask.check import check
from alongside.web.ask.done import done
from alongside.web.ask.question import question
from alongside.web.ask.start import start
from alongside.web.ask.stop import stop

app_name = "ask"
urlpatterns = [
    path("", start, name="start"),
    path("check/", check, name="check"),
    path("done/", done, name="done"),
    path("stop/", stop, name="stop"),
    path("<slug:step>/", question, name="question"),
]
