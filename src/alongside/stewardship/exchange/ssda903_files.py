"""Reads the files of an SSDA903 return: who the children are, and each episode of their care."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from statistics import median_low
from typing import TypeVar

from alongside.stewardship.exchange.dates import exact_date
from alongside.stewardship.exchange.problems import Problem, Unreadable
from alongside.stewardship.exchange.ssda903_codes import CODES
from alongside.stewardship.exchange.tables import Row, Table

HEADER_COLUMNS = ("CHILD", "DOB")
EPISODE_COLUMNS = ("CHILD", "DECOM", "PLACE", "DEC", "REC")
PREVIOUS_COLUMNS = ("CHILD", "PREV_PERM")
TELLTALE = {"header": ("SEX",), "episodes": ("DECOM", "PLACE"), "previous permanence": ("PREV_PERM",)}
"""Columns that only this file of the three has."""

A_DATE = "a date such as 31/03/2025"

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Child:
    """A child as the header file gives them."""

    child: str
    birth_date: date | None
    sex: str


@dataclass(frozen=True, slots=True)
class Episode:
    """A time of care in which neither the legal status nor the placement changed."""

    child: str
    started: date
    ended: date | None
    reason: str
    place: str
    new_because: str
    clear: bool
    row: int
    file: str = ""

    @property
    def order(self) -> tuple[date, date]:
        return self.started, self.ended or date.max


@dataclass(frozen=True, slots=True)
class Return:
    """The episodes of one file, and the collection year (ending 31 March) that they tell of."""

    year: int
    episodes: tuple[Episode, ...]


@dataclass(frozen=True, slots=True)
class PreviousOrder:
    """An order to which a child had left care before they came into it again."""

    child: str
    kind: str
    made_on: str


def kind_of(table: Table) -> str:
    """Which file of a return this is, told by its headings; an empty text when it is none of them."""
    kinds = ("previous permanence", "episodes", "header")
    return next((kind for kind in kinds if table.has("CHILD", *TELLTALE[kind])), "")


def read_header(table: Table, problems: list[Problem]) -> dict[str, Child]:
    _expect(table, "header", HEADER_COLUMNS)
    children = _each(table, problems, _child)
    return {child.child: child for child in children}


def read_episodes(table: Table, problems: list[Problem]) -> Return:
    _expect(table, "episodes", EPISODE_COLUMNS)
    episodes = [replace(episode, file=table.name) for episode in _each(table, problems, _episode)]
    return Return(_year(episodes), tuple(episodes))


def read_previous(table: Table, problems: list[Problem]) -> dict[str, PreviousOrder]:
    _expect(table, "previous permanence", PREVIOUS_COLUMNS)
    orders = _each(table, problems, _previous)
    return {order.child: order for order in orders if order.kind}


def _expect(table: Table, kind: str, columns: Sequence[str]) -> None:
    """Makes sure that this file is the one it was given as, naming the mix-up if it is not."""
    for other, telltale in TELLTALE.items():
        if other != kind and table.has(*telltale) and not (other == "header" and table.has(*columns)):
            raise Unreadable(
                f"{table.name} was given as the {kind} file, but it looks like the {other} file: "
                f"it has the column {telltale[0]}."
            )
    if missing := table.missing(*columns):
        raise Unreadable(
            f"{table.name} is not an SSDA903 {kind} file: it has no column {', '.join(missing)}. "
            "The first row must hold the column names."
        )


def _each(table: Table, problems: list[Problem], read: Callable[[Row, list[Problem]], T | None]) -> list[T]:
    """Every row that can be read; a file of which no row can be read is refused as a whole."""
    found = []
    rows = 0
    own: list[Problem] = []
    for row in table.rows:
        rows += 1
        own += row.problems
        if not row.problems and (item := read(row, own)) is not None:
            found.append(item)
    own = [replace(problem, file=table.name) for problem in own]
    if rows and not found:
        raise Unreadable(f"No row of {table.name} can be read. {own[0]}")
    problems += own
    return found


def _child(row: Row, problems: list[Problem]) -> Child | None:
    child = _id(row, problems)
    if not child:
        return None
    birth_date = _date(row, "DOB", problems, required=True)
    return Child(child, birth_date, {"1": "male", "2": "female"}.get(row.text("SEX"), ""))


def _episode(row: Row, problems: list[Problem]) -> Episode | None:
    child = _id(row, problems)
    started = _date(row, "DECOM", problems, required=True)
    if not child or not started:
        return None
    before = len(problems)
    ended = _date(row, "DEC", problems)
    reason, place = row.text("REC").upper(), row.text("PLACE").upper()
    if ended and ended < started:
        problems.append(Problem(row.number, "DEC", row.text("DEC"), f"a day not before DECOM, {started:%d/%m/%Y}"))
    if ended and not reason:
        problems.append(Problem(row.number, "REC", "", "a reason, as the episode has an end (DEC)"))
    if not place:
        problems.append(Problem(row.number, "PLACE", "", "a placement code such as U1"))
    clear = len(problems) == before
    if not row.text("DEC") and reason and reason != CODES.continues:
        problems.append(Problem(row.number, "DEC", "", f"the day the child left care, or else no REC ({reason})"))
    _known(row, "REC", reason, CODES.known_reasons, problems)
    _known(row, "PLACE", place, CODES.known_placements, problems)
    return Episode(child, started, ended, reason, place, row.text("RNE").upper(), clear, row.number)


def _previous(row: Row, problems: list[Problem]) -> PreviousOrder | None:
    child = _id(row, problems)
    code = row.text("PREV_PERM").upper()
    _known(row, "PREV_PERM", code, CODES.previous_permanence, problems)
    if not child:
        return None
    # The day or month may be unknown, and is then written "zz": so the date stays words.
    made_on = row.cells.get("date perm", "")
    words = f"{made_on:%d/%m/%Y}" if isinstance(made_on, date) else made_on.casefold().replace("zz/", "")
    return PreviousOrder(child, CODES.previous_permanence.get(code, ""), "" if "z" in words else words)


def _id(row: Row, problems: list[Problem]) -> str:
    child = row.text("CHILD")
    if not child:
        problems.append(Problem(row.number, "CHILD", "", "the child's identifier"))
    return child


def _date(row: Row, column: str, problems: list[Problem], required: bool = False) -> date | None:
    cell = row.cells.get(column.lower(), "")
    found = exact_date(cell)
    if found is None and (cell or required):
        problems.append(Problem(row.number, column, row.text(column), A_DATE))
    return found


def _known(row: Row, column: str, code: str, known: Iterable[str], problems: list[Problem]) -> None:
    if code and code not in known:
        problems.append(Problem(row.number, column, code, "a code of the SSDA903 guide"))


def _year(episodes: Sequence[Episode]) -> int:
    """The collection year that a file tells of.

    Nearly every episode that ended did so within the year; the middle one is right even when a date is mistyped.
    """
    if ended := [episode.ended for episode in episodes if episode.ended]:
        day = median_low(ended)
    else:
        day = max((episode.started for episode in episodes), default=date.min)
    return day.year + (day.month > 3)
