"""Short keys that a person is filed under, so that a slip of the keyboard still finds them."""

from datetime import date
from functools import lru_cache

from alongside.calc.names.folding import words

HALF = 3


def keys(name: str, birth_date: date | None, postcode: str, *, precision: str = "exact") -> frozenset[str]:
    """Return the keys under which one person is filed.

    Each word of the name gives its first three letters (``p:``) and its last three (``s:``). By the
    pigeonhole principle one slip (a letter wrong, missing or too many) spoils at most one of the
    two, unless the word is so short that they share letters; such a word is also filed with each
    shared letter left out (``o:``). A date of birth gives ``d:``, and again with day and month
    changed over; a date not known to the day gives none. A birthday that many share is also filed
    together with the first letters of each word (``b:``). A postcode gives ``c:``.

    >>> sorted(keys("Okafor", date(1968, 3, 12), "hd1 2ab"))
    ['b:1968-03-12oka', 'b:1968-12-03oka', 'c:HD12AB', 'd:1968-03-12', 'd:1968-12-03', 'p:oka', 's:for']
    >>> sorted(keys("Grace", None, ""))
    ['o:grce', 'p:gra', 's:ace']
    """
    found = {key for word in words(name) for key in _word_keys(word)}
    if birth_date and precision == "exact":
        for day in {birth_date, swapped(birth_date)}:
            found |= {f"d:{day.isoformat()}", *birthday_keys(name, day)}
    if code := plain_postcode(postcode):
        found.add(f"c:{code}")
    return frozenset(found)


def birthday_keys(name: str, born: date) -> frozenset[str]:
    """Return the keys of a birthday with the first letters of each word of the name; see :func:`keys`.

    >>> sorted(birthday_keys("Grace Okafor", date(1968, 3, 12)))
    ['b:1968-03-12gra', 'b:1968-03-12oka']
    """
    return frozenset(f"b:{born.isoformat()}{word[:HALF]}" for word in words(name))


def search_keys(query: str) -> tuple[frozenset[str], ...]:
    """Return, for each word typed, the keys of which a person sought has at least one.

    A word may be the beginning of a name (three letters or more), may hold one slip, or may have
    two neighbouring letters changed over.

    >>> [sorted(alternatives) for alternatives in search_keys("oka")]
    [['o:ka', 'o:oa', 'o:ok', 'o:oka', 'p:oka', 's:oka']]
    >>> filed = keys("Grace Okafor", None, "")
    >>> [bool(alternatives & filed) for alternatives in search_keys("grcae okfaor")]
    [True, True]
    """
    return tuple(
        frozenset(key for spelling in _changed_over(word) for key in _word_keys(spelling)) for word in words(query)
    )


def _changed_over(word: str) -> set[str]:
    """The word, and the word with each pair of neighbours that both halves may need put back."""
    if len(word) <= HALF or len(word) > 2 * HALF:
        return {word}
    return {word} | {word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in range(len(word) - 1)}


@lru_cache(maxsize=65536)
def _word_keys(word: str) -> frozenset[str]:
    length = len(word)
    shared = range(max(0, length - HALF), min(HALF, length))
    found = {f"o:{word[:i]}{word[i + 1 :]}" for i in shared if length > 1}
    if length <= HALF + 1:
        found.add(f"o:{word}")
    if length >= HALF:
        found |= {f"p:{word[:HALF]}", f"s:{word[-HALF:]}"}
    return frozenset(found)


def swapped(day: date) -> date:
    """Return ``day`` with day and month changed over, or itself where there is no such date.

    >>> swapped(date(2015, 4, 9)), swapped(date(2015, 4, 30))
    (datetime.date(2015, 9, 4), datetime.date(2015, 4, 30))
    """
    return day.replace(month=day.day, day=day.month) if day.day <= 12 else day


def plain_postcode(postcode: str) -> str:
    """Return a postcode in capitals without spaces.

    >>> plain_postcode(" hd1 2ab ")
    'HD12AB'
    """
    return "".join(character for character in postcode.upper() if character.isalnum())
