"""The columns of the spreadsheet of families: their headings, what goes under them, and whose words are understood."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

from alongside.stewardship.exchange.cell_text import key


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading in our template, other headings it goes by, and what the template says of it."""

    heading: str
    meaning: str
    examples: tuple[str, str]
    also: tuple[str, ...] = ()
    words: str = ""
    longest: int = 300


REFERENCE = Column(
    "Your reference",
    "The same in every row of one family. Any words or number that mean something to you.",
    ("EXAMPLE 1", "EXAMPLE 1"),
    ("reference", "ref", "family reference", "your ref", "family id", "case number", "case reference"),
    longest=60,
)
CARER_NAME = Column(
    "Carer name",
    "The main carer, as they write it. One name is enough. The only column that must be filled.",
    ("Grace Okafor", "Grace Okafor"),
    ("carer", "carers name", "name of carer", "kinship carer", "main carer"),
    longest=200,
)
CARER_BIRTH = Column(
    "Carer date of birth",
    "A date, a year or an age: 14/03/1968, 1968, about 1968, 57. Leave it empty if you do not know.",
    ("14/03/1968", ""),
    ("carer dob", "carers date of birth", "carer birth date", "carer year of birth", "carer age"),
)
CARER_PHONE = Column(
    "Carer phone",
    "One number on which it is safe to ring.",
    ("07700 900123", ""),
    ("carer telephone", "carer mobile", "phone", "telephone", "mobile", "phone number", "carer phone number"),
    longest=30,
)
CARER_EMAIL = Column(
    "Carer email",
    "One address.",
    ("grace@example.org", ""),
    ("email", "email address", "carer e mail", "e mail", "carer email address"),
    longest=254,
)
CARER_POSTCODE = Column(
    "Carer postcode",
    "The whole postcode, or: no fixed address.",
    ("HD1 2AB", ""),
    ("postcode", "post code", "home postcode", "carer post code"),
)
RELATIONSHIP = Column(
    "Relationship to child",
    "What the carer is to this child.",
    ("Grandparent", "Grandparent"),
    ("relationship", "relationship to the child", "carer relationship", "carers relationship to child"),
    words="relationship",
)
CHILD_NAME = Column(
    "Child name",
    "One child a row. For a second child, write a second row with the same reference.",
    ("Tyler Okafor", "Amara"),
    ("child", "childs name", "name of child", "childs full name"),
    longest=200,
)
CHILD_BIRTH = Column(
    "Child date of birth",
    "A date, or what you know of it: 05/11/2016, March 2019, 2019, about 2019, unknown.",
    ("05/11/2016", "about 2019"),
    ("child dob", "childs date of birth", "childs dob", "dob", "date of birth", "child age", "age of child"),
)
ARRANGEMENT = Column(
    "Arrangement",
    "On what footing the child lives with the carer.",
    ("Special guardianship order", "Informal (no order)"),
    ("legal status", "order", "type of arrangement", "arrangement type", "kinship arrangement", "legal order"),
    words="arrangement",
)
ARRANGEMENT_SINCE = Column(
    "Arrangement since",
    "A date, or what you know of it.",
    ("June 2021", "2023"),
    ("since", "since when", "date of order", "order date", "start date", "arrangement start date"),
)
LOOKED_AFTER = Column(
    "Looked after immediately before the order",
    "Was the child looked after by a council on the day before the order?",
    ("Yes", ""),
    ("looked after before", "looked after before the order", "previously looked after", "looked after before order"),
    words="looked_after_before",
)
PLAN = Column(
    "Plan",
    "The plan that the child is on now.",
    ("Child in need", "No plan"),
    ("plan status", "current plan", "childs plan", "status"),
    words="plan",
)
CONSENT = Column(
    "Consent to share",
    "Has the carer agreed that you send us these details?",
    ("Yes", ""),
    ("consent", "consent given", "carer consent", "consent to referral", "consent to share details"),
    words="consent",
)
CONSENT_HOW = Column(
    "How consent was given",
    "When, how and to whom.",
    ("By telephone to the social worker on 3 December 2025", ""),
    ("consent notes", "consent how", "how consent given", "consent details"),
)
HELP = Column(
    "What would help",
    "In the family's own words where you can.",
    ("Someone to talk to, and help with contact", ""),
    ("reason for referral", "support needed", "needs", "what help is needed", "help needed", "notes"),
    longest=4_000,
)
SAFETY = Column(
    "Safe contact",
    "Anything that we must know to be in touch safely.",
    ("Ring before 3 pm; no letters", ""),
    ("safety", "safety words", "safe to contact", "risk", "risks", "safety notes", "safe to contact words"),
    longest=1_000,
)

COLUMNS = (
    REFERENCE, CARER_NAME, CARER_BIRTH, CARER_PHONE, CARER_EMAIL, CARER_POSTCODE, RELATIONSHIP, CHILD_NAME,
    CHILD_BIRTH, ARRANGEMENT, ARRANGEMENT_SINCE, LOOKED_AFTER, PLAN, CONSENT, CONSENT_HOW, HELP, SAFETY,
)  # fmt: skip

CHILD_COLUMNS = (CHILD_NAME, CHILD_BIRTH, ARRANGEMENT, ARRANGEMENT_SINCE, LOOKED_AFTER, PLAN)

EXAMPLE_REFERENCE = "example"
"""Rows whose reference starts so are the template's own and are left out."""


def _load_words() -> tuple[dict[str, tuple[str, ...]], dict[str, dict[str, str]]]:
    text = files("alongside.stewardship.exchange").joinpath("data/family-words.toml").read_text(encoding="utf-8")
    answers: Mapping[str, Mapping[str, list[str]]] = tomllib.loads(text)
    offered = {topic: tuple(words[0] for words in by_answer.values()) for topic, by_answer in answers.items()}
    meant = {
        topic: {key(word): answer for answer, words in by_answer.items() for word in (answer, *words)}
        for topic, by_answer in answers.items()
    }
    return offered, meant


OFFERED, MEANT = _load_words()
"""For each topic, the answers that the template offers; and which answer each known word means."""
