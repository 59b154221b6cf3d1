"""The surveys of a service, making one, and one with its editions and rounds."""

from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from alongside.calc.surveys.definition import Definition, Part
from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.core.audit import ledger
from alongside.records.surveys import queries
from alongside.records.surveys.library import library
from alongside.records.surveys.models import Survey
from alongside.records.surveys.services.making import make_survey, next_edition
from alongside.web.jinja import url
from alongside.web.rendering import page
from alongside.web.saving import NewForm, saved

BLANK = "blank"
INTRO = "We would like to know how things are for you, and whether we help. There are no right answers."
THANKS = "Your answers have reached us. They help us to see what works and what does not."


class MakeForm(NewForm):
    """What a new survey is called, and what it begins with."""

    title = forms.CharField(
        label="What is it called?",
        help_text="Carers see this at the top. Say it as you would to them.",
        max_length=120,
        error_messages={"required": "Say what the survey is called"},
    )
    begin = forms.ChoiceField(label="Begin with", widget=forms.RadioSelect, initial=BLANK)

    def __init__(self, data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        ready = [(key, f"Ours: {one.title}, to change as you like") for key, one in library().items()]
        self.fields["begin"].choices = [(BLANK, "An empty survey"), *ready]  # type: ignore[attr-defined]


@needs(Permission.SURVEY_MAKE)
def surveys(request: HttpRequest) -> HttpResponse:
    """List the surveys of one's agency."""
    ledger.note(by=access.person(request), what="surveys listed")
    lines = queries.surveys(access.visible(request, Survey))
    return page(request, "surveys/surveys.html", {"lines": lines, "today": timezone.localdate()})


@needs(Permission.SURVEY_MAKE)
def new(request: HttpRequest) -> HttpResponse:
    """Make a survey."""
    form = MakeForm(request.POST or None)

    def write(*, title: str, begin: str, submission: UUID) -> None:
        empty = Definition(title, INTRO, THANKS, (Part("questions", "About you"),))
        begun = library().get(begin, empty)
        definition = Definition(title, begun.intro, begun.thanks, begun.parts)
        make_survey(definition=definition, by=access.person(request), submission=submission)

    if saved(request, form, write, "Made. Now add its questions"):
        return redirect("surveys:edition", queries.last_edition(form.cleaned_data["submission"]).pk)
    back = (url("surveys:surveys"), "Back to the surveys")
    return page(request, "surveys/new.html", {"form": form, "back_to": back, "caption": ""})


@needs(Permission.SURVEY_MAKE)
def survey(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a survey's editions and rounds; begin the next edition."""
    found = access.get(request, Survey, pk, what="survey opened")
    if request.method == "POST":
        return redirect("surveys:edition", next_edition(survey=found, by=access.person(request)).pk)
    context = {
        "survey": found,
        "editions": queries.editions(found),
        "rounds": queries.rounds(found),
        "today": timezone.localdate(),
    }
    return page(request, "surveys/survey.html", context)
