"""Writing down a contact in under a minute, and putting one right, without losing a word that was typed."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.records.cases.models import Case, Contact, Correction, Draft
from alongside.records.cases.queries import corrections_of, draft_about, drafts_of, usual_channel
from alongside.records.cases.services.contacts import edit_contact, log_contact
from alongside.records.people.knowing import know
from alongside.records.people.models import Membership
from alongside.records.people.queries import members_past_and_present
from alongside.web.cases.contact_forms import ContactForm, EditContactForm, NewContactForm
from alongside.web.dates import moment
from alongside.web.moments import which_of
from alongside.web.rendering import page
from alongside.web.saving import as_typed, said, saved


@needs(Permission.CASE_EDIT)
def log(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write down a contact, or go on with one that was begun."""
    case = access.get(request, Case, pk, related=("household",))
    members = [member for member in members_past_and_present(case.household) if member.until is None]
    drafts = drafts_of(case, access.person(request))
    chosen = _chosen(request, drafts)
    usual = _usual(request, case, members) | (as_typed(NewContactForm.base_fields, chosen.values) if chosen else {})
    form = NewContactForm(request.POST or None, members=members, initial=usual)
    if saved(request, form, partial(log_contact, case=case, by=access.person(request)), "Contact saved"):
        return redirect("cases:case", case.pk)
    more = {"begun": chosen if request.method == "GET" else None, "others": [one for one in drafts if one != chosen]}
    return _shown(request, case, "log", form, chosen, **more)


@needs(Permission.CASE_EDIT)
def change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put a contact right, and see what it said before."""
    rows = access.visible(request, Contact).select_related("case__household").prefetch_related("people")
    contact = access.get(request, Contact, pk, rows=rows)
    members = _once(members_past_and_present(contact.case.household))
    form = EditContactForm.of(contact, request.POST or None, members=members)
    begun = draft_about(contact, access.person(request))
    if begun:
        form.initial.update(as_typed(EditContactForm.base_fields, begun.values))
    if saved(request, form, partial(edit_contact, contact=contact, by=access.person(request)), "Contact changed"):
        return redirect("cases:case", contact.case_id)
    before = [_before(one, form) for one in corrections_of(contact)]
    return _shown(request, contact.case, "contact", form, begun, begun=begun, before=before, contact=contact, others=[])


def _chosen(request: HttpRequest, drafts: Sequence[Draft]) -> Draft | None:
    """Give the draft that this form goes on with: the one sent or asked for, or else the latest."""
    asked = request.POST.get("submission") or request.GET.get("draft", "")
    if asked or request.method == "POST":
        return next((one for one in drafts if str(one.about) == asked), None)
    return drafts[0] if drafts else None


def _usual(request: HttpRequest, case: Case, members: Sequence[Membership]) -> dict[str, Any]:
    """Guess what is usual, so that most contacts need few words: with the carers, and as the appointment that this is
    the note of, or else now and as last time.
    """
    carers = [str(member.person_id) for member in members if member.part == Membership.Part.CARER]
    channel, minutes = request.GET.get("channel", ""), request.GET.get("minutes", "")
    at = timezone.localtime(_moment(request.GET.get("at", ""))).replace(second=0, microsecond=0)
    return {
        "channel": channel if channel in Contact.Channel.values else usual_channel(case),
        "people": carers,
        "day": at.date(),
        "time": f"{at:%H:%M}",
        "which": which_of(at),
        "minutes": minutes if minutes.isdecimal() else "",
    }


def _moment(told: str) -> datetime | None:
    """Read a moment out of an address; None, which is now, where there is none."""
    try:
        moment_told = datetime.fromisoformat(told)
        return moment_told if moment_told.tzinfo and timezone.localtime(moment_told) <= timezone.localtime() else None
    except (ValueError, OverflowError):
        return None


def _once(members: Sequence[Membership]) -> list[Membership]:
    return list({member.person_id: member for member in members}.values())


def _before(correction: Correction, form: ContactForm) -> tuple[str, str, list[tuple[str, str]]]:
    """Say who put what right, when, and what it said until then."""
    told = []
    for name, value in correction.said.items():
        if name == "at":
            told.append(("Day and time", moment(datetime.fromisoformat(value))))
        elif name == "people":
            told.append(("With whom", ", ".join(value) or "nobody"))
        else:
            told.append((str(form[name].label), said(form.fields[name], value)))
    return correction.by.name, moment(correction.created_at), told


def _shown(
    request: HttpRequest, case: Case, template: str, form: EditContactForm, draft: Draft | None, **more: Any
) -> HttpResponse:
    return page(
        request,
        f"cases/{template}.html",
        {
            "form": form,
            "caption": str(case.household),
            "back_to": (reverse("cases:case", args=[case.pk]), "Back to the family"),
            "known": know(case.household_id, access.person(request)),
            "action": reverse("cases:contact", args=[form.stale.pk]) if form.stale else "",
            "draft": f"{access.person(request).pk}-{case.pk}",
            "draft_version": draft.version if draft else 0,
            "case": case,
            **more,
        },
    )
