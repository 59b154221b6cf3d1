"""Writing a scenario down as its TOML file, from which it is read back exactly as it was."""

from collections.abc import Mapping
from typing import Any

import tomlkit
from tomlkit.items import InlineTable, Table

from alongside.calc.economics.distributions import Fixed
from alongside.calc.economics.model import Cost, Outcome, Product
from alongside.calc.economics.scenario import Input, Scenario
from alongside.calc.economics.scenario_file import NAMED, NAMED_IF_ANY
from alongside.calc.economics.scenario_input import DRAWN

SURE = 1e15
"""Whole numbers below this are the same with and without a decimal point."""


def write_scenario(scenario: Scenario) -> str:
    """Return the TOML text that states a scenario.

    ``read_scenario(write_scenario(s), library)`` is ``s``, with the library with which ``s`` was read.
    """
    top = tomlkit.document()
    for name in ("key", "title", "question", "version", "first_year", "years", "price_year", "discounting", "rule"):
        top.add(name, getattr(scenario, name))
    if scenario.starts != (1.0,):
        top.add("starts", [_plain(share) for share in scenario.starts])
    if scenario.each:
        top.add("each", _inline(scenario.each))
    inputs = tomlkit.table(is_super_table=True)
    for name, each in scenario.inputs.items():
        inputs.add(name, _table(_input(each)))
    top.add("inputs", inputs)
    for name, rows in (
        ("outcomes", [_outcome(each) for each in scenario.outcomes]),
        ("costs", [_cost(each) for each in scenario.costs]),
        ("together", [{"inputs": list(each.names), "ranks": _rows(each.matrix)} for each in scenario.ranks]),
    ):
        if rows:
            array = tomlkit.aot()
            for row in rows:
                array.append(_table(row))
            top.add(name, array)
    return tomlkit.dumps(top)


def _input(each: Input) -> dict[str, Any]:
    told: dict[str, Any] = {"title": each.title, "kind": each.kind.value, **_made(each), "from": each.origin.value}
    if each.taken is None:
        told |= {"source": each.source, "price_year": each.price_year}
    return told | {"grade": each.grade, "level": each.level, "record": each.record}


def _made(each: Input) -> dict[str, Any]:
    if each.taken is not None:
        return {"library": each.taken.code, "spread": each.taken.spread or None}
    if each.made is None:
        return {"unknown": True}
    if isinstance(each.made, Product):
        return {"product": list(each.made.of)}
    if isinstance(each.made, Fixed):
        return {"value": each.made.value}
    way, fields = next((way, fields) for way, (kind, fields) in DRAWN.items() if type(each.made) is kind)
    return {way: {key: getattr(each.made, name) for key, name in fields.items()}}


def _outcome(outcome: Outcome) -> dict[str, Any]:
    return {
        "key": outcome.key,
        "title": outcome.title,
        "value": outcome.value.value,
        "agencies": dict(outcome.agencies),
        **{name: getattr(outcome, name) for name in NAMED},
        **{name: _unless(getattr(outcome, name), "none") for name in NAMED_IF_ANY},
        "lag": _unless(outcome.lag, 0),
        "duration": outcome.duration,
        "cashable": _unless(outcome.cashable, 0),
    }


def _cost(cost: Cost) -> dict[str, Any]:
    return {
        "key": cost.key,
        "title": cost.title,
        "agency": cost.agency,
        "amount": cost.amount,
        "per": _unless(cost.per, "one"),
        "first_year": _unless(cost.first_year, 0),
        "years": _unless(cost.years, 1),
    }


def _unless(value: Any, usual: Any) -> Any:
    return None if value == usual else value


def _rows(matrix: tuple[tuple[float, ...], ...]) -> list[list[float]]:
    return [list(row) for row in matrix]


def _table(row: Mapping[str, Any]) -> Table:
    """A table of a file; what is None is not written."""
    table = tomlkit.table()
    for key, value in row.items():
        if value is not None:
            table.add(key, _inline(value) if isinstance(value, Mapping) else _plain(value))
    return table


def _inline(pairs: Mapping[str, Any]) -> InlineTable:
    table = tomlkit.inline_table()
    for key, value in pairs.items():
        table.add(key, _plain(value))
    return table


def _plain(value: Any) -> Any:
    """A number without a decimal point that it does not need."""
    return int(value) if isinstance(value, float) and value.is_integer() and abs(value) < SURE else value
