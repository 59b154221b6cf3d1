"""A cohort's frozen rows, one a family: written once as compressed columns, and read back as numpy arrays.

:data:`NUMBERS` and :data:`WORDS` name every column and say what it holds; scores lie apart, :class:`Scores` by outcome.
Nothing in here names anybody: a row has a pseudonym that belongs to this cohort alone, and rows stand in its order.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2s, sha256
from io import BytesIO
from typing import Any
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from alongside.calc.outcomes.values import Floats
from alongside.insight.evaluation.rules import Windows
from alongside.insight.evaluation.series import Series
from alongside.insight.watching.counts import DEPRIVATION
from alongside.insight.watching.for_whom import KINDS, LABELS
from alongside.records.measures.models import Occasion

Codes = NDArray[np.int16]
OCCASIONS: tuple[str, ...] = tuple(Occasion.values)
AFTER = (Occasion.REVIEW, Occasion.END)
SUPPORT, COMPARISON = "support", "comparison"
LEVEL, CLUSTER = "level ", "cluster"
"""Rows of a trial have a column of words for each factor that chance kept level, and one for what was allocated whole.
Of a trial ``support`` is the first arm, ``comparison`` the second, and the day of chance is the start.
"""
EVERYBODY: dict[str, str] = {name: KINDS[name] for name in ("ethnicity", "disability", DEPRIVATION)}
"""The columns by which one sees whether a service is there for everybody alike, each with its title."""
UNSAID = frozenset(LABELS[name][said] for name in EVERYBODY for said in ("", "rather_not") if said in LABELS[name])
"""What stands where nobody asked, nobody would say, or nobody knows: no group of its own."""

NUMBERS: dict[str, str] = {
    "started_on": "The day the place began, counted from 1 January of the year 1.",
    "ended_on": "The day the place ended, counted so; missing while it goes on.",
    "days": "Days from the start of the place to its end, or to the day of freezing while it goes on.",
    "contacts": "How many times the family and a worker were in touch or met in that time.",
    "fidelity": "The share, 0 to 1, of what the programme is made of that was there, of what could be judged.",
    "carer_age": "The age in whole years of the carer whose answers count, at the start.",
    "children": "How many children in kinship care lived in the home at the start.",
    "youngest_age": "The age in whole years of the youngest of these children, at the start.",
    "left_home": "1 where one of these children no longer lived there before they were 18 and support ended, else 0.",
    "days_at_home": "Days from the start until the first of them left, or as many as were seen.",
    "child_protection_before": "How many of these children were on a child protection plan at the start.",
    "child_protection_after": "How many were on a child protection plan when support ended, or at freezing.",
    "child_in_need_before": "How many of these children were on a child in need plan at the start.",
    "child_in_need_after": "How many were on a child in need plan when support ended, or at freezing.",
    "looked_after_before": "How many of these children were looked after at the start.",
    "looked_after_after": "How many were looked after when support ended, or at freezing.",
}
WORDS: dict[str, str] = {
    "arm": "Whether the family is one that the question is about, or one set beside them.",
    "contract": "The contract under which the place was held.",
    "programme": "The programme that this contract buys.",
    "authority": "The authority in whose area the family lives.",
    "deprivation": "In which fifth of its nation's authorities that authority is; it says nothing of the one family.",
    "ethnicity": "The wide group of the 2021 census of the carer whose answers count, as the records stand.",
    "disability": "Whether that carer says that a disability or long condition makes their days harder.",
    "arrangement": "The arrangement of the children at the start; mixed where they differ.",
    "end_reason": "Why support ended, as the worker said; missing while it goes on.",
    "plan_before": "The weightiest plan that any of the children was on at the start.",
    "plan_after": "The weightiest plan that any of them was on when support ended, or at freezing.",
}


@dataclass(frozen=True, slots=True)
class Words:
    """A column of words: ``codes`` are places in ``labels``, -1 where it is missing."""

    codes: Codes
    labels: tuple[str, ...]

    @classmethod
    def of(cls, values: list[str]) -> "Words":
        """Make it of words, in which an empty one is missing."""
        labels = tuple(sorted({value for value in values if value}))
        place = {label: number for number, label in enumerate(labels)} | {"": -1}
        return cls(np.array([place[value] for value in values], dtype=np.int16), labels)

    def counts(self) -> dict[str, int]:
        """Count the rows of each label."""
        found = np.bincount(self.codes[self.codes >= 0], minlength=len(self.labels))
        return dict(zip(self.labels, found.tolist(), strict=True))

    def have(self, label: str) -> NDArray[np.bool_]:
        """Say which rows have a label."""
        return np.equal(self.codes, self.labels.index(label) if label in self.labels else -2)

    def texts(self) -> list[str]:
        """Give the words themselves, an empty one where it is missing."""
        return [*np.array([*self.labels, ""], dtype=object)[self.codes]]


@dataclass(frozen=True, slots=True)
class Scores:
    """All scores on one scale: of which row, on which day since its start, on which occasion, by which edition.

    They stand in order of row and day; ``occasion`` is a place in :data:`OCCASIONS`.
    """

    row: NDArray[np.int32]
    day: NDArray[np.int32]
    occasion: Codes
    edition: Codes
    value: Floats

    def last(self, rows: int, chosen: NDArray[np.bool_]) -> tuple[Floats, Codes]:
        """Give each row's last score among those chosen, NaN where it has none, and its edition."""
        value, edition = np.full(rows, np.nan), np.full(rows, -1, dtype=np.int16)
        at = self.row[chosen]
        final = np.flatnonzero(np.diff(at, append=-1))
        value[at[final]], edition[at[final]] = self.value[chosen][final], self.edition[chosen][final]
        return value, edition

    def on(self, *occasions: str) -> NDArray[np.bool_]:
        """Say which scores are of these occasions."""
        return np.isin(self.occasion, [OCCASIONS.index(occasion) for occasion in occasions])


