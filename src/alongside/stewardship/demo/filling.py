"""Filling the database: the agencies first, then each authority's families, in blocks that fit in memory."""

from contextlib import nullcontext
from datetime import date
from uuid import UUID

from django.db import connection, transaction

from alongside.core.agencies.models import Agency
from alongside.core.agencies.permissions import Role
from alongside.records.programmes.models import Programme
from alongside.stewardship.demo.agencies import (
    OTHER_PROVIDER,
    PROVIDER,
    Area,
    Staff,
    contract_area,
    provider,
    staff_area,
    team,
)
from alongside.stewardship.demo.cast import grace, grace_again, write_grace
from alongside.stewardship.demo.chance import DAY, Chance, weekday
from alongside.stewardship.demo.costing import cost
from alongside.stewardship.demo.evaluating import analyse, evaluate
from alongside.stewardship.demo.extracting import ask_for_rows
from alongside.stewardship.demo.families import Family, make_family
from alongside.stewardship.demo.fragments import table
from alongside.stewardship.demo.grouping import name_group
from alongside.stewardship.demo.loading import Loader, Tell
from alongside.stewardship.demo.occupancy import BEGUN, DONE, mark
from alongside.stewardship.demo.overseeing import read_by_chance, supervise_others
from alongside.stewardship.demo.quick_loading import quick_loading
from alongside.stewardship.demo.referring import Told, receive, received_before
from alongside.stewardship.demo.scales import CALDERDALE, KIRKLEES, YORK, Scale
from alongside.stewardship.demo.showing import Showing
from alongside.stewardship.demo.surveying import survey_carers
from alongside.stewardship.demo.tables import MEMBERSHIP, ORDER, PRIORITY, Rows, Worker
from alongside.stewardship.demo.trying import try_out
from alongside.stewardship.demo.working import work

BLOCK = 400  # families written at once
PROVIDER_CAST = (
    ("Priya Nair", Role.ADMINISTRATOR),
    ("Omar Haddad", Role.PRIVACY_LEAD),
    ("Dilys Parry", Role.COORDINATOR),
    ("Joan Fearnley", Role.GROUP_LEADER),
    ("Leroy Francis", Role.VOLUNTEER),
    ("Mina Castellanos", Role.EVALUATOR),
)
QUEUE_DAYS = (1, 1, 2, 3, 5, 7, 11)
NOT_TAKEN_ON = 0.24
"""For each family taken on, the chance that another was referred and was not."""


def fill(scale: Scale, seed: int, today: date, tell: Tell) -> str:
    """Fill an empty database, and give a digest of everything that was made up."""
    if scale.name == "nation":  # too much for one transaction: a mark at either end tells whether it is whole
        return _fill(scale, seed, today, tell)
    with transaction.atomic():
        return _fill(scale, seed, today, tell)


def _fill(scale: Scale, seed: int, today: date, tell: Tell) -> str:
    mark(BEGUN, scale.name, seed)
    digest = Filling(scale, seed, today, tell).run()
    mark(DONE, scale.name, seed)
    return digest


