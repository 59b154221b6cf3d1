"""What a service's capacity comes to: the waits now, with one worker more, and in a sentence what that would buy."""

from dataclasses import dataclass

from alongside.calc.economics.capacity import Service
from alongside.calc.economics.capacity_file import Question
from alongside.calc.economics.simulation import Pool
from alongside.calc.economics.waits import Looked, Waits, fewest, waits


@dataclass(frozen=True, slots=True)
class Answer:
    """The waits for a few numbers of workers; ``needed`` is the least for which the wait has an end."""

    key: str
    title: str
    seed: int
    aim: float
    needed: int
    says: str
    waits: tuple[Waits, ...]


def work_out(question: Question, *, seed: int, looked: Looked | None = None, pool: Pool | None = None) -> Answer:
    """Return the waits with one worker fewer, as many as now, and one and two more."""
    service = question.service
    least = fewest(service)
    numbers = sorted({max(1, service.workers - 1), *(service.workers + more for more in range(3)), least})
    told = waits(service, numbers, aim=question.aim, seed=seed, looked=looked or Looked(), pool=pool)
    rows = tuple(told)
    return Answer(question.key, question.title, seed, question.aim, least, _says(service, rows, least), rows)


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
    """
    if number is None:
        return "–"
    days = round(number * 7)
    if days < 1:
        return "under a day"
    if days <= 10:
        return "1 day" if days == 1 else f"{days} days"
    return f"{number:.0f} weeks" if number >= 10 else f"{number:.1f} weeks"


def _people(number: int) -> str:
    return "1 worker" if number == 1 else f"{number} workers"
