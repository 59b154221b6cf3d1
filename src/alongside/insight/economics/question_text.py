"""A question of capacity or of children's stays as the file that the command takes, from what somebody typed."""

from collections.abc import Mapping
from typing import Any

import tomlkit


def capacity_text(said: Mapping[str, Any]) -> str:
    """Return the file of a service with one programme."""
    top = tomlkit.document()
    top.update({"key": "capacity", "title": "Our service"})
    top.update({name: said[name] for name in ("families", "workers", "places", "aim", "absent", "spell")})
    top.add("spread", float(said["spread"]))
    programme = {"key": "support", "title": "Support", "share": 1, "weight": 1}
    top.add("programmes", _tables({**programme, "weeks": said["weeks"], "leaving": said["leaving"]}))
    return tomlkit.dumps(top)


def staying_text(said: Mapping[str, Any], *, price_year: int, discounting: str) -> str:
    """Return the file of one group of children. ``rates`` of what was typed are shares a year by their move."""
    top = tomlkit.document()
    top.update({"key": "staying", "title": "Children who stay with their kinship carer"})
    top.update({"question": "Does support pay for itself?", "price_year": price_year, "discounting": discounting})
    top.add("lasts", said["lasts"])
    top.add("children", _tables({name: said[name] for name in ("order", "age", "number")}))
    inputs = tomlkit.table(is_super_table=True)
    for name, each in _inputs(said, price_year).items():
        inputs.add(name, _table(each))
    top.add("inputs", inputs)
    top.add("rates", _tables(*(_rate(move, share, said["order"]) for move, share in said["rates"].items())))
    return tomlkit.dumps(top)


def _inputs(said: Mapping[str, Any], price_year: int) -> dict[str, dict[str, Any]]:
    typed = {"from": "judgement", "source": "Typed on the page"}
    pounds = {"kind": "pounds", "price_year": price_year, **typed}
    low, high = said["effect_low"], said["effect_high"]
    effect = {"value": low} if low == high else {"lognormal": _inline({"low": low, "high": high})}
    return {
        "effect": {"title": "Effect of support", "kind": "number", **effect, **typed, "level": int(said["level"])},
        "support": {"title": "Support for a child", "value": said["support"], **pounds},
        "kinship": {"title": "A year with a kinship carer", "value": said["kinship"], **pounds},
        "care": {"title": "A year of care", "kind": "pounds", "library": "SS1.0", "spread": 0.2, "from": "library"},
        "parents": {"title": "A year with parents", "value": said["parents"], **pounds},
    }


def _rate(move: str, share: float, order: str) -> dict[str, Any]:
    own = {"order": order} if move.startswith("kinship-") else {}
    typed = {"from": "judgement", "source": "Typed on the page"}
    return {"move": move, **own, "title": move, "kind": "share", "value": share, "over": 1, **typed}


def _tables(*rows: Mapping[str, Any]) -> tomlkit.items.AoT:
    found = tomlkit.aot()
    for row in rows:
        found.append(_table(row))
    return found


def _table(row: Mapping[str, Any]) -> tomlkit.items.Table:
    found = tomlkit.table()
    found.update(row)
    return found


def _inline(row: Mapping[str, Any]) -> tomlkit.items.InlineTable:
    found = tomlkit.inline_table()
    found.update(row)
    return found
