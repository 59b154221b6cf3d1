"""The questionnaires that come with the program, read once from their data files."""

import tomllib
from functools import cache
from pathlib import Path

from alongside.calc.instrument_file import parse_instrument
from alongside.calc.instruments import Instrument

FOLDER = Path(__file__).parent / "instruments"
EXAMPLE_PACK = Path(__file__).parent / "example-pack.toml"


@cache
def instruments() -> tuple[Instrument, ...]:
    """Give every questionnaire, in the order in which they are offered: that of their files' names."""
    return tuple(parse_instrument(tomllib.loads(path.read_text())) for path in sorted(FOLDER.glob("*.toml")))


def instrument(key: str) -> Instrument:
    """Give the questionnaire of that key; ``KeyError`` if there is none."""
    return {known.key: known for known in instruments()}[key]
