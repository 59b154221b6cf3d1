"""One table of a data file, which remembers what has been read and names the key that is wrong."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from enum import StrEnum
from typing import Any, TypeVar

KEY = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
LONGEST = 2000
MOST_TABLES = 500
LARGEST = 1e12
T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)


class WrongKey(ValueError):
    """A data file that cannot be read as what it should be; ``key`` says where, ``problem`` what is wrong there."""

    def __init__(self, key: str, problem: str) -> None:
        super().__init__(f"{key}: {problem}")
        self.key = key
        self.problem = problem


class Table:
    """One table, at some place of the file."""

    def __init__(self, data: Mapping[str, Any], where: str) -> None:
        self.data, self.where, self.read = data, where, set[str]()

    def at(self, key: str) -> str:
        """Where a key of this table stands in the file."""
        return f"{self.where}.{key}" if self.where else key

    def has(self, key: str) -> bool:
        """Whether the key is there."""
        return key in self.data

    def take(self, key: str, kind: type[T]) -> T:
        """Give what stands at a key, of one kind."""
        self.read.add(key)
        self._must_have(key)
        value = self.data[key]
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            raise WrongKey(self.at(key), f"must be {_KINDS[kind]}, not {_short(value)}")
        return value

    def _must_have(self, key: str) -> None:
        """Refuse a table without the key; one that is spelt nearly so is most likely meant for it."""
        if key in self.data:
            return
        near = get_close_matches(key, [each for each in self.data if each not in self.read], 1, 0.75)
        if near:
            raise WrongKey(self.at(near[0]), f"is not a key that is known here: is “{key}” meant?")
        raise WrongKey(self.at(key), "is missing")

    def text(self, key: str) -> str:
        """Give words that are not empty."""
        value = self.take(key, str).strip()
        if not value:
            raise WrongKey(self.at(key), "must not be empty")
        if len(value) > LONGEST:
            raise WrongKey(self.at(key), f"must be at most {LONGEST} letters")
        return value

    def key(self, key: str) -> str:
        """Give a name for the program: small letters, figures, hyphens and underscores."""
        value = self.text(key)
        if not KEY.fullmatch(value):
            raise WrongKey(
                self.at(key), "must be at most 40 small letters, figures, hyphens or underscores, without spaces"
            )
        return value

    def number(self, key: str) -> float:
        """Give a number that is finite."""
        self.read.add(key)
        self._must_have(key)
        return finite(self.data[key], self.at(key))

    def number_if_any(self, key: str) -> float | None:
        """Give a number where there is one."""
        return self.number(key) if self.has(key) else None

    def one_of(self, key: str, kind: type[E]) -> E:
        """Give one of a few words."""
        value = self.text(key)
        if value not in set(kind):
            raise WrongKey(self.at(key), f"must be one of {', '.join(kind)}, not {_short(value)}")
        return kind(value)

    def table(self, key: str) -> "Table":
        """Give the one table at a key."""
        return Table(self.take(key, dict), self.at(key))

    def tables(self, key: str) -> list["Table"]:
        """Give the tables at a key, one or more."""
        rows = self.take(key, list)
        if not rows or not all(isinstance(row, Mapping) for row in rows):
            raise WrongKey(self.at(key), "must be one table or more")
        if len(rows) > MOST_TABLES:
            raise WrongKey(self.at(key), f"must be at most {MOST_TABLES} tables")
        return [Table(row, f"{self.at(key)}[{number}]") for number, row in enumerate(rows, 1)]

    def tables_if_any(self, key: str) -> list["Table"]:
        """Give the tables at a key, where it is there."""
        return self.tables(key) if self.has(key) else []

    def refuse_the_rest(self) -> None:
        """Refuse a key that nobody read: it is misspelt, or stands where it means nothing."""
        for key in self.data:
            if key not in self.read:
                raise WrongKey(self.at(key), "is not a key that is known here")


def finite(value: object, where: str) -> float:
    """Give a value as a number, or refuse it by its place."""
    if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= LARGEST:
        return float(value)
    raise WrongKey(where, f"must be a number, not {_short(value)}")


def refuse_twice(keys: Sequence[str], where: str) -> None:
    """Refuse a name that is given to two things."""
    seen: set[str] = set()
    for key in keys:
        if key in seen:
            raise WrongKey(where, f"has {key!r} twice")
        seen.add(key)


def _short(value: object) -> str:
    said = repr(value)
    return said if len(said) <= 60 else f"{said[:59]}…"


_KINDS: dict[type, str] = {
    str: "text",
    int: "a whole number",
    bool: "true or false",
    list: "a list",
    dict: "a table",
    date: "a date",
}
