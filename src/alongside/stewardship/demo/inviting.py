"""Links by which carers were asked how things are and that nobody has used yet, and families left in peace."""

import json
from datetime import date

from alongside.stewardship.demo.chance import DAY, Chance, moment
from alongside.stewardship.demo.families import Family
from alongside.stewardship.demo.tables import CHECK_IN_LINK, NOT_ASKED, Rows

NEAR = 14 * DAY
GIVEN_DAYS, APART = 14, 5
ASKED = ["five-domains", "ons4", "ucla-3"]
WORDS = "She asked for a few quiet weeks."


def invite(rows: Rows, family: Family, case: str, review: date | None, today: date) -> None:
    """Ask some of those whose review is near; of them some have begun, and some were asked again."""
    chance = Chance(f"invited/{case}")
    if review is None or not today - NEAR <= review <= today + NEAR:
        return
    way = "text" if family.phone else "email" if family.email else ""
    if not way or chance.happens(0.5):
        if chance.happens(0.4):
            row = chance.new_id(today)
            at = moment(today - DAY, 650)
            rows.owned(NOT_ASKED, row, str(at)[:19], case, "review", str(today - DAY), "not_now", WORDS)
            rows.log("not asked this time", NOT_ASKED, row, at, family.worker)
        return
    chased, sent = chance.between(0, 1), today - chance.between(1, APART - 1) * DAY
    begun = {"isolation": chance.between(2, 9), "money": "declined"} if chance.happens(0.5) else None
    row, at = chance.new_id(sent), moment(sent, chance.between(9 * 60, 17 * 60))
    rows.owned(
        *(CHECK_IN_LINK, row, str(at)[:19], case, family.carer, "review", json.dumps(ASKED)),
        *(json.dumps({"five-domains": begun} if begun else {}), f"{chance.getrandbits(256):064x}"),
        *(str(at + GIVEN_DAYS * DAY)[:19], way, str(sent - chased * APART * DAY), chased, 1 - chased, APART),
        None if chased else str(sent + APART * DAY),
    )
    rows.log("check-in link made", CHECK_IN_LINK, row, at, None if chased else family.worker)
