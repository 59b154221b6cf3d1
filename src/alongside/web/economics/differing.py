"""In which inputs scenarios differ, said side by side."""

from collections.abc import Sequence
from typing import NamedTuple

from alongside.calc.economics.beta import Counted
from alongside.calc.economics.distributions import Distribution, Skewed, Uniform
from alongside.calc.economics.model import Product
from alongside.calc.economics.scenario import Input, Scenario
from alongside.insight.economics.wording import said
from alongside.web.economics.boxes import Box, boxes_of

NOT_HERE, BLANK = "Not in it", "Not filled in"


class Difference(NamedTuple):
    """An input's title, and what each scenario says of it."""

    title: str
    values: tuple[str, ...]


def differences(scenarios: Sequence[Scenario]) -> list[Difference]:
    """Return each input that is not the same in all of them, in the order of the first that has it."""
    titles = {name: each.title for scenario in reversed(scenarios) for name, each in scenario.inputs.items()}
    order = dict.fromkeys(name for scenario in scenarios for name in scenario.inputs)
    found = []
    for name in order:
        inputs = [scenario.inputs.get(name) for scenario in scenarios]
        if any(each != inputs[0] for each in inputs[1:]):
            found.append(Difference(titles[name], tuple(_said(each) for each in inputs)))
    return found


def _said(each: Input | None) -> str:
    if each is None:
        return NOT_HERE
    if isinstance(each.made, Product):
        return "Worked out from others"
    return BLANK if each.made is None else f"{value_of(each)}. {each.source}"


def value_of(each: Input) -> str:
    """Say what an input may be, in a line: 40%, from 20% to 70%."""
    if not isinstance(each.made, Distribution):
        return BLANK
    told = {box.field: _with_unit(box) for box in boxes_of(each) if box.words}
    first = next(iter(told.values()))
    if isinstance(each.made, Counted):
        return f"{said(each.kind, each.made.mean)}, {told['events']} out of {told['of']}"
    if isinstance(each.made, Uniform | Skewed):
        return f"From {told['low']} to {told['high']}"
    if "low" in told:
        return f"{first}, from {told['low']} to {told['high']}"
    about = told.get("sd") or told.get("spread")
    return f"{first}, give or take {about}" if about else first


def _with_unit(box: Box) -> str:
    return f"{'£' if box.unit == '£' else ''}{box.words}{'%' if box.unit == '%' else ''}"
