"""How far to the right each person stands: parents over their children, nobody on anybody, nothing wider than need be.

A place is counted in halves of a person's width. Within a row the order is fixed, so the best places are those nearest
to what everybody wishes that keep the order and the room: found exactly, by pooling neighbours who would collide.
"""

from alongside.calc.kinship.standing import Standing

WIDTH = 2  # of a person, in the halves that places are counted in
SWEEPS = 3


def columns_of(standing: Standing, people: int) -> list[int]:
    """Give each person's place; two people of one row are at least a person's width apart."""
    inside = [0] * people
    for block in standing.blocks:
        for number, person in enumerate(block):
            inside[person] = number * WIDTH
    pulls = _pulls(standing, inside)
    start = [0.0] * len(standing.blocks)
    offsets: list[list[int]] = []
    for row in standing.rows:
        taken, found = 0, []
        for number in row:
            found.append(taken)
            start[number] = float(taken)
            taken += WIDTH * len(standing.blocks[number])
        offsets.append(found)
    downwards = list(zip(standing.rows, offsets, strict=True))
    for _ in range(SWEEPS):
        for row, offset in reversed(downwards):
            _settle(row, offset, start, pulls[0])
        for row, offset in downwards:
            _settle(row, offset, start, pulls[1])
    for row, offset in reversed(downwards):
        _settle(row, offset, start, pulls[0])
    return _whole(standing, downwards, start, inside)


Pull = tuple[int, float]


def _pulls(standing: Standing, inside: list[int]) -> tuple[list[list[Pull]], list[list[Pull]]]:
    """Give for each block the blocks below and above that draw it, and by how much their places differ."""
    kinship, block_of = standing.kinship, standing.block_of
    below: list[list[Pull]] = [[] for _ in standing.blocks]
    above: list[list[Pull]] = [[] for _ in standing.blocks]
    bound = set()
    for child, parents in enumerate(kinship.parents):
        for parent in parents[:1]:
            number, other = block_of[parent], block_of[child]
            beside = [one for one in parents if block_of[one] == number]
            middle = sum(inside[one] for one in beside) / len(beside)
            shift = inside[child] - middle
            below[number].append((other, shift))
            above[other].append((number, -shift))
            bound.add((number, other))
    free_below, free_above = [not each for each in below], [not each for each in above]
    for number, lower in enumerate(standing.below):
        for other in lower:
            if (number, other) not in bound:
                if free_below[number]:
                    below[number].append((other, 0.0))
                if free_above[other]:
                    above[other].append((number, 0.0))
    return below, above


def _settle(row: list[int], offset: list[int], start: list[float], pulls: list[list[Pull]]) -> None:
    """Move the blocks of a row as near as can be to where they are drawn."""
    pools: list[tuple[float, float, int]] = []  # where, how heavy, how many
    for number, taken in zip(row, offset, strict=True):
        drawn = pulls[number]
        if drawn:
            wish, weight = sum(start[other] + shift for other, shift in drawn) / len(drawn), 1.0
        else:
            wish, weight = start[number], 0.05
        where, many = wish - taken, 1
        while pools and pools[-1][0] > where:
            before, heavy, more = pools.pop()
            where = (before * heavy + where * weight) / (heavy + weight)
            weight, many = weight + heavy, many + more
        pools.append((where, weight, many))
    at = 0
    for where, _, many in pools:
        for place in range(at, at + many):
            start[row[place]] = where + offset[place]
        at += many


def _whole(
    standing: Standing, rows: list[tuple[list[int], list[int]]], start: list[float], inside: list[int]
) -> list[int]:
    """Round each place, which keeps the room between neighbours, and let the leftmost be 0."""
    place = [0] * len(inside)
    for row, offset in rows:
        for number, taken in zip(row, offset, strict=True):
            at = round(start[number] - taken + 1e-6) + taken
            for person in standing.blocks[number]:
                place[person] = at + inside[person]
    least = min(place, default=0)
    return [one - least for one in place]
