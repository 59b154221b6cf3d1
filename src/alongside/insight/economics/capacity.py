"""What a service's capacity comes to: the waits now, with one worker more, and in a sentence what that would buy."""

from dataclasses import dataclass

from alongside.calc.economics.capacity import WEEKS, Service
from alongside.calc.economics.capacity_file import Question
from alongside.calc.economics.simulation import Pool
from alongside.calc.economics.waits import Looked, Waits, fewest, waits

RUNS = 10
MOST_MORE = 3
"""Times the workers there are, up to which the least number that would do has a row of its own."""
SOON = 12_000
"""Families in all runs, for an answer in the time in which a page is waited for."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The waits for a few numbers of workers; ``needed`` is the least for which the wait has an end."""

    key: str
    title: str
    seed: int
    aim: float
    workers: int
    needed: int
    says: str
    waits: tuple[Waits, ...]

    @property
    def now(self) -> Waits:
        """The waits for the workers there are."""
        return next(row for row in self.waits if row.workers == self.workers)


def work_out(question: Question, *, seed: int, looked: Looked | None = None, pool: Pool | None = None) -> Answer:
    """Return the waits with one worker fewer, as many as now, and one and two more."""
    service = question.service
    least = fewest(service)
    near = {max(1, service.workers - 1), *(service.workers + more for more in range(3))}
    enough = {least} if least <= MOST_MORE * service.workers else set()
    told = waits(service, sorted(near | enough), aim=question.aim, seed=seed, looked=looked or Looked(), pool=pool)
    rows = tuple(told)
    return Answer(
        question.key, question.title, seed, question.aim, service.workers, least, _says(service, rows, least), rows
    )


def soon(service: Service) -> Looked:
    """Return how long to look at a service that somebody waits for: fewer years of it, the more families it has."""
    a_year = sum(service.arrivals) / len(service.arrivals) * WEEKS
    years = int(SOON / (RUNS * a_year)) - 1
    return Looked(runs=RUNS, years=max(2, min(years, 10)), warm_up=2)


def _says(service: Service, rows: tuple[Waits, ...], least: int) -> str:
    """What one more worker would buy, in words."""
    by_number = {row.workers: row for row in rows}
    now, more = by_number[service.workers], by_number[service.workers + 1]
    who = _people(service.workers)
    if now.endless:
        return (
            f"With {who}, more families come than can be seen ({now.load:.0%} of the places are needed), so the wait "
            f"grows for as long as it goes on. It needs {_people(least)} at the least."
        )
    if now.mean is None or more.mean is None:
        return "No family came in the time that was looked at: with so few, a wait cannot be told."
    return (
        f"With {who}, a family waits {weeks(now.mean)} on average, and nine in ten are seen in "
        f"{weeks(now.nine_in_ten)}. "
        f"With one more, it would wait {weeks(more.mean)}, and nine in ten would be seen in {weeks(more.nine_in_ten)}."
    )


def weeks(number: float | None) -> str:
    """Say a number of weeks as people do: days below a week and a half.

    >>> weeks(0.04), weeks(0.9), weeks(3.26), weeks(31.7)
    ('under a day', '6 days', '3.3 weeks', '32 weeks')
    >>> weeks(4)
    '4 weeks'
    """
    if number is None:
        return "–"
    days = round(number * 7)
    if days < 1:
        return "under a day"
    if days <= 10:
        return "1 day" if days == 1 else f"{days} days"
    return f"{number:.0f} weeks" if number >= 10 else f"{number:.1f} weeks".replace(".0", "")


def _people(number: int) -> str:
    return "1 worker" if number == 1 else f"{number} workers"
