"""A licence that is declared, a made-up questionnaire that is loaded, and the scores of a child's form."""

import json
from datetime import date

from alongside.calc.scoring import score
from alongside.records.measures.library import EXAMPLE_PACK, instrument
from alongside.stewardship.demo.chance import DAY, Chance, moment, weekday
from alongside.stewardship.demo.families import Family
from alongside.stewardship.demo.tables import CHILD_SCORES, DECLARATION, PACK, Rows, Worker

SDQ = "sdq"
TERMS = "Terms on its owner's website, printed and filed with the contract papers"


def declare_licences(chance: Chance, rows: Rows, today: date, by: Worker) -> None:
    """Declare two, and load the example that is made up."""
    on = weekday(today - 200 * DAY)
    at = f"{on} 09:40:00"
    for key, ground, reference in ((SDQ, "terms", TERMS), ("calm-days", "permission", "Made up: nobody owns it")):
        row = chance.new_id(on)
        rows.owned(DECLARATION, row, at, key, ground, reference, by.id)
        rows.log("licence declared", DECLARATION, row, moment(on, 580), by)
    row, text = chance.new_id(on), EXAMPLE_PACK.read_text(encoding="utf-8")
    rows.owned(PACK, row, at, "calm-days", "made up, 2026", "Calm days", text, by.id)
    rows.log("pack loaded", PACK, row, moment(on, 580), by)


def enter_scores(
    chance: Chance, rows: Rows, family: Family, case: str, given: dict[str, float], occasion: str, day: date
) -> None:
    """Write the scores of one form that a carer filled in on paper about the first child."""
    form, row = instrument(SDQ), chance.new_id(day)
    scores = {key: found.value for key, found in score(form, given).items()}
    rows.owned(
        *(CHILD_SCORES, row, f"{day} 15:30:00", case, family.carer, family.children[0].id),
        *(SDQ, form.edition, occasion, str(day), "paper", json.dumps(given), json.dumps(scores), ""),
    )
    rows.log("answers recorded", CHILD_SCORES, row, moment(day, 930), family.worker)
