"""Grace's agreed plan, and her letters: one that was sent, with its very paper, and one that is being written."""

import json
from datetime import date, datetime
from hashlib import sha256

from alongside.records.letters.models import Letter
from alongside.records.letters.paper import set_on_paper
from alongside.stewardship.demo.chance import DAY, Chance, moment, weekday
from alongside.stewardship.demo.families import Family
from alongside.stewardship.demo.fragments import table
from alongside.stewardship.demo.tables import AGREED_PLAN, LETTER, LETTER_PAPER, PLAN_SENDING, Rows


def write_papers(chance: Chance, rows: Rows, family: Family, case: str, address: str, today: date) -> None:
    """Write what Grace has on paper."""
    _agreed(chance, rows, family, case, today)
    for told in table("grace_plan")["letters"]:
        on = weekday(today - told["ago"] * DAY)
        letter, at = chance.new_id(on), moment(on, 700)
        ours = not told.get("to")
        to = (family.name, f"{address}\n{family.postcode}", family.email) if ours else (told["to"], "", "")
        facts = (case, told["template"], "1", family.children[0].id, *to, told["subject"], told["body"].strip())
        if "how" not in told:
            rows.owned(LETTER, letter, _at(at), *facts, "draft", family.worker.id, "", None, "")
            continue
        sent = Letter(to_name=to[0], to_address=to[1], subject=told["subject"], body=told["body"].strip())
        paper = set_on_paper(sent, on, sent=True)
        digest = sha256(paper).hexdigest()
        rows.owned(LETTER, letter, _at(at), *facts, "sent", family.worker.id, told["how"], _at(at), digest)
        rows.owned(LETTER_PAPER, chance.new_id(on), _at(at), case, letter, paper)


def _agreed(chance: Chance, rows: Rows, family: Family, case: str, today: date) -> None:
    told, grace = table("grace_plan")["agreed"], table("grace")
    on = weekday(today - told["ago"] * DAY)
    first = weekday(today - 29 * DAY)
    points = [[str(first), grace["goal_start"]], [str(on), grace["readings"][0]["value"]]]

    def lines(part: str) -> list[dict[str, str]]:
        return [{"words": one["words"], "who": one["who"], "by": str(today + one["due"] * DAY)} for one in told[part]]

    content = {
        "worker": family.worker.name,
        "strengths": told["strengths"],
        "goals": [{"words": grace["goal"], "points": points, "steps": lines("steps")}],
        "steps": lines("beside"),
        "promises": lines("promises"),
        "review_due": str(today + 13 * DAY),
    }
    plan, at, by = chance.new_id(on), _at(moment(on, 700)), family.worker.id
    kept = (json.dumps(content), by)
    rows.owned(AGREED_PLAN, plan, at, case, 1, str(on), family.carer, told["how"], told["words"], *kept)
    rows.owned(PLAN_SENDING, chance.new_id(on), at, case, plan, "email", family.email, at, by)


def _at(at: datetime) -> str:
    return str(at)[:19]
