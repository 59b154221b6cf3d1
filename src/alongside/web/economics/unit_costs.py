"""What things cost: the program's library of unit costs, and those that one's own agency added."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from alongside.calc.economics.model import Value
from alongside.calc.economics.prices import Deflator
from alongside.calc.economics.unit_costs import UNITS, UnitCost
from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.core.base.errors import Refused, Stale
from alongside.core.base.ids import new_id
from alongside.insight.economics.library import library
from alongside.insight.economics.models import OwnUnitCost
from alongside.insight.economics.queries import own_costs
from alongside.insight.economics.services import keep_unit_cost
from alongside.web.rendering import page

UNIT_WORDS = {
    "hour": "an hour", "session": "a session", "each": "each", "week": "a week", "month": "a month", "year": "a year",
}  # fmt: skip
VALUE_WORDS = {
    Value.FISCAL: "Money of a public body",
    Value.ECONOMIC: "Earnings and output of people and firms",
    Value.SOCIAL: "Well-being or health, in money",
}
WRONG_POUNDS = "Enter pounds as a number, such as 41.50"
WRONG_YEAR = "Enter a year, such as 2024"


class Told(forms.Form):
    """What a cost is of, how much, in whose prices, who bears it and who says so."""

    submission = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)
    based_on = forms.IntegerField(widget=forms.HiddenInput, initial=0)
    name = forms.CharField(
        max_length=20,
        label="A short name for it",
        help_text="Capital letters, digits and hyphens, such as HOUR-WORKER. Cases name it by OWN- and this.",
        error_messages={"required": "Enter a short name"},
    )
    title = forms.CharField(
        max_length=120, label="What is it the cost of?", error_messages={"required": "Say what it is the cost of"}
    )
    pounds = forms.DecimalField(
        max_digits=10,
        decimal_places=2,
        label="Pounds",
        error_messages={
            "required": "Enter how many pounds",
            "invalid": WRONG_POUNDS,
            "max_decimal_places": WRONG_POUNDS,
        },
    )
    unit = forms.ChoiceField(label="For", choices=[(unit, UNIT_WORDS[unit]) for unit in UNITS])
    price_year = forms.IntegerField(
        label="In prices of which year?", error_messages={"required": WRONG_YEAR, "invalid": WRONG_YEAR}
    )
    bearer = forms.CharField(
        max_length=80,
        label="Who bears it?",
        help_text="As cases name them, such as Local authority or NHS.",
        error_messages={"required": "Say who bears it"},
    )
    value = forms.ChoiceField(
        label="What is it?", choices=[(value.value, words) for value, words in VALUE_WORDS.items()]
    )
    source = forms.CharField(
        max_length=300,
        label="Where is it from?",
        help_text="Such as: our accounts for 2025-26, salaries and on-costs over hours worked.",
        error_messages={"required": "Say where it is from"},
    )
    note = forms.CharField(
        max_length=500, label="What else should one know?", required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


@dataclass(frozen=True, slots=True)
class Line:
    """A cost as the list shows it; ``now`` is it in the last prices known, ``own`` the row of one that was added."""

    cost: UnitCost
    now: float
    own: OwnUnitCost | None = None

    @property
    def unit(self) -> str:
        """For how much of what."""
        return UNIT_WORDS[self.cost.unit]


@needs(Permission.ECONOMICS_SEE)
def unit_costs(request: HttpRequest) -> HttpResponse:
    """List them: one's own first; only those in which what was searched for stands, or which one bearer bears."""
    by, shelf = access.person(request), library()
    words, bearer = request.GET.get("words", "").strip()[:80], request.GET.get("bearer", "")
    own = [Line(row.cost, _now(row.cost, shelf.deflator), row) for row in own_costs(by.agency_id)]
    shipped = [Line(cost, _now(cost, shelf.deflator)) for cost in shelf.costs.values()]
    context = {
        "own": list(_found(own, words, bearer)),
        "shipped": list(_found(shipped, words, bearer)),
        "bearers": sorted({line.cost.agency for line in [*own, *shipped]}),
        "words": words,
        "bearer": bearer,
        "year": max(shelf.deflator.index),
        "may_edit": by.may(Permission.ECONOMICS_EDIT),
    }
    return page(request, "economics/unit_costs.html", context)


@needs(Permission.ECONOMICS_EDIT)
def unit_cost_new(request: HttpRequest) -> HttpResponse:
    """Add one."""
    return _form(request, None)


@needs(Permission.ECONOMICS_EDIT)
def unit_cost(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give one another figure; the old one stays for the cases that took it."""
    return _form(request, access.get(request, OwnUnitCost, pk))


def _form(request: HttpRequest, found: OwnUnitCost | None) -> HttpResponse:
    now = None
    form = Told(request.POST or None, initial=_initial(found) if found else {})
    if found:
        form.fields["name"].disabled = True
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        name, based_on, submission = (given.pop(key) for key in ("name", "based_on", "submission"))
        try:
            kept = keep_unit_cost(
                name=name, told=given, by=access.person(request), based_on=based_on, submission=submission
            )
        except Refused as refused:
            form.add_error(refused.field, refused.sentence)
        except Stale as stale:
            now = stale.current
            form.data = {**form.data.dict(), "based_on": str(now.number)}  # type: ignore[attr-defined]
        else:
            messages.success(request, f"{kept.title} is kept as {kept.code}.")
            return redirect("economics:unit-costs")
    context = {"form": form, "cost": found, "now": now, "units": UNIT_WORDS}
    return page(request, "economics/unit_cost.html", context)


def _initial(found: OwnUnitCost) -> dict[str, Any]:
    names = ("name", "title", "pounds", "unit", "price_year", "bearer", "value", "source", "note")
    return {name: getattr(found, name) for name in names} | {"based_on": found.number}


def _now(cost: UnitCost, deflator: Deflator) -> float:
    return cost.pounds * deflator.factor(cost.price_year, to=max(deflator.index))


def _found(lines: Iterable[Line], words: str, bearer: str) -> Iterable[Line]:
    for line in lines:
        cost = line.cost
        text = f"{cost.code} {cost.title} {cost.source} {cost.note}".lower()
        if all(word in text for word in words.lower().split()) and bearer in ("", cost.agency):
            yield line
