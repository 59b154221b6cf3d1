"""Extracts of the cohort of Kirklees: one that may be taken, and one that waits for an answer."""

import json
from datetime import date

from alongside.core.base.sealing import seal
from alongside.stewardship.demo.chance import DAY, Chance, moment, weekday
from alongside.stewardship.demo.extract_tables import EXTRACT
from alongside.stewardship.demo.fragments import table
from alongside.stewardship.demo.tables import Rows, Worker
from alongside.stewardship.exchange.extract_files import SEALED_FOR

WEEK = 7 * DAY


def ask_for_rows(chance: Chance, rows: Rows, cohort: str, mina: Worker, omar: Worker, today: date) -> None:
    """Write them."""
    for told in table("shown")["extracts"]:
        asked = weekday(today - told["ago"] * DAY)
        row = chance.new_id(asked)
        facts = (told["project"], told["purpose"], cohort, json.dumps(told["columns"]), mina.id, f"{asked} 11:20:00")
        answer: tuple[str | None, ...] = ("", None, None, "", None, "")
        if "weeks" in told:
            answered = weekday(asked + DAY)
            until, key = str(today + told["weeks"] * WEEK), f"{chance.getrandbits(256):064x}"
            sealed = seal(SEALED_FOR, key)
            rows.random_ids = {**rows.random_ids, sealed: "sealed"}  # the same text sealed twice is two texts
            answer = ("approved", omar.id, f"{answered} 15:05:00", "", until, sealed)
            rows.log("extract approved", EXTRACT, row, moment(answered, 905), omar)
        rows.owned(EXTRACT, row, f"{asked} 11:20:00", *facts, *answer)
        rows.log("extract asked for", EXTRACT, row, moment(asked, 680), mina)
