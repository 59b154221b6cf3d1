"""In which inputs scenarios differ, said side by side."""

from collections.abc import Sequence
from typing import NamedTuple

from alongside.calc.economics.distributions import Distribution
from alongside.calc.economics.scenario import Input, Scenario
from alongside.insight.economics.stating import stated

NOT_HERE = "Not in it"


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
    words = stated(each)
    return f"{words}. {each.source}" if isinstance(each.made, Distribution) else words
