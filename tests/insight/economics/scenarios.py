"""A template filled in, and its answer, for those who test what is said and drawn of one."""

import re

from alongside.calc.economics.scenario import Scenario
from alongside.calc.economics.scenario_file import read_scenario
from alongside.insight.economics.library import library, templates

FILLED = {
    "families": "value = 60",
    "engaged": "counted = { events = 48, of = 60 }",
    "retained": "counted = { events = 39, of = 48 }",
    "deadweight": "pert = { low = 0.2, likely = 0.4, high = 0.7 }",
    "at_risk": "share = { mean = 0.12, sd = 0.02 }",
    "stays": "share = { mean = 0.2, sd = 0.08 }",
    "points": "normal = { mean = 0.6, sd = 0.2 }",
    "per_family": "amount = { mean = 850, sd = 60 }\nprice_year = 2024",
}


def reach(*, level: int | None = None, **filled: str) -> str:
    """The text of the template `reach`, filled in, with some inputs otherwise and the level of what changes."""
    text = templates()["reach"]
    for name, made in {**FILLED, **filled}.items():
        text = re.sub(rf"(?m)(^\[inputs\.{name}\]\n(?:[^\[\n]+\n)*?)unknown = true", rf"\g<1>{made}", text)
    if level:
        for name in ("stays", "points"):
            text = text.replace(f"[inputs.{name}]", f"[inputs.{name}]\nlevel = {level}")
    return text


def scenario(*, level: int | None = None, **filled: str) -> Scenario:
    """The same, read."""
    return read_scenario(reach(level=level, **filled), library())
