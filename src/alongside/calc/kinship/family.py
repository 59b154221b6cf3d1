"""A family as plain values: people are numbers from 0 on, the eldest first, and everything else names them."""

from dataclasses import dataclass

PARENT = "parent"
# By how many rows somebody stands above the one whose kin they are; the surest kinds first.
STEPS = {
    PARENT: 1,
    "partner": 0,
    "step_parent": 1,
    "sibling": 0,
    "aunt_uncle": 1,
    "grandparent": 2,
    "great_grandparent": 3,
    "cousin": 0,
    "other_family": 1,
    "friend": 1,
    "unknown": 1,
}
Relation = tuple[int, str, int]
Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Family:
    """``relations`` say that somebody is the kind of somebody else; ``pairs`` are couples, now or once; ``cares`` say
    who brings up whom; ``homes`` who lives together; ``twins`` who were born together. Of a couple, a man of ``men``
    stands on the left.
    """

    people: int
    relations: tuple[Relation, ...] = ()
    pairs: tuple[Pair, ...] = ()
    cares: tuple[Pair, ...] = ()
    homes: tuple[tuple[int, ...], ...] = ()
    twins: tuple[tuple[int, ...], ...] = ()
    men: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Kinship:
    """A family of which nothing contradicts itself: nobody is their own forebear, and no couple spans generations.

    ``parents`` and ``children`` are by person; ``apart`` are couples that cannot stand side by side. ``loose`` are the
    relations that no line of descent shows.
    """

    parents: list[list[int]]
    children: list[list[int]]
    pairs: list[Pair]
    apart: list[Pair]
    loose: list[Relation]
    denied: list[Relation]
