"""Rounds of a survey: opening one, how it goes, moving it to a newer edition, and closing it."""

from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.core.base.errors import Refused, Stale
from alongside.records.surveys import queries
from alongside.records.surveys.models import Round
from alongside.records.surveys.services import rounds as services
from alongside.web.forms import DayField
from alongside.web.jinja import url
from alongside.web.rendering import page
from alongside.web.saving import EditForm, NewForm, saved
from alongside.web.surveys.opening import edition_of, shown

WEEKS = 6


class OpenForm(NewForm):
    """How a round is answered, and until when."""

    name = forms.CharField(
        label="What do you call this round?",
        help_text="Only your team sees this. Such as: Autumn 2026",
        max_length=80,
        error_messages={"required": "Give the round a name"},
    )
    way = forms.ChoiceField(label="Who can answer?", choices=Round.Way.choices, widget=forms.RadioSelect)
    kept = forms.ChoiceField(
        label="How are the answers kept?",
        choices=Round.Kept.choices,
        widget=forms.RadioSelect,
        initial=Round.Kept.ANONYMOUS.value,
    )
    closes_on = DayField(label="Last day to answer")


class LastDayForm(EditForm):
    """Until when a round goes on."""

    closes_on = DayField(label="Last day to answer")

    @staticmethod
    def stored(row: Round) -> dict[str, Any]:
        """What is kept."""
        return {"closes_on": row.closes_on}


@needs(Permission.SURVEY_MAKE)
def open_one(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Open a round of an edition."""
    edition = edition_of(request, pk)
    form = OpenForm(request.POST or None, initial={"closes_on": timezone.localdate() + timedelta(weeks=WEEKS)})
    if saved(request, form, partial(services.open_round, edition=edition, by=access.person(request)), "It is open"):
        return redirect("surveys:round", form.cleaned_data["submission"])
    return shown(request, edition, "open", form)


@needs(Permission.SURVEY_MAKE)
def round_(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show how a round goes; move it to the newest edition."""
    found = access.get(request, Round, pk, related=("survey", "edition"), what="survey round opened")
    newest = queries.last_edition(found.survey_id)
    if request.method == "POST":
        _done(request, partial(services.move_round, round=found, version=found.version), "It asks the new edition now")
        return redirect("surveys:round", pk)
    context = {
        "round": found,
        "going": queries.how_it_goes(found),
        "newest": newest if newest.pk != found.edition_id else None,
        "open": found.is_open(timezone.localdate()),
        "may_export": access.person(request).may(Permission.RECORDS_EXPORT),
        "address": settings.BASE_URL + url("survey:open", found.address),
    }
    return page(request, "surveys/round.html", context)


@needs(Permission.SURVEY_MAKE)
def last_day(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let a round go on longer, or end sooner."""
    found = access.get(request, Round, pk, related=("survey", "edition"))
    form = LastDayForm.of(found, request.POST or None)
    if saved(request, form, partial(services.change_last_day, round=found, by=access.person(request))):
        return redirect("surveys:round", pk)
    back = (url("surveys:round", pk), "Back to the round")
    return page(request, "surveys/last_day.html", {"form": form, "back_to": back, "caption": found.name})


@needs(Permission.SURVEY_MAKE)
def close(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask once more, and close a round."""
    found = access.get(request, Round, pk, related=("survey", "edition"))
    if request.method == "POST":
        _done(request, partial(services.close_round, round=found, version=found.version), "The round is closed")
        return redirect("surveys:round", pk)
    context = {
        "question": f"Close “{found.name}”?",
        "words": "Nobody can answer it any more. What somebody began and has not sent is not kept.",
        "action": "Close the round",
        "cancel": url("surveys:round", pk),
        "warning": True,
    }
    return page(request, "layout/confirm.html", context)


def _done(request: HttpRequest, write: "partial[Round]", words: str) -> None:
    try:
        write(by=access.person(request))
    except (Refused, Stale) as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, words)
