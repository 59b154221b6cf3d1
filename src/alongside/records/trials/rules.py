"""What the arms of a trial can be kept alike in, and how a family's place in each is told from plain values."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

UNKNOWN = "not known"
ORDERS = frozenset({"special_guardianship", "child_arrangements", "adoption"})


@dataclass(frozen=True, slots=True)
class Child:
    """What is asked of a child who lives with the family."""

    birth_date: date | None
    arrangement: str
    looked_after_before: str


@dataclass(frozen=True, slots=True)
class Family:
    """What is asked of a family when chance decides."""

    authority: str
    team: str
    children: tuple[Child, ...]


FACTORS: dict[str, str] = {
    "authority": "Authority",
    "team": "Team",
    "children": "One child or more",
    "youngest": "Age of the youngest child",
    "order": "Whether any child lives there under an order",
    "looked_after": "Whether any child was looked after before",
}


def levels(family: Family, factors: Iterable[str], on: date) -> dict[str, str]:
    """Say which level of each factor a family has on a day.

    >>> one = Child(date(2019, 5, 4), "special_guardianship", "yes")
    >>> levels(Family("Kirklees", "West", (one,)), ["children", "youngest", "order"], date(2026, 11, 20))
    {'children': 'one', 'youngest': '5 to 10', 'order': 'yes'}
    """
    told = {
        "authority": family.authority or UNKNOWN,
        "team": family.team or UNKNOWN,
        "children": "one" if len(family.children) == 1 else "two or more" if family.children else UNKNOWN,
        "youngest": _youngest(family.children, on),
        "order": _any([child.arrangement in ORDERS for child in family.children if child.arrangement]),
        "looked_after": _any([child.looked_after_before == "yes" for child in family.children]),
    }
    return {factor: told[factor] for factor in factors}


def _youngest(children: Iterable[Child], on: date) -> str:
    born = [child.birth_date for child in children if child.birth_date]
    if not born:
        return UNKNOWN
    last = max(born)
    age = on.year - last.year - ((on.month, on.day) < (last.month, last.day))
    return "under 5" if age < 5 else "5 to 10" if age < 11 else "11 or over"


def _any(found: list[bool]) -> str:
    return UNKNOWN if not found else "yes" if any(found) else "no"
