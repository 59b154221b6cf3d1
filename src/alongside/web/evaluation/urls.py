"""Addresses of the evaluation."""

from django.urls import path

from alongside.web.evaluation.authorities import authorities
from alongside.web.evaluation.cohort import cohort
from alongside.web.evaluation.define import change, new
from alongside.web.evaluation.deviation import deviation
from alongside.web.evaluation.evaluation import evaluation
from alongside.web.evaluation.fix import fix
from alongside.web.evaluation.freeze import freeze
from alongside.web.evaluation.protocol import protocol
from alongside.web.evaluation.released import released, released_file, releases
from alongside.web.evaluation.report import release, report, report_file
from alongside.web.evaluation.result import result
from alongside.web.evaluation.run import run
from alongside.web.evaluation.studies import studies

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
    path(f"{COHORT}authorities/", authorities, name="authorities"),
    path(f"{COHORT}deviation/", deviation, name="deviation"),
    path(f"{COHORT}report/", report, name="report"),
    path(f"{COHORT}report.pdf", report_file, {"ending": "pdf"}, name="report_pdf"),
    path(f"{COHORT}report.docx", report_file, {"ending": "docx"}, name="report_docx"),
    path(f"{COHORT}release/", release, name="release"),
    path("reports/", releases, name="releases"),
    path("reports/<uuid:pk>/", released, name="released"),
    path("reports/<uuid:pk>/report.pdf", released_file, {"ending": "pdf"}, name="released_pdf"),
    path("reports/<uuid:pk>/report.docx", released_file, {"ending": "docx"}, name="released_docx"),
    path("studies/", studies, name="studies"),
    path("results/<uuid:pk>/", result, name="result"),
]
