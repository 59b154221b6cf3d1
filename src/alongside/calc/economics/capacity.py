"""A service of workers with so many places, and how long families wait for one: simulated, and by Erlang's formula."""

import heapq
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from typing import NamedTuple

import numpy as np

from alongside.calc.outcomes.values import Floats

WEEKS = 52
MONTHS = 12


class Endless(ValueError):
    """More families come than workers can ever see: the wait has no end, and grows for as long as one looks."""


@dataclass(frozen=True, slots=True)
class Programme:
    """What a family takes: a ``share`` of all families, ``weight`` places on a caseload, mean ``weeks`` of support.

    ``leaving`` is the chance that a family ends early; it does so at any time, as likely as at any other.
    """

    share: float
    weight: float
    weeks: float
    leaving: float = 0

    @property
    def place_weeks(self) -> float:
        """Places times weeks that a family of all who come takes of this programme, on average."""
        return self.share * self.weight * self.weeks * (1 - self.leaving / 2)


@dataclass(frozen=True, slots=True)
class Service:
    """A service as it is run: families a week in each month of the year, workers with so many places, and absence.

    ``arrivals`` has twelve numbers, or one for all months. ``absent`` is the share of time that a worker is away, in
    spells of mean ``spell`` weeks; who is away keeps her families and takes on none. ``spread`` is how much the length
    of support varies: 1 as by chance alone (exponential), 0 not at all (Erlang's k = 1/spread²).
    """

    arrivals: tuple[float, ...]
    workers: int
    places: float
    programmes: tuple[Programme, ...]
    absent: float = 0
    spell: float = 4
    spread: float = 1

    def __post_init__(self) -> None:
        if len(self.arrivals) not in (1, MONTHS) or min(self.arrivals) < 0 or not sum(self.arrivals):
            raise ValueError("give the families that come: one number above 0, or twelve, one a month")
        if self.workers < 1 or self.places <= 0:
            raise ValueError("a service needs a worker with a place at least")
        if abs(sum(each.share for each in self.programmes) - 1) > 1e-9 or any(p.share < 0 for p in self.programmes):
            raise ValueError("the shares of the programmes must add up to 1")
        for each in self.programmes:
            if not 0 < each.weight <= self.places or each.weeks <= 0 or not 0 <= each.leaving <= 1:
                raise ValueError(
                    "a family must fit on a caseload, stay some weeks, and leave early by a chance of 0 to 1"
                )
        if not 0 <= self.absent < 1 or self.spell <= 0 or not 0 <= self.spread <= 1:
            raise ValueError("absence and spread must be shares, and a spell away must last some time")

    @property
    def usable(self) -> float:
        """The share of all places that can be filled at the most: 1 - a·Σ φ·s/(s + w).

        While a worker is away for a mean of s weeks, families of mean length w end and none takes their place. φ is the
        programme's part of all place-weeks, a the share of time away. Exact where lengths vary as by chance alone.
        """
        whole = sum(each.place_weeks for each in self.programmes)
        idle = sum(each.place_weeks / whole * self.spell / (self.spell + each.weeks) for each in self.programmes)
        return 1 - self.absent * idle

    @property
    def load(self) -> float:
        """Places that families need on average, over those that can be filled; from 1 on the wait has no end."""
        needed = float(np.mean(self.arrivals)) * sum(each.place_weeks for each in self.programmes)
        return needed / (self.workers * self.places * self.usable)


def erlang(arrivals: float, weeks: float, places: int) -> float:
    """Return the mean wait in weeks of an M/M/c queue (Erlang 1917): C(c, a)/(c/s - λ), a = λ·s.

    ``arrivals`` families a week, each ``weeks`` long, in ``places``. Raises :class:`Endless` where a ≥ c.

    >>> round(erlang(0.5, 1.0, 1), 6)
    1.0
    """
    offered = arrivals * weeks
    if offered >= places:
        raise Endless(f"{offered:g} places are asked for and there are {places}: the wait would grow without end")
    blocked = 1.0
    for n in range(1, places + 1):  # Erlang B, one place after another
        blocked = offered * blocked / (n + offered * blocked)
    waits = blocked / (1 - offered / places * (1 - blocked))
    return waits / (places / weeks - arrivals)


