"""How much a design lets one say that the service made the change: the five levels of the Maryland scale."""

from dataclasses import dataclass
from enum import StrEnum

MOST_LOST = 0.2
"""A trial that loses more than one in five of its people is open to doubt (Schulz and Grimes 2002)."""
MOST_APART = 0.1
"""Our own rule: shares lost in two groups that lie further apart than this have left unlike people to compare."""


class Allocation(StrEnum):
    """What decided who had the service: people themselves, something as good as chance, or chance on purpose."""

    CHOSEN = "chosen"
    AS_IF_RANDOM = "as if random"
    RANDOM = "random"


@dataclass(frozen=True, slots=True)
class Design:
    """Facts about an evaluation; each is taken not to hold until somebody says that it does.

    ``before``: the outcome was measured before the service too. ``comparison``: it was measured in people without the
    service. ``adjusted``: what else differed between the groups (or, with one group, between the times, such as a trend
    that was there already) is allowed for. ``alike``: figures show that the groups were alike before the service, as
    they stood or as weighted. ``as_allocated``: everybody is counted in the group to which they were allocated.
    ``lost`` is the share of people without the outcome and ``lost_apart`` how far that share differs between the
    groups, both from 0 to 1; ``None`` where nobody counted.
    """

    before: bool = False
    comparison: bool = False
    adjusted: bool = False
    alike: bool = False
    allocation: Allocation = Allocation.CHOSEN
    as_allocated: bool = False
    lost: float | None = None
    lost_apart: float | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """The outcome of :func:`maryland`: the ``level`` from 1 to 5, why it is that, and what the next one would take.

    ``to_raise`` has one sentence for each way up; it is empty at level 5.
    """

    level: int
    why: str
    to_raise: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """The level and why, to be printed on every result.

        >>> maryland(Design(before=True, comparison=True)).words[:42]
        'Level 2 of 5 on the Maryland scale. People'
        """
        return f"Level {self.level} of 5 on the Maryland scale. {self.why}"


class _Fact(StrEnum):
    """What a level may ask for, as one would tell somebody to bring it about."""

    BEFORE = "measure people before the service as well"
    COMPARISON = "measure people without the service in the same way"
    ADJUSTED = "allow for what else differed between the groups, or between before and after"
    ALIKE = "show by figures that the groups were alike before the service"
    AS_IF_RANDOM = "use something as good as chance that decided who had the service, such as a date or a cut-off"
    RANDOM = "let chance decide who is offered the service"
    AS_ALLOCATED = "count everybody in the group to which they were allocated"
    FEW_LOST = "lose no more than one person in five, and about as many in each group"


_F = _Fact
_WAYS: tuple[tuple[int, frozenset[_Fact], str], ...] = (
    (
        5,
        frozenset({_F.COMPARISON, _F.RANDOM, _F.AS_ALLOCATED, _F.ALIKE, _F.FEW_LOST}),
        "Chance decided who was offered the service, the groups were alike, few people were lost, and everybody is "
        "counted where they were allocated.",
    ),
    (
        4,
        frozenset({_F.COMPARISON, _F.RANDOM, _F.AS_ALLOCATED}),
        "Chance decided who was offered the service, but it is not shown both that the groups were alike and that few "
        "people were lost.",
    ),
    (
        4,
        frozenset({_F.COMPARISON, _F.AS_IF_RANDOM, _F.ALIKE}),
        "Something as good as chance decided who had the service, and the groups were alike before it.",
    ),
    (
        3,
        frozenset({_F.COMPARISON, _F.BEFORE, _F.ALIKE}),
        "People with and without the service, alike before it, were measured before and after. They may still "
        "differ in what nobody measured.",
    ),
    (
        2,
        frozenset({_F.COMPARISON, _F.BEFORE}),
        "People with and without the service were measured before and after, but nothing shows that they were alike.",
    ),
    (
        2,
        frozenset({_F.COMPARISON, _F.ADJUSTED}),
        "People with the service were compared with others, allowing for what was measured of them. How they were "
        "before is not known.",
    ),
    (
        2,
        frozenset({_F.COMPARISON, _F.ALIKE}),
        "People with the service were compared once with others who were alike. How far each changed is not known.",
    ),
    (
        2,
        frozenset({_F.BEFORE, _F.ADJUSTED}),
        "People were measured before and after, allowing for what else changed. There is no comparison group.",
    ),
    (
        1,
        frozenset({_F.COMPARISON}),
        "People with the service were compared with others once, and nothing allows for how they differed.",
    ),
    (
        1,
        frozenset({_F.BEFORE}),
        "People were measured before and after, and there is no comparison group. Some of the change would have come "
        "about anyway.",
    ),
    (1, frozenset(), "People were measured once, and nobody beside them. That shows no change at all."),
)


def maryland(design: Design) -> Evidence:
    """Return the level of a design on the Maryland scale of scientific methods, from 1 to 5.

    The scale of Sherman and others (1997), by the rules of the What Works Centre for Local Economic Growth (2016):
    1 before and after, or beside others, with nothing allowed for; 2 the same with what differed allowed for; 3 before
    and after beside a comparison group that is shown to be alike; 4 as good as chance; 5 a randomised trial done well.
    Sherman's own wording puts before and after without a comparison group at 2; we print the stricter.

    Raises ValueError for shares that are none, and for people who were allocated although there is one group only.

    >>> found = maryland(Design(before=True))
    >>> found.level, found.to_raise[0]
    (1, 'To reach level 2: measure people without the service in the same way.')
    """
    facts = _facts(design)
    level, why = next((level, why) for level, asked, why in _WAYS if asked <= facts)
    missing = [asked - facts for higher, asked, _ in _WAYS if higher == level + 1]
    nearest = [each for each in missing if not any(other < each for other in missing)]
    sentences = (" and ".join(fact.value for fact in _Fact if fact in each) for each in nearest)
    ways = tuple(dict.fromkeys(f"To reach level {level + 1}: {sentence}." for sentence in sentences))
    return Evidence(level, why, ways)


def _facts(design: Design) -> frozenset[_Fact]:
    for share in (design.lost, design.lost_apart):
        if share is not None and not 0 <= share <= 1:
            raise ValueError("a share of people lost lies between 0 and 1")
    if design.allocation is not Allocation.CHOSEN and not design.comparison:
        raise ValueError("nobody can be allocated where there is one group only")
    lost, apart = design.lost, design.lost_apart
    holds = {
        _Fact.BEFORE: design.before,
        _Fact.COMPARISON: design.comparison,
        _Fact.ADJUSTED: design.adjusted,
        _Fact.ALIKE: design.alike and design.comparison,
        _Fact.AS_IF_RANDOM: design.allocation is not Allocation.CHOSEN,
        _Fact.RANDOM: design.allocation is Allocation.RANDOM,
        _Fact.AS_ALLOCATED: design.as_allocated,
        _Fact.FEW_LOST: lost is not None and apart is not None and lost <= MOST_LOST and apart <= MOST_APART,
    }
    return frozenset(fact for fact, true in holds.items() if true)
