"""The data protection lead's side: what is asked for, and approving or refusing it."""

from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.models import User
from alongside.core.agencies.permissions import Permission
from alongside.core.audit import ledger
from alongside.stewardship.exchange.models import Extract
from alongside.stewardship.exchange.services.extracting import approve_extract, refuse_extract
from alongside.web.extracts.telling import columns_of, facts_of, standing, with_people
from alongside.web.forms import DayField
from alongside.web.jinja import url
from alongside.web.rendering import page
from alongside.web.saving import EditForm, saved

ANSWERS = [("approved", "Approve it"), ("refused", "Refuse it")]


class AnswerForm(EditForm):
    """Yes until a day, or no and why."""

    answer = forms.ChoiceField(label="Your answer", choices=ANSWERS, widget=forms.RadioSelect)
    expires_on = DayField(
        label="If you approve: until which day may it be taken and used?",
        help_text="Within a year.",
        required=False,
    )
    reason = forms.CharField(
        label="If you refuse: why?",
        help_text="They will read this.",
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 4}),
    )

    @staticmethod
    def stored(row: Extract) -> dict[str, Any]:
        """What the extract says now."""
        return {name: getattr(row, name) for name in ("answer", "expires_on", "reason")}


@needs(Permission.EXTRACT_APPROVE)
def decisions(request: HttpRequest) -> HttpResponse:
    """Show what was asked for, what waits for an answer first."""
    ledger.note(by=access.person(request), what="list of extracts opened")
    rows = sorted(with_people(request), key=lambda one: bool(one.answer))
    return page(request, "extracts/decisions.html", {"extracts": [(one, *standing(one)) for one in rows]})


@needs(Permission.EXTRACT_APPROVE)
def decide(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one, and take the answer."""
    found = access.get(request, Extract, pk, rows=with_people(request))
    waits = found.answer == Extract.Answer.WAITING
    form = AnswerForm.of(found, request.POST or None)
    write = partial(_answer, found, access.person(request))
    if waits and saved(request, form, write, "They can read your answer now."):
        return redirect("extracts:decisions")
    context = {
        "form": form,
        "facts": facts_of(found),
        "columns": columns_of(found),
        "standing": standing(found),
        "waits": waits,
        "caption": found.project,
        "back_to": (url("extracts:decisions"), "Extracts"),
    }
    return page(request, "extracts/decide.html", context)


def _answer(extract: Extract, by: User, *, answer: str, version: int, expires_on: Any, reason: str) -> Extract:
    if answer == "approved":
        return approve_extract(extract=extract, version=version, expires_on=expires_on, by=by)
    return refuse_extract(extract=extract, version=version, reason=reason, by=by)