class Course(NamedTuple):
    """One course of a service: the weeks that each family waited, and the place-weeks that were filled."""

    waited: Floats
    filled: float


class _Family(NamedTuple):
    came: float
    weight: float
    weeks: float


def course(service: Service, *, start: float, end: float, seed: int, run: int) -> Course:
    """Return one course from an empty service to the week ``end``, counting families who come from ``start`` on.

    Families are seen in the order in which they come, each by the worker with most room. Who still waits at the end has
    waited until then. Families and each worker's absence have streams of their own, so that one more worker meets the
    same families.
    """
    free = [service.places] * service.workers
    there = [True] * service.workers
    queue: deque[_Family] = deque()
    waited, filled = [], 0.0
    # When, whose turn among equals, which worker, and how many places she has again; 0 where she goes or is back.
    events: list[tuple[float, int, int, float]] = []
    turn = count()
    away = [_stream(seed, run, 1 + worker) for worker in range(service.workers if service.absent else 0)]
    for worker, chance in enumerate(away):
        heapq.heappush(events, (_next_switch(service, 0.0, True, chance), next(turn), worker, 0.0))
    coming = _families(service, end, _stream(seed, run, 0))
    comer = next(coming, None)
    while comer or events:
        if comer and (not events or comer.came <= events[0][0]):
            now = comer.came
            queue.append(comer)
            comer = next(coming, None)
        else:
            now, _, worker, places = heapq.heappop(events)
            if now >= end:
                break
            free[worker] += places
            if not places:
                there[worker] = not there[worker]
                again = _next_switch(service, now, there[worker], away[worker])
                heapq.heappush(events, (again, next(turn), worker, 0.0))
        while queue and (worker := _roomiest(free, there, queue[0].weight)) >= 0:
            family = queue.popleft()
            free[worker] -= family.weight
            heapq.heappush(events, (now + family.weeks, next(turn), worker, family.weight))
            filled += family.weight * max(0.0, min(now + family.weeks, end) - max(now, start))
            if family.came >= start:
                waited.append(now - family.came)
    waited += [end - family.came for family in queue if family.came >= start]
    return Course(np.array(waited), filled)


def _stream(seed: int, run: int, part: int) -> np.random.Generator:
    return np.random.Generator(np.random.SFC64(np.random.SeedSequence(seed, spawn_key=(run, part))))


def _roomiest(free: list[float], there: list[bool], weight: float) -> int:
    """The worker who is there and has most room, if it is enough; -1 where nobody has."""
    best, most = -1, weight - 1e-9
    for worker, room in enumerate(free):
        if room > most and there[worker]:
            best, most = worker, room
    return best


def _next_switch(service: Service, now: float, here: bool, source: np.random.Generator) -> float:
    """When a worker who is here goes away, or one who is away is back: such that she is away as often as said."""
    spell = service.spell * (1 - service.absent) / service.absent if here else service.spell
    return now + source.exponential(spell)


def _families(service: Service, end: float, source: np.random.Generator) -> Iterator[_Family]:
    """Families as they come: more in some months than in others, by thinning the comers of the busiest one."""
    rates, most = np.array(service.arrivals), max(service.arrivals)
    came = np.sort(source.uniform(0, end, source.poisson(most * end)))
    month = (came % WEEKS / WEEKS * len(rates)).astype(int)
    came = came[source.random(came.size) * most < rates[month]]
    shares = np.cumsum([each.share for each in service.programmes])[:-1]
    chosen = np.searchsorted(shares, source.random(came.size), side="right")
    weight, weeks, leaving = np.array([(p.weight, p.weeks, p.leaving) for p in service.programmes])[chosen].T
    if service.spread:
        weeks = weeks * source.gamma(1 / service.spread**2, service.spread**2, came.size)
    early, at = source.random(came.size) < leaving, source.random(came.size)
    return map(_Family, came.tolist(), weight.tolist(), np.where(early, weeks * at, weeks).tolist())
