"""Addresses of the evaluation."""

from django.urls import path

from alongside.web.evaluation.cohort import cohort
from alongside.web.evaluation.define import change, new
from alongside.web.evaluation.deviation import deviation
from alongside.web.evaluation.evaluation import evaluation
from alongside.web.evaluation.fix import fix
from alongside.web.evaluation.freeze import freeze
from alongside.web.evaluation.protocol import protocol
from alongside.web.evaluation.result import result
from alongside.web.evaluation.run import run

app_name = "evaluation"
COHORT = "cohorts/<uuid:pk>/"
urlpatterns = [
    path("", evaluation, name="evaluation"),
    path("cohorts/new/", new, name="new"),
    path(COHORT, cohort, name="cohort"),
    path(f"{COHORT}change/", change, name="change"),
    path(f"{COHORT}protocol/", protocol, name="protocol"),
    path(f"{COHORT}fix/", fix, name="fix"),
    path(f"{COHORT}freeze/", freeze, name="freeze"),
    path(f"{COHORT}run/", run, name="run"),
    path(f"{COHORT}deviation/", deviation, name="deviation"),
    path("results/<uuid:pk>/", result, name="result"),
]
