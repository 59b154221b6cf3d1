"""Which numbers of a round may be read, so that nobody can work out what a few carers of an area said.

How many sent the survey in an area is known, as areas with few stand together, and so is how many of them left a
question that everybody is asked, unless only a few answered it. With these known, a question tells nothing of another,
unless it is asked only of those who gave certain answers to it: how many answered then tells how many, at least, gave
those. So questions are made safe together with those that they hang on.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache

from alongside.calc.protection import Sum, protect
from alongside.insight.surveys.conditions import Condition
from alongside.insight.surveys.counting import Asked
from alongside.insight.surveys.tallying import Area, N, Part

EVERYWHERE: Area = "everywhere"
THRESHOLD = 5
"""The fewest carers of whom a number is shown, and the least that may be uncertain about fewer."""
LEAVING = frozenset({"said", "unsaid", "rather", "silent"})
"""Parts that tell who left a question, and nothing of what anybody said where everybody is asked it."""
UNREAD = frozenset({"silent", "asked", "skipped", "past", "bound", "beyond", "given", "more"})
"""Parts that stand nowhere, though somebody who reads may reckon with them."""

Place = tuple[Area, Part]
Whole = tuple[Part, tuple[Part, ...]]
"""A part and those that it is made of."""


def counts_of(tallies: Mapping[Area, Counter[Part]], asked: list[Asked]) -> dict[Place, int]:
    """Give every number of a round: of each area and of all."""
    everybody: Counter[Part] = Counter()
    for counted in tallies.values():
        everybody.update(counted)
    values: dict[Place, int] = {}
    for area, found in {**tallies, EVERYWHERE: everybody}.items():
        known = Counter(found)
        for one in asked:
            known["given", one.question.key] = sum(known["is", one.question.key, choice.key] for choice in one.answers)
            known["more", one.question.key] = known["given", one.question.key] - known["said", one.question.key]
        for condition in _conditions(asked):
            for number, bound in enumerate(condition.bounds):
                name = (condition.key, str(number))
                known["bound", *name] = sum(map(known.__getitem__, bound))
                known["beyond", *name] = known["bound", *name] - known[condition.asked]
        values |= {(area, part): known[part] for whole in _wholes(asked, area) for part in (whole[0], *whole[1])}
    return values


def sums_of(areas: list[Area], asked: list[Asked]) -> list[Sum[Place]]:
    """Give every sum that somebody who reads the results can make of them."""
    found = [
        Sum((area, whole), tuple((area, part) for part in parts))
        for area in [*areas, EVERYWHERE]
        for whole, parts in _wholes(asked, area)
    ]
    everywhere = dict.fromkeys(part for whole in _wholes(asked, "") for part in (whole[0], *whole[1]))
    return found + [Sum((EVERYWHERE, part), tuple((area, part) for area in areas)) for part in everywhere]


def _wholes(asked: list[Asked], area: Area) -> Iterator[Whole]:
    """How the parts of an area's carers add up."""
    for one in asked:
        yield from _of_question(one, area)
    for condition in _conditions(asked):
        for number, bound in enumerate(condition.bounds):
            name = ("bound", condition.key, str(number))
            yield name, bound
            yield name, (condition.asked,) if condition.exact else (condition.asked, ("beyond", *name[1:]))


def _of_question(one: Asked, area: Area) -> Iterator[Whole]:
    key = one.question.key
    said, unsaid, rather, silent = ((leaving, key) for leaving in ("said", "unsaid", "rather", "silent"))
    yield N, (said, unsaid)
    if one.several:
        yield from ((said, (("is", key, choice.key), ("not", key, choice.key))) for choice in one.answers)
        yield ("given", key), tuple(("is", key, choice.key) for choice in one.answers)
        yield ("given", key), (said, ("more", key))  # whoever answers gives one answer at least
    elif one.answers:
        yield said, tuple(("is", key, choice.key) for choice in one.answers)
    if one.condition or area == EVERYWHERE:
        yield unsaid, (rather, silent)
    if one.condition:
        skipped, past = ("skipped", key), ("past", key)
        yield silent, (skipped, past)
        yield one.condition.asked, (said, rather) if one.required else (said, rather, skipped)


def _conditions(asked: list[Asked]) -> list[Condition]:
    """Every condition that the questions reckon with, those first that others reckon with."""
    chains = (list(one.condition.chain())[::-1] for one in asked if one.condition)
    return list({each.key: each for chain in chains for each in chain}.values())


def shown_of(tallies: Mapping[Area, Counter[Part]], asked: list[Asked]) -> Mapping[Place, int]:
    """Give the numbers of a round that may be read; those that are hidden are left out."""
    return _shown(tuple((area, tuple(sorted(found.items()))) for area, found in tallies.items()), tuple(asked))


@lru_cache(maxsize=8)  # a closed round is read again and again, and its numbers are worked out in a second
def _shown(
    counted: tuple[tuple[Area, tuple[tuple[Part, int], ...]], ...], asked: tuple[Asked, ...]
) -> Mapping[Place, int]:
    tallies = {area: Counter(dict(found)) for area, found in counted}
    shown: dict[Place, int] = {}
    for together in together_of(tallies.values(), list(asked)):
        values = counts_of(tallies, together)
        open_to_all = {one.question.key for one in together if _left_openly(one, values)}
        known = {place for place in values if place[1] == N or (place[1][0] in LEAVING and place[1][1] in open_to_all)}
        written = {one.question.key for one in together if not one.answers}
        unread = {place for place in values if place not in known and _is_unread(place, written)}
        sums = sums_of(list(tallies), together)
        found = protect(values, sums, threshold=THRESHOLD, released=known, unguarded=unread)
        if found.exposed:
            continue  # what is known of who left a question would tell: then nothing of it is read
        gone = unread | set(found.hidden)
        shown |= {place: value for place, value in values.items() if place not in gone}
    return shown


def _is_unread(place: Place, written: set[str]) -> bool:
    """Whether a number stands nowhere: it only helps to reckon, or is of words, which are not given by area."""
    area, part = place
    return part[0] in UNREAD or (area != EVERYWHERE and (part[0] == "rather" or part[1] in written))


def _left_openly(one: Asked, values: Mapping[Place, int]) -> bool:
    """Whether it may be known who left a question: everybody is asked it, and nowhere did only a few answer."""
    answered = (value for (_, part), value in values.items() if part == ("said", one.question.key))
    return one.always and not any(0 < value < THRESHOLD for value in answered)


def together_of(tallies: Iterable[Mapping[Part, int]], asked: list[Asked]) -> list[list[Asked]]:
    """The questions in groups, so that none hangs on a question, or on a condition, of another group."""
    left = {part[1] for found in tallies for part in found if part[0] == "skipped"}
    groups: list[tuple[set[str], list[Asked]]] = []
    for asks in asked:
        one = replace(asks, required=asks.required and asks.question.key not in left)
        names = one.names()
        near = [group for group in groups if group[0] & names]
        groups = [group for group in groups if not group[0] & names]
        groups.append(
            (names.union(*(group[0] for group in near)), [*(each for group in near for each in group[1]), one])
        )
    return [members for _, members in groups]
