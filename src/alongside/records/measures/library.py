"""The questionnaires that may be used, read once from their data files."""

import tomllib
from functools import cache
from pathlib import Path

from alongside.calc.instrument_file import parse_instrument
from alongside.calc.instruments import Enter, Instrument, Subject

FOLDER = Path(__file__).parent / "instruments"


@cache
def instruments() -> tuple[Instrument, ...]:
    """Give every questionnaire, in the order in which they are offered: that of their files' names."""
    return tuple(parse_instrument(tomllib.loads(path.read_text())) for path in sorted(FOLDER.glob("*.toml")))


def of_carers() -> tuple[Instrument, ...]:
    """Give those that tell of a carer: a report sets a carer's scores side by side, never those of two children."""
    return tuple(one for one in instruments() if one.subject is Subject.CARER and one.enter is not Enter.GOALS)


def instrument(key: str) -> Instrument:
    """Give the questionnaire of that key; ``KeyError`` if there is none."""
    return {known.key: known for known in instruments()}[key]


def chosen(keys: list[str]) -> list[Instrument]:
    """Give the questionnaires of these keys, in this order; a key that is not known is left out."""
    known = {known.key: known for known in instruments()}
    return [known[key] for key in keys if key in known]
