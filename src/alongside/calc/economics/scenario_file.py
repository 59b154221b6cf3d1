"""Reading a scenario from its TOML file; what is wrong is told by line and key, and nothing is guessed."""

from collections.abc import Mapping
from typing import Any

from alongside.calc.data_table import Table, WrongKey, refuse_twice
from alongside.calc.economics.distributions import Distribution, Fixed
from alongside.calc.economics.drawing import NoSuchRanks, Ranks
from alongside.calc.economics.model import Circular, Cost, Outcome, Product, Value, in_order
from alongside.calc.economics.optimism import RULES
from alongside.calc.economics.scenario import Input, Library, Scenario
from alongside.calc.economics.scenario_input import price_year_of, read_input
from alongside.calc.economics.toml_text import WrongScenario, reading

__all__ = ["WrongScenario", "read_scenario"]

LONGEST_HORIZON = 100
MOST_INPUTS = 300
NAMED = ("population", "affected", "engaged", "retained", "impact", "deadweight", "unit_value")
NAMED_IF_ANY = ("attribution", "displacement", "drop_off")
ALWAYS = frozenset({"one", "none"})


def read_scenario(text: str, library: Library) -> Scenario:
    """Return the scenario that a TOML text states, or raise :class:`WrongScenario`."""
    with reading(text) as top:
        return _read(top, library)


def _read(top: Table, library: Library) -> Scenario:
    key, title, question = top.key("key"), top.text("title"), top.text("question")
    years, starts = _years(top), _starts(top)
    inputs = _inputs(top, library)
    found = Scenario(
        key=key,
        title=title,
        question=question,
        version=top.take("version", int) if top.has("version") else 1,
        first_year=top.take("first_year", int),
        years=years,
        price_year=price_year_of(top, library),
        discounting=_one_of(top, "discounting", library.schedules),
        rule=_one_of(top, "rule", RULES),
        inputs=inputs,
        outcomes=tuple(_outcome(table, inputs) for table in top.tables("outcomes")),
        costs=tuple(_cost(table, inputs, years) for table in top.tables("costs")),
        ranks=tuple(_ranks(table, inputs) for table in top.tables_if_any("together")),
        starts=starts,
        each=_each(top, inputs),
    )
    refuse_twice([each.key for each in found.outcomes], "outcomes")
    refuse_twice([each.key for each in found.costs], "costs")
    top.refuse_the_rest()
    if len(starts) > years:
        raise WrongKey("starts", f"has {len(starts)} years, and the case has {years}")
    return found


def _years(top: Table) -> int:
    years = top.take("years", int)
    if not 1 <= years <= LONGEST_HORIZON:
        raise WrongKey("years", f"must be from 1 to {LONGEST_HORIZON}, not {years}")
    return years


def _starts(top: Table) -> tuple[float, ...]:
    if not top.has("starts"):
        return (1.0,)
    starts = top.take("starts", list)
    numbers = all(isinstance(each, int | float) and each >= 0 for each in starts)
    if not starts or not numbers or abs(sum(starts) - 1) > 1e-9:
        raise WrongKey("starts", "must be shares of the families that begin in each year, and add up to 1")
    return tuple(float(each) for each in starts)


def _one_of(table: Table, key: str, known: Mapping[str, object]) -> str:
    said = table.text(key)
    if said not in known:
        raise WrongKey(table.at(key), f"must be one of {', '.join(known)}, not {said!r}")
    return said


def _inputs(top: Table, library: Library) -> dict[str, Input]:
    tables = top.table("inputs")
    if not 0 < len(tables.data) <= MOST_INPUTS:
        raise WrongKey("inputs", f"must be from 1 to {MOST_INPUTS}")
    found = {name: read_input(name, tables.table(name), library) for name in tables.data}
    for name, each in found.items():
        if name in ALWAYS:
            raise WrongKey(f"inputs.{name}", "is a name that every scenario has already")
        for part in each.made.of if isinstance(each.made, Product) else ():
            if part not in found:
                raise WrongKey(f"inputs.{name}.product", f"names {part!r}, which is not an input")
    try:
        in_order({name: each.made for name, each in found.items() if each.made is not None})
    except Circular as error:
        raise WrongKey(f"inputs.{error.names[0]}", str(error)) from error
    return found


def _each(top: Table, inputs: Mapping[str, Input]) -> dict[str, str]:
    if not top.has("each"):
        return {}
    table = top.table("each")
    return {name: _named(table, name, inputs) for name in table.data}


def _outcome(table: Table, inputs: Mapping[str, Input]) -> Outcome:
    names = {name: _named(table, name, inputs) for name in NAMED}
    names |= {name: _named(table, name, inputs) for name in NAMED_IF_ANY if table.has(name)}
    lag = table.take("lag", int) if table.has("lag") else 0
    duration = table.number("duration")
    if lag < 0 or duration <= 0:
        raise WrongKey(table.at("duration"), "must be more than 0 years, and no lag below 0")
    cashable = table.number("cashable") if table.has("cashable") else 0.0
    if not 0 <= cashable <= 1:
        raise WrongKey(table.at("cashable"), "must be a share from 0 to 1")
    facts: dict[str, Any] = {
        "key": table.key("key"),
        "title": table.text("title"),
        "value": table.one_of("value", Value),
        "agencies": _agencies(table),
        "lag": lag,
        "duration": duration,
        "cashable": cashable,
    }
    table.refuse_the_rest()
    return Outcome(**(facts | names))


def _agencies(table: Table) -> dict[str, float]:
    inner = table.table("agencies")
    found = {name: inner.number(name) for name in inner.data}
    if any(share < 0 for share in found.values()) or abs(sum(found.values()) - 1) > 1e-9:
        raise WrongKey(inner.where, "must be shares that add up to 1")
    return found


def _cost(table: Table, inputs: Mapping[str, Input], horizon: int) -> Cost:
    per = _named(table, "per", inputs) if table.has("per") else "one"
    first = table.take("first_year", int) if table.has("first_year") else 0
    years = table.take("years", int) if table.has("years") else 1
    if not 0 <= first < horizon or years < 1:
        raise WrongKey(table.where, f"must be paid in the years from 0 to {horizon - 1}")
    amount = _named(table, "amount", inputs)
    found = Cost(table.key("key"), table.text("title"), table.text("agency"), amount, per, first, years)
    table.refuse_the_rest()
    return found


def _named(table: Table, key: str, inputs: Mapping[str, Input]) -> str:
    name = table.text(key)
    if name not in inputs and name not in ALWAYS:
        raise WrongKey(table.at(key), f"names {name!r}, which is not an input")
    return name


def _ranks(table: Table, inputs: Mapping[str, Input]) -> Ranks:
    names, matrix = table.take("inputs", list), table.take("ranks", list)
    table.refuse_the_rest()
    for name in names:
        made = inputs[name].made if name in inputs else None
        if not isinstance(made, Distribution) or isinstance(made, Fixed):
            raise WrongKey(table.at("inputs"), f"names {name!r}, which is not an uncertain input")
    try:
        return Ranks(tuple(names), tuple(tuple(row) for row in matrix))
    except (NoSuchRanks, TypeError, ValueError) as error:
        raise WrongKey(table.at("ranks"), str(error)) from error
