"""The library that comes with the program: unit costs, prices, discounting and optimism, each with its source."""

import csv
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from alongside.calc.data_table import Table
from alongside.calc.economics.discounting import Schedule, Step, check_steps
from alongside.calc.economics.optimism import Grade, Optimism
from alongside.calc.economics.prices import Deflator
from alongside.calc.economics.rates import Rate, read_rates
from alongside.calc.economics.scenario import Library
from alongside.calc.economics.unit_costs import read_costs

DATA = Path(__file__).parent / "data"
DEFLATOR_TITLE = "GDP deflator at market prices, calendar years, 2024 = 100"
DEFLATOR_SOURCE = (
    "HM Treasury, GDP deflators at market prices, December 2025 (Quarterly National Accounts), "
    "Open Government Licence v3.0"
)
TEMPLATES = Path(__file__).parent / "templates"
QUESTIONS = Path(__file__).parent / "questions"


def templates() -> dict[str, str]:
    """Return the text of each template by its key."""
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted(TEMPLATES.glob("*.toml"))}


def questions() -> dict[str, str]:
    """Return the text to fill in for each question beside the case itself, by its key."""
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted(QUESTIONS.glob("*.toml"))}


@cache
def library() -> Library:
    """Return the program's own library; raise ValueError where one of its files breaks a rule."""
    deflator = _deflator()
    with (DATA / "unit-costs.csv").open(encoding="utf-8", newline="") as lines:
        costs = read_costs(lines, deflator.index)
    return Library(_schedules(), deflator, _optimism(), costs)


@cache
def rates() -> tuple[Rate, ...]:
    """Return the published rates at which children move, those that nobody published as unknown."""
    return read_rates(Table(_toml("rates"), "").tables("rates"), library(), prefix="published-")


def _deflator() -> Deflator:
    with (DATA / "deflator.csv").open(encoding="utf-8", newline="") as lines:
        index = {int(row["year"]): float(row["value"]) for row in csv.DictReader(lines)}
    return Deflator(DEFLATOR_TITLE, DEFLATOR_SOURCE, index)


def _schedules() -> dict[str, Schedule]:
    found = {}
    for each in _toml("discounting")["schedules"]:
        steps = tuple(Step(**step) for step in each["steps"])
        check_steps(steps)
        found[each["key"]] = Schedule(each["key"], each["title"], each["in_force"], each["source"], steps)
    return found


def _optimism() -> Optimism:
    told = _toml("optimism")
    grades = {each["grade"]: Grade(each["words"], each["benefit"], each["cost"]) for each in told["grades"]}
    return Optimism(told["key"], told["title"], told["source"], told["verified"], grades)


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))
