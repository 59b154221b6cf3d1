"""What things cost: a library of unit costs, each with its source, and the checks that it must pass to be read."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from alongside.calc.economics.model import Value

COLUMNS = ("code", "title", "pounds", "unit", "price_year", "agency", "value", "parts", "source", "note")
PENNIES = 0.5
"""How far each part may be off because it was rounded to pounds."""


class Range(NamedTuple):
    """Pounds between which a cost of this unit lies, and how many of the unit there are in a year, if it goes on."""

    least: float
    most: float
    in_a_year: int


UNITS: Mapping[str, Range] = {
    "hour": Range(8, 250, 1),
    "session": Range(5, 1_000, 1),
    "each": Range(5, 60_000, 1),
    "week": Range(20, 9_000, 52),
    "month": Range(10, 30_000, 12),
    "year": Range(20, 500_000, 1),
}
"""A cost outside its range has most likely lost its decimal point on the way."""


class WrongCosts(ValueError):
    """Unit costs that cannot be used; ``faults`` are sentences, each with the line or the code."""

    def __init__(self, *faults: str) -> None:
        super().__init__(" ".join(faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class UnitCost:
    """What one of something costs: ``pounds`` of ``price_year`` for one ``unit``, to whom, and who says so."""

    code: str
    title: str
    pounds: float
    unit: str
    price_year: int
    agency: str
    value: Value
    parts: tuple[str, ...]
    source: str
    note: str

    @property
    def a_year(self) -> float:
        """Pounds a year where the unit goes on for a year, else for one of it."""
        return self.pounds * UNITS[self.unit].in_a_year


def read_costs(lines: Iterable[str], known_years: Iterable[int]) -> dict[str, UnitCost]:
    """Return the costs of a CSV file by code; raise :class:`WrongCosts` with every fault.

    Each must lie in the range of its unit and have a price year that the deflator knows; one with parts must be their
    sum, to half a pound for each of them.
    """
    rows = csv.DictReader(lines)
    missing = [name for name in COLUMNS if name not in (rows.fieldnames or ())]
    if missing:
        raise WrongCosts(f"The first line has no “{missing[0]}”. It must name {', '.join(COLUMNS)}.")
    found: dict[str, UnitCost] = {}
    faults, years = [], frozenset(known_years)
    for row in rows:
        try:
            cost = _read(row, years)
        except ValueError as error:
            faults.append(f"Line {rows.line_num}: {error}.")
            continue
        if cost.code in found:
            faults.append(f"Line {rows.line_num}: there is a cost “{cost.code}” already.")
        found[cost.code] = cost
    faults += _wrong_sums(found)
    if faults:
        raise WrongCosts(*faults)
    return found


def _read(row: Mapping[str, str | None], years: frozenset[int]) -> UnitCost:
    said = {name: (row[name] or "").strip() for name in COLUMNS}
    for name in ("code", "title", "agency", "source"):
        if not said[name]:
            raise ValueError(f"“{name}” is empty")
    if said["unit"] not in UNITS:
        raise ValueError(f"the unit “{said['unit']}” is not one of {', '.join(UNITS)}")
    if said["value"] not in set(Value):
        raise ValueError(f"the value “{said['value']}” is not one of {', '.join(Value)}")
    pounds = _number(said["pounds"], "pounds")
    if fault := out_of_range(pounds, said["unit"]):
        raise ValueError(fault)
    year = _number(said["price_year"], "price_year")
    if year not in years:
        raise ValueError(f"no deflator is known for the price year {said['price_year']}")
    return UnitCost(
        said["code"], said["title"], pounds, said["unit"], int(year), said["agency"], Value(said["value"]),
        tuple(said["parts"].split()), said["source"], said["note"],
    )  # fmt: skip


def out_of_range(pounds: float, unit: str) -> str:
    """Say what is wrong with pounds for one of a unit; nothing where they may be right.

    >>> out_of_range(41.5, "hour"), out_of_range(4150, "hour")
    ('', '£4,150.00 for one hour lies outside £8 to £250: is a decimal point lost?')
    """
    least, most, _ = UNITS[unit]
    if least <= pounds <= most:
        return ""
    one = "one" if unit == "each" else f"one {unit}"
    return f"£{pounds:,.2f} for {one} lies outside £{least:,} to £{most:,}: is a decimal point lost?"


def _number(cell: str, name: str) -> float:
    try:
        return float(cell)
    except ValueError:
        raise ValueError(f"“{name}” must be a number, not “{cell[:40]}”") from None


def _wrong_sums(costs: Mapping[str, UnitCost]) -> Iterator[str]:
    for cost in costs.values():
        unknown = [part for part in cost.parts if part not in costs]
        if unknown:
            yield f"{cost.code} has a part “{unknown[0]}” that is not in the file."
        elif cost.parts:
            total = sum(costs[part].pounds for part in cost.parts)
            if abs(total - cost.pounds) > PENNIES * len(cost.parts):
                yield f"{cost.code} is £{cost.pounds:,.2f}, and its parts add up to £{total:,.2f}."
