"""A person: how to reach them, and for a child on what footing they live where they do, and their plans."""

from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.records.cases.queries import case_of_household
from alongside.records.people import queries
from alongside.records.people.knowing import know, together
from alongside.records.people.models import Membership, Person
from alongside.records.people.rules import age
from alongside.records.people.services.recording import edit_person
from alongside.web import kinship
from alongside.web.everybody import EverybodyFacts, said_of, stored_everybody
from alongside.web.forms import PartialDate, PartialDateField, PhoneField
from alongside.web.life import LifeFacts, stored_life
from alongside.web.rendering import page
from alongside.web.saving import EditForm, Form, saved

PARTS = {part.value: str(part.label) for part in Membership.Part}
FACTS = ("name", "known_as", "phone", "email", "language", "needs_interpreter")


class PersonFacts(Form):
    """What may be known of somebody; only a name is asked for, and it may be one word in any script."""

    name = forms.CharField(
        label="Full name",
        max_length=200,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        error_messages={"required": "Enter a name. One word is enough"},
    )
    known_as = forms.CharField(
        label="What they like to be called",
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    birth = PartialDateField(
        label="Date of birth",
        help_text="As much as you know. The year alone is fine.",
        required=False,
        past_only=True,
    )
    phone = PhoneField(label="Phone", required=False)
    email = forms.EmailField(label="E-mail address", required=False)
    language = forms.CharField(
        label="First language, if not English",
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"size": 20}),
    )
    needs_interpreter = forms.BooleanField(label="They need an interpreter", required=False)

    def facts(self) -> dict[str, Any]:
        """What the services are told."""
        told = dict(self.cleaned_data)
        born: PartialDate = told.pop("birth")
        return {**told, "birth_date": born.on, "birth_precision": born.precision}


class PersonForm(PersonFacts, EverybodyFacts, LifeFacts, EditForm):
    """Somebody's facts put right."""

    field_order = ("name", "known_as", "birth", "gender")

    def facts(self) -> dict[str, Any]:
        """What the services are told, the death among it."""
        return self.said_of_themselves(self.life(super().facts()))

    @staticmethod
    def stored(row: Person) -> dict[str, Any]:
        """What is known of them now."""
        told = {name: getattr(row, name) for name in FACTS}
        precision = row.birth_precision if row.birth_date else "unknown"
        return {**told, "birth": PartialDate(row.birth_date, precision), **stored_everybody(row), **stored_life(row)}


@needs(Permission.CASE_SEE)
def person(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show somebody."""
    found = access.get(request, Person, pk, what="person opened")
    user = access.person(request)
    homes = queries.homes_of([found.pk], user)
    now = [home for home in homes if home.until is None] or homes
    cases = case_of_household({home.household_id for home in homes})
    arrangements, plans = queries.arrangements_of(found, user), queries.plan_statuses_of(found, user)
    return page(
        request,
        "people/person.html",
        {
            "person": found,
            "said": said_of(found),
            "age": age(found.birth_date, found.birth_precision, timezone.localdate()),
            "homes": homes,
            "parts": PARTS,
            "is_child": any(home.part == Membership.Part.CHILD for home in homes) or bool(arrangements or plans),
            "arrangements": [(one, kinship.footing(one)) for one in arrangements],
            "plans": [(one, kinship.plan(one)) for one in plans],
            "known": together([know(home.household_id, user) for home in now]),
            "cases": cases,
            "up": [
                (str(home.household), reverse("cases:case", args=[cases[home.household_id]]))
                for home in now
                if home.household_id in cases
            ],
        },
    )


@needs(Permission.CASE_EDIT)
def person_change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put right what is known of somebody."""
    found = access.get(request, Person, pk)
    form = PersonForm.of(found, request.POST or None)
    if saved(request, form, partial(edit_person, person=found, by=access.person(request))):
        return redirect("people:person", found.pk)
    return about(request, found, "person_change", form)


def about(request: HttpRequest, found: Person, template: str, form: forms.Form) -> HttpResponse:
    """Show a form about somebody."""
    return page(
        request,
        f"people/{template}.html",
        {
            "form": form,
            "caption": found.name,
            "back_to": (reverse("people:person", args=[found.pk]), "Back"),
        },
    )
