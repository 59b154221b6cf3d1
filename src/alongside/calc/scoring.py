"""Scoring the answers to a questionnaire, with a rule for those not given."""

from collections.abc import Mapping
from dataclasses import dataclass

from alongside.calc.instruments import (
    Alarm,
    Direction,
    Instrument,
    InstrumentError,
    Item,
    Method,
    Option,
    Scale,
    parse_instrument,
)

__all__ = [
    "DECLINED",
    "Alarm",
    "Answer",
    "AnswerError",
    "Direction",
    "Instrument",
    "InstrumentError",
    "Item",
    "Method",
    "Option",
    "Scale",
    "Score",
    "alarms_in",
    "check_answer",
    "parse_instrument",
    "score",
]

DECLINED = "declined"
"""The answer "I would rather not say": kept as an answer, scored as missing."""

Answer = int | str | None


class AnswerError(ValueError):
    """An answer that its item does not allow; ``item`` is the item's key."""

    def __init__(self, item: str, problem: str) -> None:
        super().__init__(f"{item}: {problem}")
        self.item = item
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Score:
    """The value of one scale (``None`` where too much is missing), items missing, and how it was made."""

    value: float | None
    missing: int
    method: str


def score(instrument: Instrument, answers: Mapping[str, Answer]) -> dict[str, Score]:
    """Return the score of every scale of ``instrument``.

    With n items of which m are answered and sum to S: *sum* is S, or S·n/m (prorated) where some
    are missing; *mean* is S/m; *item* is the one answer. With more missing than the scale allows
    there is no score. Units are those of the scale. Prorating puts the person's own mean in
    place of a missing answer (Fayers and Machin, *Quality of Life*, 3rd ed. 2016, chapter 15).

    >>> options = [{"value": 1, "words": "Never"}, {"value": 3, "words": "Often"}]
    >>> items = [{"key": key, "question": "?", "why": "!", "options": options} for key in ("a", "b")]
    >>> scale = {"key": "s", "title": "S", "items": ["a", "b"], "method": "sum"}
    >>> scale |= {"direction": "lower_is_better", "missing_allowed": 1}
    >>> words = ("key", "title", "edition", "about", "who_answers", "licence", "source")
    >>> from datetime import date
    >>> data = dict.fromkeys(words, "x") | {"checked": date(2026, 1, 1), "items": items, "scales": [scale]}
    >>> score(parse_instrument(data), {"a": 3, "b": "declined"})
    {'s': Score(value=6.0, missing=1, method='sum of 2 items, 1 missing, prorated')}
    """
    known = {item.key: item for item in instrument.items}
    for key, answer in answers.items():
        if key not in known:
            raise AnswerError(key, f"is not asked in {instrument.title}")
        check_answer(known[key], answer)
    return {scale.key: _score(scale, answers) for scale in instrument.scales}


def alarms_in(instrument: Instrument, answers: Mapping[str, Answer]) -> list[Alarm]:
    """Return the alarms that these answers raise; an answer that was not given, or declined, raises none."""
    return [
        alarm
        for alarm in instrument.alarms
        if isinstance(answer := answers.get(alarm.item), int) and answer >= alarm.at_least
    ]


def check_answer(item: Item, answer: object) -> None:
    """Raise :class:`AnswerError` unless ``answer`` is a value of the item, declined, or ``None``."""
    if answer is None or answer == DECLINED:
        return
    allowed = [option.value for option in item.options]
    if type(answer) is not int or answer not in allowed:
        raise AnswerError(item.key, f"must be from {allowed[0]} to {allowed[-1]}, not {answer!r}")


def _score(scale: Scale, answers: Mapping[str, Answer]) -> Score:
    given = [answer for key in scale.items if isinstance(answer := answers.get(key), int)]
    asked = len(scale.items)
    missing = asked - len(given)
    if missing > scale.missing_allowed:
        return Score(None, missing, f"no score: {missing} missing, at most {scale.missing_allowed} allowed")
    if scale.method is Method.ITEM:
        return Score(float(given[0]), missing, "the answer itself")
    words = f"{scale.method} of {asked} items"
    mean = sum(given) / len(given)
    if missing:
        words += f", {missing} missing, " + ("prorated" if scale.method is Method.SUM else "left out")
    if scale.method is Method.MEAN:
        return Score(mean, missing, words)
    return Score(mean * asked if missing else float(sum(given)), missing, words)
