"""In which inputs scenarios differ, said side by side."""

from collections.abc import Sequence
from typing import NamedTuple

from alongside.calc.economics.beta import Counted
from alongside.calc.economics.distributions import Distribution, Fixed
from alongside.calc.economics.model import Product
from alongside.calc.economics.scenario import Input, Scenario
from alongside.insight.economics.wording import listed, said
from alongside.web.economics.boxes import boxes_of

NOT_HERE = "not in it"


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
        return "worked out from others"
    return f"{value_of(each)}. {each.source}"


def value_of(each: Input) -> str:
    """Say what an input may be, in a line."""
    made = each.made
    if not isinstance(made, Distribution):
        return "not filled in"
    words = said(each.kind, made.mean)
    if isinstance(made, Counted):
        return f"{words} ({made.events:,} of {made.of:,})"
    if isinstance(made, Fixed):
        return words
    others = [
        f"{box.label.lower()} {box.unit if box.unit == '£' else ''}{box.words}{'%' if box.unit == '%' else ''}"
        for box in boxes_of(each)[1:]
    ]
    return f"{words} ({listed(others)})"
