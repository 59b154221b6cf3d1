"""Which lines a family's picture has, and where on each person they begin and end."""

from dataclasses import dataclass, replace

from alongside.calc.kinship.family import Family, Kinship
from alongside.calc.kinship.lanes import CELL, HALF, Route, Rows, Spot, route

SYMBOL = 44
RADIUS = SYMBOL // 2
OVER = 12  # how far the line of a couple that others stand between runs above their symbols
TRACK = 8  # how far lines of two kinds keep apart in the gap between two people


@dataclass(frozen=True, slots=True)
class Couple:
    """Two who are or were a couple: the line that joins them, from left to right, and where a mark stands on it.

    ``over`` is how far above the symbols the line runs where others stand between them, and ``middle`` where the lines
    to their children leave it.
    """

    one: int
    other: int
    row: int
    left: int
    right: int
    middle: int
    over: int = 0
    down: int = 0

    def at(self, tops: list[int]) -> "Couple":
        """Say how far down it lies, once it is known where its row is."""
        return replace(self, down=tops[self.row] + (-self.over if self.over else RADIUS))


def couples_of(family: Family, kinship: Kinship, row: list[int], x: list[int]) -> list[Couple]:
    """Give the line of each couple: straight between neighbours, above the heads of those who stand between."""
    found = []
    over = [0] * (max(row, default=0) + 1)
    for pair in kinship.pairs:
        one, other = sorted(pair, key=lambda person: x[person])
        level, left, right = row[one], x[one], x[other]
        beside = right - left == CELL or not any(
            row[person] == level and left < x[person] < right for person in range(family.people)
        )
        if beside:
            found.append(Couple(one, other, level, left + RADIUS, right - RADIUS, (left + right) // 2))
        else:
            over[level] += OVER
            found.append(Couple(one, other, level, left, right, right - HALF, over[level]))
    return found


def routes_of(
    family: Family, kinship: Kinship, couples: list[Couple], row: list[int], x: list[int], rows: Rows
) -> list[Route]:
    """Give the lines of descent, of kinship without descent, of couples apart, and of care."""
    lines = _descent(family, kinship, couples, row, x, rows)
    for one, other in kinship.apart:
        lines.append(_between("apart", one, [other], couples, row, x, rows))
    for person, _, relative in kinship.loose:
        if (person, relative) not in family.cares:
            lines.append(_between("loose", person, [relative], couples, row, x, rows))
    brought_up: dict[tuple[int, int], list[int]] = {}
    for carer, child in dict.fromkeys(family.cares):
        if carer != child:
            brought_up.setdefault((carer, row[child]), []).append(child)
    for (carer, _), children in sorted(brought_up.items()):
        lines.append(_between("care", carer, children, couples, row, x, rows))
    return lines


def _descent(
    family: Family, kinship: Kinship, couples: list[Couple], row: list[int], x: list[int], rows: Rows
) -> list[Route]:
    """Lead one line from each couple, or parent alone, to all of their children that stand in one row."""
    of = {frozenset((couple.one, couple.other)): couple for couple in couples}
    groups: dict[tuple[tuple[int, ...], int], list[int]] = {}
    for child, parents in enumerate(kinship.parents):
        both = frozenset(parents[:2])
        units = [tuple(parents[:2]), *((one,) for one in parents[2:])] if both in of else [(one,) for one in parents]
        for unit in units:
            groups.setdefault((unit, row[child]), []).append(child)
    found = []
    for (parents_here, level), children in sorted(groups.items()):
        if len(parents_here) == 2:
            couple = of[frozenset(parents_here)]
            start: list[Spot] = [(couple.middle, couple.row, -couple.over if couple.over else RADIUS)]
        else:
            start = _side(parents_here[0], couples, row, x, 2 * TRACK, RADIUS + 12)
        ends: list[list[Spot]] = [[(x[child], level, 0)] for child in children]
        forks = [[children.index(child) for child in twins if child in children] for twins in family.twins]
        forks = [fork for fork in forks if len(fork) > 1]
        found.append(route("descent", (*parents_here, *children), start, ends, rows, forks))
    return found


def _side(person: int, couples: list[Couple], row: list[int], x: list[int], track: int, down: int) -> list[Spot]:
    """Leave somebody by the side on which no partner stands, into the gap beside them."""
    right_taken = any(couple.one == person and not couple.over for couple in couples)
    left_taken = any(couple.other == person and not couple.over for couple in couples)
    way = -1 if right_taken and not left_taken else 1
    return [(x[person] + way * (RADIUS - 6), row[person], down), (x[person] + way * (HALF - track), row[person], down)]


def _between(
    kind: str, one: int, others: list[int], couples: list[Couple], row: list[int], x: list[int], rows: Rows
) -> Route:
    """Lead a line from the side of one person to the sides of others in one row."""
    start = _side(one, couples, row, x, TRACK, RADIUS + 6)
    ends: list[list[Spot]] = []
    for other in others:
        into = -1 if start[-1][0] <= x[other] else 1
        beside = (x[other] + into * (HALF - TRACK), row[other], RADIUS + 6)
        ends.append([beside, (x[other] + into * (RADIUS - 2), row[other], RADIUS + 6)])
    return route(kind, (one, *others), start, ends, rows, [])
