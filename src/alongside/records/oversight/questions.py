"""The questions that a family's record is read against, read once and strictly from their data file."""

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "questions.toml"


class QuestionsError(ValueError):
    """The data file does not say what it should."""


class Found(StrEnum):
    """What was found."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    NOT_HERE = "not_here"


FOUND_WORDS = {
    Found.YES: "Yes",
    Found.PARTLY: "Partly",
    Found.NO: "No",
    Found.NOT_HERE: "It does not matter for this family",
}


@dataclass(frozen=True, slots=True)
class Question:
    """One question, and what to look for."""

    key: str
    title: str
    help: str


@dataclass(frozen=True, slots=True)
class Questions:
    """All of them, with the edition that answers are kept under."""

    edition: str
    asked: tuple[Question, ...]


@cache
def questions() -> Questions:
    """Read the file; raises :class:`QuestionsError`."""
    said = tomllib.loads(FILE.read_text(encoding="utf-8"))
    try:
        asked = tuple(Question(**table) for table in said["questions"])
    except (KeyError, TypeError) as error:
        raise QuestionsError(f"questions.toml: {error}") from error
    if len({question.key for question in asked}) != len(asked) or not asked:
        raise QuestionsError("questions.toml: each question needs a key of its own")
    return Questions(str(said["edition"]), asked)
