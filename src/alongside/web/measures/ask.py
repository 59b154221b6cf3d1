"""Asking the questions together: at the start, at review, at the end."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.core.base.errors import Refused
from alongside.core.base.ids import new_id
from alongside.records.cases.models import Case
from alongside.records.concerns.services.listening import record_answers
from alongside.records.measures import queries
from alongside.records.measures.models import AnswerSet, Occasion
from alongside.web.forms import DayField
from alongside.web.measures.asked import asked_of, next_review, with_more
from alongside.web.measures.questions import Questions
from alongside.web.rendering import page

MODES = [
    (AnswerSet.Mode.WITH_WORKER, "We went through them together"),
    (AnswerSet.Mode.PAPER, "They filled them in on paper"),
]


class About(forms.Form):
    """Who answered, when and how."""

    submission = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)
    person = forms.ChoiceField(label="Who answered?", widget=forms.RadioSelect)
    occasion = forms.ChoiceField(
        label="When in your work together?", choices=Occasion.choices, widget=forms.RadioSelect
    )
    answered_on = DayField(label="Which day?", past_only=True)
    mode = forms.ChoiceField(label="How?", choices=MODES, widget=forms.RadioSelect)

    def __init__(self, people: list[Any], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["person"].choices = [(str(person.pk), person.name) for person in people]  # type: ignore[attr-defined]


@needs(Permission.CASE_EDIT)
def ask(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Ask, and keep what was answered; what was left blank stays unanswered."""
    case = access.get(request, Case, case_id, what="questions opened")
    people = {str(person.pk): person for person in queries.carers(case)}
    instruments = with_more(asked_of(case), request.GET.getlist("also"))
    first = {
        "person": next(iter(people), ""),
        "occasion": Occasion.REVIEW if queries.started(case) else Occasion.START,
        "answered_on": timezone.localdate(),
        "mode": AnswerSet.Mode.WITH_WORKER,
    }
    about = About(list(people.values()), request.POST if request.method == "POST" else None, initial=first)
    questions = Questions(instruments, request.POST if request.method == "POST" else None)
    if request.method == "POST" and about.is_valid() and questions.is_valid():
        told = about.cleaned_data
        try:
            _, concern = record_answers(
                case=case,
                person=people[told["person"]],
                occasion=told["occasion"],
                answers=questions.answers(),
                answered_on=told["answered_on"],
                mode=told["mode"],
                by=access.person(request),
                submission=told["submission"],
                next_review=next_review(case),
            )
        except Refused as refused:
            about.add_error(refused.field, refused.sentence)
        else:
            messages.success(request, "Saved. Thank them for telling you.")
            if concern:
                return redirect("safety:concern", concern.pk)
            return redirect("measures:overview", case_id)
    return page(request, "measures/ask.html", {"case": case, "about": about, "questions": questions, "form": about})
