"""The agencies, teams, contracts and people who sign in, before there is any family."""

from dataclasses import dataclass, field
from datetime import date
from functools import cache

from django.contrib.auth.hashers import make_password

from alongside.core.agencies.models import Agency
from alongside.core.agencies.permissions import Role
from alongside.records.programmes.models import Programme
from alongside.stewardship.demo.chance import DAY, Chance, Odds, years_before
from alongside.stewardship.demo.fragments import origins
from alongside.stewardship.demo.scales import CALDERDALE, KIRKLEES
from alongside.stewardship.demo.tables import AGENCY, CONTRACT, CONTRACT_AREA, TEAM, USER, Rows, Worker

PROVIDER = "Side by Side Kinship"
OTHER_PROVIDER = "Far Away Families"
PASSWORD = "a long walk by the canal"  # noqa: S105  (of made-up people in a made-up database)
NO_PASSWORD = "!"  # noqa: S105  (nobody signs in with it)
CAPACITY = 25
OPEN_SHARE = 0.17  # of families ever known, those worked with now
LISTENING_EAR = "listening-ear"
CARER_TOO = "Asha Rahman"
CARER_TOO_WORDS = "I have brought up my nephew for six years."


@dataclass(frozen=True, slots=True)
class Term:
    """A contract, as far as families need to know."""

    id: str
    programme: str
    starts_on: date
    ends_on: date
    review_weeks: int
    orders_only: bool


@dataclass(frozen=True, slots=True)
class Mix:
    """What an authority has bought: each programme with its share of families."""

    shares: dict[str, float]


MIXES = (
    Mix({"reach": 1.0}),
    Mix({"reach": 0.7, "response": 0.3}),
    Mix({"connected": 0.6, LISTENING_EAR: 0.4}),
    Mix({"reach": 0.5, "connected": 0.5}),
    Mix({"response": 1.0}),
)
KIRKLEES_MIX = Mix({"reach": 0.6, "connected": 0.2, LISTENING_EAR: 0.2})


@dataclass(slots=True)
class Area:
    """One authority: who works there, who refers and pays, and what was bought."""

    code: str
    name: str
    agency: str
    children: int
    team: str = ""
    workers: list[Worker] = field(default_factory=list)
    manager: Worker | None = None
    referrer: Worker | None = None
    mix: Odds[str] = field(default_factory=lambda: Odds({"reach": 1.0}))
    terms: dict[str, list[Term]] = field(default_factory=dict)
    funded: Term | None = None
    group: str = ""

    def term(self, programme: str, on: date) -> Term:
        """Give the contract for a programme that a day falls in; the earliest where it falls before all."""
        terms = self.terms[programme]
        return next((term for term in reversed(terms) if term.starts_on <= on), terms[0])


@cache
def password() -> str:
    """Hash the password that all made-up people share, once and without chance."""
    return make_password(PASSWORD, salt="made-up-people-only")


class Staff:
    """Writes people who sign in, and takes care that no two share an address."""

    def __init__(self, rows: Rows, since: date) -> None:
        self.rows = rows
        self.since = since
        self.taken: set[str] = set()

    def add(
        self, chance: Chance, name: str, agency: str, role: Role, team: str | None = None, email: str | None = None
    ) -> Worker:
        """Write somebody who signs in; only those with an address given can, the others are there to be seen."""
        plain = ".".join(name.encode("ascii", "ignore").decode().lower().replace("'", "").split()) or "colleague"
        address = email or f"{plain}@example.org"
        number = 2
        while address in self.taken:
            address, number = f"{plain}.{number}@example.org", number + 1
        self.taken.add(address)
        worker = Worker(chance.new_id(self.since), name, agency)
        capacity = CAPACITY if role == Role.FAMILY_WORKER else None
        secret = password() if email else NO_PASSWORD
        self.rows.record(
            USER,
            worker.id,
            f"{self.since} 09:00:00",
            secret,
            address,
            name,
            agency,
            role.value,
            team,
            capacity,
            "",
            True,
            name == CARER_TOO,
            CARER_TOO_WORDS if name == CARER_TOO else "",
        )
        return worker


