"""Folding a personal name of any script to the plain words by which it is compared."""

import re
from functools import lru_cache
from unicodedata import category, combining, normalize

APOSTROPHES = dict.fromkeys(map(ord, "'’‘`´＇ʼʻʿʾ"))
# Letters that Unicode does not take apart, and letters that two keyboards write differently.
LETTERS = str.maketrans(
    {"ø": "o", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "æ": "ae", "œ": "oe", "ħ": "h", "ı": "i"}
    | {"ی": "ي", "ى": "ي", "ک": "ك", "ـ": ""}
)
TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "rev", "sir", "lady"})
_NOT_PLAIN = re.compile(r"[^a-z0-9]+")


def fold(name: str) -> str:
    """Return ``name`` in lower case without accents or apostrophes, its words parted by one space.

    Unicode compatibility decomposition and case folding (UAX #15, Unicode Standard §3.13); marks
    are then dropped by canonical combining class. Accents (200 and above) and Hebrew and Arabic
    points (10 to 35) go. Vowel signs, viramas and voicing marks stay: without them an Indic, Thai
    or Japanese name would be another name.

    >>> fold("Zoë O’Brien-Núñez")
    'zoe obrien nunez'
    >>> fold("प्रिया शर्मा"), fold("김민준"), fold("Łukasz")
    ('प्रिया शर्मा', '김민준', 'lukasz')
    """
    bare = name.translate(APOSTROPHES)
    if bare.isascii():
        return _NOT_PLAIN.sub(" ", bare.lower()).strip()
    spread = normalize("NFKD", normalize("NFKD", bare).casefold()).translate(LETTERS)
    return " ".join(normalize("NFC", "".join(map(_plain, spread))).split())


@lru_cache(maxsize=4096)
def _plain(character: str) -> str:
    mark = combining(character)
    if mark >= 200 or 10 <= mark <= 35 or category(character) == "Cf":
        return ""
    return character if character.isalnum() or category(character).startswith("M") else " "


@lru_cache(maxsize=8192)  # a page holds the same few names against many
def words(name: str) -> tuple[str, ...]:
    """Return the folded words of ``name``, first name first and without a title.

    >>> words("OKAFOR, Mrs Grace")
    ('grace', 'okafor')
    >>> words("Miss"), words("")
    (('miss',), ())
    """
    before, comma, after = name.partition(",")
    if comma and "," not in after:
        name = f"{after} {before}"
    every = tuple(fold(name).split())
    return tuple(word for word in every if word not in TITLES) or every
