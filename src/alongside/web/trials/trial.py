"""One trial: what it is, how it fills, the flow of families, and opening, closing and checking it."""

from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.core.audit import ledger
from alongside.core.base.errors import Refused
from alongside.insight.evaluation.trials.telling import analysis_of
from alongside.records.measures.usable import held
from alongside.records.trials.flow import about_so_many, flow_of
from alongside.records.trials.models import Trial
from alongside.records.trials.queries import clusters_of, draw_again
from alongside.records.trials.rules import FACTORS
from alongside.records.trials.services.clustering import allocate_clusters
from alongside.records.trials.services.setting_up import close_trial, open_trial
from alongside.web.jinja import url
from alongside.web.rendering import page
from alongside.web.saving import Form, saved


class CloseForm(Form):
    """Why entering is closed."""

    closed_words = forms.CharField(
        label="Why does it close?",
        help_text="Such as “As many as were wanted have entered”.",
        max_length=300,
        error_messages={"required": "Say why it closes"},
    )


@needs(Permission.TRIAL_RUN)
def trial(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a trial."""
    found = access.get(request, Trial, pk, related=("programme", "by"))
    return page(
        request,
        "trials/trial.html",
        {
            "trial": found,
            "factors": [FACTORS[factor] for factor in found.factors],
            "questions": held(found.agency_id, found.instrument).title,
            "so_far": about_so_many(found) if found.enters else None,
            "flow": flow_of(found) if found.closed_at else None,
            "clusters": clusters_of(found) if found.level else [],
            "analysis": analysis_of(found) if found.opened_at else None,
            "may_plan": access.person(request).may(Permission.EVALUATION_EDIT),
        },
    )


@needs(Permission.TRIAL_RUN)
def start(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask once more, and open it."""
    found = access.get(request, Trial, pk)
    words = (
        "Workers see it on the pages of their families. The seed of chance is made now and shown to nobody. "
        "What you planned cannot be changed any more."
    )
    return _asked_again(
        request,
        found,
        partial(open_trial, trial=found, by=access.person(request)),
        {"question": f"Open “{found.name}” to families?", "words": words, "action": "Open it"},
    )


@needs(Permission.TRIAL_RUN)
def clusters(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask once more, and let chance decide on teams or authorities."""
    found = access.get(request, Trial, pk)
    words = "Chance decides on all of them at once, and no family can enter any more. It is done once and stays."
    question = f"Allocate the {found.get_level_display().lower() or 'families'} now?"
    return _asked_again(
        request,
        found,
        partial(allocate_clusters, trial=found, by=access.person(request)),
        {"question": question, "words": words, "action": "Allocate them", "warning": True},
    )


@needs(Permission.TRIAL_RUN)
def close(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Close entering."""
    found = access.get(request, Trial, pk)
    form = CloseForm(request.POST or None)
    write = partial(close_trial, trial=found, by=access.person(request))
    if saved(request, form, write, "Families cannot enter any more."):
        return redirect("trials:trial", found.pk)
    back_to = (url("trials:trial", found.pk), found.name)
    return page(request, "trials/close.html", {"form": form, "caption": found.name, "back_to": back_to})


@needs(Permission.TRIAL_RUN)
def check(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Draw a closed trial again, and show its seed: whoever wishes can do the same without us."""
    found = access.get(request, Trial, pk)
    if not found.closed_at or not found.opened_at:
        messages.warning(request, "The seed stays sealed until families no longer enter.")
        return redirect("trials:trial", found.pk)
    try:
        again = draw_again(found)
    except Refused as refusal:
        messages.warning(request, refusal.sentence)
        return redirect("trials:trial", found.pk)
    ledger.note(by=access.person(request), what="trial drawn again, and its seed shown", about=found)
    return page(request, "trials/check.html", {"trial": found, "again": again})


def _asked_again(request: HttpRequest, found: Trial, write: Any, context: dict[str, Any]) -> HttpResponse:
    here = url("trials:trial", found.pk)
    if request.method != "POST":
        return page(request, "layout/confirm.html", {"warning": False, **context, "cancel": here})
    try:
        write()
    except Refused as refusal:
        messages.warning(request, refusal.sentence)
    return redirect(here)
