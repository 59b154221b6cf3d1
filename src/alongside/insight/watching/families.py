"""Where a family belongs and which groups it is of: read once for all the families that a measure counts."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, Self
from uuid import UUID

from alongside.core.agencies.places import deprivation_fifths
from alongside.insight.watching.counts import NONE, Cell
from alongside.insight.watching.periods import Month
from alongside.records.cases.models import Case
from alongside.records.people.models import WIDE_OF, Arrangement, Membership
from alongside.records.programmes.models import Enrolment
from alongside.records.referrals.models import Referral

PROMISED = 10
"""Working days to the first call where no contract says how many."""

Groups = dict[str, str]


class Place(NamedTuple):
    """A family's time in a programme."""

    started_on: date
    programme: str
    first_contact_days: int


class Home(NamedTuple):
    """Where a case belongs."""

    team: str
    authority: str
    code: str
    household: UUID


@dataclass(frozen=True, slots=True)
class Families:
    """What is known of some cases, as it stands today."""

    month: Month
    homes: Mapping[UUID, Home]
    places: Mapping[UUID, list[Place]]
    said: Mapping[UUID, Groups]

    @classmethod
    def of(cls, cases: Iterable[UUID], month: Month) -> Self:
        """Read what is known of them."""
        wanted = list(cases)
        homes = {
            pk: Home(str(team or NONE), str(authority or NONE), code or NONE, household)
            for pk, team, authority, code, household in Case.objects.filter(pk__in=wanted).values_list(
                "pk", "team", "authority", "authority__code", "household"
            )
        }
        places: dict[UUID, list[Place]] = {}
        enrolments = Enrolment.objects.filter(case__in=wanted).order_by("started_on", "pk")
        for case, *place in enrolments.values_list(
            "case", "started_on", "contract__programme__slug", "contract__first_contact_days"
        ):
            places.setdefault(case, []).append(Place(*place))
        return cls(month, homes, places, family_groups({home.household for home in homes.values()}))

    def _place(self, case: UUID) -> Place | None:
        """The programme that it joined last, by the end of the month; else the one that it joined first."""
        places = self.places.get(case, [])
        begun = [place for place in places if place.started_on <= self.month.last]
        return begun[-1] if begun else places[0] if places else None

    def cell(self, case: UUID) -> Cell:
        """Give the team, authority and programme of a case."""
        home, place = self.homes[case], self._place(case)
        return (home.team, home.authority, place.programme if place else NONE, fifth(home.code))

    def days_promised(self, case: UUID) -> int:
        """Give the working days within which it was to be reached first."""
        places = self.places.get(case)
        return places[0].first_contact_days if places else PROMISED

    def groups(self, case: UUID) -> Groups:
        """Give the groups that its carer and children are of."""
        return self.said.get(self.homes[case].household, {})


def fifth(code: str | None) -> str:
    """Give the fifth of its nation in which an authority is."""
    found = deprivation_fifths().get(code or NONE)
    return str(found) if found else NONE


def family_groups(households: Collection[UUID]) -> dict[UUID, Groups]:
    """Give each household's groups: those of the carer who has been there longest, and of the oldest arrangement."""
    found: dict[UUID, Groups] = {}
    carers = Membership.objects.filter(household__in=households, part=Membership.Part.CARER)
    for home, ethnicity, disability in carers.order_by("-since", "-pk").values_list(
        "household", "person__ethnicity", "person__disability"
    ):
        found[home] = {"ethnicity": wide(ethnicity), "disability": disability}
    children = Membership.objects.filter(household__in=households, part=Membership.Part.CHILD, until=None)
    of_child: dict[UUID, str] = {}
    homes = dict(children.values_list("person", "household"))
    held = Arrangement.objects.filter(child__in=homes, ended_on=None).order_by("-started_on", "-pk")
    for child, kind in held.values_list("child", "kind"):
        of_child[homes[child]] = kind
    for home, kind in of_child.items():
        found.setdefault(home, {})["arrangement"] = kind
    return found


def told_groups(referral: Referral, known: Mapping[UUID, Groups]) -> Groups:
    """Give the groups of a family that may never have been taken on: as known of it, else as it was told."""
    told = {"ethnicity": wide(referral.carer_ethnicity), "disability": referral.carer_disability}
    kinds = [str(child.get("arrangement") or NONE) for child in referral.children]
    told["arrangement"] = next((kind for kind in kinds if kind and kind != Arrangement.Kind.UNKNOWN), NONE)
    family = known.get(referral.household_id, {}) if referral.household_id else {}
    return {**told, **{kind: group for kind, group in family.items() if group}}


def wide(ethnicity: str) -> str:
    """Give the census's wide group; what is not a group stays as it is."""
    return WIDE_OF.get(ethnicity, ethnicity)
