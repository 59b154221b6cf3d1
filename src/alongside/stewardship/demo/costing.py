"""Economic cases of the made-up provider: one from its records, kept twice and given; one that is all judged."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from alongside.calc.economics.beta import Pert
from alongside.calc.economics.scenario import Input, Kind, Origin, Scenario
from alongside.calc.economics.scenario_file import read_scenario
from alongside.calc.economics.scenario_text import write_scenario
from alongside.core.agencies.models import User
from alongside.core.base.rows import rows_of
from alongside.insight.economics.library import library, templates
from alongside.insight.economics.models import EconomicEdition
from alongside.insight.economics.readings.filling import read_inputs
from alongside.insight.economics.readings.spans import spans_of
from alongside.insight.economics.services import keep_edition, keep_unit_cost, release_edition, start_case
from alongside.records.programmes.models import Contract
from alongside.stewardship.demo.fragments import table

PRICED, WEAKEST = 2024, 6


def cost(agency: UUID, contract: UUID, today: date) -> None:
    """Make them, by the services, from families who are in the database already."""
    told = table("costing")
    with rows_of(agency):
        by = User.objects.get(agency=agency, email="morgan@example.org")
        figures = dict(told["cost"])
        keep_unit_cost(name=figures.pop("name"), told=figures, by=by)
        bought = Contract.objects.get(pk=contract)
        _reach(told["reach"], bought, today, by)
        groups = told["peer-groups"]
        start_case(title=groups["title"], text=write_scenario(_judged(_template(groups), groups)), by=by)


def _reach(told: Mapping[str, Any], bought: Contract, today: date, by: User) -> None:
    span = next(iter(spans_of(bought.starts_on, bought.ends_on, today)), None)
    scenario = _judged(read_inputs(_template(told), bought, span, by=by), told)
    case = start_case(title=told["title"], text=write_scenario(scenario), contract=bought, by=by)
    again = {name: _made(scenario.inputs[name], ends, told["source"]) for name, ends in told["again"].items()}
    text = write_scenario(replace(scenario, inputs={**scenario.inputs, **again}))
    kept = keep_edition(case=case, text=text, why=told["why"], based_on=1, by=by)
    release_edition(edition=EconomicEdition.objects.select_related("case__contract").get(pk=kept.pk), by=by)


def _template(told: Mapping[str, Any]) -> Scenario:
    return read_scenario(templates()[told["template"]], library())


def _judged(scenario: Scenario, told: Mapping[str, Any]) -> Scenario:
    """Fill what is blank still."""
    blank = {each.key: _made(each, told["inputs"][each.key], told["source"]) for each in scenario.blank}
    return replace(scenario, inputs={**scenario.inputs, **blank})


def _made(each: Input, ends: Sequence[float], source: str) -> Input:
    year = PRICED if each.kind is Kind.POUNDS else None
    return replace(
        each, made=Pert(*ends), origin=Origin.JUDGEMENT, source=source, grade=WEAKEST, level=None, price_year=year
    )
