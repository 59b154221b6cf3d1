"""Where lines run between the rows: each in a lane of its own wherever two would cover each other."""

from collections.abc import Iterable
from dataclasses import dataclass, field

HALF = 66  # of a person's width, in pixels
CELL = 2 * HALF
LANE = 14
APART = 10  # between the ends of two lines of one lane

Point = tuple[int, int]
Spot = tuple[int, int, int]
"""How far to the right, in which row, and how far below the top of that row's symbols."""


@dataclass(slots=True, eq=False)
class Bar:
    """A level piece of a line in the channel below a row."""

    channel: int
    left: int
    right: int
    lane: int = 0


@dataclass(slots=True, eq=False)
class Route:
    """A line from somebody to others: out of a row along ``start``, by its bars, and into a row at each of ``ends``.

    ``crossing`` is where it passes the rows between, where there are any. Each of ``forks`` are ends that leave the bar
    at one place, as twins do.
    """

    kind: str
    who: tuple[int, ...]
    start: list[Spot]
    ends: list[list[Spot]]
    bars: list[Bar]
    crossing: int = 0
    forks: tuple[tuple[int, ...], ...] = ()


@dataclass(slots=True)
class Rows:
    """Which places of each row are taken, so that a line that crosses a row passes between two people."""

    taken: list[set[int]]
    used: set[int] = field(default_factory=set)

    def crossing(self, rows: Iterable[int], near: int) -> int:
        """Give the place nearest to ``near`` where a line can pass these rows, clear of names if possible."""
        between = [self.taken[row] for row in rows]
        middle = near // HALF * 2 + 1
        best = 0
        for away in range(0, 2 * (len(max(between, key=len)) + 4), 2):
            for place in (middle + away, middle - away):
                units = ((place - 1) // 2, (place + 1) // 2)
                best = best or place
                if place not in self.used and not any(unit in row for row in between for unit in units):
                    self.used.add(place)
                    return place * HALF // 2
        return best * HALF // 2


def route(
    kind: str, who: tuple[int, ...], start: list[Spot], ends: list[list[Spot]], rows: Rows, forks: list[list[int]]
) -> Route:
    """Lead a line from the row where it starts to the row where all its ends are."""
    (x, row, _), target = start[-1], ends[0][0][1]
    reach = [end[0][0] for end in ends]
    split = tuple(tuple(fork) for fork in forks)
    if target in (row, row + 1):
        return Route(kind, who, start, ends, [Bar(row, min(x, *reach), max(x, *reach))], forks=split)
    if target == row - 1:
        return Route(kind, who, start, ends, [Bar(target, min(x, *reach), max(x, *reach))], forks=split)
    first, last = (row, target - 1) if target > row else (row - 1, target)
    passed = range(row + 1, target) if target > row else range(target + 1, row)
    at = rows.crossing(passed, sum(reach) // len(reach))
    bars = [Bar(first, min(x, at), max(x, at)), Bar(last, min(at, *reach), max(at, *reach))]
    return Route(kind, who, start, ends, bars, at, split)


def assign(routes: list[Route], channels: int) -> list[int]:
    """Give each bar its lane, and say how many lanes each channel has."""
    ends: list[list[int]] = [[] for _ in range(channels)]
    bars = [bar for one in routes for bar in one.bars]
    for bar in sorted(bars, key=lambda bar: (bar.left, bar.right)):
        lanes = ends[bar.channel]
        for number, end in enumerate(lanes):
            if end + APART <= bar.left:
                bar.lane, lanes[number] = number, bar.right
                break
        else:
            bar.lane = len(lanes)
            lanes.append(bar.right)
    return [len(lanes) for lanes in ends]


def strokes(one: Route, tops: list[int], channels: list[int]) -> list[list[Point]]:
    """Give the pieces of a line as points, once it is known how high each row and channel lies."""
    levels = [channels[bar.channel] + bar.lane * LANE for bar in one.bars]
    begin = [(x, tops[row] + down) for x, row, down in one.start]
    x, level = begin[-1][0], levels[0]
    found = [[*begin, (x, level)]]
    if len(levels) == 2:
        found.append([(x, level), (one.crossing, level), (one.crossing, levels[1])])
        x, level = one.crossing, levels[1]
    ends = [[(at, tops[row] + down) for at, row, down in end] for end in one.ends]
    leaves = [end[0][0] for end in ends]
    for fork in one.forks:
        middle = sum(leaves[number] for number in fork) // len(fork)
        for number in fork:
            leaves[number] = middle
    left, right = min(x, *leaves), max(x, *leaves)
    if left != right:
        found.append([(left, level), (right, level)])
    found += [[(leave, level), *end] for leave, end in zip(leaves, ends, strict=True)]
    return found
