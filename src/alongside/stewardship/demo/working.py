"""The work with one family: its case from opening to closing, and coming back."""

from dataclasses import dataclass
from datetime import date

from alongside.stewardship.demo.agencies import LISTENING_EAR, Area, Term
from alongside.stewardship.demo.answering import answer_questions
from alongside.stewardship.demo.booking import ask_to_groups, book_next
from alongside.stewardship.demo.chance import DAY, Chance, Odds, moment, text, weekday
from alongside.stewardship.demo.contacting import keep_in_touch
from alongside.stewardship.demo.families import Family
from alongside.stewardship.demo.fragments import say
from alongside.stewardship.demo.grouping import join_group
from alongside.stewardship.demo.inviting import invite
from alongside.stewardship.demo.placing import write_place
from alongside.stewardship.demo.planning import plan_family
from alongside.stewardship.demo.setting_goals import set_goals
from alongside.stewardship.demo.tables import CASE, CLOSURE, HOUSEHOLD, Rows

WEEK = 7 * DAY
# How many weeks the work goes on, and the days from one contact to the next, for each programme.
WEEKS = {"reach": (9, 19), "response": (26, 60), "connected": (26, 50), LISTENING_EAR: (20, 110)}
GAPS = {"reach": 14, "response": 39, "connected": 22, LISTENING_EAR: 52}
REASONS = Odds(
    {"goal_reached": 38, "time_ended": 24, "their_choice": 14, "lost_touch": 12, "moved_away": 4, "handed_over": 4}
    | {"arrangement_ended": 3, "other": 1}
)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A time during which the case was open: its last day, and whether that closed it."""

    started_on: date
    last: date
    closed: bool


def stretches(chance: Chance, opened: date, programme: str, today: date) -> list[Stretch]:
    """Make up when the case was open; one in eleven families comes back."""
    found: list[Stretch] = []
    start = opened
    while True:
        low, high = WEEKS[programme]
        end = weekday(start + chance.between(low, high) * WEEK + chance.between(0, 6) * DAY)
        if end >= today:
            return [*found, Stretch(start, today, False)]
        found.append(Stretch(start, end, True))
        back = weekday(end + chance.between(8, 90) * WEEK)
        if not chance.happens(0.09) or back >= today - WEEK:
            return found
        start = back


def work(
    chance: Chance, area: Area, rows: Rows, family: Family, referral: str, opened: date, term: Term, today: date
) -> None:
    """Write the case of a family and all that happened in it."""
    case = chance.new_id(opened)
    spans = stretches(chance, opened, term.programme, today)
    last_spoke, met = None, None
    answers_due, pace = None, GAPS[term.programme]
    steps: list[date] = []
    for span in spans:
        spoke = keep_in_touch(chance, rows, family, case, term.programme, span.started_on, span.last, pace)
        last_spoke = spoke or last_spoke
        steps += set_goals(chance, rows, family, case, term.programme, span.started_on, span.last)
        answers_due = answer_questions(
            chance, rows, family, case, span.started_on, span.last, term.review_weeks, span.closed, today
        )
        if not span.closed:
            met = ask_to_groups(rows, family, case, term.programme, span.started_on, today)
            join_group(area, rows, family, case, term.programme, span.started_on, met, today)
    going_on = not spans[-1].closed
    due = weekday((last_spoke or opened) + chance.between(4, 2 * pace) * DAY)
    at = moment(opened, 560)
    rows.log("case opened", CASE, case, at, area.manager)
    follow_up = _close(chance, rows, family, case, spans)
    worker = _allocated(rows, family, case, term.programme)
    whose = (family.household, referral, area.agency, area.team, worker, str(opened))
    rows.owned(
        *(CASE, case, str(at)[:19], *whose),
        None if going_on else str(spans[-1].last),
        text(max(filter(None, (last_spoke, met)), default=None)),
        str(due) if going_on and chance.happens(0.85) else None,
        str(answers_due) if going_on and answers_due else None,
        book_next(rows, family, case, opened, today) if going_on else None,
        None,
        text(follow_up if follow_up and follow_up > today - 2 * WEEK else None),
        text(plan_family(chance, rows, family, case, spans[-1].started_on, today) if going_on else None),
        text(min(steps, default=None)),
        text(met),
    )
    invite(rows, family, case, answers_due if going_on else None, today)
    for span in spans:
        contract = area.term(term.programme, span.started_on).id
        write_place(chance, rows, case, contract, span.started_on, span.last, closed=span.closed, today=today)


def _allocated(rows: Rows, family: Family, case: str, programme: str) -> str | None:
    """Give the worker of a family; most who want a listening ear have none, as whoever is in answers."""
    if programme != LISTENING_EAR or Chance(f"allocated/{case}").happens(0.25):
        return family.worker.id
    rows.change_last(HOUSEHOLD, worker=None)
    return None


def _asked_later(closure: str, family: Family) -> tuple[str, str | None]:
    """Say whether they agreed to be sent questions some months later, and who is."""
    wish = Chance(f"later/{closure}")
    if not wish.happens(0.8):
        return ("", None)
    return ("text", family.carer) if family.phone and wish.happens(0.7) else ("no", None)


def _close(chance: Chance, rows: Rows, family: Family, case: str, spans: list[Stretch]) -> date | None:
    """Write each closing, and give the day agreed for a follow-up at the last, unless the family is here again."""
    follow_up = None
    for number, span in enumerate(spans):
        if not span.closed:
            return None
        back = spans[number + 1].started_on if number + 1 < len(spans) else None
        follow_up = weekday(span.last + 26 * WEEK) if chance.happens(0.5) else None
        row, at = chance.new_id(span.last), moment(span.last, 985)
        rows.owned(
            CLOSURE,
            row,
            str(at)[:19],
            case,
            str(span.last),
            chance.draw(REASONS),
            say(chance, "endings", family.first, family.child),
            text(follow_up),
            say(chance, "follow_up", "", "") if follow_up else "",
            text(back),
            say(chance, "come_back", family.first, family.child) if back else "",
            *_asked_later(row, family),
        )
        rows.log("case closed", CLOSURE, row, at, family.worker)
    return follow_up
