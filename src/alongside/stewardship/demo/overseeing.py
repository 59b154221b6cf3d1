"""How the team's work is looked after: supervision with what was agreed, and records read, some of them by chance."""

import json
from datetime import date
from typing import Any
from uuid import UUID

from alongside.records.cases.models import Case
from alongside.records.oversight.queries import pool_of
from alongside.records.oversight.questions import Found, questions
from alongside.records.oversight.rules import draw, fingerprint
from alongside.stewardship.demo.chance import DAY, Chance, moment, weekday
from alongside.stewardship.demo.families import Family
from alongside.stewardship.demo.fragments import table
from alongside.stewardship.demo.tables import AGREED_ACTION, CASE_AUDIT, CASE_TALK, SAMPLE, SUPERVISION, Rows, Worker


def oversee(chance: Chance, rows: Rows, family: Family, case: str, today: date, manager: Worker | None) -> None:
    """Write them, where somebody manages."""
    if manager is None:
        return
    asha = family.worker.id
    met = weekday(today - 12 * DAY)
    at, told = f"{met} 14:30:00", table("grace")["supervision"]
    supervision = chance.new_id(met)
    next_on = str(weekday(met + 35 * DAY))
    rows.owned(SUPERVISION, supervision, at, asha, manager.id, str(met), told["words"], next_on)
    rows.log("supervision recorded", SUPERVISION, supervision, moment(met, 870), manager)
    rows.owned(CASE_TALK, chance.new_id(met), at, supervision, case, told["of_grace"])
    for each in told["agreed"]:
        _agree(chance, rows, each, met, today, supervision, None, asha)
    read, found = weekday(today - 6 * DAY), table("grace")["audit"]
    audit = chance.new_id(read)
    answers = {key: {"found": answer, "words": found["why"].get(key, "")} for key, answer in found["found"].items()}
    rows.owned(
        *(CASE_AUDIT, audit, f"{read} 10:20:00", case, None, manager.id, str(read), found["edition"]),
        *(json.dumps(answers), found["words"], None, ""),
    )
    rows.log("record audited", CASE_AUDIT, audit, moment(read, 620), manager)


def supervise_others(chance: Chance, rows: Rows, workers: list[Worker], today: date, manager: Worker) -> None:
    """Write down when others of the team last had supervision: one lately, one too long ago."""
    for worker, told in zip(workers, table("oversight")["supervisions"], strict=False):
        met = weekday(today - told["ago"] * DAY)
        row, at = chance.new_id(met), f"{met} 11:00:00"
        next_on = str(weekday(met + told["next"] * DAY)) if "next" in told else None
        rows.owned(SUPERVISION, row, at, worker.id, manager.id, str(met), told["words"], next_on)
        rows.log("supervision recorded", SUPERVISION, row, moment(met, 660), manager)
        _agree(chance, rows, told["agreed"], met, today, row, None, worker.id)


def read_by_chance(chance: Chance, rows: Rows, team: str, today: date, manager: Worker) -> None:
    """Draw some of the families in the database, as the program draws them, and read a few of their records."""
    told = table("oversight")
    drawn_on = weekday(today - told["sample"]["ago"] * DAY)
    pool, size = pool_of(UUID(rows.agency), UUID(team), moment(drawn_on, 605)), told["sample"]["size"]
    seed = UUID(chance.new_id(drawn_on)).hex[16:]
    picked = draw(seed, pool, size)
    sample, at = chance.new_id(drawn_on), f"{drawn_on} 10:05:00"
    facts = (size, seed, len(pool), fingerprint(pool), json.dumps([str(case) for case in picked]))
    rows.owned(SAMPLE, sample, at, team, manager.id, str(drawn_on), *facts)
    rows.log("sample drawn", SAMPLE, sample, moment(drawn_on, 605), manager)
    workers = dict(Case.objects.filter(pk__in=picked).values_list("pk", "worker"))
    for case, each in zip(picked, told["audits"], strict=False):
        worker = workers[case].hex if workers[case] else manager.id
        _read(chance, rows, case.hex, sample, each, today, manager, worker)


def _read(
    chance: Chance,
    rows: Rows,
    case: str,
    sample: str,
    told: dict[str, Any],
    today: date,
    manager: Worker,
    worker: str,
) -> None:
    read, again = weekday(today - told["ago"] * DAY), told.get("looked_again")
    audit, asked = chance.new_id(read), questions()
    less = {key: (found, words) for found in (Found.PARTLY, Found.NO) for key, words in told.get(found, {}).items()}
    found = {each.key: less.get(each.key, (Found.YES, "")) for each in asked.asked}
    answers = json.dumps({key: {"found": answer, "words": words} for key, (answer, words) in found.items()})
    seen = (str(weekday(today - again["ago"] * DAY)), again["words"]) if again else (None, "")
    facts = (case, sample, manager.id, str(read), asked.edition, answers, told["words"], *seen)
    rows.owned(CASE_AUDIT, audit, f"{read} 16:10:00", *facts)
    rows.log("record audited", CASE_AUDIT, audit, moment(read, 970), manager)
    for each in told.get("agreed", ()):
        _agree(chance, rows, each, read, today, None, audit, worker)


def _agree(
    chance: Chance,
    rows: Rows,
    told: dict[str, Any],
    on: date,
    today: date,
    supervision: str | None,
    audit: str | None,
    owner: str,
) -> None:
    due = str(weekday(on + told["days"] * DAY))
    done = str(weekday(today - 5 * DAY)) if "came_of_it" in told else None
    held = (supervision, audit, owner, told["words"], due, done, told.get("came_of_it", ""))
    rows.owned(AGREED_ACTION, chance.new_id(on), f"{on} 12:00:00", *held)
