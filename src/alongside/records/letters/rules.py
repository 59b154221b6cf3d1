"""Merging facts into a letter: an unknown field is an error, and a missing fact cannot be overlooked."""

import re
from collections.abc import Mapping
from typing import NamedTuple

FIELD = re.compile(r"\{([^{}]*)\}")
MISSING = re.compile(r"\[Missing: [^\]]*\]")

# Every field that a template may name, and what it is called to a worker where the fact is missing.
FIELDS: Mapping[str, str] = {
    "carer": "the carer's name",
    "child": "the child's name",
    "children": "the children's names",
    "worker": "the worker's name",
    "service": "the service's name",
    "phone": "the service's phone number",
    "hours": "when the phone is answered",
    "authority": "the local authority",
    "opened_on": "the day on which the work began",
    "next_appointment": "the next appointment",
    "review_due": "the day of the next review",
    "arrangement": "on what footing the child lives there",
    "arrangement_since": "since when the arrangement stands",
    "allowance": "what the child's allowance is",
    "allowance_since": "since when that amount is paid",
    "allowance_reviewed": "when the allowance was last reviewed",
    "allowance_expected": "what the allowance should come to",
    "came_on": "the day on which the child came",
    "origin": "how the child came to live there",
    "promises_overdue": "the promises that are overdue",
    "goal": "the family's goal",
    "recipient": "to whom the letter goes",
    "enclosed": "what is enclosed",
    "purpose": "what it is needed for",
}


class LetterError(ValueError):
    """A template names a field that there is not; the sentence says which."""


class Addressed(NamedTuple):
    """To whom a letter goes; where an address is not known it is empty."""

    to_name: str = "To whom it may concern"
    to_address: str = ""
    to_email: str = ""


class Enclosed(NamedTuple):
    """A PDF that goes with a letter, and what it is."""

    title: str
    content: bytes


class Merged(NamedTuple):
    """A text with its facts in it, and what was missing, by name."""

    text: str
    missing: tuple[str, ...]


def fields_in(text: str) -> tuple[str, ...]:
    """Give the fields that a text names, each once, in their order; raise :class:`LetterError` for one unknown.

    >>> fields_in("Dear {carer}, {child} and {carer}")
    ('carer', 'child')
    """
    named = tuple(dict.fromkeys(FIELD.findall(text)))
    unknown = [name for name in named if name not in FIELDS]
    if unknown:
        raise LetterError(f"There is no field called {', '.join(map(repr, unknown))}")
    if "{" in FIELD.sub("", text) or "}" in FIELD.sub("", text):
        raise LetterError("A field stands between { and }, and neither of them alone")
    return named


def merge(text: str, facts: Mapping[str, str]) -> Merged:
    """Put facts in the place of fields; a fact that is not there leaves a mark that says what is missing.

    What a fact says is never read as a field.

    >>> merge("Dear {carer}", {"carer": "{child}"}).text, merge("About {child}", {}).text
    ('Dear {child}', "About [Missing: the child's name]")
    """
    missing = tuple(name for name in fields_in(text) if not facts.get(name))
    return Merged(FIELD.sub(lambda found: facts.get(found[1]) or mark(found[1]), text), missing)


def mark(field: str) -> str:
    """Give the mark that stands in for a missing fact."""
    return f"[Missing: {FIELDS[field]}]"


def still_missing(text: str) -> tuple[str, ...]:
    """Give the marks that a text still holds, so that no letter goes out with one."""
    return tuple(dict.fromkeys(MISSING.findall(text)))
