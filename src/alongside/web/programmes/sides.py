"""The two sides of a family's record, apart: ours, and the authority's, kept by the worker who sits with its team."""

from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.core.audit import ledger
from alongside.core.audit.models import Entry
from alongside.records.cases.models import Case, Contact
from alongside.records.cases.queries import happenings
from alongside.records.programmes.models import AuthorityNote
from alongside.records.programmes.services.sides import change_authority_note, write_authority_note
from alongside.web.forms import DayField
from alongside.web.jinja import url
from alongside.web.programmes.family import sits_with
from alongside.web.rendering import page
from alongside.web.saving import EditForm, Form, NewForm, saved

CHANNELS = {channel.value: str(channel.label) for channel in Contact.Channel}


class NoteForm(forms.Form):
    """What the authority's team knows or decided."""

    on = DayField(label="When was it said or decided?", past_only=True, error_messages={"required": "Enter the day"})
    said_by = forms.CharField(
        label="Who in the authority’s team said or decided it?",
        max_length=120,
        error_messages={"required": "Enter who it was"},
    )
    words = forms.CharField(
        label="What they said or decided",
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": "Write down what they said or decided"},
    )


class NewNoteForm(NoteForm, NewForm):
    """Something new."""


class EditNoteForm(NoteForm, EditForm):
    """Something put right."""

    @staticmethod
    def stored(row: AuthorityNote) -> dict[str, Any]:
        """What it says now."""
        return {"on": row.on, "said_by": row.said_by, "words": row.words}


@needs(Permission.CASE_SEE)
def authority(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show both sides beside each other, each under its own name."""
    case, council = _case(request, pk)
    rows = access.visible(request, AuthorityNote).filter(case=case).select_related("by")
    shown, earlier = happenings(case)
    context = {"case": case, "council": council, "theirs": list(rows), "ours": shown, "channels": CHANNELS}
    return page(request, "programmes/authority.html", context | {"earlier": earlier})


@needs(Permission.CASE_SEE)
def authority_alone(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the authority's side with nothing of ours, to take into its own system; that it was taken is in the log."""
    case, council = _case(request, pk)
    rows = access.visible(request, AuthorityNote).filter(case=case).select_related("by")
    ledger.note(by=access.person(request), what="authority's side taken out", about=case, kind=Entry.Kind.EXPORT)
    context = {"case": case, "council": council, "theirs": list(rows)}
    return page(request, "programmes/authority_alone.html", context)


@needs(Permission.CASE_EDIT)
def authority_new(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write on the authority's side."""
    case, council = _case(request, pk)
    form = NewNoteForm(request.POST or None, initial={"on": timezone.localdate()})
    write = partial(write_authority_note, case=case, by=access.person(request))
    if saved(request, form, write, f"Saved on {council}’s side."):
        return redirect("programmes:authority", case.pk)
    return _shown(request, "authority_new", form, case, council)


@needs(Permission.CASE_EDIT)
def authority_change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put something on the authority's side right."""
    found = access.get(request, AuthorityNote, pk, related=("case__household", "agency"))
    form = EditNoteForm.of(found, request.POST or None)
    if saved(request, form, partial(change_authority_note, note=found, by=access.person(request))):
        return redirect("programmes:authority", found.case_id)
    return _shown(request, "authority_change", form, found.case, found.agency.name)


def _case(request: HttpRequest, pk: UUID) -> tuple[Case, str]:
    """Fetch a family whose authority's record this person keeps; to others there is no such page."""
    case = access.get(request, Case, pk, what="both sides of a record opened", related=("household", "team__sits_with"))
    council = sits_with(request, case)
    if not council:
        raise Http404
    return case, council


def _shown(request: HttpRequest, template: str, form: Form, case: Case, council: str) -> HttpResponse:
    back_to = (url("programmes:authority", case.pk), "Back to both sides")
    context = {"form": form, "caption": f"{case.household}, {council}’s side", "council": council, "back_to": back_to}
    return page(request, f"programmes/{template}.html", context)
