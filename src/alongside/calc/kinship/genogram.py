"""A family drawn: where everybody stands, where each line runs, and round whom each home is drawn, in pixels."""

from collections.abc import Sequence
from dataclasses import dataclass

from alongside.calc.kinship.columns import columns_of
from alongside.calc.kinship.family import Family, Relation
from alongside.calc.kinship.generations import rows_of, settle
from alongside.calc.kinship.homes import Home, homes_of, ways_between
from alongside.calc.kinship.lanes import HALF, LANE, Point, Route, Rows, assign, strokes
from alongside.calc.kinship.routes import Couple, couples_of, routes_of
from alongside.calc.kinship.standing import Standing

SYMBOL = 44
MARGIN = 24
LEAST = 34  # between the words of one row and the symbols of the next


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a kind between people, as pieces to be drawn one after another."""

    kind: str
    who: tuple[int, ...]
    strokes: list[list[Point]]


@dataclass(frozen=True, slots=True)
class Genogram:
    """Everything that is drawn: the middle of each person's symbol, lines, couples, homes.

    ``denied`` is what was told and cannot be drawn, because something else contradicts it.
    """

    left: int
    width: int
    height: int
    people: list[Point]
    rows: list[int]
    lines: list[Line]
    couples: list[Couple]
    homes: list[Home]
    denied: list[Relation]


def draw(family: Family, words: Sequence[int]) -> Genogram:
    """Lay out a family. ``words`` is how high the words under each person's symbol are."""
    kinship = settle(family)
    row = rows_of(family, kinship)
    standing = Standing(family, kinship, row)
    x = [HALF * (place + 1) for place in columns_of(standing, family.people)]
    taken = Rows([set() for _ in standing.rows])
    for person, level in enumerate(row):
        taken.taken[level].add(x[person] // HALF)
    couples = couples_of(family, kinship, row, x)
    routes = routes_of(family, kinship, couples, row, x, taken)
    ways = ways_between(family, row, x, words, taken)
    tops, channels, height = _levels(standing, row, words, [*routes, *(way for one in ways for way in one)], couples)
    placed = [couple.at(tops) for couple in couples]
    reach = [edge for one in routes for bar in one.bars for edge in (bar.left, bar.right)]
    reach += [edge for one in ways for way in one for bar in way.bars for edge in (bar.left, bar.right)]
    left = min([0, *(edge - HALF // 2 for edge in reach)])
    return Genogram(
        left=left,
        width=max([max(x, default=0) + HALF, *(edge + HALF // 2 for edge in reach)]) - left,
        height=height,
        people=[(x[person], tops[row[person]] + SYMBOL // 2) for person in range(family.people)],
        rows=row,
        lines=[Line(one.kind, one.who, strokes(one, tops, channels)) for one in routes],
        couples=placed,
        homes=homes_of(family, row, x, words, tops, [[strokes(way, tops, channels) for way in one] for one in ways]),
        denied=kinship.denied,
    )


def _levels(
    standing: Standing, row: list[int], words: Sequence[int], routes: list[Route], couples: list[Couple]
) -> tuple[list[int], list[int], int]:
    """Give how far down the symbols of each row begin, and the first lane below each row, and how high all is."""
    lanes = assign(routes, len(standing.rows))
    deep = [0] * len(standing.rows)
    for person, level in enumerate(row):
        deep[level] = max(deep[level], words[person])
    over = [0] * len(standing.rows)
    for couple in couples:
        over[couple.row] = max(over[couple.row], couple.over)
    tops, channels, down = [], [], MARGIN
    for level, lane in enumerate(lanes):
        down += over[level]
        tops.append(down)
        down += SYMBOL + deep[level] + LEAST // 2
        channels.append(down)
        down += max(0, lane - 1) * LANE + LEAST // 2
    return tops, channels, down + MARGIN // 2
