"""The yearly survey of carers, a round that goes on and last year's, and what some hundred carers answered in each."""

import json
from datetime import date
from uuid import UUID

from alongside.calc.surveys.answering import Answer, Step, counted, steps
from alongside.calc.surveys.definition import Definition, Kind
from alongside.calc.surveys.reading import told
from alongside.core.agencies.models import Agency
from alongside.records.surveys.library import library
from alongside.stewardship.demo.chance import DAY, Chance, Odds, moment, weekday
from alongside.stewardship.demo.fragments import table
from alongside.stewardship.demo.survey_tables import EDITION, KNOWN_TOTALS, RESPONSE, ROUND, SURVEY
from alongside.stewardship.demo.tables import Rows, Worker

LEFT = 0.04  # the chance that somebody leaves a question, or would rather not say
WROTE = 0.3


def survey_carers(chance: Chance, rows: Rows, manager: Worker, today: date) -> None:
    """Write the survey, its edition, and two open and anonymous rounds: the one that goes on, and last year's."""
    definition = library()["annual-carer-survey"]
    first = weekday(today - 398 * DAY)
    survey, edition = chance.new_id(first), chance.new_id(first)
    at = f"{first} 09:15:00"
    rows.owned(SURVEY, survey, at, definition.title)
    rows.owned(EDITION, edition, at, survey, 1, json.dumps(told(definition)), str(first))
    for opened, closed in ((weekday(today - 33 * DAY), None), (first, weekday(first + 49 * DAY))):
        round = chance.new_id(opened)
        name, address = f"Autumn {opened.year}", f"{chance.getrandbits(40):010x}"
        days = (str(opened), str(closed or today + 16 * DAY), str(closed) if closed else None)
        facts = (survey, edition, name, "open", "anonymous", address, *days)
        rows.owned(ROUND, round, f"{opened} 09:15:00", *facts)
        rows.log("survey round opened", ROUND, round, moment(opened, 555), manager)
        _answer_round(chance, rows, definition, (round, edition), (opened, closed or today))
        if closed:
            _know_totals(chance, rows, round, opened, manager)


def _know_totals(chance: Chance, rows: Rows, round: str, opened: date, manager: Worker) -> None:
    """Write what a made-up count of all carers says, by which the round that is over is weighted."""
    kept = table("survey")
    for question, totals in kept["known_totals"].items():
        known = chance.new_id(opened)
        groups = json.dumps([[[key], total] for key, total in totals.items()])
        facts = (round, question, groups, kept["counted_by"], str(opened.replace(month=3, day=31)), "")
        rows.owned(KNOWN_TOTALS, known, f"{opened} 16:20:00", *facts)
        rows.log("known totals fixed", KNOWN_TOTALS, known, moment(opened, 980), manager)


def _answer_round(
    chance: Chance, rows: Rows, definition: Definition, asked: tuple[str, str], days: tuple[date, date]
) -> None:
    """Write what carers answered in one round, area by area."""
    answered = table("survey")["answered"]
    known = dict(Agency.objects.filter(code__in=answered).values_list("code", "pk"))
    rows.random_ids = rows.random_ids | {pk.hex: str(code) for code, pk in known.items()}
    for code, number in answered.items():
        area = known[code].hex if code else None
        for _ in range(number):
            on = chance.day(*days)
            answers = json.dumps(_answers(chance, definition, code))
            monday = str(on - on.weekday() * DAY)
            row = UUID(int=chance.getrandbits(128), version=4).hex
            rows.plain(RESPONSE, row, 1, rows.agency, *asked, area, answers, monday)


def _answers(chance: Chance, definition: Definition, code: str) -> dict[str, Answer]:
    """Answer question by question, as each answer says what is asked next; ``burden`` makes the answers of one hang
    together.
    """
    burden, said = chance.gauss(0, 1), dict[str, Answer]()
    asked: set[str] = set()
    while step := next((one for one in steps(definition, said) if one.address not in asked), None):
        asked.add(step.address)
        if step.question.kind is Kind.AREA:
            if code:
                said[step.address] = code
        elif step.question.required or not chance.happens(LEFT):
            answer = _answer(chance, step, burden)
            if answer is not None:
                said[step.address] = answer
        elif chance.happens(0.5):
            said[step.address] = None
    return counted(definition, said)


def _answer(chance: Chance, step: Step, burden: float) -> Answer:
    question, kept = step.question, table("survey")
    if question.key == "children":
        return chance.draw(Odds({1: 63.0, 2: 26.0, 3: 9.0, 4: 2.0}))
    if question.kind is Kind.WHOLE:
        return chance.between(0, 17)
    if question.kind is Kind.WORDS:
        return str(chance.pick(kept["words"][question.key])) if chance.happens(WROTE) else None
    if question.kind is Kind.SCALE:
        worse = burden if question.key == "money" else -burden
        return min(10, max(0, round(4.6 + 2.2 * worse + chance.gauss(0, 1.4))))
    shares: dict[str, float] = kept["shares"][question.key]
    if question.kind is Kind.MANY:
        ticked = [key for key, share in shares.items() if key != "nothing" and chance.happens(share / 100)]
        return ticked or (["nothing"] if "nothing" in shares else ["other"])
    return _one(chance, shares, burden if question.key in ("status", "may_stop", "alone") else 0.0)


def _one(chance: Chance, shares: dict[str, float], burden: float) -> str:
    """Draw one of several; burden leans towards the later ones, which are the harder."""
    leaning = {key: share * (1.6**burden) ** place for place, (key, share) in enumerate(shares.items())}
    return chance.draw(Odds(leaning))
