"""The funds that pay for therapy: which one it is for a family, and the limits by year, read from data files."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from alongside.records.cases.models import Case
from alongside.records.programmes.models import Enrolment
from alongside.records.programmes.rules.money import Limit

FOLDER = Path(__file__).parent / "limits"
USUAL = "asgsf"
PENCE = 100


@dataclass(frozen=True, slots=True)
class Fund:
    """A fund, and the most that it pays for a child in each year that somebody wrote down."""

    slug: str
    name: str
    limits: tuple[Limit, ...]


@cache
def fund(slug: str) -> Fund:
    """Give a fund by its slug."""
    table = tomllib.loads((FOLDER / f"{slug}.toml").read_text(encoding="utf-8"))
    limits = tuple(
        Limit(
            each["starts_on"],
            each["ends_on"],
            each["pounds"] * PENCE,
            each["verified"],
            each["source"],
            each["checked"],
        )
        for each in table["limits"]
    )
    return Fund(table["slug"], table["name"], limits)


def fund_of(case: Case) -> Fund:
    """Give the fund that the programme they came to last names for therapy; the usual one where none names any."""
    held = Enrolment.objects.filter(case=case).order_by("-started_on", "-id")
    definitions = held.values_list("contract__programme__definition", flat=True)
    return fund(next((one["therapy"]["fund"] for one in definitions if one.get("therapy")), USUAL))
