"""What was measured, beside what was hoped for, as a table and as JSON."""

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass

from benchmarks.timing import Times


@dataclass(frozen=True)
class Result:
    """One figure: a ratio to an anchor at the 50th and 95th percentile, or a plain number where there is none."""

    what: str
    anchor: str
    p50: float
    p95: float | None
    goal: str
    met: bool
    details: str = ""

    @property
    def line(self) -> str:
        """The row of a table."""
        p95 = "" if self.p95 is None else f"{self.p95:.2f}"
        met = "yes" if self.met else "**no**"
        return f"| {self.what} | {self.anchor} | {self.p50:.2f} | {p95} | {self.goal} | {met} | {self.details} |"


HEAD = "| what | anchor | p50 | p95 | goal | met | how long |\n| --- | --- | --- | --- | --- | --- | --- |"


def at_most(goal: float, what: str, ours: Times, anchor: str, theirs: Times, unit: str = "ms") -> Result:
    """A ratio that must not exceed a goal, judged at both percentiles."""
    p50, p95 = ours.p50 / theirs.p50, ours.p95 / theirs.p95
    details = f"{ours.p50:.2f} / {ours.p95:.2f} to {theirs.p50:.2f} / {theirs.p95:.2f} {unit}"
    return Result(what, anchor, p50, p95, f"at most {goal}×", p50 <= goal and p95 <= goal, details)


def at_least(goal: float, what: str, ours: Times, anchor: str, theirs: Times, unit: str = "ms") -> Result:
    """A rate that must reach a share of the anchor's: the anchor's time by ours."""
    p50, p95 = theirs.p50 / ours.p50, theirs.p95 / ours.p95
    details = f"{ours.p50:.0f} / {ours.p95:.0f} to {theirs.p50:.0f} / {theirs.p95:.0f} {unit}"
    return Result(what, anchor, p50, p95, f"at least {goal:.0%}", p50 >= goal and p95 >= goal, details)


def count(goal: int, what: str, number: int, details: str = "") -> Result:
    """A number that must not exceed a goal."""
    return Result(what, "", number, None, f"at most {goal}", number <= goal, details)


Scenario = Callable[[], Iterator[Result]]


def as_table(results: list[Result]) -> str:
    """Every result as a Markdown table."""
    return "\n".join([HEAD, *(result.line for result in results)])


def as_json(results: list[Result]) -> str:
    """Every result, to be kept and compared."""
    return json.dumps([asdict(result) for result in results], indent=1, ensure_ascii=False)
