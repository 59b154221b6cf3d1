"""What a method is asked, and what every method has: the line of the table of methods that stands for it."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from alongside.calc.instruments import Instrument, Scale
from alongside.calc.outcomes.design import Design, maryland
from alongside.calc.outcomes.paired import NO_COMPARISON_GROUP
from alongside.calc.outcomes.values import Floats
from alongside.insight.evaluation.results import TOO_FEW, Effect, Result
from alongside.insight.evaluation.rows import SUPPORT, Rows
from alongside.insight.evaluation.rules import Tried
from alongside.insight.reports.telling.figures import HIDDEN, NOTHING, decimal
from alongside.insight.reports.telling.safety import SMALLEST


@dataclass(frozen=True, slots=True)
class Outcome:
    """One scale of a questionnaire, as a cohort names it: "five-domains.isolation"."""

    key: str
    scale: Scale
    title: str

    @property
    def unit(self) -> str:
        """Points of what, and which way is better."""
        better = "higher" if self.scale.higher_is_better else "lower"
        return f"points on a scale from {self.scale.minimum:g} to {self.scale.maximum:g}, {better} is better"

    @property
    def way(self) -> int:
        """1 where more is better, -1 where less is."""
        return 1 if self.scale.higher_is_better else -1


def outcomes_in(instruments: Iterable[Instrument]) -> dict[str, Outcome]:
    """Give every outcome of some questionnaires, by key."""
    asked = list(instruments)
    named = Counter(scale.title for instrument in asked for scale in instrument.scales)
    return {
        key: Outcome(key, scale, scale.title if named[scale.title] == 1 else f"{scale.title} ({instrument.title})")
        for instrument in asked
        for scale in instrument.scales
        for key in (f"{instrument.key}.{scale.key}",)
    }


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asks of a method. ``shown`` are the cohort's counts as they may be shown, by name; ``tried`` is the
    trial that it is about. ``series`` is the monthly figure that the protocol named, and ``since`` the day on which it
    should change.
    """

    outcomes: tuple[Outcome, ...]
    shown: Mapping[str, str]
    seed: int = 1
    tried: Tried | None = None
    series: str = ""
    since: date | None = None

    def count(self, name: str) -> str:
        """Give a count as it may be shown: of those that the question is about, where others stand beside them."""
        named = f"taken.families.{name}" if name else "taken.families"
        return self.shown.get(f"{named}.arm.{SUPPORT}", self.shown.get(named, HIDDEN))

    def both(self, outcome: Outcome) -> str:
        """Give how many families have both scores, as it may be shown."""
        return self.count(f"{outcome.key}.both")

    def lost(self, outcome: Outcome) -> str:
        """Give how many were measured before and not after, as it may be shown."""
        return self.count(f"{outcome.key}.incomplete.lack.only_before")


@dataclass(frozen=True, slots=True)
class RunType:
    """A method as the evaluation offers it.

    ``page`` is its page in ``docs/methods``. ``of_outcomes`` says that it asks which outcomes; ``confirms`` that it
    tests each of them once, so that a protocol may name it as what judges its outcomes.
    """

    key: str
    title: str
    about: str
    page: str
    work: Callable[[Rows, Asked], Result]
    of_outcomes: bool = True
    confirms: bool = False


def few(number: int) -> bool:
    """Say whether a mean, a share or a test of so many would tell of somebody."""
    return number < SMALLEST


def about_the_question(rows: Rows) -> Rows:
    """Give the families that the question is about, without those set beside them."""
    chosen = rows.words["arm"].have(SUPPORT)
    return rows if chosen.all() else rows.only(chosen)


def served(rows: Rows) -> Floats:
    """Say of each family whether it is one that the question is about (1) or one set beside them (0)."""
    return rows.words["arm"].have(SUPPORT).astype(np.float64)


def change_of(rows: Rows, outcome: Outcome) -> Floats:
    """Give each family's later score less its earlier one; NaN where it lacks either."""
    before, after = rows.before_and_after(outcome.key)
    return after - before


def whole(*columns: Floats) -> NDArray[np.bool_]:
    """Say which rows lack nothing."""
    lacking: NDArray[np.bool_] = np.isnan(np.sum(columns, axis=0))
    return ~lacking


def told(method: str, design: Design, limits: tuple[str, ...] = (), **parts: object) -> Result:
    """Make a result with how far its design carries, what it cannot say, and what would carry further."""
    evidence = maryland(design)
    cautions = limits if design.comparison or not design.before else (NO_COMPARISON_GROUP, *limits)
    kept = tuple(dict.fromkeys(each for each in cautions if each))
    return Result(method, evidence.level, evidence.words, limits=(*kept, *evidence.to_raise), **parts)  # type: ignore[arg-type]


def withheld(outcome: Outcome, n: str) -> Effect:
    """Say that too few were measured to show an estimate."""
    return Effect(outcome.key, outcome.title, n, outcome.unit, reason=TOO_FEW)


def interval(low: float | None, high: float | None, places: int = 1) -> str:
    """Say an interval."""
    return NOTHING if low is None or high is None else f"{decimal(low, places)} to {decimal(high, places)}"


def p_value(p: float | None) -> str:
    """Say a p value to three decimals, and never as nothing.

    >>> p_value(0.00004), p_value(0.0412), p_value(None)
    ('<0.001', '0.041', 'none')
    """
    if p is None:
        return NOTHING
    return "<0.001" if p < 0.0005 else f"{p:.3f}"
