"""Couples of a family: saying that two are or were together, how it stands now, and taking it away."""

from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.records.people.models import Partnership, Person
from alongside.records.people.picture import people_of
from alongside.records.people.services import relating
from alongside.web.forms import PartialDate, PartialDateField
from alongside.web.picture.opening import open_family, removed, shown
from alongside.web.saving import EditForm, Form, NewForm, saved


class CoupleFacts(Form):
    """How it stands between two people."""

    status = forms.ChoiceField(
        label="How do things stand between them?",
        choices=Partnership.Status.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how things stand between them"},
    )
    started = PartialDateField(label="Since when?", help_text="As much as you know.", required=False, past_only=True)
    ended = PartialDateField(label="Until when?", help_text="If it came to an end.", required=False, past_only=True)

    def facts(self) -> dict[str, Any]:
        """What the services are told."""
        told = dict(self.cleaned_data)
        for name in ("started", "ended"):
            said: PartialDate = told.pop(name)
            told |= {f"{name}_on": said.on, f"{name}_precision": said.precision}
        return told


class CoupleForm(CoupleFacts, NewForm):
    """Two people who are or were a couple."""

    field_order = ("person", "partner")
    person = forms.ChoiceField(label="Who", error_messages={"required": "Choose the first of the two"})
    partner = forms.ChoiceField(label="and whom", error_messages={"required": "Choose the second of the two"})

    def __init__(self, data: Any = None, *, people: list[Person], **options: Any) -> None:
        super().__init__(data, **options)
        self.people = {str(person.pk): person for person in people}
        choices = [("", "Choose"), *((key, person.name) for key, person in self.people.items())]
        for name in ("person", "partner"):
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        """Name the two people."""
        told = super().facts()
        return {**told, **{name: self.people[told[name]] for name in ("person", "partner")}}


class EditCoupleForm(CoupleFacts, EditForm):
    """How things stand now."""

    @staticmethod
    def stored(row: Partnership) -> dict[str, Any]:
        """What is recorded now."""
        return {
            "status": row.status,
            "started": PartialDate(row.started_on, row.started_precision if row.started_on else "unknown"),
            "ended": PartialDate(row.ended_on, row.ended_precision if row.ended_on else "unknown"),
        }


@needs(Permission.CASE_EDIT)
def couple_new(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say that two people are or were a couple."""
    case, user = open_family(request, pk), access.person(request)
    form = CoupleForm(request.POST or None, people=people_of(case.household, user))
    if saved(request, form, partial(relating.record_partnership, by=user), "Added to the picture"):
        return redirect("picture:picture", pk)
    return shown(request, case, "couple_new", form)


@needs(Permission.CASE_EDIT)
def couple_change(request: HttpRequest, pk: UUID, row: UUID) -> HttpResponse:
    """Put right how things stand between two people."""
    case, found = open_family(request, pk), _get(request, row)
    form = EditCoupleForm.of(found, request.POST or None)
    if saved(request, form, partial(relating.edit_partnership, partnership=found, by=access.person(request))):
        return redirect("picture:picture", pk)
    return shown(request, case, "couple_change", form, couple=found)


@needs(Permission.CASE_EDIT)
def couple_remove(request: HttpRequest, pk: UUID, row: UUID) -> HttpResponse:
    """Take away a couple that never was."""
    case, found = open_family(request, pk), _get(request, row)
    words = f"If {found.person.name} and {found.partner.name} were a couple once, change how things stand instead."
    by = access.person(request)
    remove = partial(relating.remove_partnership, partnership=found, version=found.version, by=by)
    return removed(request, case, "Remove this couple from the picture?", words, remove)


def _get(request: HttpRequest, pk: UUID) -> Partnership:
    return access.get(request, Partnership, pk, related=("person", "partner"))
