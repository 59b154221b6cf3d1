"""Addresses at which surveys are made and sent out."""

from django.urls import path

from alongside.web.surveys import edition, files, inviting, preview, question, results, rounds, surveys, totals, when

app_name = "surveys"
EDITION = "editions/<uuid:pk>/"
urlpatterns = [
    path("", surveys.surveys, name="surveys"),
    path("new/", surveys.new, name="new"),
    path("bring/", files.bring, name="bring"),
    path("<uuid:pk>/", surveys.survey, name="survey"),
    path(EDITION, edition.edition, name="edition"),
    path(f"{EDITION}words/", edition.words, name="words"),
    path(f"{EDITION}preview/", preview.preview, name="preview"),
    path(f"{EDITION}preview/all/", preview.preview_whole, name="preview_whole"),
    path(f"{EDITION}xlsform/", files.as_xlsform, name="xlsform"),
    path(f"{EDITION}fhir/", files.as_fhir, name="fhir"),
    path(f"{EDITION}open/", rounds.open_one, name="open"),
    path(f"{EDITION}parts/new/", question.part_new, name="part_new"),
    path(f"{EDITION}parts/<slug:key>/", question.part, name="part"),
    path(f"{EDITION}parts/<slug:key>/when/", when.part_when, name="part_when"),
    path(f"{EDITION}parts/<slug:key>/remove/", edition.remove_part, name="part_remove"),
    path(f"{EDITION}parts/<slug:key>/questions/new/", question.question_new, name="question_new"),
    path(f"{EDITION}questions/<slug:key>/", question.question, name="question"),
    path(f"{EDITION}questions/<slug:key>/when/", when.question_when, name="question_when"),
    path(f"{EDITION}questions/<slug:key>/remove/", edition.remove_question, name="question_remove"),
    path("rounds/<uuid:pk>/", rounds.round_, name="round"),
    path("rounds/<uuid:pk>/last-day/", rounds.last_day, name="last_day"),
    path("rounds/<uuid:pk>/close/", rounds.close, name="close"),
    path("rounds/<uuid:pk>/results/", results.results, name="results"),
    path("rounds/<uuid:pk>/results/file/", results.results_file, name="results_file"),
    path("rounds/<uuid:pk>/totals/", totals.totals, name="totals"),
    path("rounds/<uuid:pk>/totals/<slug:key>/", totals.totals_of, name="totals_of"),
    path("rounds/<uuid:pk>/responses/", files.responses, name="responses"),
    path("rounds/<uuid:pk>/bring/", files.bring_responses, name="bring_responses"),
    path("rounds/<uuid:pk>/invite/", inviting.invite, name="invite"),
    path("rounds/<uuid:pk>/links/", inviting.hand_out, name="hand_out"),
]
