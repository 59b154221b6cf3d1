"""Reading a questionnaire from its data file, with an error that names the key at fault."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from alongside.calc.data_table import Table, WrongKey, refuse_twice
from alongside.calc.instrument_scale import read_scale
from alongside.calc.instruments import Alarm, Enter, Instrument, Item, MayLoad, Option, Subject

__all__ = ["WrongKey", "parse_instrument"]

MOST_ITEMS = 200
WIDEST = 100  # no question has more answers
WORDS = ("title", "edition", "about", "who_answers", "licence", "source")
EDITION_LENGTH = 80


def parse_instrument(data: Mapping[str, Any]) -> Instrument:
    """Return the instrument that a parsed data file states, or raise :class:`WrongKey`.

    >>> parse_instrument({"key": "x", "title": ""})
    Traceback (most recent call last):
    alongside.calc.data_table.WrongKey: title: must not be empty
    """
    top = Table(data, "")
    key, words = top.key("key"), {name: top.text(name) for name in WORDS}
    if len(words["edition"]) > EDITION_LENGTH:
        raise WrongKey("edition", f"must be at most {EDITION_LENGTH} letters")
    enter = top.one_of("enter", Enter)
    items = _items(top) if enter is Enter.ANSWERS else {}
    found = Instrument(
        key=key,
        **words,
        subject=top.one_of("subject", Subject),
        enter=enter,
        needs_licence=top.take("needs_licence", bool),
        may_load=top.one_of("may_load", MayLoad) if top.has("may_load") else MayLoad.NONE,
        checked=top.take("checked", date),
        items=tuple(items.values()),
        scales=tuple(read_scale(table, enter, items) for table in _scales(top, enter)),
        alarms=tuple(_alarm(table, items) for table in top.tables_if_any("alarms")),
    )
    top.refuse_the_rest()
    refuse_twice([scale.key for scale in found.scales], "scales")
    _refuse_wrong_sums(found)
    return found


def _scales(top: Table, enter: Enter) -> list[Table]:
    """Only one that is entered as scores may be known by name alone."""
    return top.tables_if_any("scales") if enter is Enter.SCORES else top.tables("scales")


def _refuse_wrong_sums(found: Instrument) -> None:
    keys = {scale.key for scale in found.scales}
    for place, scale in enumerate(found.scales, 1):
        for part in scale.adds_up:
            if part not in keys or part == scale.key:
                raise WrongKey(f"scales[{place}].adds_up", f"names {part!r}, which is not another scale")


def _items(top: Table) -> dict[str, Item]:
    tables = top.tables("items")
    if len(tables) > MOST_ITEMS:
        raise WrongKey("items", f"must be at most {MOST_ITEMS}, not {len(tables)}")
    items = [_item(table) for table in tables]
    refuse_twice([item.key for item in items], "items")
    return {item.key: item for item in items}


def _item(table: Table) -> Item:
    item = Item(table.key("key"), table.text("question"), table.text("why"), _options(table))
    table.refuse_the_rest()
    return item


def _options(table: Table) -> tuple[Option, ...]:
    """Either ``options``, each a value in words, or a ``range`` with words for its two ends."""
    if table.has("options"):
        return _chosen(table)
    ends = table.take("range", list)
    if len(ends) != 2 or not all(type(end) is int for end in ends) or not 0 < ends[1] - ends[0] <= WIDEST:
        raise WrongKey(
            table.at("range"), f"must be two whole numbers, the lower first, at most {WIDEST} apart, not {ends!r}"
        )
    words = {ends[0]: table.text("low"), ends[1]: table.text("high")}
    return tuple(Option(value, words.get(value, "")) for value in range(ends[0], ends[1] + 1))


def _chosen(table: Table) -> tuple[Option, ...]:
    """The answers in the order in which they are shown: those of a question turned round fall, the others rise."""
    rows = table.tables("options")
    options = tuple(Option(row.take("value", int), row.text("words")) for row in rows)
    for row in rows:
        row.refuse_the_rest()
    values = [option.value for option in options]
    rising = sorted(set(values))
    if len(values) < 2 or values not in (rising, rising[::-1]):
        raise WrongKey(table.at("options"), "must be two values or more, the lowest first or the highest first")
    return options


def _alarm(table: Table, items: Mapping[str, Item]) -> Alarm:
    alarm = Alarm(table.text("item"), table.take("at_least", int), table.text("words"))
    table.refuse_the_rest()
    if alarm.item not in items:
        raise WrongKey(table.at("item"), f"names {alarm.item!r}, which is not an item")
    if not items[alarm.item].minimum <= alarm.at_least <= items[alarm.item].maximum:
        raise WrongKey(table.at("at_least"), "must be a value that can be answered")
    return alarm
