"""A household: who lives there, what they are to one another, where it is, and the other homes of its children."""

from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.core.agencies.places import tidy_postcode
from alongside.records.cases.queries import case_of_household
from alongside.records.people import queries
from alongside.records.people.knowing import know
from alongside.records.people.models import Household, Membership
from alongside.records.people.rules import age
from alongside.records.people.services.recording import edit_household
from alongside.web import kinship
from alongside.web.rendering import page
from alongside.web.saving import EditForm, saved

PARTS = {part.value: str(part.label) for part in Membership.Part}


class HouseholdForm(EditForm):
    """What the household is called and where it lives."""

    name = forms.CharField(
        label="What is this family called?",
        help_text="Usually the carer's name.",
        max_length=200,
        error_messages={"required": "Enter what this family is called"},
    )
    address = forms.CharField(label="Address", required=False, max_length=400, widget=forms.Textarea(attrs={"rows": 3}))
    postcode = forms.CharField(
        label="Postcode", required=False, max_length=20, widget=forms.TextInput(attrs={"size": 10})
    )
    no_fixed_address = forms.BooleanField(label="They have no fixed address", required=False)

    def clean_postcode(self) -> str:
        """Write the postcode as on a letter, or say how it should look."""
        typed: str = self.cleaned_data["postcode"]
        try:
            return tidy_postcode(typed) if typed else ""
        except ValueError as problem:
            raise ValidationError(str(problem)) from None

    @staticmethod
    def stored(row: Household) -> dict[str, Any]:
        """What the household says now."""
        return {name: getattr(row, name) for name in ("name", "address", "postcode", "no_fixed_address")}


@needs(Permission.CASE_SEE)
def household(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a household."""
    found = access.get(request, Household, pk, what="household opened", related=("authority",))
    members = queries.members_past_and_present(found)
    people = {member.person_id for member in members}
    today = timezone.localdate()
    return page(
        request,
        "people/household.html",
        {
            "household": found,
            "members": members,
            "ages": {one.person_id: age(one.person.birth_date, one.person.birth_precision, today) for one in members},
            "parts": PARTS,
            "kin": queries.kin(people),
            "kinds": kinship.KIN,
            "elsewhere": [home for home in queries.homes_of(people, access.person(request)) if home.household_id != pk],
            "known": know(found.pk, access.person(request)),
            "case": case_of_household([found.pk]).get(found.pk),
        },
    )


@needs(Permission.CASE_EDIT)
def household_change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put right what a household is called and where it lives."""
    found = access.get(request, Household, pk)
    form = HouseholdForm.of(found, request.POST or None)
    if saved(request, form, partial(edit_household, household=found, by=access.person(request))):
        return redirect("people:household", found.pk)
    return page(
        request,
        "people/household_change.html",
        {
            "form": form,
            "caption": str(found),
            "back_to": (reverse("people:household", args=[pk]), "Back to the household"),
        },
    )
