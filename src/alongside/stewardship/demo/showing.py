"""A few families whose work changed its course: more time, a step up, a handover, therapy, two sides, a stand-in."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from itertools import count
from typing import Any

from alongside.core.agencies.permissions import Role
from alongside.stewardship.demo.agencies import Area, Staff, Term
from alongside.stewardship.demo.answering import answer_questions
from alongside.stewardship.demo.booking import ask_to_groups, book_next
from alongside.stewardship.demo.chance import DAY, Chance, moment, text, weekday
from alongside.stewardship.demo.contacting import keep_in_touch
from alongside.stewardship.demo.families import Family, make_family
from alongside.stewardship.demo.fragments import table
from alongside.stewardship.demo.grouping import join_group
from alongside.stewardship.demo.inviting import invite
from alongside.stewardship.demo.placing import offer
from alongside.stewardship.demo.planning import plan_family
from alongside.stewardship.demo.referring import Told, receive
from alongside.stewardship.demo.setting_goals import set_goals
from alongside.stewardship.demo.tables import (
    ABSENCE,
    AUTHORITY_NOTE,
    CASE,
    CLOSURE,
    COVER,
    ENROLMENT,
    EXTENSION,
    FUND_AGREEMENT,
    MOVE,
    TEAM,
    THERAPY_SESSION,
    Rows,
    Worker,
)
from alongside.stewardship.demo.working import GAPS

WEEK = 7 * DAY
EMBEDDED = "With the council's kinship team"
SESSION_PENCE = 11_000


@dataclass(frozen=True, slots=True)
class Spent:
    """A time in a programme: what was bought, from when to when, and what was agreed on top."""

    term: Term
    since: date
    until: date | None = None
    more_weeks: int = 0
    more_sessions: int = 0


class Showing:
    """Writes them, in one authority."""

    def __init__(self, chance: Callable[..., Chance], area: Area, rows: Rows, staff: Staff, today: date) -> None:
        self.chance = chance
        self.area = area
        self.rows = rows
        self.staff = staff
        self.today = today
        self.asha = area.workers[0]

    def show(self) -> None:
        """Write every one."""
        self._more_time()
        self._step_up()
        self._back_to_the_authority()
        self._therapy()
        self._two_sides()
        self._stand_in()

    def _ago(self, weeks: int, days: int = 0) -> date:
        return weekday(self.today - weeks * WEEK - days * DAY)

    def _more_time(self) -> None:
        reach = self.area.term("reach", self.today)
        agreed, asked = self._ago(5), self._ago(0, 2)
        family, _, (place,) = self._family("more", [Spent(reach, self._ago(13), None, 4, 3)])
        manager = self.area.manager or self.asha
        said = _words("more_agreed", family)
        answer = ("agreed", manager.id, str(agreed + DAY), said["answer"])
        self._own(EXTENSION, agreed, place, 4, 3, said["reason"], self.asha.id, str(agreed), *answer)
        family, _, (place,) = self._family("asked", [Spent(reach, self._ago(11))])
        reason = _words("more_asked", family)["reason"]
        self._own(EXTENSION, asked, place, 3, 2, reason, self.asha.id, str(asked), "asked", None, None, "")

    def _step_up(self) -> None:
        moved = self._ago(16)
        reach, connected = (self.area.term(slug, moved) for slug in ("reach", "connected"))
        spent = [Spent(reach, self._ago(25), moved), Spent(connected, moved)]
        family, case, (left, joined) = self._family("step up", spent)
        self._move(family, case, left, joined, "step_up", moved)

    def _back_to_the_authority(self) -> None:
        moved = self._ago(2)
        spent = [Spent(self.area.term("reach", moved), self._ago(13), moved)]
        family, case, (left,) = self._family("authority", spent)
        self._move(family, case, left, None, "to_authority", moved)
        ending = _words("to_authority", family)["ending"]
        self._own(CLOSURE, moved, case, str(moved), "handed_over", ending, None, "", None, "", "", None)

    def _therapy(self) -> None:
        term = self.area.funded or self.area.term("reach", self.today)
        family, case, _ = self._family("therapy", [Spent(term, self._ago(22))], fits=_after_care)
        told, starts = table("shown")["therapy"], self._ago(10)
        agreement, at = self.chance("agreement").new_id(starts), f"{starts} 10:00:00"
        span = (str(starts), str(starts + 52 * WEEK))
        facts = (family.children[0].id, told["fund"], told["reference"], told["therapist"], *span, 240_000, "")
        self.rows.owned(FUND_AGREEMENT, agreement, at, case, *facts)
        for each in told["sessions"]:
            day = weekday(self.today - each["ago"] * DAY)
            self._own(THERAPY_SESSION, day, agreement, str(day), told["therapist"], each["outcome"], SESSION_PENCE)

    def _two_sides(self) -> None:
        chance = self.chance("two sides")
        team, since = chance.new_id(self.staff.since), f"{self.staff.since} 09:00:00"
        self.rows.owned(TEAM, team, since, EMBEDDED, self.area.agency)
        hanna = self.staff.add(chance, "Hanna Sorrell", self.rows.agency, Role.FAMILY_WORKER, team, "hanna@example.org")
        connected = self.area.term("connected", self.today)
        for number, weeks in enumerate((31, 9)):
            family, case, _ = self._family(f"sides {number}", [Spent(connected, self._ago(weeks))], hanna, team)
            for each in table("shown")["authority_notes"]:
                day = weekday(self.today - each["ago"] * DAY)
                told = (self.rows.agency, case, str(day), each["said_by"], each["words"], hanna.id)
                row = self.chance("note", family.carer, day).new_id(day)
                self.rows.record(AUTHORITY_NOTE, row, f"{day} 15:10:00", self.area.agency, *told)

    def _stand_in(self) -> None:
        """Write a worker who is away, both of whose families Asha looks after until he is back."""
        chance, began = self.chance("stand-in"), self._ago(0, 4)
        away = self.staff.add(
            chance, "Tomasz Wilk", self.rows.agency, Role.FAMILY_WORKER, self.area.team, "tomasz@example.org"
        )
        manager, row = self.area.manager or self.asha, chance.new_id(began)
        at, words = f"{began} 08:40:00", table("shown")["absence"]["words"]
        back = str(self.today + 10 * DAY)
        self.rows.owned(ABSENCE, row, at, away.id, str(began), back, words, manager.id, str(began), None)
        reach = self.area.term("reach", self.today)
        for number, weeks in enumerate((6, 4)):
            _, case, _ = self._family(f"stand-in {number}", [Spent(reach, self._ago(weeks))], self.asha, wrote=away)
            self.rows.owned(COVER, chance.new_id(began), at, row, case, self.asha.id, str(began), None)

    def _move(self, family: Family, case: str, left: str, joined: str | None, way: str, on: date) -> None:
        said = _words(way, family)
        told = (way, str(on), said["reason"], "agreed", said["carer_words"], said["note"])
        self._own(MOVE, on, case, left, joined, *told, self.asha.id, self.asha.id, self.asha.id)

    def _own(self, which: Any, on: date, *values: Any) -> None:
        row = self.chance("row", which.model._meta.label, on, values[0]).new_id(on)
        self.rows.owned(which, row, f"{on} 12:10:00", *values)

    def _family(
        self,
        about: str,
        spent: list[Spent],
        worker: Worker | None = None,
        team: str = "",
        *,
        wrote: Worker | None = None,
        fits: Callable[[Family], bool] = bool,
    ) -> tuple[Family, str, list[str]]:
        """Write a family with its case and places, and give them; ``wrote`` is who worked with them until lately."""
        worker = worker or self.asha
        area = replace(self.area, workers=[worker], team=team or self.area.team)
        chance = self._chance_that(about, area, spent[0].since, fits)
        family = make_family(chance, area, self.rows, spent[0].since, 2, self.today)
        opened = spent[0].since
        received = weekday(opened - 3 * DAY)
        told = Told(chance.new_id(received), received, "accepted", opened, spent[0].term, area.manager)
        receive(chance, area, self.rows, family, told, own=False)
        case, places = chance.new_id(opened), [chance.new_id(each.since) for each in spent]
        self._work(chance, replace(family, worker=wrote or worker), area, case, told.id, spent, worker)
        for place, each in zip(places, spent, strict=True):
            more = (0, None, each.more_weeks, each.more_sessions)
            since, until = str(each.since), text(each.until)
            self.rows.owned(ENROLMENT, place, f"{since} 09:20:00", case, each.term.id, since, until, *more)
        return family, case, places

    def _chance_that(self, about: str, area: Area, on: date, fits: Callable[[Family], bool]) -> Chance:
        """Try one chance after another until one makes up a family that fits."""
        nowhere = Rows(self.rows.agency)
        for number in count():
            if fits(make_family(self.chance(about, number), area, nowhere, on, 2, self.today)):
                break
        return self.chance(about, number)

    def _work(
        self,
        chance: Chance,
        family: Family,
        area: Area,
        case: str,
        referral: str,
        spent: list[Spent],
        worker: Worker,
    ) -> None:
        opened, closed = spent[0].since, spent[-1].until
        steps, spoke, met, review = [], None, None, None
        for each in spent:
            slug, last = each.term.programme, each.until or self.today
            told = (chance, self.rows, family, case)
            spoke = keep_in_touch(*told, slug, each.since, last, GAPS[slug]) or spoke
            steps += set_goals(*told, slug, each.since, last)
            ended = each.until is not None
            review = answer_questions(*told, each.since, last, each.term.review_weeks, ended, self.today)
            offer(chance, self.rows, case, each.since, last)
            if not closed:
                met = ask_to_groups(self.rows, family, case, slug, each.since, self.today)
                join_group(self.area, self.rows, family, case, slug, each.since, met, self.today)
        invite(self.rows, family, case, None if closed else review, self.today)
        booked = None if closed else book_next(self.rows, family, case, opened, self.today)
        promise = None if closed else plan_family(chance, self.rows, family, case, opened, self.today)
        due = None if closed else weekday((spoke or opened) + 2 * WEEK)
        at = moment(opened, 560)
        self.rows.log("case opened", CASE, case, at, area.manager)
        whose = (family.household, referral, area.agency, area.team, worker.id, str(opened), text(closed))
        heard = text(max(filter(None, (spoke, met)), default=None))
        dates = (heard, text(due), None if closed else text(review), booked, None, None)
        kept = (text(promise), text(min(steps, default=None)), text(met))
        self.rows.owned(CASE, case, str(at)[:19], *whose, *dates, *kept)


def _words(part: str, family: Family) -> dict[str, str]:
    """Give what was said, about this family."""
    told = table("shown")[part].items()
    return {name: words.replace("{carer}", family.first).replace("{child}", family.child) for name, words in told}


def _after_care(family: Family) -> bool:
    """Whether the fund may pay for the eldest child."""
    spell = family.children[0].spells[-1]
    return spell.kind == "special_guardianship" and spell.looked_after_before == "yes" and spell.ended_on is None
