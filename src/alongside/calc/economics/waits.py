"""How long families wait for so many workers, and what one more or one fewer would change."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import product

import numpy as np

from alongside.calc.economics.capacity import WEEKS, Course, Service, course
from alongside.calc.economics.simulation import Z_95, Pool


@dataclass(frozen=True, slots=True)
class Waits:
    """Weeks that families wait for so many workers; none where the wait has no end.

    ``error`` is how far the mean may be off by the chance of the simulation (95%), ``within`` the share of families who
    are seen in the weeks that are aimed at, ``busy`` the share of all places that is filled.
    """

    workers: int
    load: float
    mean: float | None = None
    error: float | None = None
    middle: float | None = None
    nine_in_ten: float | None = None
    within: float | None = None
    busy: float | None = None

    @property
    def endless(self) -> bool:
        """Whether more families come than can ever be seen."""
        return self.load >= 1


@dataclass(frozen=True, slots=True)
class Looked:
    """How long and how often a service is looked at: years after those of warm-up, in runs that do not depend."""

    runs: int = 20
    years: int = 20
    warm_up: int = 5


def waits(
    service: Service, workers: Sequence[int], *, aim: float, seed: int, looked: Looked, pool: Pool | None = None
) -> list[Waits]:
    """Return how long families wait for each number of workers, the same for a seed however the runs are shared out.

    ``aim`` is the weeks in which families should be seen. Every number of workers meets the same families.
    """
    each = [replace(service, workers=number) for number in workers]
    steady = [one for one in each if one.load < 1]
    pieces = list(product(steady, range(looked.runs)))
    done = list((pool.map if pool else map)(partial(_run, seed, looked), pieces))
    found = {
        one.workers: _told(one, done[at * looked.runs : (at + 1) * looked.runs], aim, looked)
        for at, one in enumerate(steady)
    }
    return [found.get(one.workers) or Waits(one.workers, one.load) for one in each]


def fewest(service: Service) -> int:
    """Return the least number of workers for which the wait has an end."""
    return int(service.load * service.workers * (1 + 1e-12)) + 1


def _run(seed: int, looked: Looked, piece: tuple[Service, int]) -> Course:
    service, run = piece
    start = looked.warm_up * WEEKS
    return course(service, start=start, end=start + looked.years * WEEKS, seed=seed, run=run)


def _told(service: Service, courses: Sequence[Course], aim: float, looked: Looked) -> Waits:
    every = np.concatenate([course.waited for course in courses])
    if not every.size:
        return Waits(service.workers, service.load)
    means = np.array([course.waited.mean() for course in courses if course.waited.size])
    error = float(Z_95 * means.std(ddof=1) / means.size**0.5) if means.size > 1 else None
    middle, nine = np.quantile(every, [0.5, 0.9])
    places = len(courses) * looked.years * WEEKS * service.workers * service.places
    return Waits(
        workers=service.workers,
        load=service.load,
        mean=float(every.mean()),
        error=error,
        middle=float(middle),
        nine_in_ten=float(nine),
        within=float((every <= aim).mean()),
        busy=sum(course.filled for course in courses) / places,
    )
