"""A survey as a file for other programs, and a survey brought from one."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from alongside.calc.surveys.answering import Answer
from alongside.calc.surveys.definition import Definition
from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.core.audit import ledger
from alongside.core.audit.models import Entry
from alongside.records.surveys import queries
from alongside.records.surveys.models import Round
from alongside.records.surveys.services.answering import receive_responses
from alongside.records.surveys.services.making import make_survey
from alongside.stewardship.exchange.fhir_questionnaire import questionnaire, read_questionnaire
from alongside.stewardship.exchange.fhir_response import bundle, read_responses
from alongside.stewardship.exchange.problems import Unreadable
from alongside.stewardship.exchange.xlsform import read_xlsform
from alongside.stewardship.exchange.xlsform_writing import xlsform
from alongside.web.jinja import url
from alongside.web.rendering import page
from alongside.web.saving import Form, NewForm, saved
from alongside.web.surveys.opening import edition_of

LARGEST = 2_000_000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class BringForm(NewForm):
    """The file to bring a survey from."""

    file = forms.FileField(
        label="The file",
        help_text="An XLSForm (.xlsx) as KoboToolbox and ODK use, or a FHIR Questionnaire (.json). At most 2 MB.",
        error_messages={"required": "Choose a file", "empty": "The file is empty"},
    )

    def clean_file(self) -> tuple[Definition, list[str]]:
        """Read it; what makes it no survey of ours is said by the field."""
        given = self.cleaned_data["file"]
        if given.size > LARGEST:
            raise ValidationError("The file is larger than 2 MB")
        try:
            if str(given.name).lower().endswith(".json"):
                return read_questionnaire(given.read(), given.name), []
            return read_xlsform(given.file, given.name)
        except Unreadable as problem:
            raise ValidationError(str(problem)) from problem

    def facts(self) -> dict[str, Any]:
        """Give the survey that was read."""
        return {"submission": self.cleaned_data["submission"], "definition": self.cleaned_data["file"][0]}


@needs(Permission.SURVEY_MAKE)
def bring(request: HttpRequest) -> HttpResponse:
    """Make a survey of a file."""
    form = BringForm(request.POST, request.FILES) if request.method == "POST" else BringForm()

    def write(**facts: Any) -> None:
        make_survey(by=access.person(request), **facts)

    if saved(request, form, write, "The survey is here. Look it over before you send it out"):
        if left_out := form.cleaned_data["file"][1]:
            messages.warning(request, f"Left out: {'; '.join(left_out[:8])}.")
        return redirect("surveys:edition", queries.last_edition(form.cleaned_data["submission"]).pk)
    back = (url("surveys:surveys"), "Back to the surveys")
    return page(request, "surveys/bring.html", {"form": form, "back_to": back, "caption": ""})


@needs(Permission.SURVEY_MAKE)
def as_xlsform(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give an edition as an XLSForm."""
    edition = edition_of(request, pk)
    return _file(xlsform(edition.asks, edition.number), XLSX, f"survey-edition-{edition.number}.xlsx")


@needs(Permission.SURVEY_MAKE)
def as_fhir(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give an edition as a FHIR Questionnaire."""
    edition = edition_of(request, pk)
    content = questionnaire(edition.asks, edition.number).encode()
    return _file(content, "application/fhir+json", f"survey-edition-{edition.number}.json")


class BringResponsesForm(Form):
    """The file to bring responses from."""

    file = forms.FileField(
        label="The file",
        help_text="A FHIR Bundle of QuestionnaireResponses to this round's edition (.json). At most 2 MB.",
        error_messages={"required": "Choose a file", "empty": "The file is empty"},
    )

    def __init__(self, *data: Any, round: Round) -> None:
        super().__init__(*data)
        self.round = round

    def clean_file(self) -> list[dict[str, Answer]]:
        """Read it; what is no response to this round is said by the field."""
        given = self.cleaned_data["file"]
        if given.size > LARGEST:
            raise ValidationError("The file is larger than 2 MB")
        try:
            return read_responses(given.read(), self.round.edition.asks, given.name)
        except Unreadable as problem:
            raise ValidationError(str(problem)) from problem


@needs(Permission.RECORDS_EXPORT)
def responses(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give a round's responses without anything that names somebody; that they were taken away is logged."""
    found = access.get(request, Round, pk, related=("survey", "edition"))
    by = access.person(request)
    ledger.note(by=by, what="survey responses taken away", about=found, kind=Entry.Kind.EXPORT)
    content = bundle(queries.responses_of(found), queries.editions_of_round(found), f"urn:uuid:{found.survey_id}")
    return _file(content.encode(), "application/fhir+json", "responses.json")


@needs(Permission.SURVEY_MAKE)
def bring_responses(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Add responses that were given elsewhere."""
    found = access.get(request, Round, pk, related=("survey", "edition"))
    data = (request.POST, request.FILES) if request.method == "POST" else ()
    form = BringResponsesForm(*data, round=found)

    def write(file: list[dict[str, Answer]]) -> None:
        receive_responses(round=found, answered=file, by=access.person(request))

    if saved(request, form, write, "The responses are added"):
        return redirect("surveys:round", pk)
    back = (url("surveys:round", pk), "Back to the round")
    return page(request, "surveys/bring_responses.html", {"form": form, "back_to": back, "caption": found.name})


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=kind, headers=headers)
