"""Somebody in the middle and what is around them in a ring, each with room enough, and the lines between, in pixels."""

from dataclasses import dataclass
from math import ceil, cos, hypot, pi, sin

from alongside.calc.kinship.lanes import Point

RADIUS = 50  # of each circle
ROOM = 8  # least between two of them
NEAREST = 190  # of the ring
MARGIN = 12
TOOTH = 14  # how long each tooth of a jagged line is, and
HIGH = 7  # how far it reaches to its side


@dataclass(frozen=True, slots=True)
class Ring:
    """A square drawing: how wide, its middle, and for each of those around their place and where their line runs."""

    size: int
    middle: Point
    places: list[Point]
    lines: list[tuple[Point, Point]]


def ring(around: int) -> Ring:
    """Place so many circles round one of the same size, the first at the top, so that none touches another."""
    far = NEAREST
    if around > 1:
        far = max(far, ceil((RADIUS + ROOM / 2) / sin(pi / around)) + 1)
    half = far + RADIUS + MARGIN
    places, lines = [], []
    for number in range(around):
        angle = 2 * pi * number / around
        right, up = sin(angle), cos(angle)
        places.append((round(half + far * right), round(half - far * up)))
        near, end = RADIUS, far - RADIUS
        lines.append(
            (
                (round(half + near * right), round(half - near * up)),
                (round(half + end * right), round(half - end * up)),
            )
        )
    return Ring(2 * half, (half, half), places, lines)


def jagged(start: Point, end: Point) -> list[Point]:
    """Give a line with teeth from one point to another."""
    across, down = end[0] - start[0], end[1] - start[1]
    length = hypot(across, down)
    teeth = max(2, int(length // TOOTH))
    found = [start]
    for number in range(1, teeth):
        side = HIGH if number % 2 else -HIGH
        share = number / teeth
        x = start[0] + across * share - down / length * side
        y = start[1] + down * share + across / length * side
        found.append((round(x), round(y)))
    return [*found, end]