class Filling:
    """One filling of one database."""

    def __init__(self, scale: Scale, seed: int, today: date, tell: Tell) -> None:
        self.scale = scale
        self.seed = seed
        self.today = today
        self.since = date.fromordinal(today.toordinal() - round(365.25 * scale.years))
        beside = scale.name == "nation" and connection.vendor == "postgresql"
        self.loader = Loader(tell, sum(scale.children.values()), beside)
        self.areas: list[Area] = []
        self.joined: dict[Role, Worker] = {}
        self.rows = Rows(self.chance("provider").new_id(self.since))
        self.staff = Staff(self.rows, self.since)
        self.random_ids: dict[str, str] = {}

    def chance(self, *about: object) -> Chance:
        """Give the chance that belongs to one thing, whatever was made up before it."""
        return Chance("/".join(map(str, (self.seed, *about))))

    def run(self) -> str:
        """Fill the database, and give a digest of everything that was made up."""
        with quick_loading(table.model for table in ORDER) if self.loader.beside else nullcontext():
            self._agencies()
            for area in self.areas:
                self._area(area)
            self._elsewhere()
            self.loader.finish()
        self._oversee()
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("analyze")
        return self.rows.digest.hexdigest()

    def _agencies(self) -> None:
        known = {str(code): pk.hex for code, pk in Agency.objects.filter(code__isnull=False).values_list("code", "pk")}
        names = dict(Agency.objects.filter(code__isnull=False).values_list("code", "name"))
        programmes = {pk.hex: slug for slug, pk in Programme.objects.values_list("slug", "pk")}
        self.random_ids = programmes | {pk: code for code, pk in known.items()}
        self.rows.random_ids = self.random_ids
        chance = self.chance("agencies")
        provider(self.rows, PROVIDER, self.since)
        together = team(self.rows, chance, "West Yorkshire", self.since)
        manager = self._people(chance, together)
        for code, children in self.scale.children.items():
            area = Area(code, str(names[code]), known[code], children, manager=manager)
            neighbours = code in (KIRKLEES, CALDERDALE)
            area.team = together if neighbours else team(self.rows, chance, area.name, self.since)
            self._cast_of(area, chance)
            staff_area(area, self.staff, self.chance("staff", code))
            contract_area(area, self.rows, self.chance("contracts", code), self.today)
            name_group(area, self.rows, self.since)
            self.areas.append(area)
        self.loader.write(self.rows.take())

    def _people(self, chance: Chance, home: str) -> Worker:
        """Write the people of the provider whom the documents tell of, one for each role, and give the manager."""
        agency = self.rows.agency
        for name, role in PROVIDER_CAST:
            joined = self.staff.add(chance, name, agency, role, None, f"{name.split()[0].lower()}@example.org")
            self.joined[role] = joined
        return self.staff.add(chance, "Morgan Ellis", agency, Role.MANAGER, home, "morgan@example.org")

    def _cast_of(self, area: Area, chance: Chance) -> None:
        add = self.staff.add
        if area.code == KIRKLEES:
            asha = add(chance, "Asha Rahman", self.rows.agency, Role.FAMILY_WORKER, area.team, "asha@example.org")
            area.workers.append(asha)
            area.referrer = add(chance, "Ruth Barker", area.agency, Role.REFERRER, None, "ruth@example.org")
            add(chance, "Carol Whitfield", area.agency, Role.COMMISSIONER, None, "carol@example.org")
        if area.code == CALDERDALE:
            area.referrer = add(chance, "Nia Prosser", area.agency, Role.REFERRER, None, "nia@example.org")

    def _area(self, area: Area) -> None:
        self.rows.random_ids = {area.agency: area.code}
        left, number, previous = area.children, 0, None
        if area.code == KIRKLEES:
            chance = self.chance("grace")
            family = grace(chance, self.today, area.workers[0])
            write_grace(chance, area, self.rows, family, self.today)
            left -= len(family.children)
            self._queue_of_kirklees(area, family)
            Showing(self.chance, area, self.rows, self.staff, self.today).show()
        self._queue(area)
        written = left
        while left > 0:
            previous = self._family(area, number, left, previous)
            left -= len(previous.children)
            number += 1
            if number % BLOCK == 0 or left == 0:
                self.loader.write(self.rows.take(), written - left)
                written = left

    def _family(self, area: Area, number: int, at_most: int, previous: Family | None) -> Family:
        chance = self.chance(area.code, number)
        days = (self.today - self.since).days
        opened = weekday(self.today - (1 + int(days * chance.random() ** 1.15)) * DAY)
        family = make_family(chance, area, self.rows, opened, at_most, self.today)
        term = area.term(self._programme(chance, area, family), opened)
        received, decided = received_before(chance, opened)
        told = Told(chance.new_id(received), received, "accepted", decided, term, area.manager)
        receive(chance, area, self.rows, family, told)
        work(chance, area, self.rows, family, told.id, opened, term, self.today)
        if previous and chance.happens(0.01):
            row, since = chance.new_id(opened), str(opened)
            child = family.children[0].id
            self.rows.owned(MEMBERSHIP, row, f"{since} 09:00:00", previous.household, child, "child", since, None)
        if chance.happens(NOT_TAKEN_ON):
            self._not_taken_on(area, chance, opened)
        return family

    def _programme(self, chance: Chance, area: Area, family: Family) -> str:
        """Choose among what the authority bought that which is for this family."""
        programme = chance.draw(area.mix)
        spell = family.children[0].spells[-1]
        fits = spell.kind == "special_guardianship" and spell.looked_after_before == "yes"
        return "reach" if area.terms[programme][0].orders_only and not fits else programme

    def _stranger(self, area: Area, chance: Chance, on: date) -> Family:
        """Make up a family that was referred and of which there is no more than the referral."""
        return make_family(chance, area, Rows(self.rows.agency), on, 3, self.today)

    def _not_taken_on(self, area: Area, chance: Chance, about: date) -> None:
        decided = weekday(about)
        received = weekday(decided - chance.between(1, 12) * DAY)
        status = "signposted" if chance.happens(0.55) else "refused"
        told = Told(chance.new_id(received), received, status, decided, None, area.manager)
        receive(chance, area, self.rows, self._stranger(area, chance, received), told)

    def _queue(self, area: Area) -> None:
        """Write the referrals that nobody has decided on, and those that wait for a place."""
        weekly = area.children / 1.41 / self.scale.years / 52
        days = [*QUEUE_DAYS[: self.scale.queue]] if area.code == KIRKLEES else []
        for number in range(max(len(days), round(weekly * 1.2), 1)):
            chance = self.chance("queue", area.code, number)
            received = weekday(self.today - (days[number] if number < len(days) else chance.between(1, 9)) * DAY)
            told = Told(chance.new_id(received), received, "new", None, None, None)
            receive(chance, area, self.rows, self._stranger(area, chance, received), told)
        for number in range(max(1, round(weekly))):
            chance = self.chance("waiting", area.code, number)
            decided = weekday(self.today - chance.between(3, 60) * DAY)
            received = decided - chance.between(1, 8) * DAY
            term = area.term(chance.draw(area.mix), decided)
            told = Told(chance.new_id(received), received, "waiting", decided, term, area.manager)
            receive(chance, area, self.rows, self._stranger(area, chance, received), told)
            if area.code == KIRKLEES and number == 0 and area.manager:
                reason = table("shown")["priority"]["reason"]
                row, at, by = chance.new_id(decided), f"{decided} 16:05:00", area.manager.id
                self.rows.owned(PRIORITY, row, at, told.id, 1, reason, str(decided), by)

    def _queue_of_kirklees(self, area: Area, family: Family) -> None:
        """Write Grace once more, as somebody who did not know that she is known."""
        chance = self.chance("grace again")
        received = weekday(self.today - DAY)
        told = Told(chance.new_id(received), received, "new", None, None, None)
        receive(chance, area, self.rows, grace_again(family), told, own=True)

    def _oversee(self) -> None:
        """Look after the work in the team of Kirklees, once all of its families are there to be drawn."""
        ours = next(area for area in self.areas if area.code == KIRKLEES)
        near = [worker for area in self.areas if area.team == ours.team for worker in area.workers]
        others = [worker for worker in near if worker != ours.workers[0]]  # Grace's worker has hers already
        if ours.manager:
            supervise_others(self.chance("supervision"), self.rows, others, self.today, ours.manager)
            read_by_chance(self.chance("sample"), self.rows, ours.team, self.today, ours.manager)
            survey_carers(self.chance("survey"), self.rows, ours.manager, self.today)
        mina = self.joined[Role.EVALUATOR]
        cohort = evaluate(self.chance("evaluation"), ours, self.rows, mina, self.since, self.today)
        omar = self.joined[Role.PRIVACY_LEAD]
        ask_for_rows(self.chance("extracts"), self.rows, cohort, mina, omar, self.today)
        try_out(self.chance("trials"), ours, self.rows, mina, self.today)
        with transaction.atomic():
            self.rows.take().write()
        analyse(self.chance("analysis"), self.rows, mina, self.today)
        with transaction.atomic():
            self.rows.take().write()
        cost(UUID(self.rows.agency), UUID(ours.terms["reach"][-1].id), self.today)

    def _elsewhere(self) -> None:
        """Write another provider with a few families, of whom nobody here must ever see anything."""
        chance = self.chance("elsewhere")
        code, children = YORK, 6
        york = Agency.objects.get(code=code)
        rows = Rows(chance.new_id(self.since + DAY))
        rows.random_ids = self.random_ids
        provider(rows, OTHER_PROVIDER, self.since + DAY)
        area = Area(code, york.name, york.pk.hex, children, team=team(rows, chance, "Far team", self.since))
        self.staff.rows = rows
        ben = self.staff.add(chance, "Ben Ashworth", rows.agency, Role.FAMILY_WORKER, area.team, "ben@example.org")
        area.workers, area.referrer = [ben], self.staff.add(chance, "Una Kershaw", area.agency, Role.REFERRER)
        area.manager = self.staff.add(chance, "Petra Lindqvist", rows.agency, Role.MANAGER)
        contract_area(area, rows, self.chance("contracts elsewhere"), self.today)
        name_group(area, rows, self.since + DAY)
        ours, self.rows = self.rows, rows
        left = children
        while left > 0:
            left -= len(self._family(area, -left, left, None).children)
        self.loader.write(rows.take())
        ours.digest.update(rows.digest.digest())
        self.rows = ours
