"""People's names: how they are folded, found again after a typing slip, and held against one another."""

from alongside.calc.names.blocking import birthday_keys, keys, plain_postcode, search_keys
from alongside.calc.names.comparing import LIKELY, POSSIBLE, Identity, Level, Likeness, likeness
from alongside.calc.names.folding import fold, words
from alongside.calc.names.searching import Hit, rank

__all__ = [
    "LIKELY",
    "POSSIBLE",
    "Hit",
    "Identity",
    "Level",
    "Likeness",
    "birthday_keys",
    "fold",
    "keys",
    "likeness",
    "plain_postcode",
    "rank",
    "search_keys",
    "words",
]
