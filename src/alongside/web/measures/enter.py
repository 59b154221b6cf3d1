"""One questionnaire on a page of its own: about a child, or with scores that were worked out elsewhere."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from alongside.calc.instruments import Instrument, Subject
from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.core.base.errors import Refused
from alongside.records.cases.models import Case
from alongside.records.concerns.models import Concern
from alongside.records.concerns.services.listening import record_answers
from alongside.records.measures import queries
from alongside.records.measures.models import AnswerSet
from alongside.records.measures.usable import chosen
from alongside.records.people.models import Membership, Person
from alongside.records.people.queries import members_past_and_present
from alongside.web.measures.about import About
from alongside.web.measures.asked import likely_occasion
from alongside.web.measures.questions import Questions
from alongside.web.rendering import page


class AboutOne(About):
    """Whom it is about, who answered, when and how."""

    children: Sequence[Person] = ()


class AboutChild(AboutOne):
    """Whose view it is of which child, who gave it for them, when and how."""

    field_order = ("submission", "person", "child")
    child = forms.ChoiceField(
        label="About which child?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose which child it is about"},
    )

    def __init__(self, *args: Any, members: Sequence[Membership], **options: Any) -> None:
        super().__init__(*args, members=members, **options)
        self.fields["person"].label = "Whose answers are they?"
        self.children = [one.person for one in members if one.until is None and one.part == Membership.Part.CHILD]
        choices = [(str(child.pk), child.name) for child in self.children]
        self.fields["child"].choices = choices  # type: ignore[attr-defined]

    def how(self) -> dict[str, Any]:
        """Tell which child it is about, beside the rest."""
        child = next(one for one in self.children if str(one.pk) == self.cleaned_data["child"])
        return {"child": child, **super().how()}


@needs(Permission.CASE_EDIT)
def enter(request: HttpRequest, case_id: UUID, key: str) -> HttpResponse:
    """Ask one questionnaire, or take its scores in; it is not there while no licence for it is declared."""
    case = access.get(request, Case, case_id, what="questionnaire opened", related=("household",))
    instrument = next(iter(chosen(case.agency_id, [key])), None)
    if instrument is None:
        raise Http404
    data = request.POST if request.method == "POST" else None
    about = (AboutChild if instrument.subject is Subject.CHILD else AboutOne)(
        data, members=members_past_and_present(case.household)
    )
    about.initial = _likely(case, instrument, about)
    questions = Questions([instrument], data)
    if data is not None and about.is_valid() & questions.is_valid():
        try:
            concern = _record(request, case, about, questions)
        except Refused as refused:
            about.add_error(refused.field, refused.sentence)
        else:
            messages.success(request, "Saved. Thank them for telling you.")
            return redirect("safety:concern", concern.pk) if concern else redirect("measures:overview", case_id)
    wrong = questions if questions.errors else about
    context = {"case": case, "about": about, "questions": questions, "instrument": instrument, "form": wrong}
    childless = instrument.subject is Subject.CHILD and not about.children
    return page(request, "measures/enter.html", {**context, "childless": childless})


def _likely(case: Case, instrument: Instrument, about: AboutOne) -> dict[str, Any]:
    return {
        "person": next((key for key, _ in about.fields["person"].choices), ""),  # type: ignore[attr-defined]
        "child": str(about.children[0].pk) if len(about.children) == 1 else "",
        "occasion": likely_occasion(case, queries.started(case, instrument=instrument.key)),
        "answered_on": timezone.localdate(),
        "mode": AnswerSet.Mode.WITH_WORKER if instrument.items else AnswerSet.Mode.PAPER,
        **about.likely(),
    }


def _record(request: HttpRequest, case: Case, about: AboutOne, questions: Questions) -> Concern | None:
    told = about.cleaned_data
    _, concern = record_answers(
        case=case,
        person=about.person_asked(),
        occasion=told["occasion"],
        answers=questions.answers(),
        answered_on=told["answered_on"],
        mode=told["mode"],
        by=access.person(request),
        submission=told["submission"],
        next_review=case.review_due,  # one questionnaire by itself is no review
        **about.how(),
    )
    return concern
