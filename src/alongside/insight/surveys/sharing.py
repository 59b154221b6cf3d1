"""The weighted shares of a round, everywhere and by area, that tell nothing more of a few carers."""

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import product
from typing import NamedTuple

import numpy as np

from alongside.calc.outcomes.shares import wilson
from alongside.insight.surveys.auditing import Attack, Cells, Line, worlds_of
from alongside.insight.surveys.counting import Asked
from alongside.insight.surveys.protecting import EVERYWHERE, Place, together_of
from alongside.insight.surveys.tallying import Area, Part, count_in, homes_of
from alongside.insight.surveys.weighing import FEWEST_EFFECTIVE, Weights
from alongside.records.surveys.queries import Counted

Parts = tuple[tuple[Part, int], ...]
Label = tuple[Area, tuple[str, ...]]
MOST_CELLS = 250
"""A round in which areas and groups make more combinations has no weighted shares, as it would take too long to see
which of them are safe.
"""


class Weighted(NamedTuple):
    """A weighted share in whole percent, and between which shares it lies (95%)."""

    share: int
    low: float
    high: float


def weighted_shares(
    asked: list[Asked], rows: list[Counted], shown: Mapping[Place, int], history: list[Weights]
) -> dict[tuple[str, Area], dict[str, Weighted]]:
    """Give the weighted shares of each question and area, by answer. ``history`` are the weights of each version of the
    totals since the round was closed, as the shares by all of them may have been read.
    """
    if not history or history[-1].reason:
        return {}
    labels = labels_of(rows, history)
    order = cells_of(labels, history[-1])
    counted = count_in(labels, rows, asked, order)
    loads = np.zeros((len(history), len(order)))
    for version, one in enumerate(history):
        if not one.reason:
            held = {_heavy(label, one): load for label, load in zip(labels, one.loads.tolist(), strict=True)}
            loads[version] = [held[_heavy(label, one)] for label in order]
    told = _told(
        tuple(order),
        tuple(tuple(sorted(counted[label].items())) for label in order),
        tuple(map(tuple, loads.tolist())),
        tuple(asked),
        tuple(shown.items()),
        tuple((one.by, one.design_effect if not one.reason else 0.0) for one in history),
        by_area=history[-1].by_area,
    )
    worth = history[-1].design_effect
    return {
        (line.key, line.area): dict(_with_intervals(line, shown[line.area, ("said", line.key)] / worth))
        for line in told
    }


def labels_of(rows: list[Counted], history: list[Weights]) -> list[Label]:
    """Give the area and the group in which each is counted, by all versions of the totals."""
    groups = zip(*(one.groups for one in history), strict=True)
    together = (tuple(name for own in each for name in own) if all(each) else () for each in groups)
    return list(zip(homes_of(rows), together, strict=True))


def cells_of(labels: list[Label], weights: Weights) -> list[Label]:
    """Give every area with every group that can stand in it."""
    if weights.by_area:
        return sorted(set(labels))
    areas, groups = (sorted(set(each)) for each in zip(*labels, strict=True))
    return list(product(areas, groups))


def _heavy(label: Label, weights: Weights) -> object:
    """By what it is told how much somebody weighs."""
    return label if weights.by_area else label[1]


def _with_intervals(line: Line, worth: float) -> Iterator[tuple[str, Weighted]]:
    for choice, percent in line.percents.items():
        low, high = wilson(percent / 100 * worth, worth)
        yield choice, Weighted(percent, 100 * low, 100 * high)


@lru_cache(maxsize=8)  # a closed round is read again and again, and what may be told is worked out in seconds
def _told(
    labels: tuple[Label, ...],
    counted: tuple[Parts, ...],
    loads: tuple[tuple[float, ...], ...],
    asked: tuple[Asked, ...],
    shown: tuple[tuple[Place, int], ...],
    versions: tuple[tuple[frozenset[str], float], ...],
    *,
    by_area: bool,
) -> list[Line]:
    """Give the lines that may be read by the last version, after those by the versions before."""
    areas, groups = zip(*labels, strict=True)
    cells = Cells(areas, groups, tuple(Counter(dict(parts)) for parts in counted), tuple(map(np.array, loads)))
    worlds, found = [] if by_area else list(worlds_of(cells)), list[Line]()
    for together in together_of(cells.parts, list(asked)):
        one = together[0]
        if len(together) > 1 or one.condition or one.question.key in versions[-1][0]:
            continue
        printed = {place: value for place, value in shown if place[1][1:2] == (one.question.key,)}
        lines = [
            line
            for version, (_, effect) in enumerate(versions)
            if effect
            for line in _lines(version, effect, one, cells, printed)
        ]
        if lines:
            attack = Attack(cells, one, printed, lines)
            for version in range(len(versions)):
                attack.settle(version)
                for world in worlds:
                    attack.agree(world, version)
            found += [lines[number] for number in sorted(attack.of(len(versions) - 1))]
    return found


def _lines(version: int, effect: float, one: Asked, cells: Cells, printed: Mapping[Place, int]) -> Iterator[Line]:
    """The shares of a question whose numbers are all shown: everywhere, then in each area where enough answered."""
    key, areas = one.question.key, dict.fromkeys(cells.areas)
    parts = [("said", key), *(("is", key, choice.key) for choice in one.answers)]
    if any((EVERYWHERE, part) not in printed for part in parts):
        return
    for area in (EVERYWHERE, *(areas if len(areas) > 1 else ())):
        enough = area == EVERYWHERE or printed.get((area, ("said", key)), 0) / effect >= FEWEST_EFFECTIVE
        own = cells.of(area)
        weights = cells.loads[version][own]
        said, *given = (float(weights @ [cells.parts[cell].get(part, 0) for cell in own]) for part in parts)
        if said > 0 and enough and all((area, part) in printed for part in parts):
            exact = ((choice.key, some / said) for choice, some in zip(one.answers, given, strict=True))
            yield Line(version, key, area, tuple(exact), said)
