"""Reading how a service is run from its TOML file, telling what is blank or wrong by its key."""

from dataclasses import dataclass

from alongside.calc.data_table import Table, WrongKey, finite
from alongside.calc.economics.capacity import MONTHS, WEEKS, Programme, Service
from alongside.calc.economics.toml_text import reading

BLANK = "unknown"
MOST_WORKERS = 500
MOST_FAMILIES = 5_000
MOST_WEEKS = 520
MOST_PROGRAMMES = 20


class Blank(ValueError):
    """Numbers that nobody has filled in; names them, as none is ever taken as 0."""

    def __init__(self, keys: list[str]) -> None:
        super().__init__(f"These are not filled in, and none of them is taken as 0: {', '.join(keys)}")
        self.keys = tuple(keys)


@dataclass(frozen=True, slots=True)
class Question:
    """A service, what it is called, and the weeks in which its families should be seen."""

    key: str
    title: str
    service: Service
    aim: float


def read_capacity(text: str) -> Question:
    """Return the service that a TOML text states; raise ``WrongScenario`` by line, or :class:`Blank` by keys."""
    with reading(text) as top:
        return _read(top)


def _read(top: Table) -> Question:
    blank: list[str] = []
    key, title = top.key("key"), top.text("title")
    arrivals = _families(top, blank)
    workers = _number(top, "workers", blank, least=1, most=MOST_WORKERS, whole=True)
    places = _number(top, "places", blank, least=1, most=200)
    aim = _number(top, "aim", blank, least=0, most=MOST_WEEKS)
    absent = _number(top, "absent", blank, least=0, most=0.9)
    spell = _number(top, "spell", blank, least=0.2, most=WEEKS)
    spread = _number(top, "spread", blank, least=0, most=1)
    tables = top.tables("programmes")
    programmes = tuple(_programme(table, blank, places) for table in tables)
    top.refuse_the_rest()
    if len(tables) > MOST_PROGRAMMES:
        raise WrongKey("programmes", f"must be at most {MOST_PROGRAMMES}")
    if blank:
        raise Blank(blank)
    if abs(sum(each.share for each in programmes) - 1) > 1e-6:
        raise WrongKey("programmes[1].share", "must add up to 1 over all programmes")
    whole = sum(each.share for each in programmes)
    programmes = tuple(Programme(p.share / whole, p.weight, p.weeks, p.leaving) for p in programmes)
    return Question(key, title, Service(arrivals, int(workers), places, programmes, absent, spell, spread), aim)


def _families(top: Table, blank: list[str]) -> tuple[float, ...]:
    """Families a week in each month, from families a month: one number, or twelve from January on."""
    said = top.data.get("families")
    if not isinstance(said, list):
        return (_number(top, "families", blank, least=0, most=MOST_FAMILIES) * MONTHS / WEEKS,)
    months = top.take("families", list)
    if len(months) != MONTHS:
        raise WrongKey("families", f"must be one number, or twelve from January on, not {len(months)}")
    if BLANK in months:
        blank.append("families")
        return (0.0,)
    numbers = [finite(each, "families") for each in months]
    if min(numbers) < 0 or max(numbers) > MOST_FAMILIES:
        raise WrongKey("families", f"must lie from 0 to {MOST_FAMILIES:,} in every month")
    if not sum(numbers):
        raise WrongKey("families", "must be above 0 in one month at least")
    return tuple(each * MONTHS / WEEKS for each in numbers)


def _programme(table: Table, blank: list[str], places: float) -> Programme:
    table.key("key"), table.text("title")
    found = Programme(
        share=_number(table, "share", blank, least=0, most=1),
        weight=_number(table, "weight", blank, least=0.1, most=100),
        weeks=_number(table, "weeks", blank, least=0.2, most=MOST_WEEKS),
        leaving=_number(table, "leaving", blank, least=0, most=1),
    )
    table.refuse_the_rest()
    if not blank and found.weight > places:
        raise WrongKey(table.at("weight"), f"must fit on a caseload of {places:g} places")
    return found


def _number(table: Table, key: str, blank: list[str], *, least: float, most: float, whole: bool = False) -> float:
    if table.data.get(key) == BLANK:
        table.read.add(key)
        blank.append(table.at(key))
        return least
    value = float(table.take(key, int)) if whole else table.number(key)
    if not least <= value <= most:
        raise WrongKey(table.at(key), f"must lie from {least:g} to {most:g}, not be {value:g}")
    return value
