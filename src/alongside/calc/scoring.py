"""Scoring the answers to a questionnaire, with a rule for those not given."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from alongside.calc.instruments import Alarm, Band, Enter, Instrument, Item, Method, Scale

DECLINED = "declined"
"""The answer "I would rather not say": kept as an answer, scored as missing."""

Answer = int | float | str | None
"""The number of an option, or of an entered score; declined; or nothing."""


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


@dataclass(frozen=True, slots=True)
class Risk:
    """A score in a band of risk: somebody on duty must be told of it."""

    scale: Scale
    value: float
    band: Band


def score(instrument: Instrument, answers: Mapping[str, Answer]) -> dict[str, Score]:
    """Return the score of every scale of ``instrument``.

    With n items of which m are answered and sum to S: *sum* is S, or S·n/m (prorated) where some
    are missing; *mean* is S/m; *item* is the one answer. A table of conversion gives the score that
    stands for a sum. With more missing than the scale allows there is no score. Units are those of
    the scale. Prorating puts the person's own mean in place of a missing answer (Fayers and Machin,
    *Quality of Life*, 3rd ed. 2016, chapter 15). Of an instrument whose scores are put in, the
    answers are those scores, by scale.

    >>> options = [{"value": 1, "words": "Never"}, {"value": 3, "words": "Often"}]
    >>> items = [{"key": key, "question": "?", "why": "!", "options": options} for key in ("a", "b")]
    >>> scale = {"key": "s", "title": "S", "items": ["a", "b"], "method": "sum", "norm": "none"}
    >>> scale |= {"direction": "lower_is_better", "missing_allowed": 1}
    >>> data = dict.fromkeys(("title", "edition", "about", "who_answers", "licence", "source"), "x")
    >>> data |= {"key": "x", "subject": "carer", "enter": "answers", "needs_licence": False}
    >>> from datetime import date
    >>> from alongside.calc.instrument_file import parse_instrument
    >>> found = parse_instrument(data | {"checked": date(2026, 1, 1), "items": items, "scales": [scale]})
    >>> score(found, {"a": 3, "b": "declined"})
    {'s': Score(value=6.0, missing=1, method='sum of 2 items, 1 missing, prorated')}
    """
    if instrument.enter is not Enter.ANSWERS:
        return _entered(instrument, answers)
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


def risks_in(instrument: Instrument, scores: Mapping[str, float | None]) -> list[Risk]:
    """Return the scores that lie in a band of risk."""
    valued = [(scale, scores.get(scale.key)) for scale in instrument.scales]
    banded = [(scale, value, scale.band_of(value)) for scale, value in valued if value is not None]
    return [Risk(scale, value, band) for scale, value, band in banded if band and band.risk]


def check_answer(item: Item, answer: object) -> None:
    """Raise :class:`AnswerError` unless ``answer`` is a value of the item, declined, or ``None``."""
    if answer is None or answer == DECLINED:
        return
    allowed = [option.value for option in item.options]
    if type(answer) is not int or answer not in allowed:
        raise AnswerError(item.key, f"must be from {allowed[0]} to {allowed[-1]}, not {answer!r}")


def _score(scale: Scale, answers: Mapping[str, Answer]) -> Score:
    given: list[int] = [answer for key in scale.items if isinstance(answer := answers.get(key), int)]
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
    if scale.conversion:
        return Score(dict(scale.conversion)[sum(given)], missing, f"{words}, converted")
    return Score(mean * asked if missing else float(sum(given)), missing, words)


def _entered(instrument: Instrument, scores: Mapping[str, Answer]) -> dict[str, Score]:
    """The scores as they were put in, once each lies on its scale and the sums among them are right."""
    known = {scale.key: scale for scale in instrument.scales}
    for key, value in scores.items():
        if key not in known:
            raise AnswerError(key, f"is not a score of {instrument.title}")
        _check_score(known[key], value)
    values = {key: value for key, value in scores.items() if isinstance(value, int | float)}
    for scale in instrument.scales:
        parts = [values.get(part) for part in scale.adds_up]
        total = values.get(scale.key)
        if scale.adds_up and total is not None and None not in parts:
            _check_sum(scale, total, sum(part for part in parts if part is not None), known)
    return {key: Score(values.get(key), int(key not in values), "entered") for key in known}


def _check_score(scale: Scale, value: Answer) -> None:
    if value is None or value == DECLINED:
        return
    number = isinstance(value, int | float) and not isinstance(value, bool) and scale.minimum <= value <= scale.maximum
    if not number:
        raise AnswerError(scale.key, f"must be from {scale.minimum:g} to {scale.maximum:g}, not {value!r}")


def _check_sum(scale: Scale, total: float, parts: float, known: Mapping[str, Scale]) -> None:
    if not math.isclose(total, parts, abs_tol=1e-6):
        titles = ", ".join(known[part].title for part in scale.adds_up)
        raise AnswerError(scale.key, f"is {total:g}, but its parts add up to {parts:g} ({titles})")
