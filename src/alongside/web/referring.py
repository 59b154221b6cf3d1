"""What a referrer tells of a carer, whichever page asks: the form, and what the service needs of it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone

from alongside.core import access
from alongside.core.agencies.places import tidy_postcode
from alongside.core.agencies.queries import authority_at, the_provider
from alongside.core.base.ids import new_id
from alongside.records.people.models import Disability, Ethnicity, Relationship
from alongside.records.people.services.registering import ToldChild
from alongside.records.programmes.queries import first_contact_by
from alongside.records.referrals.models import Referral
from alongside.records.referrals.rules import gaps
from alongside.web.everybody import HEALTH, WHY
from alongside.web.forms import PartialDateField, PhoneField

CHOOSE = ("", "Choose")
NOT_SAID = ("", "They have not said")


class FamilyForm(forms.Form):
    """What a referrer tells of a carer, and of what they agreed to; a second click sends the same submission."""

    submission = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)

    carer_name = forms.CharField(
        label="The carer’s name",
        max_length=200,
        error_messages={"required": "Enter the carer’s name"},
        help_text="As they write it. One name is enough if they have one.",
    )
    born = PartialDateField(
        label="Their date of birth", required=False, past_only=True, help_text="The year alone will do."
    )
    relationship = forms.ChoiceField(
        label="What is the carer to the children?",
        choices=[CHOOSE, *(kind for kind in Relationship.Kind.choices if kind[0] != Relationship.Kind.PARTNER)],
    )
    carer_phone = PhoneField(label="Phone", required=False)
    carer_email = forms.EmailField(
        label="E-mail",
        required=False,
    )
    postcode = forms.CharField(
        label="Postcode",
        max_length=10,
        required=False,
        widget=forms.TextInput({"size": 10}),
        help_text="It tells us which council’s contract can help.",
    )
    no_fixed_address = forms.BooleanField(label="They have no fixed address", required=False)
    words = forms.CharField(
        label="What would help?",
        max_length=4000,
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text="In the carer’s own words where you can, so that they need not tell it twice.",
    )
    safety_words = forms.CharField(
        label="Is it safe to call? What must we know?",
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text="Safe times, who must not know, and what to say if somebody else answers.",
    )
    safe_to_write = forms.ChoiceField(
        label="May we e-mail the carer now to say when we will be in touch?",
        choices=[("yes", "Yes, it is safe"), ("no", "No, or I am not sure")],
        widget=forms.RadioSelect,
        required=False,
    )
    consent = forms.ChoiceField(
        label="Did the carer agree to this referral?",
        choices=Referral.Consent.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether the carer agreed"},
        help_text="We open no case for a carer who said no.",
    )
    consent_words = forms.CharField(
        label="How and when did they say so?",
        max_length=300,
        required=False,
        help_text="Such as: by phone, on Monday",
    )
    carer_ethnicity = forms.ChoiceField(
        label="What do they say is their ethnic group?",
        help_text=f"{WHY} Whoever decides on the referral does not see it.",
        choices=[NOT_SAID, *Ethnicity.choices],
        required=False,
    )
    carer_disability = forms.ChoiceField(label=HEALTH, choices=[NOT_SAID, *Disability.choices], required=False)
    their_reference = forms.CharField(
        label="Your own reference", max_length=60, required=False, widget=forms.TextInput({"size": 20})
    )

    def clean_postcode(self) -> str:
        """Write the postcode as it is written on a letter."""
        typed: str = self.cleaned_data["postcode"]
        try:
            return tidy_postcode(typed) if typed else ""
        except ValueError as error:
            raise ValidationError(str(error)) from None

    def clean(self) -> dict[str, Any]:
        """Ask for a way to find the family and a way to reach it."""
        told = super().clean() or self.cleaned_data
        missing = gaps(
            postcode=told.get("postcode", ""),
            no_fixed_address=told.get("no_fixed_address", False),
            phone=told.get("carer_phone", ""),
            email=told.get("carer_email", ""),
        )
        spoilt = {"carer_phone" if name == "carer_email" else name for name in self.errors}
        for field, sentence in missing.items():
            if field not in spoilt:
                self.add_error(field, sentence)
        return told


def facts_of(request: HttpRequest, form: FamilyForm, children: list[ToldChild]) -> dict[str, Any]:
    """Give what the service needs; the carer is written to only where that was said to be safe and they agreed."""
    said = dict(form.cleaned_data)
    by, provider = access.person(request), the_provider()
    born, write = said.pop("born"), said.pop("safe_to_write") == "yes" and said["consent"] == Referral.Consent.GIVEN
    authority = authority_at(said["postcode"])
    with access.on_behalf_of(provider):
        due = first_contact_by(provider, authority.pk if authority else None, timezone.localdate())
    return {
        **said,
        "carer_birth_date": born.on,
        "carer_birth_precision": born.precision,
        "children": children,
        "agency": provider,
        "source_agency": by.agency,
        "by": by,
        "write_by": due if write else None,
    }
