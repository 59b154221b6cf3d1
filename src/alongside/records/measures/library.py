"""The questionnaires that may be used, read once from their data files."""

import tomllib
from functools import cache
from pathlib import Path

from alongside.calc.instruments import Instrument, parse_instrument

FOLDER = Path(__file__).parent / "instruments"


@cache
def instruments() -> tuple[Instrument, ...]:
    """Give every questionnaire, in the order in which they are offered: that of their files' names."""
    return tuple(parse_instrument(tomllib.loads(path.read_text())) for path in sorted(FOLDER.glob("*.toml")))


def instrument(key: str) -> Instrument:
    """Give the questionnaire of that key; ``KeyError`` if there is none."""
    return {known.key: known for known in instruments()}[key]


def chosen(keys: list[str]) -> list[Instrument]:
    """Give the questionnaires of these keys, in this order; a key that is not known is left out."""
    known = {known.key: known for known in instruments()}
    return [known[key] for key in keys if key in known]
