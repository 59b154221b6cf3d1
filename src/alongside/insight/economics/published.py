"""What was published of kinship care's worth, and what those figures imply and do not, worked out anew each time."""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from alongside.calc.economics.published import a_year, care_years, fitting, least_base
from alongside.insight.economics.library import DATA, library

FOSTER = "SS2.0"
"""The weekly cost of local authority foster care."""
PRICED, WEEKS = 2019, 52
MOST_CHILDREN = 25
COSTS = (500, 1_000, 2_000, 5_000)
HORIZONS = (1, 2, 5, 10)
CARE_YEAR = 40_000


@dataclass(frozen=True, slots=True)
class Claim:
    """What was said, by whom, of how many out of how many, as of when, and the level of the design behind it.

    The level is 0 where no effect is claimed. ``implies`` are sums that anybody can do again, ``open`` is what they
    leave unsaid.
    """

    key: str
    said: str
    source: str
    numerator: str
    denominator: str
    as_of: str
    level: int
    implies: tuple[str, ...]
    open: tuple[str, ...]


Sums = tuple[tuple[str, ...], tuple[str, ...]]


@cache
def claims() -> tuple[Claim, ...]:
    """Return every claim with what it implies and leaves open."""
    told: dict[str, dict[str, Any]] = tomllib.loads((DATA / "published.toml").read_text(encoding="utf-8"))
    found = []
    for key, each in told.items():
        implies, left_open = TRIED[key](each)
        facts = {name: each[name] for name in ("said", "source", "numerator", "denominator", "as_of", "level")}
        found.append(Claim(key, **facts, implies=implies, open=left_open))
    return tuple(found)


def _ratio(told: Mapping[str, Any]) -> Sums:
    ratio = told["ratio"]
    yearly = ", ".join(f"{a_year(ratio, years):.1%} over {years}" for years in HORIZONS)
    each = ", ".join(f"{care_years(ratio, cost, CARE_YEAR):.3f} where a family costs £{cost:,}" for cost in COSTS)
    return (
        (
            f"£{ratio:.2f} for £1 is {100 * (ratio - 1):.0f}p more than was put in, once.",
            f"As a rate a year it is {yearly} years.",
            f"Care-years that each family must avoid, if care at £{CARE_YEAR:,} is all that is gained: {each}.",
        ),
        (
            "Over how many years that is: so it is no annual return.",
            "What delivery cost, which outcomes were valued at what, how much would have come anyway.",
        ),
    )


def _plans(told: Mapping[str, Any]) -> Sums:
    fits = [
        f"{told[name]}% is what {_or([str(share) for share in fitting(told[name], MOST_CHILDREN)])} round to, of "
        f"groups of up to {MOST_CHILDREN}."
        for name in ("protection", "need")
    ]
    return tuple(fits), (
        "Out of how many: a handful of children gives the same percentage as hundreds.",
        "Compared with whom: plans end by themselves, so a fall is no effect yet.",
    )


def _care(told: Mapping[str, Any]) -> Sums:
    shelf, children, pounds = library(), told["children"], told["pounds"]
    cost = shelf.costs[FOSTER]
    foster = cost.pounds * WEEKS * shelf.deflator.factor(cost.price_year, to=PRICED)
    return (
        (
            f"{children:,} × £{pounds:,} = £{children * pounds / 1e6:,.0f} million: the two figures are one.",
            f"Foster care at £{cost.pounds:,.0f} a week ({cost.code}, {cost.price_year}) × {WEEKS} weeks is "
            f"£{foster:,.0f} in {PRICED} prices, {abs(foster / pounds - 1):.1%} from it.",
        ),
        (
            "So it looks like the whole cost of foster care, which is our inference: whether allowances and support "
            "for the kinship family are taken off is not said.",
            "How many of the children would have been in care otherwise.",
        ),
    )


def _lifetime(told: Mapping[str, Any]) -> Sums:
    total, children = told["total"], told["children"]
    return (
        (f"£{total / 1e6:,.0f} million / {children:,} = £{total / children:,.0f} a child.",),
        (
            "Whether it is discounted: earnings come over fifty years, and £1 in 25 years is worth "
            f"{_in_25_years():.0%} of £1 now.",
            "Whether the difference is due to where they lived. It is never in a case unless somebody takes it in.",
        ),
    )


def _stopping(told: Mapping[str, Any]) -> Sums:
    base, count, percent = told["base"], told["count"], told["percent"]
    return (
        (
            f"{count:,} is {percent}% of {least_base(count, percent):,.0f} children or more; {percent}% of the "
            f"{base:,} that the page names is {base * percent / 100:,.0f}.",
            f"{count:,} of {base:,} would be {count / base:.1%}.",
        ),
        (
            "Which base was taken. A share of carers is no share of children: a carer may have several.",
            "How many who feared it stopped.",
        ),
    )


def _foster(told: Mapping[str, Any]) -> Sums:
    total, children = told["total"], told["children"]
    return (
        (
            f"£{total / 1e9:.1f} billion / {children:,} = £{total / children:,.0f} a child a year, below "
            f"the £{CARE_YEAR:,} of 2020.",
        ),
        ("That each of them would be in foster care, if not with family or friends.",),
    )


def _in_25_years() -> float:
    return float(library().schedules["green-book-2026"].factors(26)[25])


def _or(parts: list[str]) -> str:
    return f"{', '.join(parts[:-1])} or {parts[-1]}" if len(parts) > 1 else parts[0]


TRIED: Mapping[str, Callable[[Mapping[str, Any]], Sums]] = {
    "ratio": _ratio,
    "plans": _plans,
    "care": _care,
    "lifetime": _lifetime,
    "stopping": _stopping,
    "foster": _foster,
}
