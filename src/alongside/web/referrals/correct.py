"""Putting right what was told in a referral, while it waits for a decision: a manager asked, and heard more."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.core.agencies.places import tidy_postcode
from alongside.records.people.models import Arrangement, Relationship, ThreeWay
from alongside.records.people.services.registering import ToldChild
from alongside.records.referrals.models import Referral
from alongside.records.referrals.queries import children_told
from alongside.records.referrals.rules import OPEN
from alongside.records.referrals.services import correct_referral
from alongside.web.forms import PartialDate, PartialDateField, PhoneField
from alongside.web.jinja import url
from alongside.web.rendering import page
from alongside.web.saving import EditForm, saved

PLAIN = (
    *("carer_name", "relationship", "carer_phone", "carer_email", "postcode", "no_fixed_address"),
    *("safety_words", "consent", "consent_words"),
)


class CorrectForm(EditForm):
    """What was told, as we now know it; each child's footing stands after the carer's own facts."""

    carer_name = forms.CharField(label="The carer’s name", max_length=200, required=False)
    born = PartialDateField(label="Their date of birth", required=False, past_only=True)
    relationship = forms.ChoiceField(
        label="What is the carer to the children?", choices=Relationship.Kind.choices, required=False
    )
    carer_phone = PhoneField(label="Phone", required=False)
    carer_email = forms.EmailField(label="E-mail", required=False)
    postcode = forms.CharField(label="Postcode", max_length=10, required=False, widget=forms.TextInput({"size": 10}))
    no_fixed_address = forms.BooleanField(label="They have no fixed address", required=False)
    safety_words = forms.CharField(
        label="Is it safe to call? What must we know?",
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )
    consent = forms.ChoiceField(
        label="Did the carer agree to this referral?", choices=Referral.Consent.choices, widget=forms.RadioSelect
    )
    consent_words = forms.CharField(label="How and when did they say so?", max_length=300, required=False)

    def __init__(self, *arguments: Any, children: list[ToldChild], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.children = children
        for number, child in enumerate(children):
            name = child.name or f"child {number + 1}"
            self.fields[f"arrangement_{number}"] = forms.ChoiceField(
                label=f"On what footing does {name} live there?",
                choices=Arrangement.Kind.choices,
                initial=child.arrangement,
            )
            self.fields[f"before_{number}"] = forms.ChoiceField(
                label=f"Was {name} looked after just before?",
                choices=ThreeWay.choices,
                initial=child.looked_after_before,
                widget=forms.RadioSelect,
            )

    @staticmethod
    def stored(row: Referral) -> dict[str, Any]:
        """Give what the referral says now."""
        born = PartialDate(row.carer_birth_date, row.carer_birth_precision)
        told = {name: getattr(row, name) for name in PLAIN} | {"born": born}
        for number, child in enumerate(children_told(row)):
            told |= {f"arrangement_{number}": child.arrangement, f"before_{number}": child.looked_after_before}
        return told

    def clean_postcode(self) -> str:
        """Write the postcode as it is written on a letter."""
        typed: str = self.cleaned_data["postcode"]
        try:
            return tidy_postcode(typed) if typed else ""
        except ValueError as error:
            raise forms.ValidationError(str(error)) from None

    def facts(self) -> dict[str, Any]:
        """Give the referral's own facts and its children, each with the footing that was said now."""
        said = self.cleaned_data
        children = [
            replace(child, arrangement=said[f"arrangement_{number}"], looked_after_before=said[f"before_{number}"])
            for number, child in enumerate(self.children)
        ]
        born = {"carer_birth_date": said["born"].on, "carer_birth_precision": said["born"].precision}
        return {name: said[name] for name in PLAIN} | born | {"children": children, "version": said["version"]}


@needs(Permission.REFERRAL_TRIAGE)
def correct(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show what was told in a form, and keep what was put right."""
    referral = access.get(request, Referral, pk)
    back = url("referrals:triage", referral.pk)
    if referral.status not in OPEN:
        return redirect(back)
    form = CorrectForm.of(referral, request.POST or None, children=list(children_told(referral)))

    def write(**facts: Any) -> None:
        correct_referral(referral=referral, by=access.person(request), **facts)

    if saved(request, form, write, "It is put right. Who can help is worked out anew."):
        return redirect(back)
    context = {"form": form, "back_to": (back, "Back to the referral"), "caption": str(referral)}
    return page(request, "referrals/correct.html", context)
