"""A questionnaire as its data file states it, read with an error that names the key at fault."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

T = TypeVar("T")


class InstrumentError(ValueError):
    """A data file that cannot be read as an instrument; ``key`` says where."""

    def __init__(self, key: str, problem: str) -> None:
        super().__init__(f"{key}: {problem}")
        self.key = key


class Direction(StrEnum):
    """Which way a score has to move for life to have become better."""

    HIGHER_IS_BETTER = "higher_is_better"
    LOWER_IS_BETTER = "lower_is_better"


class Method(StrEnum):
    """How the answers to a scale's items become one number."""

    SUM = "sum"
    MEAN = "mean"
    ITEM = "item"


@dataclass(frozen=True, slots=True)
class Option:
    """One answer that may be chosen; the words are empty between the ends of a 0 to 10 scale."""

    value: int
    words: str


@dataclass(frozen=True, slots=True)
class Item:
    """One question, and why it is asked."""

    key: str
    question: str
    why: str
    options: tuple[Option, ...]

    @property
    def minimum(self) -> int:
        """The lowest value that can be answered."""
        return self.options[0].value

    @property
    def maximum(self) -> int:
        """The highest value that can be answered."""
        return self.options[-1].value


@dataclass(frozen=True, slots=True)
class Scale:
    """One score: the items it is made of, how, which way is better, and its range."""

    key: str
    title: str
    items: tuple[str, ...]
    method: Method
    direction: Direction
    missing_allowed: int
    minimum: int
    maximum: int
    bands: tuple[Option, ...] = ()

    def band(self, value: float) -> str:
        """Return the words for where a score lies; nothing where the source has none."""
        return next((band.words for band in reversed(self.bands) if band.value <= value), "")

    @property
    def higher_is_better(self) -> bool:
        """Whether a rise is an improvement."""
        return self.direction is Direction.HIGHER_IS_BETTER


@dataclass(frozen=True, slots=True)
class Alarm:
    """An answer after which somebody must be told at once: to one item, of a value or more, and why in words."""

    item: str
    at_least: int
    words: str


@dataclass(frozen=True, slots=True)
class Instrument:
    """One edition of a questionnaire, with the ground on which it may be used."""

    key: str
    title: str
    edition: str
    about: str
    who_answers: str
    licence: str
    source: str
    checked: date
    items: tuple[Item, ...]
    scales: tuple[Scale, ...]
    alarms: tuple[Alarm, ...] = ()

    def item(self, key: str) -> Item:
        """Return the item of that key; ``KeyError`` if there is none."""
        return {item.key: item for item in self.items}[key]

    def scale(self, key: str) -> Scale:
        """Return the scale of that key; ``KeyError`` if there is none."""
        return {scale.key: scale for scale in self.scales}[key]


def parse_instrument(data: Mapping[str, Any]) -> Instrument:
    """Return the instrument that a parsed data file states, or raise :class:`InstrumentError`.

    >>> parse_instrument({"key": "x", "title": ""})
    Traceback (most recent call last):
    alongside.calc.instruments.InstrumentError: title: must not be empty
    """
    top = _Table(data, "")
    words = {name: top.text(name) for name in ("key", "title", "edition", "about", "who_answers", "licence", "source")}
    checked = top.take("checked", date)
    items = tuple(_item(table) for table in top.tables("items"))
    _refuse_twice([item.key for item in items], "items")
    scales = tuple(_scale(table, {item.key: item for item in items}) for table in top.tables("scales"))
    _refuse_twice([scale.key for scale in scales], "scales")
    alarms = tuple(_alarm(table, {item.key: item for item in items}) for table in top.tables_if_any("alarms"))
    top.refuse_the_rest()
    return Instrument(**words, checked=checked, items=items, scales=scales, alarms=alarms)


class _Table:
    """One table of a data file, which remembers what has been read from it."""

    def __init__(self, data: Mapping[str, Any], where: str) -> None:
        self.data, self.where, self.read = data, where, set[str]()

    def at(self, key: str) -> str:
        return f"{self.where}.{key}" if self.where else key

    def has(self, key: str) -> bool:
        return key in self.data

    def take(self, key: str, kind: type[T]) -> T:
        self.read.add(key)
        if key not in self.data:
            raise InstrumentError(self.at(key), "is missing")
        value = self.data[key]
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is int):
            raise InstrumentError(self.at(key), f"must be {_KINDS[kind]}, not {value!r}")
        return value

    def text(self, key: str) -> str:
        value = self.take(key, str).strip()
        if not value:
            raise InstrumentError(self.at(key), "must not be empty")
        return value

    def tables(self, key: str) -> list["_Table"]:
        rows = self.take(key, list)
        if not rows or not all(isinstance(row, Mapping) for row in rows):
            raise InstrumentError(self.at(key), "must be one table or more")
        return [_Table(row, f"{self.at(key)}[{number}]") for number, row in enumerate(rows, 1)]

    def tables_if_any(self, key: str) -> list["_Table"]:
        return self.tables(key) if self.has(key) else []

    def refuse_the_rest(self) -> None:
        for key in self.data:
            if key not in self.read:
                raise InstrumentError(self.at(key), "is not a key that an instrument has")


