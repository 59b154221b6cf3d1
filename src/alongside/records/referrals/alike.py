"""Who may be told of twice: families already known, and other referrals, that are like one of those told of."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db.models import Case, Count, IntegerField, QuerySet, Sum, Value, When

from alongside.calc.names import Identity, Level, Likeness, birthday_keys, keys, likeness
from alongside.core.agencies.models import User
from alongside.core.base.prepared import Prepared
from alongside.records.people.models import (
    Household,
    Membership,
    Person,
    Precision,
    SearchKey,
    hidden_homes,
    hidden_people,
)
from alongside.records.referrals.models import Referral, ReferralKey
from alongside.records.referrals.queries import filing_keys, identities

M = TypeVar("M")
CANDIDATES = 100
SHOWN = 8
# A shared birthday or postcode says more than a shared half of a name, of which two are needed.
WEIGHT: Any = Case(
    When(key__startswith="d:", then=Value(3)),
    When(key__startswith="c:", then=Value(2)),
    default=Value(1),
    output_field=IntegerField(),
)


@dataclass(frozen=True, slots=True)
class Alike:
    """Somebody told of in a referral, somebody already known, and how alike they are."""

    told: str
    known: str
    likeness: Likeness


@dataclass(slots=True)
class Found(Generic[M]):
    """A family already known, or another referral, in which some may be those told of here."""

    row: M
    alike: list[Alike] = field(default_factory=list)

    @property
    def score(self) -> float:
        """How alike the most alike of them are."""
        return max(alike.likeness.score for alike in self.alike)


def families_alike(referral: Referral, user: User) -> list[Found[Household]]:
    """Give the families already known that may be the one told of, the likeliest first, with the reasons."""
    sought = _apart(filing_keys(referral))
    candidates = _sharing(SearchKey.objects.filter(agency=referral.agency_id, key__in=sought), "person")
    homes = Membership.objects.filter(person__in=candidates).exclude(household__in=hidden_homes(user))
    memberships = homes.select_related("person", "household__authority")
    told = identities(referral)
    families: dict[UUID, Found[Household]] = {}
    for membership in memberships:
        alike = _most_alike(told, identity_of(membership.person, membership.household.postcode))
        if alike:
            family = families.setdefault(membership.household_id, Found(membership.household))
            family.alike.append(alike)
    return sorted(families.values(), key=lambda family: -family.score)[:SHOWN]


def referrals_alike(referral: Referral, user: User) -> list[Found[Referral]]:
    """Give the other referrals that may be of the same family, the likeliest first, with the reasons."""
    sought = _apart(filing_keys(referral))
    filed = ReferralKey.objects.filter(agency=referral.agency_id, key__in=sought).exclude(referral=referral)
    told = identities(referral)
    others = []
    known = Referral.objects.filter(agency=referral.agency_id).exclude(household__in=hidden_homes(user))
    for other in known.filter(pk__in=_sharing(filed, "referral")).select_related("source_agency"):
        found = [alike for _, known in identities(other) if (alike := _most_alike(told, known))]
        if found:
            others.append(Found(other, found))
    return sorted(others, key=lambda other: -other.score)[:SHOWN]


def perhaps_known(referrals: Sequence[Referral], user: User) -> set[UUID]:
    """Say which of a page of referrals tell of somebody who shares a birthday and the first letters of a name, or a
    postcode and half a name, with somebody known or told of.

    A list looks no further than that, so that it costs four queries; the referral's own page looks at everything.
    """
    agencies = {referral.agency_id for referral in referrals}
    sought: dict[str, list[tuple[Referral, Identity]]] = defaultdict(list)
    for referral in referrals:
        for _, told in identities(referral):
            for key in _telling(told) if told.name else ():
                sought[key].append((referral, told))
    found: set[UUID] = set()
    for key, pk, known in _filed_under(agencies, sorted(sought), user):
        for referral, told in sought[key]:
            if pk == referral.pk or referral.pk in found:
                continue
            if (key.startswith("b:") or _share_half(told.name, known.name)) and _level(told, known):
                found.add(referral.pk)
    return found


def _share_half(name: str, other: str) -> bool:
    return not keys(name, None, "").isdisjoint(keys(other, None, ""))


def _telling(told: Identity) -> frozenset[str]:
    """Give the keys of a birthday with a name, and of a postcode. Those known are filed with day and month changed over
    as well, so that need not be asked.
    """
    known_day = told.birth_date is not None and told.birth_precision == Precision.EXACT
    born = birthday_keys(told.name, told.birth_date) if told.birth_date and known_day else frozenset()
    return born | keys("", None, told.postcode)


def identity_of(person: Person, postcode: str) -> Identity:
    """Give who somebody is, as names are compared."""
    return Identity(person.name, person.birth_date, postcode, person.birth_precision)


def _filed_under(agencies: set[UUID], sought: list[str], user: User) -> Iterable[tuple[str, UUID | None, Identity]]:
    """Give who is filed under these keys, and by which referral where it is one.

    First the keys and then the rows that they lead to: asked for both at once, PostgreSQL guesses that a postcode is as
    common as half a name, and reads every person of the country.
    """
    filed = _people_filed(sorted(agencies), sought)
    known = {pk: who for pk, *who in _people_known(user, sorted({pk for _, pk in filed}))}
    for key, pk in filed:
        if pk not in known:
            continue
        name, born, precision = known[pk]
        yield key, None, Identity(name, born, key.removeprefix("c:") if key.startswith("c:") else "", precision)
    told = _referrals_filed(sorted(agencies), sought)
    carers = {pk: Identity(*carer) for pk, *carer in _carers_told(user, sorted({pk for _, pk in told}))}
    yield from ((key, pk, carers[pk]) for key, pk in told if pk in carers)


@Prepared
def _people_filed(agencies: Sequence[UUID], sought: Sequence[str]) -> Any:
    """Who is known under which of these keys."""
    return SearchKey.objects.filter(agency__in=agencies, key__in=sought).values_list("key", "person_id")


@Prepared
def _referrals_filed(agencies: Sequence[UUID], sought: Sequence[str]) -> Any:
    """Which referrals were told of under which of these keys."""
    return ReferralKey.objects.filter(agency__in=agencies, key__in=sought).values_list("key", "referral_id")


@Prepared
def _people_known(user: User, people: Sequence[UUID]) -> Any:
    """Who these are, but for those of whom somebody may not know."""
    known = Person.objects.filter(pk__in=people).exclude(pk__in=hidden_people(user))
    return known.values_list("pk", "name", "birth_date", "birth_precision")


@Prepared
def _carers_told(user: User, referrals: Sequence[UUID]) -> Any:
    """Which carers these referrals tell of, but for those of whom somebody may not know."""
    told = Referral.objects.filter(pk__in=referrals).exclude(household__in=hidden_homes(user))
    return told.values_list("pk", "carer_name", "carer_birth_date", "postcode", "carer_birth_precision")


def _apart(found: frozenset[str]) -> list[str]:
    """Give those keys that say one thing each, so that a birthday counts once, and not again with a name."""
    return [key for key in found if not key.startswith("b:")]


def _sharing(filed: QuerySet[Any], of: str) -> list[UUID]:
    """Give those who share the most telling keys."""
    return list(
        filed.values(of)
        .annotate(shared=Count("id"), weight=Sum(WEIGHT))
        .filter(shared__gte=2)
        .order_by("-weight", of)
        .values_list(of, flat=True)[:CANDIDATES]
    )


def _most_alike(told: list[tuple[str, Identity]], known: Identity) -> Alike | None:
    """Give who of those told of is most like somebody known, if anybody is.

    Families move, most of all these: another postcode is said, and never by itself hides anybody.
    """
    moved = replace(known, postcode="")
    compared = [
        Alike(words, known.name, likeness(one, known))
        for words, one in told
        if one.name and likeness(one, moved).level is not Level.UNLIKELY
    ]
    return max(compared, key=lambda alike: alike.likeness.score, default=None)


def _level(told: Identity, known: Identity) -> bool:
    return bool(told.name and known.name) and likeness(told, known).level is not Level.UNLIKELY
