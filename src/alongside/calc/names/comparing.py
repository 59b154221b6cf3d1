"""How likely it is that two records speak of one person, with the reasons in plain words."""

from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum
from itertools import permutations

from rapidfuzz.distance import OSA

from alongside.calc.names.blocking import plain_postcode, swapped
from alongside.calc.names.folding import words

LIKELY = 0.85
POSSIBLE = 0.6
NAME_DECIDES_BELOW = 0.3
WORDS_COMPARED = 5


class Level(StrEnum):
    """How a likeness is spoken of."""

    LIKELY = "likely"
    POSSIBLE = "possible"
    UNLIKELY = "unlikely"


@dataclass(frozen=True, slots=True)
class Identity:
    """What one record says about who somebody is; anything may be unknown.

    ``birth_precision`` is ``exact``, ``month``, ``year``, ``about`` or ``unknown``.
    """

    name: str
    birth_date: date | None = None
    postcode: str = ""
    birth_precision: str = "exact"


@dataclass(frozen=True, slots=True)
class Likeness:
    """A score from 0 (another person) to 1 (name, birth and postcode agree), and why."""

    score: float
    reasons: tuple[str, ...]

    @property
    def level(self) -> Level:
        """The score in one word."""
        if self.score >= LIKELY:
            return Level.LIKELY
        return Level.POSSIBLE if self.score >= POSSIBLE else Level.UNLIKELY


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one fact adds to a score, and how that is said; nothing is said of a fact not known."""

    weight: float
    reason: str = ""


class Match(IntEnum):
    """How well two words agree; faint is an initial, or a near spelling with another first letter."""

    NONE = 0
    FAINT = 1
    NEAR = 2
    SAME = 3


def likeness(a: Identity, b: Identity) -> Likeness:
    """Return how like two identities are: score = name + birth + postcode, held within 0 and 1.

    Evidence is added up as in probabilistic record linkage (Fellegi and Sunter 1969), with weights
    chosen so that a name alone is at most possible, and name and exact date of birth are likely
    unless the addresses differ. A birthday and an address never make one person of two with
    different first names: they may be twins.

    >>> likeness(Identity("Grace Okafor", date(1968, 3, 12)), Identity("Okafor Grase", date(1968, 12, 3)))
    Likeness(score=0.78, reasons=('name spelled almost the same', 'day and month of birth changed over'))
    >>> born = date(2015, 4, 9)
    >>> likeness(Identity("Ada Okafor", born, "HD1 2AB"), Identity("Obi Okafor", born, "HD1 2AB")).level
    <Level.UNLIKELY: 'unlikely'>
    """
    name = _names(words(a.name), words(b.name))
    others = (_births(a, b), _postcodes(a.postcode, b.postcode))
    added = 0.0 if name.weight < NAME_DECIDES_BELOW else sum(other.weight for other in others)
    reasons = tuple(evidence.reason for evidence in (name, *others) if evidence.reason)
    return Likeness(round(min(1.0, max(0.0, name.weight + added)), 2), reasons)


def _names(a: tuple[str, ...], b: tuple[str, ...]) -> Evidence:
    if not a or not b:
        return Evidence(NAME_DECIDES_BELOW, "name not known")
    if a == b:
        return Evidence(0.65, "same name")
    if sorted(a) == sorted(b):
        return Evidence(0.65, "same name in another order")
    if "".join(a) == "".join(b):
        return Evidence(0.64, "same name, written together or apart")
    short, long = sorted((a[:WORDS_COMPARED], b[:WORDS_COMPARED]), key=lambda name: (len(name), name))
    pairs = _best_pairs(short, long)
    if min(pairs) is Match.NONE:
        return _partly_shared(short, long)
    if min(pairs) is Match.FAINT:
        return Evidence(0.48, "names alike but for an initial or a first letter")
    if len(short) == len(long):
        return Evidence(0.58, "name spelled almost the same")
    if len(short) == 1:
        return Evidence(0.42, "the one name given is part of the other")
    return Evidence(0.55, "same name, with a further name in one")


def _partly_shared(a: tuple[str, ...], b: tuple[str, ...]) -> Evidence:
    """Evidence of names in which at least one word disagrees."""
    if _match(a[0], b[0]) >= Match.NEAR:
        return Evidence(0.4, "same first name, different surname")
    if any(_match(one, other) >= Match.NEAR for one in a for other in b):
        return Evidence(0.2, "different first name: may be of one family")
    return Evidence(0.0, "different name")


def _best_pairs(short: tuple[str, ...], long: tuple[str, ...]) -> tuple[Match, ...]:
    """The best way to give each word of the shorter name its own word of the longer."""
    table = [[_match(one, other) for other in long] for one in short]
    arrangements = permutations(range(len(long)), len(short))
    ways = (tuple(row[i] for row, i in zip(table, order, strict=True)) for order in arrangements)
    return max(ways, key=lambda way: (min(way), sum(way)))


def _match(a: str, b: str) -> Match:
    if a == b:
        return Match.SAME
    if a[0] == b[0] and 1 in (len(a), len(b)):
        return Match.FAINT
    if OSA.distance(a, b) > slips_allowed(max(len(a), len(b))):
        return Match.NONE
    return Match.NEAR if a[0] == b[0] else Match.FAINT


def slips_allowed(length: int) -> int:
    """Return how many slips a word of ``length`` letters may hold and still be the same word.

    >>> [slips_allowed(length) for length in (2, 3, 6, 7, 10)]
    [0, 1, 1, 2, 3]
    """
    return 0 if length < 3 else max(1, 3 * length // 10)


def _births(a: Identity, b: Identity) -> Evidence:
    one, other = a.birth_date, b.birth_date
    precisions = {a.birth_precision, b.birth_precision}
    if one is None or other is None or "unknown" in precisions:
        return Evidence(0.0)
    if precisions == {"exact"}:
        return _exact_births(one, other)
    if "about" in precisions:
        agree = abs(one.year - other.year) <= 2
    elif "year" in precisions:
        agree = one.year == other.year
    else:
        agree = (one.year, one.month) == (other.year, other.month)
    return Evidence(0.1, "births that fit together") if agree else Evidence(-0.2, "births that do not fit")


def _exact_births(one: date, other: date) -> Evidence:
    if one == other:
        return Evidence(0.25, "same date of birth")
    if one == swapped(other):
        return Evidence(0.2, "day and month of birth changed over")
    same = (one.year == other.year) + (one.month == other.month) + (one.day == other.day)
    if same == 2:
        return Evidence(0.1, "dates of birth that differ in one part")
    return Evidence(-0.35, "different dates of birth")


def _postcodes(a: str, b: str) -> Evidence:
    one, other = plain_postcode(a), plain_postcode(b)
    if not one or not other:
        return Evidence(0.0)
    return Evidence(0.1, "same postcode") if one == other else Evidence(-0.1, "different postcode")
