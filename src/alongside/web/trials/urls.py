"""Addresses of pilot trials."""

from django.urls import path

from alongside.web.trials import analysis, family, planning, power, trial, turns

app_name = "trials"
urlpatterns = [
    path("", planning.trials, name="trials"),
    path("new/", planning.new, name="new"),
    path("power/", power.power, name="power"),
    path("turns/", turns.turns, name="turns"),
    path("<uuid:pk>/", trial.trial, name="trial"),
    path("<uuid:pk>/change/", planning.change, name="change"),
    path("<uuid:pk>/open/", trial.start, name="open"),
    path("<uuid:pk>/close/", trial.close, name="close"),
    path("<uuid:pk>/clusters/", trial.clusters, name="clusters"),
    path("<uuid:pk>/analysis/", analysis.analysis, name="analysis"),
    path("<uuid:pk>/check/", trial.check, name="check"),
    path("families/<uuid:pk>/", family.family, name="family"),
    path("families/<uuid:pk>/<uuid:trial>/look/", family.look, name="look"),
    path("families/<uuid:pk>/<uuid:trial>/ask/", family.ask, name="ask"),
    path("families/<uuid:pk>/<uuid:trial>/allocate/", family.allocate, name="allocate"),
    path("families/<uuid:pk>/<uuid:trial>/take-back/", family.take_back, name="take_back"),
]
