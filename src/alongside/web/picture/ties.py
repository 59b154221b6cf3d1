"""What somebody of a family is to somebody else: saying it, putting it right, taking it away."""

from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.records.people.models import Person, Relationship
from alongside.records.people.picture import people_of
from alongside.records.people.services import relating
from alongside.web import kinship
from alongside.web.picture.opening import open_family, removed, shown
from alongside.web.saving import EditForm, NewForm, saved

# How couples stand is said on a page of its own.
KINDS = [(kind.value, str(kind.label)) for kind in Relationship.Kind if kind != Relationship.Kind.PARTNER]


class TieForm(NewForm):
    """What somebody is to somebody else."""

    person = forms.ChoiceField(label="Who", error_messages={"required": "Choose who it is"})
    kind = forms.ChoiceField(label="is the", choices=KINDS)
    relative = forms.ChoiceField(label="of", error_messages={"required": "Choose whose relative they are"})

    def __init__(self, data: Any = None, *, people: list[Person], **options: Any) -> None:
        super().__init__(data, **options)
        self.people = {str(person.pk): person for person in people}
        choices = [("", "Choose"), *((key, person.name) for key, person in self.people.items())]
        for name in ("person", "relative"):
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        """Name the two people."""
        told = self.cleaned_data
        return {**told, **{name: self.people[told[name]] for name in ("person", "relative")}}


class EditTieForm(EditForm):
    """What somebody is to somebody else, put right."""

    kind = forms.ChoiceField(label="What are they?", choices=Relationship.Kind.choices)

    @staticmethod
    def stored(row: Relationship) -> dict[str, Any]:
        """What is recorded now."""
        return {"kind": row.kind}


@needs(Permission.CASE_EDIT)
def tie_new(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say what somebody is to somebody else."""
    case, user = open_family(request, pk), access.person(request)
    form = TieForm(request.POST or None, people=people_of(case.household, user))
    if saved(request, form, partial(relating.relate, by=user), "Added to the picture"):
        return redirect("picture:picture", pk)
    return shown(request, case, "tie_new", form)


@needs(Permission.CASE_EDIT)
def tie_change(request: HttpRequest, pk: UUID, row: UUID) -> HttpResponse:
    """Put right what somebody is to somebody else."""
    case, found = open_family(request, pk), _get(request, row)
    form = EditTieForm.of(found, request.POST or None)
    if saved(request, form, partial(relating.edit_relationship, relationship=found, by=access.person(request))):
        return redirect("picture:picture", pk)
    return shown(request, case, "tie_change", form, tie=found)


@needs(Permission.CASE_EDIT)
def tie_remove(request: HttpRequest, pk: UUID, row: UUID) -> HttpResponse:
    """Take away a relationship that is not so."""
    case, found = open_family(request, pk), _get(request, row)
    words = f"Recorded now: {found.person.name} is {found.relative.name}’s {kinship.KIN[found.kind]}."
    by = access.person(request)
    remove = partial(relating.remove_relationship, relationship=found, version=found.version, by=by)
    return removed(request, case, "Remove this from the picture?", words, remove)


def _get(request: HttpRequest, pk: UUID) -> Relationship:
    return access.get(request, Relationship, pk, related=("person", "relative"))
