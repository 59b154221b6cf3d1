"""The cast: the same people in every test, in the demo data, the docs and the screenshots.

Grace brings up Tyler and Amara in Kirklees. Asha works with her; Morgan manages the team. Ruth refers for Kirklees,
Carol pays for Kirklees. Ben works at another agency and Nia refers for another authority: they must see nothing of it.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from alongside.core.agencies.models import Agency, Team, User
from alongside.core.agencies.permissions import Role
from alongside.core.base.rows import EVERY_AGENCY, rows_of
from alongside.records.cases.models import Case
from alongside.records.people.models import Arrangement, Household, Membership, Person, Relationship
from alongside.records.programmes.models import Contract, Enrolment, Programme
from alongside.records.referrals.models import Referral

LONDON = ZoneInfo("Europe/London")
TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 10, 40, tzinfo=LONDON)
PASSWORD = "a long walk by the canal"


@dataclass(frozen=True)
class Cast:
    """Everybody, and what is already recorded of them."""

    provider: Agency
    other_provider: Agency
    kirklees: Agency
    calderdale: Agency
    team: Team
    asha: User
    morgan: User
    ruth: User
    carol: User
    ben: User
    nia: User
    priya: User
    omar: User
    reach: Programme
    contract: Contract
    grace: Person
    tyler: Person
    amara: Person
    household: Household
    case: Case
    referral: Referral

    def who(self, role: Role) -> User:
        """Give somebody of the provider, or of Kirklees, who has this role."""
        found: User = User.objects.get(role=role, agency__in=[self.provider, self.kirklees])
        return found


def assemble() -> Cast:
    """Write the cast to the database."""
    with rows_of(EVERY_AGENCY):
        return _assemble()


def _user(agency: Agency, name: str, role: Role, **more: Any) -> User:
    user = User(agency=agency, name=name, role=role, email=f"{name.split()[0].lower()}@example.org", **more)
    user.set_password(PASSWORD)
    user.save()
    return user


def _assemble() -> Cast:
    provider = Agency.objects.create(kind=Agency.Kind.PROVIDER, name="Side by Side Kinship")
    other = Agency.objects.create(kind=Agency.Kind.PROVIDER, name="Far Away Families")
    kirklees = Agency.objects.get(code="E08000034")
    calderdale = Agency.objects.get(code="E08000033")
    team = Team.objects.create(agency=provider, name="West Yorkshire")
    far_team = Team.objects.create(agency=other, name="Far team")
    asha = _user(provider, "Asha Rahman", Role.FAMILY_WORKER, team=team, capacity=25)
    reach = Programme.objects.get(slug="reach")
    contract = Contract.objects.create(
        agency=provider,
        purchaser=kirklees,
        programme=reach,
        name="Kinship Reach, Kirklees",
        starts_on=date(2026, 4, 1),
        ends_on=date(2028, 3, 31),
        places=60,
        price_pence=18_000_000,
        length_weeks=12,
    )
    contract.areas.add(kirklees)
    grace = Person.objects.create(
        agency=provider,
        name="Grace Okafor",
        birth_date=date(1968, 3, 12),
        phone="07700 900123",
        email="grace@example.org",
    )
    tyler = Person.objects.create(agency=provider, name="Tyler Okafor", birth_date=date(2019, 5, 4))
    amara = Person.objects.create(agency=provider, name="Amara Okafor", birth_date=date(2022, 6, 9))
    household = Household.objects.create(
        agency=provider, name="Grace Okafor", postcode="HD1 2AB", authority=kirklees, team=team, worker=asha
    )
    for person, part in ((grace, "carer"), (tyler, "child"), (amara, "child")):
        Membership.objects.create(agency=provider, household=household, person=person, part=part)
    for child in (tyler, amara):
        Relationship.objects.create(agency=provider, person=grace, relative=child, kind="grandparent")
    Arrangement.objects.create(
        agency=provider,
        child=tyler,
        carer=grace,
        kind="special_guardianship",
        stage="final",
        proceedings="public",
        looked_after_before="yes",
        started_on=date(2024, 3, 15),
    )
    Arrangement.objects.create(agency=provider, child=amara, carer=grace, kind="informal", started_on=date(2025, 1, 6))
    referral = Referral.objects.create(
        agency=provider,
        source="agency",
        source_agency=kirklees,
        carer_name="Grace Okafor",
        postcode="HD1 2AB",
        received_at=NOW - timedelta(weeks=6),
        status="accepted",
        status_at=NOW - timedelta(weeks=5),
        authority=kirklees,
        consent="given",
    )
    case = Case.objects.create(
        agency=provider,
        household=household,
        referral=referral,
        authority=kirklees,
        team=team,
        worker=asha,
        opened_on=TODAY - timedelta(weeks=5),
        review_due=TODAY + timedelta(weeks=2),
    )
    Enrolment.objects.create(agency=provider, case=case, contract=contract, started_on=case.opened_on)
    return Cast(
        provider=provider,
        other_provider=other,
        kirklees=kirklees,
        calderdale=calderdale,
        team=team,
        asha=asha,
        morgan=_user(provider, "Morgan Ellis", Role.MANAGER, team=team),
        ruth=_user(kirklees, "Ruth Barker", Role.REFERRER),
        carol=_user(kirklees, "Carol Whitfield", Role.COMMISSIONER),
        ben=_user(other, "Ben Ashworth", Role.FAMILY_WORKER, team=far_team),
        nia=_user(calderdale, "Nia Prosser", Role.REFERRER),
        priya=_user(provider, "Priya Nair", Role.ADMINISTRATOR),
        omar=_user(provider, "Omar Haddad", Role.PRIVACY_LEAD),
        reach=reach,
        contract=contract,
        grace=grace,
        tyler=tyler,
        amara=amara,
        household=household,
        case=case,
        referral=referral,
    )
