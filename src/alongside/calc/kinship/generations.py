"""Which row each person of a family stands in: children below their parents, couples side by side.

Parents and couples are rules; every other kinship is a wish, met as far as the rules let it, the surest first.
"""

from collections.abc import Iterable, Sequence

from alongside.calc.kinship.family import PARENT, STEPS, Family, Kinship, Pair, Relation


def settle(family: Family) -> Kinship:
    """Take a family apart into lines of descent and couples, leaving out what would contradict the rest."""
    told = list(dict.fromkeys(one for one in family.relations if one[0] != one[2]))
    descent = [(person, relative) for person, kind, relative in told if kind == PARENT]
    couples = _couples(family, told, descent)
    apart: list[Pair] = []
    denied: list[Relation] = []
    if _order(family.people, descent, couples) is None:
        sure: list[Pair] = []
        for tie in descent:
            if _order(family.people, [*sure, tie], []) is None:
                denied.append((tie[0], PARENT, tie[1]))
            else:
                sure.append(tie)
        descent = sure
        sides: list[Pair] = []
        for pair in couples:
            (apart if _order(family.people, descent, [*sides, pair]) is None else sides).append(pair)
        couples = sides
    parents: list[list[int]] = [[] for _ in range(family.people)]
    children: list[list[int]] = [[] for _ in range(family.people)]
    for parent, child in sorted(descent):
        parents[child].append(parent)
        children[parent].append(child)
    loose = [one for one in told if one[1] not in (PARENT, "partner") and not _shown(one, parents, couples)]
    return Kinship(parents, children, couples, apart, loose, denied)


def _couples(family: Family, told: Sequence[Relation], descent: Sequence[Pair]) -> list[Pair]:
    """Give everybody who is or was a couple, and the first two parents of each child, each pair once."""
    found = [*family.pairs, *((one, other) for one, kind, other in told if kind == "partner")]
    of: dict[int, list[int]] = {}
    for parent, child in descent:
        of.setdefault(child, []).append(parent)
    found += [(both[0], both[1]) for _, both in sorted(of.items()) if len(both) > 1]
    return list(dict.fromkeys((min(pair), max(pair)) for pair in found if pair[0] != pair[1]))


def _shown(relation: Relation, parents: list[list[int]], couples: list[Pair]) -> bool:
    """Whether lines of descent, and of couples, already show that somebody is this to somebody else."""
    person, kind, relative = relation
    above = parents[relative]
    if kind == "sibling":
        return not set(above).isdisjoint(parents[person])
    if kind == "grandparent":
        return any(person in parents[parent] for parent in above)
    if kind == "great_grandparent":
        return any(person in parents[grand] for parent in above for grand in parents[parent])
    if kind == "aunt_uncle":
        return any(not set(parents[parent]).isdisjoint(parents[person]) for parent in above if parent != person)
    if kind == "step_parent":
        return any((min(person, parent), max(person, parent)) in couples for parent in above)
    return False


def rows_of(family: Family, kinship: Kinship) -> list[int]:
    """Give each person's row, from 0 at the top and with none left empty."""
    side = _sides(family.people, kinship.pairs)
    wished = _wished(family, kinship)
    row = [0] * family.people
    for person in range(family.people):
        row[side[person]] = max(row[side[person]], wished[person])
    descent = [(parent, child) for parent, below in enumerate(kinship.children) for child in below]
    order = _order(family.people, descent, kinship.pairs)
    assert order is not None, "a settled family contradicts nothing"  # noqa: S101
    above: list[list[int]] = [[] for _ in range(family.people)]
    for parent, child in descent:
        above[side[child]].append(side[parent])
    for one in order:
        for parent in above[one]:
            if row[parent] >= row[one]:
                row[one] = row[parent] + 1
    taken = {row[side[person]] for person in range(family.people)}
    closed = {old: new for new, old in enumerate(sorted(taken))}
    return [closed[row[side[person]]] for person in range(family.people)]


def _wished(family: Family, kinship: Kinship) -> list[int]:
    """Give the row of each person where every kinship is met that does not contradict a surer one."""
    over, step = list(range(family.people)), [0] * family.people

    def top(person: int) -> tuple[int, int]:
        rows = 0
        while over[person] != person:
            rows += step[person]
            person = over[person]
        return person, rows

    def join(upper: int, lower: int, rows: int) -> None:
        """Let one stand so many rows above another, unless it is settled already where they stand."""
        (one, down), (other, deep) = top(upper), top(lower)
        if one != other:
            over[other], step[other] = one, down + rows - deep

    for parent, below in enumerate(kinship.children):
        for child in below:
            join(parent, child, 1)
    for one, other in kinship.pairs:
        join(one, other, 0)
    by_kind: dict[str, list[Relation]] = {}
    for relation in kinship.loose:
        by_kind.setdefault(relation[1], []).append(relation)
    for kind in STEPS:
        for person, _, relative in by_kind.get(kind, ()):
            join(person, relative, STEPS[kind])
    for carer, child in family.cares:
        join(carer, child, 1)
    found = [top(person) for person in range(family.people)]
    highest: dict[int, int] = {}
    for one, rows in found:
        highest[one] = min(highest.get(one, rows), rows)
    return [rows - highest[one] for one, rows in found]


def _sides(people: int, pairs: Iterable[Pair]) -> list[int]:
    """Give for each person the first of all who must stand in the same row as couples."""
    first = list(range(people))

    def find(person: int) -> int:
        while first[person] != person:
            first[person] = person = first[first[person]]
        return person

    for one, other in pairs:
        a, b = find(one), find(other)
        first[max(a, b)] = min(a, b)
    return [find(person) for person in range(people)]


def _order(people: int, descent: Sequence[Pair], pairs: Sequence[Pair]) -> list[int] | None:
    """Give the sides with parents before children, or nothing where somebody would stand below themselves."""
    side = _sides(people, pairs)
    below: list[list[int]] = [[] for _ in range(people)]
    waiting = [0] * people
    for parent, child in descent:
        below[side[parent]].append(side[child])
        waiting[side[child]] += 1
    ready = [one for one in range(people) if side[one] == one and not waiting[one]]
    for one in ready:
        for lower in below[one]:
            waiting[lower] -= 1
            if not waiting[lower]:
                ready.append(lower)
    return None if any(waiting) else ready
