"""Addresses from which people answer surveys, without an account."""

from django.urls import path

from alongside.web.surveys.answering import check, front, go_on, openly, question, start, thanks, whole

app_name = "survey"
urlpatterns = [
    path("", front, name="front"),
    path("to/<str:token>/", start, name="start"),
    path("to/<str:token>/next/", go_on, name="next"),
    path("to/<str:token>/all/", whole, name="whole"),
    path("to/<str:token>/check/", check, name="check"),
    path("to/<str:token>/q/<str:at>/", question, name="question"),
    path("<slug:address>/", openly, name="open"),
    path("<slug:address>/thanks/", thanks, name="thanks"),
]
