"""Asking the questions together, or writing down what came on paper: at the start, at review, at the end."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.core.base.errors import Refused
from alongside.records.cases.models import Case
from alongside.records.concerns.models import Concern
from alongside.records.concerns.services.listening import record_answers
from alongside.records.measures import queries
from alongside.records.measures.models import AnswerSet
from alongside.records.measures.services.half_filling import drop_half_filled
from alongside.records.people.queries import members_past_and_present
from alongside.web.measures.about import About
from alongside.web.measures.asked import asked_of, likely_occasion, next_review, place_of, with_more
from alongside.web.measures.questions import Questions
from alongside.web.rendering import page
from alongside.web.saving import as_typed


@needs(Permission.CASE_EDIT)
def ask(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Ask, and keep what was answered; what was left blank stays unanswered. What is half filled in waits here."""
    case = access.get(request, Case, case_id, what="questions opened", related=("household",))
    begun = queries.half_filled(case, access.person(request))
    kept = begun.values if begun and request.method == "GET" else {}
    data = request.POST if request.method == "POST" else None
    also = [*request.GET.getlist("also"), *(name.partition(".")[0] for name in kept if "." in name)]
    questions = Questions(with_more(case, asked_of(case, place_of(case)), list(dict.fromkeys(also))), data)
    about = About(data, members=members_past_and_present(case.household))
    _fill(request, case, about, questions, kept)
    if data is not None and about.is_valid() and questions.is_valid():
        try:
            concern = _record(request, case, about, questions)
        except Refused as refused:
            about.add_error(refused.field, refused.sentence)
        else:
            messages.success(request, "Saved. Thank them for telling you.")
            return redirect("safety:concern", concern.pk) if concern else redirect("measures:overview", case_id)
    context = {"case": case, "about": about, "questions": questions, "form": about, "begun": begun if kept else None}
    return page(request, "measures/ask.html", context)


def _fill(request: HttpRequest, case: Case, about: About, questions: Questions, kept: dict[str, list[str]]) -> None:
    """Put into the forms what was kept of them; or else what is most likely."""
    if kept:
        about.initial, questions.initial = (as_typed(form.fields, kept) for form in (about, questions))
        return
    likely: dict[str, Any] = {
        "person": next((key for key, _ in about.fields["person"].choices), ""),  # type: ignore[attr-defined]
        "occasion": likely_occasion(case, queries.started(case), request.GET.get("occasion", "")),
        "answered_on": timezone.localdate(),
        "mode": AnswerSet.Mode.WITH_WORKER,
        **about.likely(),
    }
    about.initial = likely


def _record(request: HttpRequest, case: Case, about: About, questions: Questions) -> Concern | None:
    """Keep the answers, and take away what was kept of the form."""
    told, by = about.cleaned_data, access.person(request)
    _, concern = record_answers(
        case=case,
        person=about.person_asked(),
        occasion=told["occasion"],
        answers=questions.answers(),
        answered_on=told["answered_on"],
        mode=told["mode"],
        by=by,
        submission=told["submission"],
        next_review=next_review(case),
        **about.how(),
    )
    drop_half_filled(case=case, by=by)
    return concern
