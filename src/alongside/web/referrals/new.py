"""Referring a family: one page that takes five minutes, with one to six children."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.core.agencies.places import tidy_postcode
from alongside.core.agencies.queries import authority_at, the_provider
from alongside.core.base.ids import new_id
from alongside.records.people.models import Arrangement, PlanStatus, Relationship, ThreeWay
from alongside.records.people.services.registering import ToldChild
from alongside.records.programmes.queries import first_contact_by
from alongside.records.referrals.models import Referral
from alongside.records.referrals.rules import MOST_CHILDREN, gaps
from alongside.records.referrals.services import receive_referral
from alongside.web.forms import PartialDateField
from alongside.web.jinja import url
from alongside.web.rendering import page

CHOOSE = ("", "Choose")
NOT_KNOWN = ("", "Not known")
NO_PLAN = ("", "No, or not known")


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
    carer_phone = forms.CharField(label="Phone", max_length=30, required=False, widget=forms.TextInput({"type": "tel"}))
    carer_email = forms.EmailField(
        label="E-mail",
        required=False,
        error_messages={"invalid": "Enter the e-mail address with its @ and its ending, such as name@example.org"},
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


class ChildForm(forms.Form):
    """What a referrer tells of one child; anything may be left blank."""

    name = forms.CharField(label="Name", max_length=200, required=False)
    born = PartialDateField(label="Date of birth", required=False, past_only=True)
    arrangement = forms.ChoiceField(
        label="On what footing does the child live with the carer?",
        choices=[NOT_KNOWN, *(kind for kind in Arrangement.Kind.choices if kind[0] != Arrangement.Kind.UNKNOWN)],
        required=False,
    )
    since = PartialDateField(label="Since when?", required=False, past_only=True)
    before = forms.ChoiceField(
        label="Was the child looked after by a council just before the order?",
        choices=ThreeWay.choices,
        widget=forms.RadioSelect,
        required=False,
        help_text="We ask because some support and money is only for children who were.",
    )
    plan = forms.ChoiceField(
        label="Is the child on a plan now?",
        choices=[NO_PLAN, *PlanStatus.Kind.choices],
        required=False,
    )

    def told(self) -> ToldChild:
        """Give what was told, as it is kept."""
        said = self.cleaned_data
        return ToldChild(
            name=said["name"],
            birth_date=said["born"].on,
            birth_precision=said["born"].precision,
            arrangement=said["arrangement"] or Arrangement.Kind.UNKNOWN,
            arrangement_since=said["since"].on,
            arrangement_precision=said["since"].precision,
            looked_after_before=said["before"] or ThreeWay.UNKNOWN,
            plan=said["plan"],
        )

    def is_blank(self) -> bool:
        """Say whether nothing was told of this child."""
        return not any(value for name, value in self.data.items() if name.startswith(f"{self.prefix}-"))


@needs(Permission.REFERRAL_MAKE)
def new(request: HttpRequest) -> HttpResponse:
    """Refer a family; "add another child" gives the same page back with room for one more."""
    data = request.POST or None
    form, children = FamilyForm(data), child_forms(data)
    if data and "add" in data:
        for each in (form, *children):
            each._errors = ErrorDict()  # type: ignore[attr-defined]  # shown as typed: nobody asked for a judgement yet
    elif data:
        named = [child for child in children if not child.is_blank()]
        told_right = all([form.is_valid(), *(child.is_valid() for child in named)])
        if not named:
            form.add_error(None, "Tell us of at least one child. A name or an age is enough")
        elif told_right:
            made = receive_referral(**facts_of(request, form, [child.told() for child in named]))
            return redirect(url("referrals:sent", made.pk))
    context = {"form": form, "children": children, "more": len(children) < MOST_CHILDREN}
    return page(request, "referrals/new.html", context)


def child_forms(data: QueryDict | None) -> list[ChildForm]:
    """Make as many forms for children as the page had, and one more where asked."""
    typed = data.get("children", "1") if data else "1"
    number = int(typed) if typed.isdecimal() else 1
    wanted = number + 1 if data and "add" in data else number
    return [ChildForm(data, prefix=f"child{place}") for place in range(1, max(1, min(wanted, MOST_CHILDREN)) + 1)]


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