_KINDS: dict[type, str] = {str: "text", int: "a whole number", list: "a list", date: "a date"}


def _item(table: _Table) -> Item:
    item = Item(table.text("key"), table.text("question"), table.text("why"), _options(table))
    table.refuse_the_rest()
    return item


def _options(table: _Table) -> tuple[Option, ...]:
    """Either ``options``, each a value in words, or a ``range`` with words for its two ends."""
    if table.has("options"):
        rows = table.tables("options")
        options = tuple(Option(row.take("value", int), row.text("words")) for row in rows)
        for row in rows:
            row.refuse_the_rest()
        values = [option.value for option in options]
        if len(values) < 2 or values != sorted(set(values)):
            raise InstrumentError(table.at("options"), "must be two values or more, the lowest first")
        return options
    ends = table.take("range", list)
    if len(ends) != 2 or not all(type(end) is int for end in ends) or ends[0] >= ends[1]:
        raise InstrumentError(table.at("range"), f"must be two whole numbers, the lower first, not {ends!r}")
    words = {ends[0]: table.text("low"), ends[1]: table.text("high")}
    return tuple(Option(value, words.get(value, "")) for value in range(ends[0], ends[1] + 1))


def _scale(table: _Table, items: Mapping[str, Item]) -> Scale:
    key, title = table.text("key"), table.text("title")
    parts = _parts(table, items)
    method = _one_of(table, "method", Method)
    direction = _one_of(table, "direction", Direction)
    allowed = table.take("missing_allowed", int)
    bands = _bands(table)
    table.refuse_the_rest()
    if method is Method.ITEM and len(parts) != 1:
        raise InstrumentError(table.at("items"), "must be one item where the method is item")
    if not 0 <= allowed < len(parts):
        raise InstrumentError(table.at("missing_allowed"), f"must be from 0 to {len(parts) - 1}")
    ranges = {(part.minimum, part.maximum) for part in parts}
    if len(ranges) > 1 and (allowed or method is Method.MEAN):
        raise InstrumentError(table.at("items"), "must share one range to be averaged or prorated")
    if method is Method.SUM:
        low, high = sum(part.minimum for part in parts), sum(part.maximum for part in parts)
    else:
        low, high = parts[0].minimum, parts[0].maximum
    return Scale(key, title, tuple(part.key for part in parts), method, direction, allowed, low, high, bands)


def _bands(table: _Table) -> tuple[Option, ...]:
    """Where each band of a score begins, the lowest first, and its name."""
    rows = table.tables_if_any("bands")
    bands = tuple(Option(row.take("from", int), row.text("words")) for row in rows)
    for row in rows:
        row.refuse_the_rest()
    starts = [band.value for band in bands]
    if starts != sorted(set(starts)):
        raise InstrumentError(table.at("bands"), "must begin one after another, the lowest first")
    return bands


def _alarm(table: _Table, items: Mapping[str, Item]) -> Alarm:
    alarm = Alarm(table.text("item"), table.take("at_least", int), table.text("words"))
    table.refuse_the_rest()
    if alarm.item not in items:
        raise InstrumentError(table.at("item"), f"names {alarm.item!r}, which is not an item")
    if not items[alarm.item].minimum <= alarm.at_least <= items[alarm.item].maximum:
        raise InstrumentError(table.at("at_least"), "must be a value that can be answered")
    return alarm


def _parts(table: _Table, items: Mapping[str, Item]) -> list[Item]:
    keys = table.take("items", list)
    for key in keys:
        if not isinstance(key, str) or key not in items:
            raise InstrumentError(table.at("items"), f"names {key!r}, which is not an item")
    if not keys:
        raise InstrumentError(table.at("items"), "must name one item or more")
    _refuse_twice(keys, table.at("items"))
    return [items[key] for key in keys]


E = TypeVar("E", bound=StrEnum)


def _one_of(table: _Table, key: str, kind: type[E]) -> E:
    value = table.text(key)
    if value not in set(kind):
        raise InstrumentError(table.at(key), f"must be one of {', '.join(kind)}, not {value!r}")
    return kind(value)


def _refuse_twice(keys: Sequence[str], where: str) -> None:
    for key in keys:
        if keys.count(key) > 1:
            raise InstrumentError(where, f"has {key!r} twice")
