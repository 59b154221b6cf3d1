"""Filling the inputs of a scenario from a contract's records."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from django.utils import timezone

from alongside.calc.economics.scenario import Input, Library, Origin, Scenario
from alongside.core.agencies.models import User
from alongside.insight.economics.library import library
from alongside.insight.economics.readings import bought, carers, costs, families, groups
from alongside.insight.economics.readings.reading import Reading, nothing
from alongside.insight.economics.readings.records import Records
from alongside.insight.economics.readings.spans import Span, spans_of
from alongside.records.programmes.models import Contract

READINGS: Mapping[str, tuple[str, Callable[[Records], Reading]]] = {
    "families": ("Families who began in a year", families.begun),
    "engaged": ("Share of them who took part", families.engaged),
    "retained": ("Share of those who stayed to the end", families.retained),
    "contacts": ("Times in touch for each family", families.contacts),
    "on_a_plan": ("Share of families with a child on a plan when they began", families.on_a_plan),
    "left_home": ("Share of children who left their carer's home in a year", families.left_home),
    "joined_group": ("Share of families who went to a group", groups.joined),
    "groups": ("Groups that families went to", groups.groups),
    "points": ("Points of life satisfaction, before and after", carers.points),
    "better_off": ("Share of carers who are better off", carers.better_off),
    "cost_from_price": ("Cost for one family, from the contract's price", costs.from_price),
    "cost_from_time": ("Cost for one family, from recorded time", costs.from_time),
}
"""What can be read of a contract, by the key at which a scenario names it: what it is called, and how it is read."""
COSTS: Mapping[str, str] = {
    "cost_from_price": "From the contract’s price",
    "cost_from_time": "From the time that workers recorded",
}
"""The readings of what one family costs."""
NO_QUARTER = "No quarter of the contract is over yet, so there is nothing to read."


def spans_for(contract: Contract) -> list[Span]:
    """Give the days over which a contract may be read, its whole term so far first."""
    return spans_of(contract.starts_on, contract.ends_on, timezone.localdate())


def read_records(
    contract: Contract, span: Span | None, keys: Iterable[str], *, by: User, known: Library | None = None
) -> dict[str, Reading]:
    """Read each of these of a contract that came through the gate; without days, over its term so far.

    Whose records they are decides what may be read: the agency that serves reads its own, the one that pays what it was
    given.
    """
    shelf, today = known or library(), timezone.localdate()
    spans = [span] if span else spans_for(contract)
    if not spans:
        return {key: nothing(NO_QUARTER) for key in keys}
    if by.agency_id != contract.agency_id:
        pays = by.agency_id == contract.purchaser_id
        given = bought.readings_of(contract, spans[0], shelf, today) if pays else {}
        return {key: given[key]() if key in given else nothing(bought.NOT_YOURS) for key in keys}
    records = Records(contract, spans[0], shelf, today)
    return {key: READINGS[key][1](records) for key in keys}


def read_inputs(
    scenario: Scenario, contract: Contract, span: Span | None, *, by: User, known: Library | None = None
) -> Scenario:
    """Fill every input that names a reading from a contract's records.

    An input of which nothing may be told stays as it was, and its source says why.
    """
    keys = {each.record for each in scenario.inputs.values() if each.record in READINGS}
    found = read_records(contract, span, [key for key in READINGS if key in keys], by=by, known=known)
    inputs = {
        name: filled(each, found[each.record]) if each.record in found else each
        for name, each in scenario.inputs.items()
    }
    return replace(scenario, inputs=inputs)


def costed(scenario: Scenario, key: str) -> Scenario:
    """Have the cost of one family read the other way: from the price, or from the time that workers recorded."""
    inputs = {
        name: replace(each, record=key) if each.record in COSTS else each for name, each in scenario.inputs.items()
    }
    return replace(scenario, inputs=inputs)


def filled(each: Input, reading: Reading) -> Input:
    """Give an input with what was read of it; where nothing may be told it stays as it was, and says why."""
    if reading.made is None:
        return replace(each, source=reading.words) if each.made is None else each
    return replace(
        each,
        made=reading.made,
        origin=Origin.RECORD,
        source=reading.words,
        grade=reading.grade,
        level=reading.level,
        price_year=reading.price_year,
        taken=None,
    )