@dataclass(frozen=True, slots=True)
class Rows:
    """A cohort, one row a family; ``windows`` say which scores are before and which after.

    ``series`` are monthly figures of the service, by key; they are of its areas, not of these families.
    """

    keys: tuple[str, ...]
    numbers: Mapping[str, Floats]
    words: Mapping[str, Words]
    scores: Mapping[str, Scores]
    windows: Windows
    series: Mapping[str, Series] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.keys)

    def before_and_after(self, outcome: str) -> tuple[Floats, Floats]:
        """Give every row's score before and after on an outcome; NaN is missing.

        Before is the last one at the start (rows hold none that is older than counts), after the last one at review or
        at the end in its window. Scores of two editions cannot be set beside each other, so the two count as missing.
        """
        found = self.scores.get(outcome)
        if found is None:
            return np.full(len(self), np.nan), np.full(len(self), np.nan)
        first, last = 7 * self.windows.after_from_weeks, 7 * self.windows.after_until_weeks
        early = found.day <= self.windows.before_days
        before, old = found.last(len(self), found.on(Occasion.START) & early)
        after, new = found.last(len(self), found.on(*AFTER) & (found.day >= first) & (found.day <= last))
        clash = (old >= 0) & (new >= 0) & (old != new)
        before[clash] = after[clash] = np.nan
        return before, after

    def at(self, outcome: str, occasion: str) -> Floats:
        """Give every row's last score on one occasion, whatever the windows; NaN is missing."""
        found = self.scores.get(outcome)
        if found is None:
            return np.full(len(self), np.nan)
        return found.last(len(self), found.on(occasion))[0]

    def only(self, chosen: NDArray[np.bool_]) -> "Rows":
        """Give some of the rows."""
        place = np.cumsum(chosen, dtype=np.int32) - 1
        scores = {}
        for name, one in self.scores.items():
            kept = chosen[one.row]
            parts = (one.day[kept], one.occasion[kept], one.edition[kept], one.value[kept])
            scores[name] = Scores(place[one.row[kept]].astype(np.int32), *parts)
        return Rows(
            tuple(key for key, kept in zip(self.keys, chosen.tolist(), strict=True) if kept),
            {name: column[chosen] for name, column in self.numbers.items()},
            {name: Words(column.codes[chosen], column.labels) for name, column in self.words.items()},
            scores,
            self.windows,
            self.series,
        )