def provider(rows: Rows, name: str, since: date) -> None:
    """Write the agency whose rows these are."""
    rows.record(AGENCY, rows.agency, f"{since} 09:00:00", Agency.Kind.PROVIDER.value, name, None, "england")


def team(rows: Rows, chance: Chance, name: str, since: date) -> str:
    """Write a team, and give its id."""
    made = chance.new_id(since)
    rows.owned(TEAM, made, f"{since} 09:00:00", name, None)
    return made


def staff_area(area: Area, staff: Staff, chance: Chance) -> None:
    """Find enough workers for an area, and people at its authority who refer and pay."""
    needed = round(area.children / 1.41 * OPEN_SHARE / CAPACITY * 1.15) + 1
    while len(area.workers) < needed:
        name = chance.draw(origins()).grown_up(chance)
        area.workers.append(staff.add(chance, name, staff.rows.agency, Role.FAMILY_WORKER, area.team))
    if area.referrer is None:
        area.referrer = staff.add(chance, chance.draw(origins()).grown_up(chance), area.agency, Role.REFERRER)
        staff.add(chance, chance.draw(origins()).grown_up(chance), area.agency, Role.COMMISSIONER)


def contract_area(area: Area, rows: Rows, chance: Chance, today: date) -> None:
    """Write what an authority has bought: for each programme a contract that ended and one that runs."""
    mix = KIRKLEES_MIX if area.code == KIRKLEES else MIXES[0] if area.code == CALDERDALE else chance.pick(MIXES)
    area.mix = Odds(mix.shares)
    spans = _spans(today)
    for programme, share in mix.shares.items():
        area.terms[programme] = [_contract(area, rows, chance, programme, share, span) for span in spans]
    if area.code == KIRKLEES:  # few places, which the fund pays for, with therapy beside the advice
        area.funded = _contract(area, rows, chance, "response", 0.05, spans[1])


def _spans(today: date) -> tuple[tuple[date, date], tuple[date, date]]:
    """Give the time of the contracts that ended, and of those that run."""
    year = date(today.year if today.month >= 4 else today.year - 1, 4, 1)
    if (today - year).days < 100:
        year = years_before(year, 1)
    return (years_before(year, 6), year - DAY), (year, date(year.year + 2, 3, 31))


def _contract(area: Area, rows: Rows, chance: Chance, programme: str, share: float, span: tuple[date, date]) -> Term:
    kept = Programme.objects.get(slug=programme)
    term = Term(
        id=chance.new_id(span[0]),
        programme=programme,
        starts_on=span[0],
        ends_on=span[1],
        review_weeks=kept.definition["defaults"]["review_weeks"]["value"],
        orders_only=programme == "response" and share < 1,  # where the fund pays; bought direct it is for any carer
    )
    places = max(60, round(area.children / 1.41 * OPEN_SHARE * share * 1.3 / 5) * 5)
    years = "" if span[1].year - span[0].year == 2 else f", {span[0].year} to {span[1].year}"
    rows.owned(
        CONTRACT,
        term.id,
        f"{span[0]} 09:00:00",
        area.agency,
        kept.pk.hex,
        f"{kept.name}, {area.name}{years}",
        str(span[0]),
        str(span[1]),
        60 if area.code == KIRKLEES and programme == "reach" and area.children < 100 else places,
        places * 300_000,
        "fund" if term.orders_only else "purchaser",
        "[]",
        term.orders_only,
        5,
        term.review_weeks,
        {"reach": 12, "response": 52, "connected": 30}.get(programme),
        {"reach": 10, "response": 20}.get(programme),
        ("therapy" if term.orders_only else "advice") if programme == "response" else "",
    )
    rows.plain(CONTRACT_AREA, term.id, area.agency)
    return term
