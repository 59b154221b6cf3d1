"""The homes of a family: a shape round those who live together, joined where others stand between them."""

from collections.abc import Sequence
from dataclasses import dataclass

from alongside.calc.kinship.family import Family
from alongside.calc.kinship.lanes import CELL, HALF, Point, Route, Rows, route

SYMBOL = 44
ROUND = 9  # how far a home is drawn round its people
NEST = 5  # and how much closer for each further home, so that somebody of two homes stands in both


@dataclass(frozen=True, slots=True)
class Home:
    """One home: a rectangle (left, top, width, height) round each run of neighbours, and the ways that join them."""

    rooms: list[tuple[int, int, int, int]]
    ways: list[list[list[Point]]]


def runs_of(home: tuple[int, ...], row: list[int], x: list[int]) -> list[list[int]]:
    """Give those of a home who stand side by side with nobody between, from the top and from the left."""
    found: list[list[int]] = []
    for person in sorted(set(home), key=lambda one: (row[one], x[one])):
        last = found[-1][-1] if found else None
        if last is not None and row[last] == row[person] and x[person] - x[last] == CELL:
            found[-1].append(person)
        else:
            found.append([person])
    return found


def ways_between(family: Family, row: list[int], x: list[int], words: Sequence[int], rows: Rows) -> list[list[Route]]:
    """Give for each home the ways that join its runs, each to the nearest of those before it."""
    found = []
    for home in family.homes:
        runs = runs_of(home, row, x)
        ways = []
        for number, run in enumerate(runs[1:], 1):
            pairs = [(one, other) for before in runs[:number] for one in before for other in run]
            one, other = min(pairs, key=lambda pair: _far(pair, row, x))
            down = 0 if row[one] < row[other] else SYMBOL + words[other]
            start = [(x[one], row[one], SYMBOL + words[one])]
            ways.append(route("home", (one, other), start, [[(x[other], row[other], down)]], rows, []))
        found.append(ways)
    return found


def _far(pair: tuple[int, int], row: list[int], x: list[int]) -> tuple[int, int, int]:
    one, other = pair
    return abs(row[one] - row[other]) * 10 * CELL + abs(x[one] - x[other]), one, other


def homes_of(
    family: Family,
    row: list[int],
    x: list[int],
    words: Sequence[int],
    tops: list[int],
    ways: list[list[list[list[Point]]]],
) -> list[Home]:
    """Draw each home round its people."""
    found = []
    for number, home in enumerate(family.homes):
        rooms = []
        for run in runs_of(home, row, x):
            closer = min(number * NEST, ROUND + 6)
            top = tops[row[run[0]]] - ROUND + closer
            high = SYMBOL + max(words[person] for person in run) + 2 * (ROUND - closer)
            left = x[run[0]] - HALF + 4 + closer
            rooms.append((left, top, x[run[-1]] - x[run[0]] + CELL - 8 - 2 * closer, high))
        found.append(Home(rooms, ways[number]))
    return found
