"""Two pilot trials in one authority: one drawn to its end, with its flow, and one that families enter now."""

import json
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Min, Q

from alongside.core.base.sealing import seal
from alongside.records.cases.models import Case
from alongside.records.people.models import Membership
from alongside.records.programmes.models import Programme
from alongside.records.trials.drawing import fingerprint
from alongside.records.trials.models import Trial
from alongside.records.trials.queries import PURPOSE, arm_of, levels_of
from alongside.stewardship.demo.agencies import Area
from alongside.stewardship.demo.chance import DAY, Chance, moment, text, weekday
from alongside.stewardship.demo.fragments import table
from alongside.stewardship.demo.tables import ENROLMENT, Rows, Worker
from alongside.stewardship.demo.trial_tables import ALLOCATION, ASKED, ASSESSMENT, TRIAL

WEEK = 7 * DAY
INSTRUMENT = "five-domains"
MOST = 60
ALREADY = 1  # the place of the criterion that the record itself decides
# How often a family of working age is too old, declines, takes it back before, after, and gets its support in time.
TOO_OLD, DECLINES, TAKES_BACK, LATER_TAKES_BACK, HAS_IT, EARLY = 0.06, 0.16, 0.03, 0.06, 0.9, 0.07


def try_out(chance: Chance, area: Area, rows: Rows, mina: Worker, today: date) -> None:
    """Write both, with families who are in the database already; nobody is in two."""
    taken: set[UUID] = set()
    for told in table("trials")["trials"]:
        taken |= _Trying(chance, area, rows, mina, today, told).write(taken)


