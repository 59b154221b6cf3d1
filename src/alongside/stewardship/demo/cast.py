"""Grace, Tyler and Amara, whom the documents and pictures tell of, with everything that their page shows."""

from dataclasses import replace
from datetime import date

from alongside.stewardship.demo.agencies import Area
from alongside.stewardship.demo.answering import write_answers
from alongside.stewardship.demo.booking import book_grace
from alongside.stewardship.demo.chance import DAY, Chance, moment, weekday, years_before
from alongside.stewardship.demo.contacting import write_contact
from alongside.stewardship.demo.families import Child, Family, write_family
from alongside.stewardship.demo.fragments import table
from alongside.stewardship.demo.histories import Plan, Spell
from alongside.stewardship.demo.licensing import declare_licences, enter_scores
from alongside.stewardship.demo.overseeing import oversee
from alongside.stewardship.demo.picturing import picture_grace
from alongside.stewardship.demo.planning import plan_grace
from alongside.stewardship.demo.referring import Told, receive
from alongside.stewardship.demo.safeguarding import keep_grace_safe
from alongside.stewardship.demo.tables import CASE, ENROLMENT, GOAL, READING, SAFETY_NOTE, STEP, SUPPORT, Rows, Worker
from alongside.stewardship.demo.writing import write_papers

WEEK = 7 * DAY


def _aged(today: date, years: int, month: int, day: int) -> date:
    """Give the birthday of somebody who is so old today."""
    birthday = date(today.year - years, month, day)
    return birthday if (today.month, today.day) >= (month, day) else years_before(birthday, 1)


def grace(chance: Chance, today: date, asha: Worker) -> Family:
    """Give Grace's family."""
    born = _aged(today, 7, 5, 4)
    came = years_before(date(today.year, 5, 20), 3)
    order = years_before(date(today.year, 3, 15), 2)
    care = Spell("connected_foster", came, order, "none", "public", "no")
    care.plans.append(Plan("looked_after", came, order, "The social worker"))
    guardianship = Spell("special_guardianship", order, None, "final", "public", "yes", "Letter from the authority")
    guardianship.days["fund_assessed_on"] = today - 100 * DAY
    informal = Spell("informal", years_before(date(today.year, 1, 6), 1), looked_after_before="no")
    june = date(today.year if today.month > 6 else today.year - 1, 6, 11)
    informal.plans.append(Plan("child_in_need", june, None, "The council's referral"))
    ids = [chance.new_id(today - 31 * DAY) for _ in range(4)]
    return Family(
        household=ids[0],
        carer=ids[1],
        gender="female",
        name="Grace Okafor",
        first="Grace",
        born=_aged(today, 58, 3, 12),
        precision="exact",
        phone="07700 900123",
        email="grace@example.org",
        postcode="HD1 2CV",
        kin="grandparent",
        language="",
        no_fixed_address=False,
        worker=asha,
        children=[
            Child(ids[2], "Tyler Okafor", "Tyler", born, "exact", [care, guardianship], "male"),
            Child(ids[3], "Amara Okafor", "Amara", _aged(today, 4, 6, 9), "exact", [informal], "female"),
        ],
    )


def write_grace(chance: Chance, area: Area, rows: Rows, family: Family, today: date) -> None:
    """Write Grace's family, referral and case."""
    opened = today - 31 * DAY
    term = area.term("reach", opened)
    write_family(chance, area, rows, family, "14 Larkrise Terrace", opened, today, warn=0)
    picture_grace(chance, rows, family, today)
    at = f"{opened} 09:20:00"
    safe = table("grace")["safety"]
    rows.owned(
        *(SAFETY_NOTE, chance.new_id(opened), at, family.household, "", safe["not_told"], safe["times"], safe["words"]),
        *(str(today - 8 * DAY), None),
    )
    received = weekday(opened - 10 * DAY)
    referral = Told(chance.new_id(received), received, "accepted", weekday(opened), term, area.manager)
    receive(chance, area, rows, family, referral, own=False)
    case = chance.new_id(opened)
    kept = (
        str(weekday(today - DAY)),
        str(today + 6 * DAY),
        str(today + 13 * DAY),
        book_grace(rows, family, case, today),
        str(weekday(today - DAY)),
        None,
    )
    whose = (family.household, referral.id, area.agency, area.team, family.worker.id)
    promised = str(plan_grace(chance, rows, family, case, today))
    ours = [each["due"] for each in table("grace")["steps"] if each["owner"] == "worker" and "done_ago" not in each]
    rows.owned(CASE, case, at, *whose, str(opened), None, *kept, promised, str(today + min(ours) * DAY), None)
    rows.log("case opened", CASE, case, moment(opened, 560), area.manager)
    rows.owned(ENROLMENT, chance.new_id(opened), at, case, term.id, str(opened), None, 0, None, 0, 0)
    _work(chance, rows, family, case, today)
    write_papers(chance, rows, family, case, "14 Larkrise Terrace", today)
    keep_grace_safe(chance, rows, family, case, today, area.manager)
    oversee(chance, rows, family, case, today, area.manager)
    declare_licences(chance, rows, today, area.manager or family.worker)
    _support(chance, rows, case, today)


def _support(chance: Chance, rows: Rows, case: str, today: date) -> None:
    for each in table("grace")["supports"]:
        day = weekday(today - each["ago"] * DAY)
        rows.owned(
            SUPPORT, chance.new_id(day), f"{day} 11:40:00", case, each["kind"], str(day), each["words"], each["reply"]
        )


def _work(chance: Chance, rows: Rows, family: Family, case: str, today: date) -> None:
    told = table("grace")
    for each in told["contacts"]:
        write_contact(
            chance,
            rows,
            family,
            case,
            weekday(today - each["ago"] * DAY),
            each["channel"],
            each["outcome"],
            each.get("note", ""),
            each["at"],
            each.get("minutes"),
            each.get("came_of_it", ""),
        )
    goal, first = chance.new_id(today - 29 * DAY), weekday(today - 29 * DAY)
    at = f"{first} 11:30:00"
    rows.owned(GOAL, goal, at, case, told["goal"], str(first), told["goal_start"], None, None)
    for each in told["readings"]:
        day = weekday(today - each["ago"] * DAY)
        rows.owned(READING, chance.new_id(day), f"{day} 11:30:00", goal, each["value"], str(day))
    for each in told["steps"]:
        due = str(today + each["due"] * DAY)
        done = str(weekday(today - each["done_ago"] * DAY)) if "done_ago" in each else None
        result = each.get("came_of_it", "")
        rows.owned(STEP, chance.new_id(first), at, case, goal, each["words"], each["owner"], due, done, result)
    for occasion, day, mode in (("start", first, "with_worker"), ("review", weekday(today - DAY), "link")):
        for instrument, answers in told["answers"][occasion].items():
            write_answers(chance, rows, family, case, instrument, answers, occasion, day, mode)
        enter_scores(chance, rows, family, case, told["scores"][occasion], occasion, day)


def grace_again(family: Family) -> Family:
    """Give Grace as somebody else wrote her down: a letter wrong, day and month changed over."""
    born = family.born.replace(month=family.born.day, day=family.born.month)
    return replace(family, name="Grase Okafor", first="Grace", born=born, email="", children=family.children[:1])
