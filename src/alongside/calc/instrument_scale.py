"""Reading one scale of a questionnaire's data file: of what it is made, its range, its bands and how exact it is."""

from collections.abc import Mapping
from itertools import pairwise

from alongside.calc.data_table import Table, WrongKey, finite, refuse_twice
from alongside.calc.instruments import Band, Direction, Enter, Exactness, Item, Method, Scale

RATHER_MANY = 2000  # no total has more values


def read_scale(table: Table, enter: Enter, items: Mapping[str, Item]) -> Scale:
    """Give a scale of answers to ``items``, or one whose scores are entered."""
    scale = _of_items(table, items) if enter is Enter.ANSWERS else _entered(table)
    table.refuse_the_rest()
    for band in scale.bands:
        if not scale.minimum <= band.start <= scale.maximum:
            raise WrongKey(table.at("bands"), f"must begin within the scale, not at {band.start:g}")
    return scale


def _entered(table: Table) -> Scale:
    key, title = table.key("key"), table.text("title")
    ends = table.take("range", list)
    low, high = (finite(end, table.at("range")) for end in ends) if len(ends) == 2 else (0.0, 0.0)
    if low >= high:
        raise WrongKey(table.at("range"), f"must be two numbers, the lower first, not {ends!r}")
    return Scale(
        key,
        title,
        (),
        Method.ENTERED,
        table.one_of("direction", Direction),
        0,
        table.text("missing_rule"),
        low,
        high,
        _exactness(table),
        _bands(table),
        adds_up=tuple(_names(table, "adds_up")) if table.has("adds_up") else (),
    )


def _of_items(table: Table, items: Mapping[str, Item]) -> Scale:
    key, title, parts = table.key("key"), table.text("title"), _parts(table, items)
    method = table.one_of("method", Method)
    allowed = table.take("missing_allowed", int)
    ends = _range(table, parts, method, allowed)
    conversion = _conversion(table, method, allowed, *ends) if table.has("conversion") else ()
    low, high = (conversion[0][1], conversion[-1][1]) if conversion else ends
    return Scale(
        key,
        title,
        tuple(part.key for part in parts),
        method,
        table.one_of("direction", Direction),
        allowed,
        _rule(allowed, len(parts), method),
        low,
        high,
        _exactness(table),
        _bands(table),
        conversion,
    )


def _rule(allowed: int, parts: int, method: Method) -> str:
    if method is Method.ITEM:
        return "No score without the answer."
    if not allowed:
        return f"No score unless all {parts} are answered."
    made_up = "each missing one counts as the mean of the others" if method is Method.SUM else "the mean of the others"
    return f"At most {allowed} of {parts} may be missing: {made_up}."


def _range(table: Table, parts: list[Item], method: Method, allowed: int) -> tuple[int, int]:
    if method is Method.ENTERED:
        raise WrongKey(table.at("method"), "must be sum, mean or item where answers are put in")
    if method is Method.ITEM and len(parts) != 1:
        raise WrongKey(table.at("items"), "must be one item where the method is item")
    if not 0 <= allowed < len(parts):
        raise WrongKey(table.at("missing_allowed"), f"must be from 0 to {len(parts) - 1}")
    ranges = {(part.minimum, part.maximum) for part in parts}
    if len(ranges) > 1 and (allowed or method is Method.MEAN):
        raise WrongKey(table.at("items"), "must share one range to be averaged or prorated")
    if method is Method.SUM:
        return sum(part.minimum for part in parts), sum(part.maximum for part in parts)
    return parts[0].minimum, parts[0].maximum


def _conversion(table: Table, method: Method, allowed: int, low: int, high: int) -> tuple[tuple[int, float], ...]:
    """Each total with the score that stands for it: every total once, the lowest first, and the scores rising."""
    where, rows = table.at("conversion"), table.take("conversion", list)
    if method is not Method.SUM or allowed:
        raise WrongKey(where, "needs the method sum, and missing_allowed 0")
    if len(rows) > RATHER_MANY or not all(isinstance(row, list) and len(row) == 2 for row in rows):
        raise WrongKey(where, "must be pairs: a total, and the score that stands for it")
    found = tuple((row[0], finite(row[1], where)) for row in rows)
    if [total for total, _ in found] != list(range(low, high + 1)):
        raise WrongKey(where, f"must name every total from {low} to {high} once, the lowest first")
    scores = [score for _, score in found]
    if any(later <= earlier for earlier, later in pairwise(scores)):
        raise WrongKey(where, "must give a higher score for a higher total")
    return found


def _exactness(table: Table) -> Exactness:
    norm = table.text("norm")
    reliability, sd = table.number_if_any("reliability"), table.number_if_any("sd")
    if reliability is not None and not 0 < reliability < 1:
        raise WrongKey(table.at("reliability"), "must lie between 0 and 1")
    if sd is not None and sd <= 0:
        raise WrongKey(table.at("sd"), "must be more than 0")
    everybody = table.number_if_any("everybody")
    return Exactness(norm, reliability, sd, everybody, table.text("everybody_of") if everybody is not None else "")


def _bands(table: Table) -> tuple[Band, ...]:
    """Where each band of a score begins, the lowest first, its name, and whether it is one of risk."""
    rows = table.tables_if_any("bands")
    bands = tuple(
        Band(row.number("from"), row.text("words"), row.take("risk", bool) if row.has("risk") else False)
        for row in rows
    )
    for row in rows:
        row.refuse_the_rest()
    starts = [band.start for band in bands]
    if starts != sorted(set(starts)):
        raise WrongKey(table.at("bands"), "must begin one after another, the lowest first")
    return bands


def _parts(table: Table, items: Mapping[str, Item]) -> list[Item]:
    keys = _names(table, "items")
    for key in keys:
        if key not in items:
            raise WrongKey(table.at("items"), f"names {key!r}, which is not an item")
    return [items[key] for key in keys]


def _names(table: Table, key: str) -> list[str]:
    names = table.take(key, list)
    if not names:
        raise WrongKey(table.at(key), "must name one or more")
    for name in names:
        if not isinstance(name, str):
            raise WrongKey(table.at(key), f"names {name!r}, which is not a name")
    refuse_twice(names, table.at(key))
    return names
