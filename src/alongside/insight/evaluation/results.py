"""What a run gives: estimates that a plot can draw and tables of text, all of it safe to show, as JSON keeps it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

TOO_FEW = "Too few families to say anything without giving someone away."


@dataclass(frozen=True, slots=True)
class Effect:
    """One estimate with its interval. Figures are ``None`` where they are withheld or cannot be known, for ``reason``.

    ``n`` is text, as it may be withheld by itself; ``better`` says where the estimate points: better, worse, unsure.
    ``way`` is 1 where more is better, -1 where less is, 0 where neither. ``none`` is no effect: 0, or 1 for a ratio.
    ``adjusted`` is p held against all tests of its family.
    """

    key: str
    title: str
    n: str
    measure: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    p: float | None = None
    way: int = 0
    better: str = ""
    reason: str = ""
    adjusted: float | None = None
    none: float = 0.0


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of text under headings; the first cell of a row says what it is of."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Table":
        """Read back what JSON kept of it."""
        return cls(data["caption"], tuple(data["columns"]), tuple(tuple(row) for row in data["rows"]))


@dataclass(frozen=True, slots=True)
class Lasting:
    """For which share something still goes on at each of some times, 0 to 1, as it may be shown."""

    title: str
    axis: str
    times: tuple[float, ...]
    shares: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Course:
    """A monthly figure: what was counted where it may be shown, the lines through it, and the earlier line going on.

    ``first`` is the place of the first month of the service.
    """

    title: str
    unit: str
    months: tuple[str, ...]
    shown: tuple[float | None, ...]
    line: tuple[float, ...]
    expected: tuple[float, ...]
    first: int


@dataclass(frozen=True, slots=True)
class Result:
    """A run's result: how it was made, how far the design carries, what it says and what it cannot say."""

    method: str
    level: int
    design: str
    effects: tuple[Effect, ...] = ()
    tables: tuple[Table, ...] = ()
    words: tuple[str, ...] = ()
    limits: tuple[str, ...] = ()
    lasting: Lasting | None = None
    course: Course | None = None

    def to_json(self) -> dict[str, Any]:
        """Give it as JSON can hold it."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Result":
        """Read back what :meth:`to_json` gave."""
        return cls(
            data["method"],
            data["level"],
            data["design"],
            tuple(Effect(**effect) for effect in data["effects"]),
            tuple(map(Table.from_json, data["tables"])),
            tuple(data["words"]),
            tuple(data["limits"]),
            _lasting(data["lasting"]) if data["lasting"] else None,
            _course(data["course"]) if data.get("course") else None,
        )

    def adjusted(self, values: Mapping[str, float | None]) -> "Result":
        """Give it with p values held against their family, by the key of the effect."""
        return replace(self, effects=tuple(replace(effect, adjusted=values.get(effect.key)) for effect in self.effects))


def _lasting(data: Mapping[str, Any]) -> Lasting:
    return Lasting(data["title"], data["axis"], tuple(data["times"]), tuple(data["shares"]))


def _course(data: Mapping[str, Any]) -> Course:
    lists = {name: tuple(data[name]) for name in ("months", "shown", "line", "expected")}
    return Course(data["title"], data["unit"], first=data["first"], **lists)
