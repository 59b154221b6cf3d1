"""Stopping a programme's clock and letting it go on, asking for more time, and the manager's answer."""

from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.core.audit import ledger
from alongside.records.oversight.queries import nobodys
from alongside.records.programmes.models import Enrolment, Extension, Pause
from alongside.records.programmes.services.extending import answer_extension, ask_extension
from alongside.records.programmes.services.pausing import pause_work, resume_work
from alongside.records.programmes.standing import waiting_extensions
from alongside.web.forms import DayField
from alongside.web.jinja import url
from alongside.web.rendering import page
from alongside.web.saving import EditForm, Form, NewForm, saved

MOST_WEEKS, MOST_SESSIONS = 104, 100


class PauseForm(NewForm):
    """What was agreed with the family."""

    since = DayField(label="From which day?", past_only=True, error_messages={"required": "Enter the day"})
    reason = forms.CharField(
        label="What was agreed with the family, and why?",
        help_text="For example: they are with an aunt until the new term, and asked us to start again then.",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Write down what was agreed"},
    )
    expected_on = DayField(label="When do they hope to go on?", required=False)


class GoOnForm(EditForm):
    """From when the clock runs again."""

    until = DayField(
        label="From which day does the work go on?", past_only=True, error_messages={"required": "Enter the day"}
    )

    @staticmethod
    def stored(row: Pause) -> dict[str, Any]:
        """What the pause says now."""
        return {"until": row.until or timezone.localdate()}


class MoreForm(NewForm):
    """How much more time, and why."""

    weeks = forms.IntegerField(label="How many weeks more?", required=False, min_value=0, max_value=MOST_WEEKS)
    sessions = forms.IntegerField(label="How many sessions more?", required=False, min_value=0, max_value=MOST_SESSIONS)
    reason = forms.CharField(
        label="Why do they need more time?",
        help_text="Your manager reads this before agreeing. What would be lost by stopping now?",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Write down why they need more time"},
    )

    def facts(self) -> dict[str, Any]:
        """Take what was left blank as none."""
        said = self.cleaned_data
        return {**said, "weeks": said["weeks"] or 0, "sessions": said["sessions"] or 0}


class AnswerForm(EditForm):
    """What the manager says."""

    agreed = forms.TypedChoiceField(
        label="Do you agree?",
        choices=[("yes", "Yes, I agree"), ("no", "No, not this time")],
        coerce=lambda said: said == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose yes or no"},
    )
    answer_words = forms.CharField(
        label="What do you want to tell the worker?",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    @staticmethod
    def stored(row: Extension) -> dict[str, Any]:
        """What was answered, if anything."""
        agreed = {Extension.Answer.AGREED: "yes", Extension.Answer.DECLINED: "no"}.get(Extension.Answer(row.answer))
        return {"agreed": agreed, "answer_words": row.answer_words}


@needs(Permission.CASE_EDIT)
def pause(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Stop the clock."""
    enrolment = place(request, pk)
    form = PauseForm(request.POST or None, initial={"since": timezone.localdate()})
    write = partial(pause_work, enrolment=enrolment, by=access.person(request))
    if saved(request, form, write, "The clock stands still. The weeks are not used up while it does."):
        return redirect("programmes:family", enrolment.case_id)
    return shown(request, "pause", form, enrolment)


@needs(Permission.CASE_EDIT)
def go_on(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let the clock go on, or put the day right."""
    found = access.get(request, Pause, pk, related=_of("enrolment"))
    form = GoOnForm.of(found, request.POST or None)
    if saved(request, form, partial(resume_work, pause=found, by=access.person(request)), "The clock runs again."):
        return redirect("programmes:family", found.enrolment.case_id)
    return shown(request, "go_on", form, found.enrolment, {"pause": found})


@needs(Permission.CASE_EDIT)
def ask_more(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask the manager for more time."""
    enrolment = place(request, pk)
    form = MoreForm(request.POST or None)
    write = partial(ask_extension, enrolment=enrolment, by=access.person(request))
    if saved(request, form, write, "Asked. It counts once a manager agrees."):
        return redirect("programmes:family", enrolment.case_id)
    return shown(request, "more", form, enrolment)


@needs(Permission.EXTENSION_AGREE)
def answer_more(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Agree to more time, or not."""
    found = access.get(request, Extension, pk, related=(*_of("enrolment"), "asked_by"))
    form = AnswerForm.of(found, request.POST or None)
    write = partial(answer_extension, extension=found, by=access.person(request))
    if saved(request, form, write, "Your answer is saved. The worker sees it on the family's page."):
        return redirect("programmes:family", found.enrolment.case_id)
    return shown(request, "answer", form, found.enrolment, {"extension": found})


@needs(Permission.EXTENSION_AGREE)
def asked(request: HttpRequest) -> HttpResponse:
    """List the wishes for more time that wait for an answer, the oldest first."""
    by = access.person(request)
    ledger.note(by=by, what="list of wishes for more time opened")
    return page(request, "programmes/asked.html", {"waiting": waiting_extensions(by), "nobodys": nobodys(by)})


def place(request: HttpRequest, pk: UUID) -> Enrolment:
    """Fetch a place in a programme."""
    return access.get(request, Enrolment, pk, related=_of(""))


def shown(
    request: HttpRequest, template: str, form: Form, enrolment: Enrolment, more: dict[str, Any] | None = None
) -> HttpResponse:
    """Show a form about a place, headed by the family and the programme."""
    family = str(enrolment.case.household)
    context = {
        "form": form,
        "enrolment": enrolment,
        "caption": f"{family}, {enrolment.contract.programme.name}",
        "back_to": (url("programmes:family", enrolment.case_id), f"Back to {family}"),
    }
    return page(request, f"programmes/{template}.html", context | (more or {}))


def _of(path: str) -> tuple[str, str]:
    before = f"{path}__" if path else ""
    return f"{before}case__household", f"{before}contract__programme"
