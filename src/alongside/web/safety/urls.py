"""Addresses of concerns and of a family's safety."""

from django.urls import path

from alongside.web.safety.concern import concern, place
from alongside.web.safety.concerns import concerns
from alongside.web.safety.family import family
from alongside.web.safety.flags import flag_change, flag_new
from alongside.web.safety.raising import raise_concern, raise_for
from alongside.web.safety.restricting import restrict
from alongside.web.safety.steps import decide, write

app_name = "safety"
urlpatterns = [
    path("", concerns, name="concerns"),
    path("raise/", raise_concern, name="raise"),
    path("concerns/<uuid:pk>/", concern, name="concern"),
    path("concerns/<uuid:pk>/family/", place, name="place"),
    path("concerns/<uuid:pk>/write/<str:kind>/", write, name="write"),
    path("concerns/<uuid:pk>/decide/<str:kind>/", decide, name="decide"),
    path("families/<uuid:pk>/", family, name="family"),
    path("families/<uuid:pk>/raise/", raise_for, name="raise_for"),
    path("families/<uuid:pk>/flags/new/", flag_new, name="flag_new"),
    path("families/<uuid:pk>/restriction/", restrict, name="restrict"),
    path("flags/<uuid:pk>/", flag_change, name="flag_change"),
]
