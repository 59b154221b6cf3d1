"""How far a figure is drawn in for the evidence behind it, by grade, and how the grades of several figures combine."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import prod
from typing import NamedTuple

Rule = Callable[[Sequence[float]], float]
RULES: Mapping[str, Rule] = {
    "worst": lambda corrections: max(corrections, key=abs),
    "mean": lambda corrections: sum(corrections) / len(corrections),
    "product": lambda corrections: prod(1 + each for each in corrections) - 1,
}
"""How several corrections become one. Which of them the guidance means is not known, so each case names its own."""


class Grade(NamedTuple):
    """What is added to a benefit and to a cost, as a share of it, for evidence of one grade."""

    words: str
    benefit: float
    cost: float


@dataclass(frozen=True, slots=True)
class Optimism:
    """A dated table of grades, from 1, the best, and whether anybody checked it against its source."""

    key: str
    title: str
    source: str
    verified: bool
    grades: Mapping[int, Grade]

    def on_benefit(self, grades: Sequence[int], rule: str) -> float:
        """Return what is added to a benefit whose inputs have these grades; 0 where none has one.

        >>> table = Optimism("", "", "", False, {1: Grade("", 0, 0), 3: Grade("", -0.1, 0.1), 6: Grade("", -0.4, 0.4)})
        >>> [round(table.on_benefit([1, 3, 6], rule), 3) for rule in RULES]
        [-0.4, -0.167, -0.46]
        """
        return RULES[rule]([self.grades[grade].benefit for grade in grades]) if grades else 0.0

    def on_cost(self, grades: Sequence[int], rule: str) -> float:
        """Return what is added to a cost whose inputs have these grades; 0 where none has one."""
        return RULES[rule]([self.grades[grade].cost for grade in grades]) if grades else 0.0