def pseudonym(family: UUID, cohort: UUID) -> str:
    """Give the key that stands for a family in one cohort, and in no other."""
    return blake2s(family.bytes, key=cohort.bytes, digest_size=10).hexdigest()


SCORE_PARTS = ("row", "day", "occasion", "edition", "value")


def pack(rows: Rows) -> tuple[bytes, str]:
    """Give rows as compressed bytes, and their fingerprint."""
    file = BytesIO()
    np.savez_compressed(file, **_arrays(rows))
    return file.getvalue(), fingerprint(rows)


def fingerprint(rows: Rows) -> str:
    """Give a digest of what rows hold, however it is compressed."""
    return _digest(_arrays(rows))


def _digest(arrays: Mapping[str, Any]) -> str:
    digest = sha256()
    for name in sorted(arrays):
        array = np.ascontiguousarray(arrays[name])
        digest.update(f"{name} {array.dtype.str} {array.shape}\n".encode())
        digest.update(array.tobytes())
    return digest.hexdigest()


def _arrays(rows: Rows) -> dict[str, Any]:
    windows = rows.windows
    held: dict[str, Any] = {
        "keys": np.array(rows.keys, dtype="S20"),
        "windows": np.array([windows.before_days, windows.after_from_weeks, windows.after_until_weeks]),
    }
    for name, column in rows.numbers.items():
        held[f"number {name}"] = column
    for name, words in rows.words.items():
        held[f"codes {name}"] = words.codes
        held[f"labels {name}"] = np.array(words.labels, dtype=str)
    for name, scores in rows.scores.items():
        held |= {f"{part} {name}": getattr(scores, part) for part in SCORE_PARTS}
    for name, series in rows.series.items():
        held |= {f"months {name}": np.array([series.first]), f"of {name}": series.of, f"held {name}": series.held}
    return held


@lru_cache(maxsize=1)  # a report makes several runs of the same rows, and reading them takes longer than most
def read(content: bytes, told: str) -> Rows:
    """Read back rows that nobody may change; raises ``ValueError`` where their fingerprint is not the one told."""
    held = _held(content)
    if _digest(held) != told:
        raise ValueError("these rows are not the ones that were frozen")
    for array in held.values():
        array.flags.writeable = False
    return _rows(held)


def unpack(content: bytes) -> Rows:
    """Read back what :func:`pack` gave."""
    return _rows(_held(content))


def _held(content: bytes) -> dict[str, Any]:
    with np.load(BytesIO(content), allow_pickle=False) as file:
        return {name: file[name] for name in file.files}


def _rows(held: Mapping[str, Any]) -> Rows:
    of: dict[str, list[str]] = {}
    for name in held:
        kind, _, rest = name.partition(" ")
        of.setdefault(kind, []).append(rest)
    return Rows(
        tuple(key.decode() for key in held["keys"].tolist()),
        {name: held[f"number {name}"] for name in of.get("number", [])},
        {name: Words(held[f"codes {name}"], tuple(held[f"labels {name}"].tolist())) for name in of.get("codes", [])},
        {name: Scores(*(held[f"{part} {name}"] for part in SCORE_PARTS)) for name in of.get("value", [])},
        Windows(*held["windows"].tolist()),
        {
            name: Series(int(held[f"months {name}"][0]), held[f"of {name}"], held[f"held {name}"])
            for name in of.get("months", [])
        },
    )
