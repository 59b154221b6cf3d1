"""What an analyst may say beyond the figures, and what every method has."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from alongside.calc.outcomes.comparison.propensity import Estimand
from alongside.calc.outcomes.design import Design
from alongside.calc.outcomes.funnel import Kind
from alongside.calc.outcomes.meta.fitting import Between
from alongside.calc.outcomes.values import WrongRow
from alongside.calc.trials.power import Kind as Compared
from alongside.insight.evaluation.sheets import Columns, Unusable, read_columns, refuse_twice

LONGER_PERIODS = "Give longer periods, or a part of them."


@dataclass(frozen=True, slots=True)
class Options:
    """What an analyst may say beyond the figures; each method takes what it knows."""

    lower_is_better: bool = False
    level: float = 0.95
    between: Between = Between.REML
    hartung_knapp: bool = False
    threshold: int = 5
    round_to: int | None = None
    reliability: float | None = None
    sd: float | None = None
    kind: Kind = Kind.PROPORTION
    target: float | None = None
    covariate: tuple[str, ...] = ()
    one_slope: bool = False
    start: str | None = None
    compare: Compared = Compared.MEANS
    people: float | None = None
    power: float | None = None
    effect: float | None = None
    baseline: float | None = None
    lost: float = 0.0
    team_size: float | None = None
    icc: float = 0.0
    uneven: float = 0.0
    bootstrap: int | None = None
    seed: int = 1
    by: tuple[str, ...] = ()
    whom: Estimand = Estimand.SERVED
    lowest: float | None = None
    highest: float | None = None
    mean: float | None = None
    cut: float | None = None
    above: bool = False
    total: tuple[str, ...] = ()
    most: float | None = None


@dataclass(frozen=True, slots=True)
class Method:
    """What a method reads, in words, how it answers lines of CSV, and the design that such figures come from."""

    reads: str
    work: Callable[[Iterable[str], Options], Any]
    design: Design | None = None


def read_once(
    lines: Iterable[str], numbers: tuple[str, ...], name: str, *, needed: bool = True, instead: str = ""
) -> Columns:
    """Read columns of which one names what each row is about, so that nothing is counted twice."""
    columns = read_columns(lines, numbers, (name,) if needed else (), () if needed else (name,), instead=instead)
    if name in columns.words:
        refuse_twice(columns, name)
    return columns


@contextmanager
def told_by_row(columns: Columns) -> Iterator[None]:
    """Tell what a method refuses by the row of the file, instead of by its place among the figures."""
    try:
        yield
    except WrongRow as error:
        raise Unusable(f"Row {columns.rows[error.place - 1]:,}: {error.sentence}.") from error
