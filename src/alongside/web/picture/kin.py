"""Somebody who belongs to a family and lives elsewhere: a parent, somebody dead, somebody of whom nothing is known."""

from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.models import User
from alongside.core.agencies.permissions import Permission
from alongside.core.base.ids import new_id
from alongside.records.cases.models import Case
from alongside.records.people.models import Kin, Person
from alongside.records.people.picture import people_of
from alongside.records.people.services import recording, relating
from alongside.web.forms import PartialDate, PartialDateField
from alongside.web.life import LifeFacts
from alongside.web.picture.opening import open_family, removed, shown
from alongside.web.picture.ties import KINDS
from alongside.web.saving import EditForm, NewForm, saved

NOT_KNOWN = "Not known"


class KinForm(LifeFacts, NewForm):
    """Somebody of the family who lives elsewhere, and what they are to whom."""

    field_order = ("unknown", "name", "known_as", "kind", "relative", "birth", "gender", "lives")
    unknown = forms.BooleanField(label="We know only that there is or was somebody, not who", required=False)
    name = forms.CharField(
        label="Full name", required=False, max_length=200, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    known_as = forms.CharField(label="What they are called in the family", required=False, max_length=100)
    kind = forms.ChoiceField(label="They are the", choices=KINDS, initial="parent")
    relative = forms.ChoiceField(label="of", error_messages={"required": "Choose whose relative they are"})
    birth = PartialDateField(
        label="Date of birth", help_text="As much as you know. The year alone is fine.", required=False, past_only=True
    )
    lives = forms.CharField(
        label="Where are they?",
        help_text="A few words, such as “in Leeds” or “not known”. Never an address that must stay secret.",
        required=False,
        max_length=120,
    )

    def __init__(self, data: Any = None, *, people: list[Person], **options: Any) -> None:
        super().__init__(data, **options)
        self.people = {str(person.pk): person for person in people}
        choices = [("", "Choose"), *((key, person.name) for key, person in self.people.items())]
        self.fields["relative"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for a name unless nothing is known of who they are."""
        told: dict[str, Any] = super().clean() or {}
        if not told.get("name") and not told.get("unknown"):
            self.add_error("name", "Enter a name, or say that you do not know who they are")
        return told

    def facts(self) -> dict[str, Any]:
        """What the services are told."""
        told = self.life(dict(self.cleaned_data))
        born: PartialDate = told.pop("birth")
        told["name"] = NOT_KNOWN if told["unknown"] else told["name"]
        told["relative"] = self.people[told["relative"]]
        return {**told, "birth_date": born.on, "birth_precision": born.precision}


@needs(Permission.CASE_EDIT)
def kin_new(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Add somebody who belongs to the family and lives elsewhere."""
    case, user = open_family(request, pk), access.person(request)
    form = KinForm(request.POST or None, people=people_of(case.household, user))
    if saved(request, form, partial(_add, case, user), "Added to the picture"):
        return redirect("picture:picture", pk)
    return shown(request, case, "kin_new", form)


def _add(case: Case, user: User, *, relative: Person, kind: str, **told: Any) -> None:
    with transaction.atomic():
        person = recording.add_kin(household=case.household, by=user, **told)
        relating.relate(person=person, relative=relative, kind=kind, by=user, submission=new_id())


class EditKinForm(EditForm):
    """Where they are now."""

    lives = KinForm.base_fields["lives"]

    @staticmethod
    def stored(row: Kin) -> dict[str, Any]:
        """What is recorded now."""
        return {"lives": row.lives}


@needs(Permission.CASE_EDIT)
def kin_change(request: HttpRequest, pk: UUID, row: UUID) -> HttpResponse:
    """Put right where somebody of the family is."""
    case, found = open_family(request, pk), _get(request, row)
    form = EditKinForm.of(found, request.POST or None)
    if saved(request, form, partial(recording.edit_kin, kin=found, by=access.person(request))):
        return redirect("picture:picture", pk)
    return shown(request, case, "kin_change", form, kin=found)


@needs(Permission.CASE_EDIT)
def kin_remove(request: HttpRequest, pk: UUID, row: UUID) -> HttpResponse:
    """Take somebody who is not of the family out of it."""
    case, found = open_family(request, pk), _get(request, row)
    words = (
        f"{found.person.name} goes out of the picture, and with them what they are to the others. "
        "If they died or lost touch, say that instead: they still belong."
    )
    by = access.person(request)
    remove = partial(relating.remove_kin, kin=found, version=found.version, by=by)
    return removed(request, case, "Remove them from the picture?", words, remove)


def _get(request: HttpRequest, pk: UUID) -> Kin:
    return access.get(request, Kin, pk, related=("person", "household"))
