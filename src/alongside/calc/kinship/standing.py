"""In which order people stand within their row: couples together, brothers and sisters together, few lines crossed."""

from alongside.calc.kinship.family import Family, Kinship

Block = list[int]


def blocks_of(family: Family, kinship: Kinship) -> list[Block]:
    """Give those who stand together as couples, each block from left to right, and everybody else alone."""
    partners: list[list[int]] = [[] for _ in range(family.people)]
    for one, other in kinship.pairs:
        partners[one].append(other)
        partners[other].append(one)
    found: list[Block] = []
    placed = [False] * family.people
    for person in range(family.people):
        if placed[person]:
            continue
        if not partners[person]:
            placed[person] = True
            found.append([person])
            continue
        found.append(_chain(person, partners, placed, family.men))
    return found


def _chain(person: int, partners: list[list[int]], placed: list[bool], men: frozenset[int]) -> Block:
    """Line up all who are joined as couples, from one end on, so that each stands beside a partner."""
    group, place = {person}, [person]
    for one in place:
        for other in partners[one]:
            if other not in group:
                group.add(other)
                place.append(other)
    ends = [one for one in group if len(partners[one]) == 1]
    start = min(ends or group, key=lambda one: (one not in men, one)) if len(group) == 2 else min(ends or group)
    line: Block = []
    waiting = [start]
    while waiting:
        one = waiting.pop()
        if placed[one]:
            continue
        placed[one] = True
        line.append(one)
        waiting += sorted((other for other in partners[one] if not placed[other]), reverse=True)
    return line


class Standing:
    """The blocks of each row from left to right, found by going down from the eldest and across by marriage."""

    def __init__(self, family: Family, kinship: Kinship, row: list[int]) -> None:
        self.kinship, self.row = kinship, row
        self.blocks = blocks_of(family, kinship)
        self.block_of = [0] * family.people
        for number, block in enumerate(self.blocks):
            for person in block:
                self.block_of[person] = number
        self.rows: list[list[int]] = [[] for _ in range(max(row, default=-1) + 1)]
        self.seen = [False] * len(self.blocks)
        self._link(family)
        for number in range(len(self.blocks)):
            self._enter(number)

    def _link(self, family: Family) -> None:
        """Find for each block those above it and below it, by descent first, then by other kinship and by care."""
        self.above: list[list[int]] = [[] for _ in self.blocks]
        self.below: list[list[int]] = [[] for _ in self.blocks]
        loose = [(person, relative) for person, _, relative in self.kinship.loose]
        for number, block in enumerate(self.blocks):
            lower: list[int] = []
            for person in block:
                # Children of two who stand side by side come where their parents are, from left to right.
                lower += sorted(self.kinship.children[person], key=lambda child: (self._other(person, child), child))
            self._join(number, lower)
        for person, relative in [*loose, *family.cares]:
            upper, lower_one = (person, relative) if self.row[person] <= self.row[relative] else (relative, person)
            self._join(self.block_of[upper], [lower_one])

    def _other(self, person: int, child: int) -> int:
        block = self.blocks[self.block_of[person]]
        others = [block.index(one) for one in self.kinship.parents[child] if one != person and one in block]
        return min(others, default=block.index(person))

    def _join(self, number: int, lower: list[int]) -> None:
        for person in lower:
            other = self.block_of[person]
            if other != number and other not in self.below[number]:
                self.below[number].append(other)
                self.above[other].append(number)

    def _enter(self, number: int) -> None:
        """Stand at the top of what a block hangs from, and place all of it that is not placed yet."""
        waiting = [number]
        while waiting:
            top = self._top(waiting.pop())
            if not self.seen[top]:
                waiting += reversed(self._place(top))

    def _top(self, number: int) -> int:
        been = set()
        while number not in been:
            been.add(number)
            upper = [one for one in self.above[number] if not self.seen[one]]
            number = upper[0] if upper else number
        return number

    def _place(self, top: int) -> list[int]:
        """Place a block and what hangs below it; give the blocks above that were met on the way."""
        met: list[int] = []
        waiting = [top]
        while waiting:
            number = waiting.pop()
            if self.seen[number]:
                continue
            self.seen[number] = True
            self.rows[self.row[self.blocks[number][0]]].append(number)
            met += [one for one in self.above[number] if not self.seen[one]]
            waiting += [one for one in reversed(self.below[number]) if not self.seen[one]]
        return met
