"""Reads one row of the spreadsheet of families, cell by cell, forgiving in form and exact about what is wrong."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from alongside.stewardship.exchange import family_columns as columns
from alongside.stewardship.exchange.cell_text import key
from alongside.stewardship.exchange.dates import OLDEST_YEARS, RoughDate, rough_date
from alongside.stewardship.exchange.family_columns import MEANT, OFFERED, Column
from alongside.stewardship.exchange.problems import Problem
from alongside.stewardship.exchange.tables import Cell, Row, Table

POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?) ?([0-9][A-Z]{2})")
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
PHONE = re.compile(r"\+?[\d ()./-]+", re.ASCII)
NO_DIGIT = re.compile(r"\D", re.ASCII)
PHONE_DIGITS = range(9, 16)

NO_FIXED_ADDRESS = frozenset(
    {"no fixed address", "no fixed abode", "nfa", "homeless", "no address", "temporary accommodation"}
)
NOTHING = frozenset({"none", "no", "n a", "na", "nil", "unknown", "not known", "nk", "n k", "no phone", "no email"})

A_BIRTH_DATE = "a date such as 05/11/2016, or March 2016, 2016, about 2016 or unknown"

CARER_FIELDS = {
    "carer_name": columns.CARER_NAME,
    "carer_birth": columns.CARER_BIRTH,
    "carer_phone": columns.CARER_PHONE,
    "carer_email": columns.CARER_EMAIL,
    "postcode": columns.CARER_POSTCODE,
    "consent": columns.CONSENT,
}
"""What is told of a family once, though it may stand in each of its rows."""


@dataclass(frozen=True, slots=True)
class Child:
    """A child as the spreadsheet tells of them; kinds and answers are those of the records."""

    name: str
    birth: RoughDate
    relationship: str
    arrangement: str
    arrangement_since: RoughDate
    looked_after_before: str
    plan: str


@dataclass(frozen=True, slots=True)
class FamilyRow:
    """One row as read: the carer's part, the child's part, what is wrong, and by what it finds its family."""

    number: int
    reference: str
    carer_name: str
    carer_birth: RoughDate
    carer_phone: str
    carer_email: str
    postcode: str
    no_fixed_address: bool
    consent: str
    consent_words: str
    words: str
    safety_words: str
    child: Child | None
    problems: tuple[Problem, ...]
    marks: tuple[tuple[str, ...], ...]

    def told(self, field_name: str) -> str:
        return str(getattr(self, field_name))

    def comparable(self, field_name: str) -> str:
        """What is told, without differences that mean nothing."""
        told = self.told(field_name)
        return phone_digits(told) if field_name == "carer_phone" else key(told)


@dataclass(slots=True)
class _Reader:
    """The cells of one row under our own headings, and the problems met while reading them."""

    row: Row
    keys: Mapping[str, str]
    today: date
    problems: list[Problem] = field(default_factory=list)

    def cell(self, column: Column) -> Cell:
        return self.row.cells.get(self.keys.get(column.heading, ""), "")

    def text(self, column: Column) -> str:
        cell = self.cell(column)
        text = cell.isoformat() if isinstance(cell, date) else cell
        if len(text) > column.longest:
            self.refuse(column, text, f"no more than {column.longest:,} characters")
            return ""
        return text

    def refuse(self, column: Column, found: str, expected: str) -> None:
        self.problems.append(Problem(self.row.number, column.heading, found, expected))

    def answer(self, column: Column, if_blank: str) -> str:
        text = self.text(column)
        if not text:
            return if_blank
        meant = MEANT[column.words].get(key(text))
        if meant is None:
            self.refuse(column, text, f"one of: {', '.join(OFFERED[column.words])}")
            return if_blank
        return meant

    def rough_date(self, column: Column) -> RoughDate:
        found = rough_date(self.cell(column), self.today)
        if found is None:
            self.refuse(column, self.text(column), A_BIRTH_DATE)
        elif found.on and not self.today.year - OLDEST_YEARS <= found.on.year:
            self.refuse(column, self.text(column), f"a date in the last {OLDEST_YEARS} years")
        elif found.on and found.on > self.today:
            self.refuse(column, self.text(column), "a date that has already been")
        else:
            return found
        return RoughDate(None, "unknown")

    def phone(self) -> str:
        text = self.text(columns.CARER_PHONE)
        if not text or key(text) in NOTHING:
            return ""
        digits = NO_DIGIT.sub("", text)
        if not PHONE.fullmatch(text) or len(digits) not in PHONE_DIGITS:
            self.refuse(columns.CARER_PHONE, text, "one telephone number such as 07700 900123")
            return ""
        if text.startswith(("0", "+", "(")):
            return text
        # A spreadsheet program that takes a telephone number for a number drops the nought or plus in front.
        return f"+{text}" if digits.startswith("44") and len(digits) == 12 else f"0{text}"

    def email(self) -> str:
        text = self.text(columns.CARER_EMAIL)
        if not text or key(text) in NOTHING:
            return ""
        if not EMAIL.fullmatch(text):
            self.refuse(columns.CARER_EMAIL, text, "one e-mail address such as name@example.org")
            return ""
        return text

    def postcode(self) -> tuple[str, bool]:
        """The postcode, and whether the family has no fixed address."""
        text = self.text(columns.CARER_POSTCODE)
        if not text or key(text) in NOTHING:
            return "", False
        if key(text) in NO_FIXED_ADDRESS:
            return "", True
        match = POSTCODE.fullmatch("".join(text.upper().split()))
        if match is None:
            self.refuse(columns.CARER_POSTCODE, text, "a whole postcode such as HD1 2AB, or: no fixed address")
            return "", False
        return f"{match[1]} {match[2]}", False

    def child(self) -> Child | None:
        plan = self.answer(columns.PLAN, "none")
        child = Child(
            name=self.text(columns.CHILD_NAME),
            birth=self.rough_date(columns.CHILD_BIRTH),
            relationship=self.answer(columns.RELATIONSHIP, "unknown"),
            arrangement=self.answer(columns.ARRANGEMENT, "unknown"),
            arrangement_since=self.rough_date(columns.ARRANGEMENT_SINCE),
            looked_after_before=self.answer(columns.LOOKED_AFTER, "unknown"),
            plan="" if plan == "none" else plan,
        )
        return child if any(self.cell(column) for column in columns.CHILD_COLUMNS) else None


def column_keys(table: Table) -> dict[str, str]:
    """For each of our headings that this file has, under whatever name, the key of its column."""
    present = {key(heading) for heading in table.headings}
    found = {}
    for column in columns.COLUMNS:
        for name in (column.heading, *column.also):
            if key(name) in present:
                found[column.heading] = key(name)
                break
    return found


def read_row(row: Row, keys: Mapping[str, str], today: date) -> FamilyRow | None:
    """The row as read; nothing for the template's own example rows."""
    reader = _Reader(row, keys, today, list(row.problems))
    reference = reader.text(columns.REFERENCE)
    if key(reference).startswith(columns.EXAMPLE_REFERENCE):
        return None
    carer_name = reader.text(columns.CARER_NAME)
    phone = reader.phone()
    postcode, no_fixed_address = reader.postcode()
    return FamilyRow(
        number=row.number,
        reference=reference,
        carer_name=carer_name,
        carer_birth=reader.rough_date(columns.CARER_BIRTH),
        carer_phone=phone,
        carer_email=reader.email(),
        postcode=postcode,
        no_fixed_address=no_fixed_address,
        consent=reader.answer(columns.CONSENT, ""),
        consent_words=reader.text(columns.CONSENT_HOW),
        words=reader.text(columns.HELP),
        safety_words=reader.text(columns.SAFETY),
        child=reader.child(),
        problems=tuple(dict.fromkeys(reader.problems)),
        marks=_marks(reference, carer_name, phone, postcode),
    )


def _marks(reference: str, carer_name: str, phone: str, postcode: str) -> tuple[tuple[str, ...], ...]:
    """By what rows of one family know each other: the reference, or else the carer with phone or postcode."""
    if reference:
        return (("reference", key(reference)),)
    name = key(carer_name)
    if not name:
        return ()
    details = (("phone", phone_digits(phone)), ("postcode", postcode))
    return tuple((name, kind, value) for kind, value in details if value)


def phone_digits(phone: str) -> str:
    """A telephone number for comparing: +44 7700 900123 and 07700 900123 are one."""
    return NO_DIGIT.sub("", phone).removeprefix("44").removeprefix("0")
