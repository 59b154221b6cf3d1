"""Answers to the questionnaires: lifelike starts, modest change in both directions, and reviews that are missing."""

import json
from datetime import date

from alongside.calc.instruments import Item
from alongside.calc.scoring import Answer, score
from alongside.records.measures.library import instrument as known
from alongside.stewardship.demo.chance import DAY, Chance, Odds, moment, weekday
from alongside.stewardship.demo.families import Family
from alongside.stewardship.demo.fragments import instruments
from alongside.stewardship.demo.tables import ANSWER_SET, Rows

WEEK = 7 * DAY
ASKED = {"start": 0.9, "review": 0.66, "end": 0.62, "follow_up": 0.3}
NOT_SAID = 0.02
MODES = Odds({"with_worker": 58, "link": 36, "paper": 6})
# For each question from 0 to 10: where people start, and how far they move on average; people differ by 2 either way.
LINES = {
    "isolation": (6.4, -1.5),
    "money": (6.2, -0.7),
    "child": (6.6, -0.8),
    "relationships": (5.2, 0.7),
    "confidence": (4.9, 1.3),
    "satisfied": (5.6, 0.6),
    "worthwhile": (7.0, 0.3),
    "happy": (5.7, 0.5),
    "anxious": (5.3, -0.6),
    "lonely": (2.8, 0.4),
}
WORSE_IS_MORE = frozenset({"isolation", "money", "child", "anxious"})


def answer_questions(
    chance: Chance,
    rows: Rows,
    family: Family,
    case: str,
    first: date,
    last: date,
    review_weeks: int,
    closed: bool,
    today: date,
) -> date | None:
    """Write what was answered in a stretch of work, and give the day on which the next review is due."""
    burden = chance.gauss(0, 1)
    change = chance.gauss(0, 0.8)
    start = weekday(first + chance.between(2, 21) * DAY)
    if start < last:
        _answers(chance, rows, family, case, "start", max(first, start), burden, None)
    review = first + review_weeks * WEEK
    while review < last - 2 * WEEK:
        _answers(chance, rows, family, case, "review", weekday(review), burden, change)
        review += review_weeks * WEEK
    if closed:
        _answers(chance, rows, family, case, "end", last, burden, change)
        later = weekday(last + 26 * WEEK)
        if later < today:
            _answers(chance, rows, family, case, "follow_up", later, burden, change * 0.8)
    return review


def _answers(
    chance: Chance,
    rows: Rows,
    family: Family,
    case: str,
    occasion: str,
    day: date,
    burden: float,
    change: float | None,
) -> None:
    if not chance.happens(ASKED[occasion]):
        return
    mode = chance.draw(MODES)
    for instrument in instruments():
        answers = {item.key: _answer(chance, item, burden, change) for item in instrument.items}
        write_answers(chance, rows, family, case, instrument.key, answers, occasion, day, mode)


def write_answers(
    chance: Chance,
    rows: Rows,
    family: Family,
    case: str,
    instrument: str,
    answers: dict[str, Answer],
    occasion: str,
    day: date,
    mode: str,
) -> None:
    """Write one answered questionnaire with its scores."""
    asked = known(instrument)
    scores = {key: each.value for key, each in score(asked, answers).items()}
    row, at = chance.new_id(day), moment(day, chance.between(9 * 60, 19 * 60))
    rows.owned(
        ANSWER_SET,
        row,
        str(at)[:19],
        case,
        family.carer,
        instrument,
        asked.edition,
        occasion,
        str(day),
        mode,
        json.dumps(answers),
        json.dumps(scores),
        "trained" if mode == "with_worker" and family.language and Chance(f"interpreted/{case}").happens(0.5) else "",
    )
    rows.log("answers recorded", ANSWER_SET, row, at, None if mode == "link" else family.worker)


def _answer(chance: Chance, item: Item, burden: float, change: float | None) -> Answer:
    if chance.happens(NOT_SAID):
        return None
    worse = 1 if item.key in WORSE_IS_MORE or item.key not in LINES else -1
    centre, move = LINES.get(item.key, (2.1, -0.25))
    spread = 1.6 if item.key in LINES else 0.45
    value = centre + worse * spread * burden + chance.gauss(0, spread * 0.6)
    if change is not None:
        value += move - worse * spread * change * 0.6
    low, high = item.options[0].value, item.options[-1].value
    return min(high, max(low, round(value)))
