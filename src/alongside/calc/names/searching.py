"""Putting the people whom a search has found in order, the best first."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import Generic, TypeVar

from rapidfuzz.distance import OSA

from alongside.calc.names.comparing import slips_allowed
from alongside.calc.names.folding import words

K = TypeVar("K")

WHOLE, BEGINNING, SLIP = 1.0, 0.9, 0.7


@dataclass(frozen=True, slots=True)
class Hit(Generic[K]):
    """One person found: whatever the caller knows them by, their name, and a score from 0 to 1."""

    key: K
    name: str
    score: float


def rank(query: str, candidates: Iterable[tuple[K, str]], *, limit: int = 25) -> list[Hit[K]]:
    """Return the candidates in whose name every word of ``query`` is found, the best first.

    A word counts 1 where it is a whole word of the name, 0.9 where one begins with it, and 0.7
    less 0.1 a slip after the first where it is misspelled; the score is the mean. Slips are
    counted by the restricted Damerau-Levenshtein distance.

    >>> people = [(1, "Grace Okafor"), (2, "Graham Okoro"), (3, "Grace Mbeki")]
    >>> [(hit.key, hit.score) for hit in rank("gra oka", people)]
    [(1, 0.9)]
    >>> [hit.name for hit in rank("okafro grace", people)]
    ['Grace Okafor']
    """
    sought = words(query)
    scored = ((_score(sought, words(name)), key, name) for key, name in candidates)
    hits = [Hit(key, name, round(score, 3)) for score, key, name in scored if score]
    return sorted(hits, key=lambda hit: (-hit.score, len(hit.name), hit.name))[:limit]


def _score(sought: tuple[str, ...], name: tuple[str, ...]) -> float:
    """The mean over the words sought, each taking a word of the name for itself; 0 if one is missing."""
    left = list(name)
    total = 0.0
    for word in sorted(sought, key=len, reverse=True):
        best = max(left, key=partial(_word_score, word), default="")
        score = _word_score(word, best)
        if not score:
            return 0.0
        left.remove(best)
        total += score
    return total / len(sought) if sought else 0.0


def _word_score(sought: str, word: str) -> float:
    if sought == word:
        return WHOLE
    if word.startswith(sought):
        return BEGINNING
    allowed = slips_allowed(len(sought))
    ends = {word, word[: len(sought)]} if len(sought) > 3 else {word}
    slips = min(OSA.distance(sought, end, score_cutoff=allowed) for end in ends)
    return SLIP - 0.1 * (slips - 1) if slips <= allowed else 0.0
