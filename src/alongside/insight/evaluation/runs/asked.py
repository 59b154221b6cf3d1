"""What a method is asked, and what every method has: the line of the table of methods that stands for it."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from alongside.calc.instruments import Scale
from alongside.insight.evaluation.results import Result
from alongside.insight.evaluation.rows import Rows
from alongside.insight.reports.telling.figures import HIDDEN, Design
from alongside.insight.reports.telling.safety import SMALLEST
from alongside.records.measures.library import instruments

BEFORE_AFTER = 1
"""The level of the Maryland scale on which the same people are set beside themselves, and nobody else."""


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
        return f"points on a scale from {self.scale.minimum} to {self.scale.maximum}, {better} is better"

    @property
    def way(self) -> int:
        """1 where more is better, -1 where less is."""
        return 1 if self.scale.higher_is_better else -1


def outcomes_known() -> dict[str, Outcome]:
    """Give every outcome of every questionnaire, by key."""
    named = Counter(scale.title for instrument in instruments() for scale in instrument.scales)
    return {
        key: Outcome(key, scale, scale.title if named[scale.title] == 1 else f"{scale.title} ({instrument.title})")
        for instrument in instruments()
        for scale in instrument.scales
        for key in (f"{instrument.key}.{scale.key}",)
    }


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asks of a method. ``shown`` are the cohort's counts as they may be shown, by name."""

    outcomes: tuple[Outcome, ...]
    shown: Mapping[str, str]
    group: str = ""
    seed: int = 1

    def count(self, name: str) -> str:
        """Give a count as it may be shown."""
        return self.shown.get(name, HIDDEN)


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


def before_after_result(method: str, **parts: object) -> Result:
    """Make the result of a design that sets people beside themselves only."""
    return Result(method, BEFORE_AFTER, str(Design.BEFORE_AFTER), **parts)  # type: ignore[arg-type]
