"""Who waits for a place: those who come first and why, the others in their turn, and how long it has really taken."""

from functools import partial
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
from alongside.core.audit import ledger
from alongside.insight.workload.waiting import first_in_line, in_turn
from alongside.records.oversight.models import Priority
from alongside.records.oversight.queries import priority_of
from alongside.records.oversight.services.ranking import put_first
from alongside.records.referrals.models import Referral
from alongside.web.jinja import url
from alongside.web.rendering import page
from alongside.web.saving import EditForm, saved
from alongside.web.team.frame import team_page

LEVELS = {level.value: str(level.label) for level in Priority.Level}
USUAL = "0"


class PriorityForm(EditForm):
    """When a family's turn comes, and why."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    level = forms.ChoiceField(
        label="When is their turn?",
        choices=[*Priority.Level.choices, (USUAL, "In the usual turn")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose when their turn is"},
    )
    reason = forms.CharField(
        label="Why?",
        help_text="One or two sentences that you could show to every family that waits.",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why, so that others can see that it is fair"},
    )

    @staticmethod
    def stored(row: Any) -> dict[str, Any]:
        """What is said of the family now."""
        return {"level": str(row.level or USUAL), "reason": row.reason}

    def facts(self) -> dict[str, Any]:
        """What the service is told."""
        told = dict(self.cleaned_data)
        return {**told, "level": None if told["level"] == USUAL else int(told["level"])}


@needs(Permission.TEAM_LEAD)
def waiting(request: HttpRequest) -> HttpResponse:
    """List the families that wait."""
    user, today = access.person(request), timezone.localdate()
    listed, rows = in_turn(user, request.GET.get("at", ""), today)
    ledger.note(by=user, what="waiting list opened")
    return team_page(
        request,
        "team/waiting.html",
        {"first": first_in_line(user, today), "rows": rows, "listed": listed, "levels": LEVELS},
    )


@needs(Permission.TEAM_LEAD)
def priority(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say when a family's turn comes."""
    referral = access.get(request, Referral, pk)
    if referral.status != Referral.Status.WAITING:
        messages.warning(request, "This family is not on the waiting list any more.")
        return redirect("team:waiting")
    known = priority_of(referral)
    form = (
        PriorityForm.of(known, request.POST or None)
        if known
        else PriorityForm(request.POST or None, initial={"version": 0})
    )
    write = partial(put_first, referral=referral, by=access.person(request))
    if saved(request, form, write, "Saved, with your reason."):
        return redirect("team:waiting")
    context = {"form": form, "caption": str(referral), "back_to": (url("team:waiting"), "Waiting list")}
    return page(request, "team/priority.html", context)