class _Trying:
    """Writes one trial: its plan, and one family after the other."""

    def __init__(self, chance: Chance, area: Area, rows: Rows, mina: Worker, today: date, told: dict[str, Any]) -> None:
        self.chance, self.area, self.rows, self.mina, self.today, self.told = chance, area, rows, mina, today, told
        self.opened = weekday(today - told["opened"] * WEEK)
        self.closed = weekday(today - told["closed"] * WEEK) if "closed" in told else None
        self.row = chance.new_id(self.opened)
        self.seed = f"{chance.getrandbits(256):064x}"
        self.stands = Trial(method=told["method"], factors=told["factors"])
        self.past: list[tuple[dict[str, str], int]] = []

    def write(self, taken: set[UUID]) -> set[UUID]:
        """Write it, and give its families."""
        self._plan()
        cases = [case for case in self._families() if case.pk not in taken]
        for case in cases:
            self._family(case)
        return {case.pk for case in cases}

    def _plan(self) -> None:
        told, sealed = self.told, seal(PURPOSE, self.seed)
        planned, closed = weekday(self.opened - 10 * DAY), f"{self.closed} 16:00:00" if self.closed else None
        programme = Programme.objects.get(slug=told["programme"])
        self.rows.random_ids = {**self.rows.random_ids, sealed: "sealed", programme.pk.hex: programme.slug}
        what = (told["name"], told["question"], programme.pk.hex, "waiting", "", told["method"])
        arms = (told["first_arm"], told["second_arm"], json.dumps(told["factors"]), json.dumps(told["criteria"]))
        plan = (INSTRUMENT, told["wanted"], told["waiting_weeks"], told["follow_up_weeks"], self.mina.id)
        seed = (f"{self.opened} 09:15:00", closed, told.get("closed_words", ""), sealed, fingerprint(self.seed))
        self.rows.owned(TRIAL, self.row, f"{planned} 11:00:00", *what, *arms, *plan, *seed)
        self.rows.log("trial planned", TRIAL, self.row, moment(planned, 660), self.mina)
        self.rows.log("trial opened", TRIAL, self.row, moment(self.opened, 555), self.mina)
        if self.closed:
            self.rows.log("trial closed", TRIAL, self.row, moment(self.closed, 960), self.mina)

    def _families(self) -> list[Case]:
        """Give the families of the authority that began while the trial was open, in their order of entering."""
        until = self.closed or self.today
        first = Min("answer_sets__answered_on", filter=Q(answer_sets__instrument=INSTRUMENT))
        rows = Case.objects.filter(
            agency=UUID(self.rows.agency),
            authority=UUID(self.area.agency),
            opened_on__gte=self.opened,
            worker__isnull=False,
        )
        rows = rows.exclude(household__name="Grace Okafor").select_related("authority", "team", "worker")
        begun = sorted((self._entered_on(case), case.pk, case) for case in rows.annotate(first=first))
        return [case for day, _, case in begun if day < min(until, case.closed_on or until)][:MOST]

    def _entered_on(self, case: Any) -> date:
        """Give the day after the first answers, or a week after they began where there are none early."""
        soon = case.opened_on + WEEK
        measured: date = case.first if case.first and case.first <= case.opened_on + 4 * WEEK else soon
        day = measured + DAY
        return day + (7 - day.weekday()) % 7 * DAY if day.weekday() > 4 else day

    def _family(self, case: Case) -> None:
        chance, day = self.chance, self._entered_on(case)
        worker = Worker(case.worker.pk.hex, case.worker.name, self.rows.agency) if case.worker else self.mina
        answers = [True] * len(self.told["criteria"])
        if self.told["programme"] == "connected":
            answers[ALREADY] = not case.enrolments.filter(contract__programme__slug="connected").exists()
            answers[-1] = not chance.happens(TOO_OLD)
        at, row = f"{day} 11:10:00", chance.new_id(day)
        told = (self.row, case.pk.hex, str(day), json.dumps(answers), all(answers), worker.id)
        self.rows.owned(ASSESSMENT, row, at, *told)
        self.rows.log("family looked at for a trial", ASSESSMENT, row, moment(day, 670), worker)
        if all(answers):
            self._ask(case, day, worker)

    def _ask(self, case: Case, day: date, worker: Worker) -> None:
        chance = self.chance
        carer = Membership.objects.filter(household=case.household_id, part="carer").order_by("pk").first()
        says = chance.random()
        declines, before = says < DECLINES, DECLINES <= says < DECLINES + TAKES_BACK
        later = weekday(day + chance.between(20, 60) * DAY)
        after = not before and chance.happens(LATER_TAKES_BACK) and later < self.today
        back = day if before else later if after and not declines else None
        how = ("in_person", "by_phone", "in_writing")[chance.between(0, 2)]
        row, answer = chance.new_id(day), "declined" if declines else "agreed"
        asked = (self.row, case.pk.hex, carer.person_id.hex if carer else "", answer, how, str(day), worker.id)
        self.rows.owned(ASKED, row, f"{day} 11:20:00", *asked, text(back), "", chance.happens(0.7))
        self.rows.log("asked about a trial", ASKED, row, moment(day, 680), worker)
        if not declines and not before:
            self._allocate(case, day, worker)

    def _allocate(self, case: Case, day: date, worker: Worker) -> None:
        number, told = len(self.past) + 1, levels_of(case, self.stands, day)
        arm = arm_of(self.stands, self.seed, number, told, self.past)
        self.past.append((told, arm))
        turn = day + timedelta(weeks=self.told["waiting_weeks"]) if arm else None
        row = self.chance.new_id(day)
        drawn = (None, number, arm, json.dumps(told), str(day), text(turn), worker.id)
        self.rows.owned(ALLOCATION, row, f"{day} 11:30:00", self.row, case.pk.hex, *drawn)
        self.rows.log("family allocated by chance", ALLOCATION, row, moment(day, 690), worker)
        if self.told["programme"] == "connected":
            self._support(case, day, turn)

    def _support(self, case: Case, day: date, turn: date | None) -> None:
        """Give the family its place in the programme, mostly on time."""
        early = turn and self.chance.happens(EARLY)
        since = weekday((day if early or not turn else turn) + self.chance.between(5, 20) * DAY)
        last = case.closed_on or self.today
        if self.chance.happens(HAS_IT) and since < last:
            term, end = self.area.term("connected", since), min(last, since + 26 * WEEK)
            ended = text(end) if end < self.today else None
            place = (case.pk.hex, term.id, str(since), ended, 0, None, 0, 0)
            self.rows.owned(ENROLMENT, self.chance.new_id(since), f"{since} 09:20:00", *place)
