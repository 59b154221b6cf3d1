"""Setting up a contract, and changing one."""

from decimal import Decimal
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.models import Agency
from alongside.core.agencies.permissions import Permission
from alongside.core.agencies.places import authority
from alongside.core.agencies.queries import authorities_called, authorities_with, purchasers
from alongside.records.people.models import Arrangement
from alongside.records.programmes.models import Contract
from alongside.records.programmes.queries import programmes
from alongside.records.programmes.services.contracting import write_contract
from alongside.web.forms import DayField
from alongside.web.jinja import url
from alongside.web.rendering import page
from alongside.web.saving import EditForm, NewForm, saved

PENCE = 100
NAMED = 4


class ContractForm(EditForm):
    """What was agreed."""

    name = forms.CharField(label="What is it called?", max_length=120, help_text="Such as: Kinship Reach, Kirklees")
    purchaser: Any = forms.ModelChoiceField(label="Who bought it?", queryset=None, empty_label="Choose")
    programme: Any = forms.ModelChoiceField(label="Which programme?", queryset=None, empty_label="Choose")
    starts_on = DayField(label="When does it start?")
    ends_on = DayField(label="When does it end?")
    places = forms.IntegerField(label="How many families can have a place at one time?", min_value=1, max_value=100_000)
    price = forms.DecimalField(
        label="Price in pounds, for the whole term",
        required=False,
        min_value=Decimal(0),
        max_digits=12,
        decimal_places=2,
        widget=forms.TextInput({"size": 10, "inputmode": "decimal"}),
    )
    payer = forms.ChoiceField(label="Whose money is it?", choices=Contract.Payer.choices, widget=forms.RadioSelect)
    areas = forms.CharField(
        label="Which councils’ families is it for?",
        help_text="One on each line.",
        max_length=8000,
        widget=forms.Textarea({"rows": 4}),
    )
    arrangements = forms.MultipleChoiceField(
        label="Which arrangements is it for?",
        help_text="Choose none where it is for any.",
        choices=[kind for kind in Arrangement.Kind.choices if kind[0] != Arrangement.Kind.UNKNOWN],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    looked_after_before_required = forms.BooleanField(
        label="Only children who were looked after just before the order", required=False
    )
    first_contact_days = forms.IntegerField(
        label="Working days from referral to first contact", min_value=0, max_value=100, initial=5
    )
    review_weeks = forms.IntegerField(label="Weeks until the review", min_value=1, max_value=520, initial=12)
    length_weeks = forms.IntegerField(
        label="Weeks that it takes for a family",
        help_text="Left blank, it is as long as the tier says, where one does.",
        min_value=1,
        max_value=520,
        required=False,
    )
    sessions = forms.IntegerField(label="Sessions that a family may have", min_value=1, max_value=1000, required=False)
    tier = forms.ChoiceField(
        label="Which tier of the programme?", help_text="Only where the programme has tiers.", required=False
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["purchaser"].queryset = purchasers()  # type: ignore[attr-defined]
        self.fields["programme"].queryset = programmes()  # type: ignore[attr-defined]
        self.fields["tier"].choices = [("", "It has none, or all of it"), *tiers()]  # type: ignore[attr-defined]

    @staticmethod
    def stored(row: Contract) -> dict[str, Any]:
        """What the contract says now."""
        names = ("name", "starts_on", "ends_on", "places", "payer", "arrangements", "looked_after_before_required")
        targets = ("first_contact_days", "review_weeks", "length_weeks", "sessions", "tier")
        return {
            **{name: getattr(row, name) for name in (*names, *targets)},
            "purchaser": row.purchaser,
            "programme": row.programme,
            "price": None if row.price_pence is None else Decimal(row.price_pence) / PENCE,
            "areas": "\n".join(sorted(area.name for area in row.areas.all())),
        }

    def clean_areas(self) -> str:
        """Write each council as it is called; say which line is not clear."""
        lines = [line.strip() for line in self.cleaned_data["areas"].splitlines() if line.strip()]
        return "\n".join(sorted({authority(_code(line)).name for line in lines}))

    def facts(self) -> dict[str, Any]:
        """Give what the service is told: councils as they are kept, and money in pence."""
        said = dict(self.cleaned_data)
        price, named = said.pop("price"), said.pop("areas")
        said["price_pence"] = None if price is None else int(price * PENCE)
        said["areas"] = _authorities(named)
        return said


class NewContractForm(ContractForm, NewForm):
    """What was agreed for the first time: there is no version yet."""

    version = None  # type: ignore[assignment]


@needs(Permission.CONTRACT_EDIT)
def new(request: HttpRequest) -> HttpResponse:
    """Set a contract up."""
    by = access.person(request)
    form = NewContractForm(request.POST or None)
    write = partial(write_contract, contract=None, version=None, agency=by.agency, by=by)
    if saved(request, form, write, "The contract is set up. Referrals are weighed against it from now on."):
        return redirect(url("contracts:contract", form.cleaned_data["submission"]))
    context = {"form": form, "caption": "", "back_to": (url("contracts:contracts"), "Contracts")}
    return page(request, "contracts/change.html", context | {"contract": None})


@needs(Permission.CONTRACT_EDIT)
def change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change a contract."""
    by = access.person(request)
    contract = access.get(request, Contract, pk, related=("programme", "purchaser"))
    form = ContractForm.of(contract, request.POST or None)
    write = partial(write_contract, contract=contract, submission=contract.pk, agency=by.agency, by=by)
    if saved(request, form, write, "The contract is changed."):
        return redirect(url("contracts:contract", contract.pk))
    back_to = (url("contracts:contract", contract.pk), "Back to the contract")
    context = {"form": form, "caption": contract.name, "back_to": back_to, "contract": contract}
    return page(request, "contracts/change.html", context)


def tiers() -> list[tuple[str, str]]:
    """Give each programme's tiers, with the programme's name."""
    return [
        (tier["slug"], f"{programme.name}, {tier['name']}")
        for programme in programmes()
        for tier in programme.definition.get("tiers", [])
    ]


def _code(line: str) -> str:
    """Find the one council that a line means; its whole name means it even where others begin so."""
    codes = authorities_called(line)
    whole = [code for code in codes if authority(code).name.casefold() == line.casefold()]
    if len(whole or codes) == 1:
        return (whole or codes)[0]
    if not codes:
        raise ValidationError(f"We know no council called “{line[:60]}”. Check how it is spelled")
    names = " or ".join(authority(code).name for code in codes[:NAMED])
    raise ValidationError(f"“{line[:60]}” could be {names}. Write more of its name")


def _authorities(named: str) -> list[Agency]:
    return authorities_with(_code(line) for line in named.splitlines())
