"""A questionnaire as published: its questions, its scales, which way is better, and on what ground it may be used."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Enter(StrEnum):
    """What is put in: answers to its questions, scores that were worked out elsewhere, or the steps of a goal."""

    ANSWERS = "answers"
    SCORES = "scores"
    GOALS = "goals"


class MayLoad(StrEnum):
    """What an agency may load for a questionnaire: its words, no more than the ranges of its scores, or nothing."""

    WORDS = "words"
    RANGES = "ranges"
    NONE = "none"


class Subject(StrEnum):
    """Whom the answers are about."""

    CARER = "carer"
    CHILD = "child"


class Direction(StrEnum):
    """Which way a score has to move for life to have become better."""

    HIGHER_IS_BETTER = "higher_is_better"
    LOWER_IS_BETTER = "lower_is_better"


class Method(StrEnum):
    """How the answers to a scale's items become one number; an entered score comes as a number."""

    SUM = "sum"
    MEAN = "mean"
    ITEM = "item"
    ENTERED = "entered"


@dataclass(frozen=True, slots=True)
class Option:
    """One answer that may be chosen; the words are empty between the ends of a 0 to 10 scale."""

    value: int
    words: str


@dataclass(frozen=True, slots=True)
class Band:
    """Where a stretch of a score begins, its name, and whether somebody on duty must be told of a score in it."""

    start: float
    words: str
    risk: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """One question, and why it is asked. Its answers stand in the order in which they are shown."""

    key: str
    question: str
    why: str
    options: tuple[Option, ...]

    @property
    def minimum(self) -> int:
        """The lowest value that can be answered."""
        return min(self.options[0].value, self.options[-1].value)

    @property
    def maximum(self) -> int:
        """The highest value that can be answered."""
        return max(self.options[0].value, self.options[-1].value)


@dataclass(frozen=True, slots=True)
class Exactness:
    """How exact a scale is, as far as anybody published it: its reliability, the standard deviation among the people
    of whom ``norm`` tells, and where both were read. What is not known is ``None``, and ``norm`` says so.
    ``everybody`` is the mean of people at large, where anybody published it, and ``everybody_of`` where that was read.
    """

    norm: str
    reliability: float | None = None
    sd: float | None = None
    everybody: float | None = None
    everybody_of: str = ""


@dataclass(frozen=True, slots=True)
class Scale:
    """One score: the items it is made of, how, which way is better, its range, and how exact it is.

    ``conversion`` gives, for each total, the score that stands for it. ``adds_up`` names the scales whose scores make
    an entered one. ``missing_rule`` says in words when there is no score.
    """

    key: str
    title: str
    items: tuple[str, ...]
    method: Method
    direction: Direction
    missing_allowed: int
    missing_rule: str
    minimum: float
    maximum: float
    exactness: Exactness
    bands: tuple[Band, ...] = ()
    conversion: tuple[tuple[int, float], ...] = ()
    adds_up: tuple[str, ...] = ()

    def band(self, value: float) -> str:
        """Return the words for where a score lies; nothing where the source has none."""
        found = self.band_of(value)
        return found.words if found else ""

    def band_of(self, value: float) -> Band | None:
        """Return the band in which a score lies, where the source has any."""
        return next((band for band in reversed(self.bands) if band.start <= value), None)

    @property
    def higher_is_better(self) -> bool:
        """Whether a rise is an improvement."""
        return self.direction is Direction.HIGHER_IS_BETTER

    @property
    def higher_means(self) -> str:
        """What a rise means, in a word."""
        return "better" if self.higher_is_better else "harder"

    @property
    def whole(self) -> bool:
        """Whether every score is a whole number."""
        return not self.conversion and self.method in (Method.SUM, Method.ITEM) and not self.missing_allowed


@dataclass(frozen=True, slots=True)
class Alarm:
    """An answer after which somebody must be told at once: to one item, of a value or more, and why in words."""

    item: str
    at_least: int
    words: str


@dataclass(frozen=True, slots=True)
class Instrument:
    """One edition of a questionnaire, with the ground on which it may be used.

    ``needs_licence`` says that an agency may use it only once it has declared its own ground. One without scales is
    known by name only: its ranges, and its words where ``may_load`` allows, come from a pack that the agency loads.
    """

    key: str
    title: str
    edition: str
    about: str
    who_answers: str
    subject: Subject
    enter: Enter
    licence: str
    needs_licence: bool
    may_load: MayLoad
    source: str
    checked: date
    items: tuple[Item, ...]
    scales: tuple[Scale, ...]
    alarms: tuple[Alarm, ...] = ()

    @property
    def warns(self) -> bool:
        """Whether some answer or score of it means that somebody must be told at once."""
        return bool(self.alarms) or any(band.risk for scale in self.scales for band in scale.bands)

    @property
    def goes_with_others(self) -> bool:
        """Whether its questions are for a carer about herself, so that they are asked in one go with others."""
        return bool(self.items) and self.subject is Subject.CARER

    def item(self, key: str) -> Item:
        """Return the item of that key; ``KeyError`` if there is none."""
        return {item.key: item for item in self.items}[key]

    def scale(self, key: str) -> Scale:
        """Return the scale of that key; ``KeyError`` if there is none."""
        return {scale.key: scale for scale in self.scales}[key]
