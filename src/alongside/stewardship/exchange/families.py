"""Families in a spreadsheet, one child a row, ready to be referred: what was told, and what could not be read."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from alongside.stewardship.exchange.cell_text import key
from alongside.stewardship.exchange.dates import RoughDate
from alongside.stewardship.exchange.family_columns import CARER_NAME, COLUMNS, REFERENCE
from alongside.stewardship.exchange.family_rows import (
    CARER_FIELDS,
    Child,
    FamilyRow,
    column_keys,
    phone_digits,
    read_row,
)
from alongside.stewardship.exchange.problems import Problem, Unreadable
from alongside.stewardship.exchange.tables import Table

MOST_ROWS = 30
"""Rows of one family; more means that unrelated families were given one reference."""


@dataclass(frozen=True, slots=True)
class Family:
    """A carer and the children with them, and the rows of the spreadsheet that told of them."""

    reference: str
    carer_name: str
    carer_birth: RoughDate
    carer_phone: str
    carer_email: str
    postcode: str
    no_fixed_address: bool
    relationship: str
    children: tuple[Child, ...]
    consent: str
    consent_words: str
    words: str
    safety_words: str
    rows: tuple[int, ...]


def read_families(table: Table, today: date) -> tuple[tuple[Family, ...], tuple[Problem, ...]]:
    """The families of this spreadsheet that can be referred, and a problem for every row that cannot.

    A family is taken whole or not at all: a fault in one of its rows keeps its other rows back too, so
    that the corrected file adds the family once. Other families are not touched by it. Ages are counted
    back from `today`. Raises `Unreadable` when the file as a whole cannot be used.
    """
    columns = expect_columns(table)
    problems: list[Problem] = []
    rows = [read for row in table.rows if (read := read_row(row, columns, today)) is not None]
    families = []
    for group in _grouped(rows):
        faults = [problem for row in group for problem in row.problems] + _contradictions(group)
        if faults:
            problems += faults + _kept_back(group, faults)
        else:
            family, repeats = _family(group)
            problems += repeats
            families.append(family)
    place = {column.heading: at for at, column in enumerate(COLUMNS)}
    problems.sort(key=lambda problem: (problem.row, place.get(problem.column, len(place))))
    return tuple(families), tuple(problems)


def expect_columns(table: Table) -> dict[str, str]:
    """The key of each of our columns that this file has; raises `Unreadable` when it is no file of families."""
    columns = column_keys(table)
    if CARER_NAME.heading not in columns:
        raise Unreadable(f"{table.name} has no column “{CARER_NAME.heading}”. Use our template for the headings.")
    return columns


def unused_headings(table: Table) -> tuple[str, ...]:
    """Headings of columns that are not read, to tell the person who gave the file."""
    used = set(column_keys(table).values())
    return tuple(heading for heading in table.headings if key(heading) not in used)


def family_key(family: Family) -> str:
    """The same for the same family in another file, whatever the order of rows, the spacing or the case.

    Made of who they are, not of what is said about them: consent or notes that change do not make a new family.
    """
    children = sorted((key(child.name), str(child.birth)) for child in family.children)
    carer = [family.carer_name, family.reference, family.postcode, family.carer_email]
    who = [*map(key, carer), phone_digits(family.carer_phone), str(family.carer_birth), children]
    return hashlib.sha256(json.dumps(who, ensure_ascii=False).encode()).hexdigest()


def _grouped(rows: Iterable[FamilyRow]) -> list[list[FamilyRow]]:
    """The rows of each family: those with one reference, or with one carer name and phone or postcode.

    A row with neither stands alone: two carers of one name must never become one family.
    """
    group_of: dict[tuple[str, ...], int] = {}
    groups: dict[int, list[FamilyRow]] = {}
    for row in rows:
        found = sorted({group_of[mark] for mark in row.marks if mark in group_of}, key=lambda at: -len(groups[at]))
        home = found[0] if found else row.number
        joining = [row, *(other for at in found[1:] for other in groups.pop(at))]
        groups.setdefault(home, []).extend(joining)
        for other in joining:
            group_of |= dict.fromkeys(other.marks, home)
    by_number = [sorted(group, key=lambda row: row.number) for group in groups.values()]
    return sorted(by_number, key=lambda group: group[0].number)


def _contradictions(group: Sequence[FamilyRow]) -> list[Problem]:
    """What is wrong with rows only together: no carer, too many, or two answers where there can be one."""
    problems = []
    if not any(row.carer_name for row in group):
        problems.append(Problem(group[0].number, CARER_NAME.heading, "", "the name of the carer"))
    if len(group) > MOST_ROWS:
        expected = f"no more than {MOST_ROWS} rows of one family: is each family's reference its own?"
        problems.append(Problem(group[0].number, REFERENCE.heading, group[0].reference, expected))
    for field, column in CARER_FIELDS.items() if len(group) > 1 else ():
        first: FamilyRow | None = None
        for row in group:
            told = row.comparable(field)
            if not told:
                continue
            first = first or row
            if told != first.comparable(field):
                expected = f"“{first.told(field)}”, as in row {first.number} of the same family"
                problems.append(Problem(row.number, column.heading, row.told(field), expected))
    return problems


def _kept_back(group: Sequence[FamilyRow], faults: Sequence[Problem]) -> list[Problem]:
    """A problem for each good row of a family that is kept back for the sake of a bad one."""
    bad = {problem.row for problem in faults}
    expected = f"row {min(bad)} of the same family to be put right first"
    return [Problem(row.number, CARER_NAME.heading, row.carer_name, expected) for row in group if row.number not in bad]


def _family(group: Sequence[FamilyRow]) -> tuple[Family, list[Problem]]:
    children: dict[Child, int] = {}
    repeats = []
    for row in group:
        if row.child is None:
            continue
        first = children.setdefault(row.child, row.number)
        if first != row.number:
            expected = f"each child once; row {first} is the same"
            repeats.append(Problem(row.number, "Child name", row.child.name, expected))
    carer_birth = next((row.carer_birth for row in group if row.carer_birth.on), RoughDate(None, "unknown"))
    relationships = [row.child.relationship for row in group if row.child and row.child.relationship != "unknown"]
    family = Family(
        reference=_first(group, "reference"),
        carer_name=_first(group, "carer_name"),
        carer_birth=carer_birth,
        carer_phone=_first(group, "carer_phone"),
        carer_email=_first(group, "carer_email"),
        postcode=_first(group, "postcode"),
        no_fixed_address=any(row.no_fixed_address for row in group),
        relationship=relationships[0] if relationships else "unknown",
        children=tuple(children),
        consent=_first(group, "consent") or "not_asked",
        consent_words=_all(group, "consent_words"),
        words=_all(group, "words"),
        safety_words=_all(group, "safety_words"),
        rows=tuple(row.number for row in group),
    )
    return family, repeats


def _first(group: Sequence[FamilyRow], field: str) -> str:
    return next((told for row in group if (told := row.told(field))), "")


def _all(group: Sequence[FamilyRow], field: str) -> str:
    """Everything that the rows say on one subject, each thing once."""
    return "\n".join(dict.fromkeys(told for row in group if (told := row.told(field))))
