"""Measuring several things in turn, so that whatever else the machine does falls on all of them alike."""

import gc
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from time import perf_counter, process_time

CPU, WALL = process_time, perf_counter
Clock = Callable[[], float]


@dataclass(frozen=True)
class Times:
    """What each round took, in milliseconds, the shortest first."""

    rounds: list[float]

    def at(self, share: float) -> float:
        """The time that this share of the rounds did not exceed."""
        return self.rounds[min(len(self.rounds) - 1, int(share * len(self.rounds)))]

    @property
    def p50(self) -> float:
        return self.at(0.5)

    @property
    def p95(self) -> float:
        return self.at(0.95)


def in_turn(
    runs: Mapping[str, Callable[[], object]],
    *,
    rounds: int,
    clock: Clock = WALL,
    warm: int = 3,
    batch: int = 1,
    before: Callable[[str], None] = lambda name: None,
) -> dict[str, Times]:
    """Run each of several things once a round, in an order that turns, and give how long each took.

    ``batch`` runs a thing several times a round and counts their mean, where one is shorter than the clock can tell.
    ``before`` makes ready for one of them, and is not counted.
    """
    for _ in range(warm):
        for name, run in runs.items():
            before(name)
            run()
    taken: dict[str, list[float]] = {name: [] for name in runs}
    order = list(runs.items())
    gc.collect()
    for number in range(rounds):
        for name, run in order[number % len(order) :] + order[: number % len(order)]:
            before(name)
            began = clock()
            for _ in range(batch):
                run()
            taken[name].append(1000 * (clock() - began) / batch)
    return {name: Times(sorted(each)) for name, each in taken.items()}
