"""Who lives in a household: adding somebody new or already known, what they are to one another, and leaving."""

from collections.abc import Sequence
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.models import User
from alongside.core.agencies.permissions import Permission
from alongside.records.people import queries
from alongside.records.people.models import Household, Membership, Person, Relationship
from alongside.records.people.searching import Found, perhaps_the_same
from alongside.records.people.services import recording, relating
from alongside.web.dates import partial as half_known
from alongside.web.forms import DayField
from alongside.web.people.person import PersonFacts
from alongside.web.rendering import page
from alongside.web.saving import EditForm, NewForm, saved

SOMEBODY_NEW = "new"


class AddForm(PersonFacts, NewForm):
    """Somebody who lives in the household."""

    part = forms.ChoiceField(
        label="Who are they in this home?",
        choices=Membership.Part.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who they are in this home"},
    )
    since = DayField(label="Lives here since", required=False, past_only=True)
    same_as = forms.CharField(
        label="Is it somebody you already know?",
        help_text="A child can live in two homes. Twins, or people of one name, are recorded each by themselves.",
        widget=forms.RadioSelect,
        required=False,
    )
    field_order = ("same_as", "part", "name", "known_as", "birth")
    known: Sequence[Found] = ()

    def look_for(self, user: User) -> None:
        """Offer people already known who may be meant; where there are none, ask nothing."""
        told = self.facts()
        self.known = perhaps_the_same(
            user, name=told["name"], birth_date=told["birth_date"], precision=told["birth_precision"]
        )
        self.fields["same_as"].widget.choices = [
            *((str(one.id), _known_words(one)) for one in self.known),
            (SOMEBODY_NEW, "No, this is somebody else"),
        ]
        chosen = self.data.get("same_as", "")
        self.cleaned_data["same_as"] = chosen if self.known else ""
        if self.known and chosen not in {str(one.id) for one in self.known} | {SOMEBODY_NEW}:
            self.add_error("same_as", "Somebody like this is already known. Say whether it is the same person")


def _known_words(one: Found) -> str:
    born = f", born {half_known(one.birth_date, one.birth_precision)}" if one.birth_date else ""
    homes = " and ".join(home.family for home in one.homes)
    return f"Yes: {one.name}{born}{f', in {homes}' if homes else ''}"


@needs(Permission.CASE_EDIT)
def add(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Record that somebody lives in a household."""
    household = access.get(request, Household, pk)
    user = access.person(request)
    form = AddForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if access.visible(request, Person).filter(pk=form.cleaned_data["submission"]).exists():
            return redirect("people:household", pk)  # the second click
        form.look_for(user)
    if saved(request, form, partial(_add, request, household, form), "Added to the household"):
        return redirect("people:household", pk)
    if not form.known:
        del form.fields["same_as"]
    return _shown(request, household, "add", form)


def _add(request: HttpRequest, household: Household, form: AddForm, **told: Any) -> None:
    """Bring in somebody known, or record somebody new."""
    same_as, by = told.pop("same_as"), access.person(request)
    if same_as in ("", SOMEBODY_NEW):
        recording.add_person(household=household, by=by, **told)
    else:
        known = access.get(request, Person, UUID(same_as))
        recording.move_in(household=household, person=known, part=told["part"], since=told["since"], by=by)


class MembershipForm(EditForm):
    """As what, and from when to when, somebody lives in a household."""

    part = forms.ChoiceField(
        label="Who are they in this home?", choices=Membership.Part.choices, widget=forms.RadioSelect
    )
    since = DayField(label="Lives here since", required=False, past_only=True)
    until = DayField(
        label="Left on", help_text="Leave this blank while they live here.", required=False, past_only=True
    )

    @staticmethod
    def stored(row: Membership) -> dict[str, Any]:
        """What is recorded now."""
        return {"part": row.part, "since": row.since, "until": row.until}


@needs(Permission.CASE_EDIT)
def membership_change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put right how somebody lives in a household, or say that they left."""
    membership = access.get(request, Membership, pk, related=("household", "person"))
    form = MembershipForm.of(membership, request.POST or None)
    if saved(request, form, partial(recording.edit_membership, membership=membership, by=access.person(request))):
        return redirect("people:household", membership.household_id)
    return _shown(request, membership.household, "membership_change", form, membership.person.name)


class RelateForm(NewForm):
    """What somebody is to somebody else."""

    person = forms.ChoiceField(label="Who", error_messages={"required": "Choose who it is"})
    kind = forms.ChoiceField(label="is the", choices=Relationship.Kind.choices)
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


@needs(Permission.CASE_EDIT)
def relate(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say what somebody is to somebody else."""
    household = access.get(request, Household, pk)
    people = list({one.person_id: one.person for one in queries.members_past_and_present(household)}.values())
    form = RelateForm(request.POST or None, people=people)
    if saved(request, form, partial(relating.relate, by=access.person(request))):
        return redirect("people:household", pk)
    return _shown(request, household, "relate", form)


def _shown(
    request: HttpRequest, household: Household, template: str, form: forms.Form, caption: str = ""
) -> HttpResponse:
    return page(
        request,
        f"people/{template}.html",
        {
            "form": form,
            "caption": caption or str(household),
            "back_to": (reverse("people:household", args=[household.pk]), "Back to the household"),
        },
    )
