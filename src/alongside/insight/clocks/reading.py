"""Reading the clocks of each nation from their data files, strictly: a slip in a file is named with its place."""

import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, fields
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from alongside.insight.clocks.rules import DATES, Rule, Unit

FOLDER = Path(__file__).parent / "law"
NATIONS = ("england", "wales")
TYPES: Mapping[str, type] = {
    **dict.fromkeys(("slug", "title", "words", "unit", "source", "law_of", "begins_with"), str),
    **dict.fromkeys(("kinds", "count_from", "needs", "ends_with", "stages"), list),
    **dict.fromkeys(("count", "under_age", "notice_days"), int),
    **dict.fromkeys(("verified", "before", "turn", "looked_after_before", "beyond_close_kin"), bool),
    **dict.fromkeys(("checked", "applies_from", "applies_until"), date),
}
NEEDED = {field.name for field in fields(Rule) if field.default is MISSING} | {"checked"}


class LawError(ValueError):
    """A data file does not say what it should; the sentence names the file, the rule and the key."""


@cache
def rules() -> tuple[Rule, ...]:
    """Give every rule of both nations."""
    return tuple(rule for nation in NATIONS for rule in read(FOLDER / f"{nation}.toml"))


def read(path: Path) -> list[Rule]:
    """Read one nation's rules; raises :class:`LawError`."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LawError(f"{path.name} is not a TOML file: {error}.") from error
    if table.get("nation") != path.stem:
        raise LawError(f"{path.name}: nation must be “{path.stem}”.")
    found: list[Rule] = []
    for number, each in enumerate(table.get("rules", []), 1):
        try:
            found.append(_rule(each, path.stem))
        except LawError as error:
            raise LawError(f"{path.name}, rule {number}: {error}") from error
    return found


def _rule(table: dict[str, Any], nation: str) -> Rule:
    unknown, missing = sorted(table.keys() - TYPES.keys()), sorted(NEEDED - table.keys())
    if unknown or missing:
        raise LawError(f"{unknown[0]} means nothing here." if unknown else f"{missing[0]} is missing.")
    for key, value in table.items():
        # type() and not isinstance: in Python true is also a whole number.
        if type(value) is not TYPES[key] or value in ("", []):
            raise LawError(f"{key} cannot be {value!r}.")
    for key in ("count_from", "needs", "ends_with"):
        if strange := set(table.get(key, ())) - DATES.keys():
            raise LawError(f"{key}: “{min(strange)}” is not a date that is kept.")
    if table["unit"] not in set(Unit) or table.get("law_of", "home") not in ("home", "placing"):
        raise LawError("unit is days, weeks, months or years, and law_of is home or placing.")
    if table["count"] < 1:
        raise LawError("count must be 1 or more.")
    lists = {key: tuple(value) for key, value in table.items() if isinstance(value, list)}
    return Rule(**{**table, **lists, "unit": Unit(table["unit"]), "nation": nation})
