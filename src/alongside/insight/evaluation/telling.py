"""A result as a program reads it and as a person does: the same figures by the same names.

What cannot be known, or may not be shown, is null to the one and a dash to the other.
"""

import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any

import numpy as np

from alongside.calc.outcomes.design import Design, maryland

MOST_LINES = 60  # of one list, for people; a program gets all


def as_json(result: Any) -> str:
    """Give a result as one JSON object."""
    return json.dumps(_plain(result), ensure_ascii=False)


def as_lines(result: Any) -> Iterator[str]:
    """Give a result for people: a figure a line, what belongs together set in, and a list as a table."""
    yield from _lines(_plain(result), "")


def with_evidence(result: Any, design: Design | None) -> Any:
    """Give a result with how far its design carries, where there is one."""
    return _plain(result) | {"evidence": _plain(maryland(design))} if design else result


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        told = {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
        return told | {"method": words} if isinstance(words := getattr(value, "method", None), str) else told
    if isinstance(value, Mapping):
        return {str(_plain(key)): _plain(each) for key, each in value.items()}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, np.ndarray):
        return _plain(value.tolist())
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        return _plain(value._asdict())
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if isinstance(value, float | np.floating):
        return float(value) if math.isfinite(value) else None
    return int(value) if isinstance(value, np.integer) else value


def _lines(told: Mapping[str, Any], indent: str) -> Iterator[str]:
    width = max((len(name) for name, value in told.items() if not isinstance(value, dict | list)), default=0)
    for name, value in told.items():
        called = name.replace("_", " ")
        if isinstance(value, dict) and value:
            yield f"{indent}{called}"
            yield from _lines(value, indent + "  ")
        elif isinstance(value, list) and value:
            yield f"{indent}{called}"
            yield from _list(value, indent + "  ")
        elif value not in ("", [], {}):
            yield f"{indent}{called:<{width}}  {_cell(value)}"


def _list(values: list[Any], indent: str) -> Iterator[str]:
    if isinstance(values[0], dict) and any(isinstance(each, list | dict) for each in values[0].values()):
        for value in values[:MOST_LINES]:
            yield from _lines(value, indent)
    elif isinstance(values[0], dict):
        heads = list(values[0])
        rows = [heads, *([_cell(value[head]) for head in heads] for value in values[:MOST_LINES])]
        widths = [max(len(row[at]) for row in rows) for at in range(len(heads))]
        for row in rows:
            yield indent + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
    elif isinstance(values[0], str):
        yield from (f"{indent}{value}" for value in values[:MOST_LINES])
    else:
        yield indent + "  ".join(_cell(value) for value in values[:MOST_LINES])
    if len(values) > MOST_LINES:
        yield f"{indent}and {len(values) - MOST_LINES:,} more: ask for --json to have all"


def _cell(value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:.6g}" if isinstance(value, float) else str(value)
