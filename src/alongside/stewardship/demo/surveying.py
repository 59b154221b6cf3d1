"""The yearly survey of carers with a round that goes on, and what some hundred carers of several areas answered."""

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
from alongside.stewardship.demo.tables import EDITION, RESPONSE, ROUND, SURVEY, Rows, Worker

LEFT = 0.04  # the chance that somebody leaves a question, or would rather not say
WROTE = 0.3


def survey_carers(chance: Chance, rows: Rows, manager: Worker, today: date) -> None:
    """Write the survey, its edition, an open and anonymous round of it, and the responses so far."""
    definition = library()["annual-carer-survey"]
    opened = weekday(today - 33 * DAY)
    survey, edition, round = (chance.new_id(opened) for _ in range(3))
    at = f"{opened} 09:15:00"
    rows.owned(SURVEY, survey, at, definition.title)
    rows.owned(EDITION, edition, at, survey, 1, json.dumps(told(definition)), str(opened))
    name, address = f"Autumn {opened.year}", f"{chance.getrandbits(40):010x}"
    days = (str(opened), str(today + 16 * DAY), None)
    rows.owned(ROUND, round, at, survey, edition, name, "open", "anonymous", address, *days)
    rows.log("survey round opened", ROUND, round, moment(opened, 555), manager)
    answered = table("survey")["answered"]
    known = dict(Agency.objects.filter(code__in=answered).values_list("code", "pk"))
    rows.random_ids = rows.random_ids | {pk.hex: str(code) for code, pk in known.items()}
    for code, number in answered.items():
        area = known[code].hex if code else None
        for _ in range(number):
            on = chance.day(opened, today)
            answers = json.dumps(_answers(chance, definition, code))
            monday = str(on - on.weekday() * DAY)
            row = UUID(int=chance.getrandbits(128), version=4).hex
            rows.plain(RESPONSE, row, 1, rows.agency, round, edition, area, answers, monday)


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
