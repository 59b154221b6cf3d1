"""Reading what was handed in: what is known already, what is alike, and pages of what was found."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import QuerySet

from alongside.calc.names import Identity, Level, keys, likeness
from alongside.core.agencies.models import User
from alongside.records.referrals.models import Referral, ReferralKey
from alongside.records.referrals.queries import identities
from alongside.stewardship.exchange.models import Import, ImportRow, PickedChild

T = TypeVar("T")
KEYS_AT_ONCE = 1_000
COMPARED = 20
"""Earlier referrals with which one family is compared; more share a birthday or postcode only by chance."""
ROWS_A_PAGE = 25
LATEST = 5


def keys_known(source_agency: UUID, import_keys: Collection[str]) -> set[str]:
    """Say which of these families the agency has referred from a file before."""
    known: set[str] = set()
    for some in _batches(import_keys):
        found = Referral.objects.filter(source_agency=source_agency, import_key__in=some)
        known.update(key for key in found.values_list("import_key", flat=True) if key)
    return known


@dataclass(frozen=True, slots=True)
class AlikeReferral:
    """An earlier referral that may be of the same family, and why."""

    referral: UUID
    score: float
    why: str


def families_alike(provider: UUID, source_agency: UUID, families: Sequence[dict[str, Any]]) -> dict[int, AlikeReferral]:
    """For the place of each family that looks like one in the agency's own referrals, give the likeliest of those."""
    told = [_identities(family) for family in families]
    places: dict[str, list[int]] = defaultdict(list)
    for place, people in enumerate(told):
        for key in {key for one in people for key in _telling(one)}:
            places[key].append(place)
    shared: dict[int, set[UUID]] = defaultdict(set)
    for some in _batches(places):
        filed = ReferralKey.objects.filter(agency=provider, source_agency=source_agency, key__in=some)
        for key, referral in filed.values_list("key", "referral_id"):
            for place in places[key]:
                if len(shared[place]) < COMPARED:
                    shared[place].add(referral)
    known = _known({referral for some in shared.values() for referral in some})
    alike = {}
    for place, referrals in shared.items():
        found = [one for referral in referrals if (one := _likest(told[place], referral, known[referral]))]
        if found:
            alike[place] = max(found, key=lambda one: one.score)
    return alike


def same_files(by: User, digest: str) -> Import | None:
    """Give the latest time that somebody of this agency handed in the very same files."""
    statuses = (Import.Status.READING, Import.Status.READY, Import.Status.ADDING, Import.Status.DONE)
    found = Import.objects.visible_to(by).filter(digest=digest, status__in=statuses)
    return found.order_by("-created_at", "-id").first()


def done_before(imported: Import) -> Import | None:
    """Give the earlier time that the very same file was handed in and its families were referred."""
    same = Import.objects.filter(agency=imported.agency_id, digest=imported.digest, status=Import.Status.DONE)
    return same.exclude(pk=imported.pk).order_by("-created_at", "-id").first()


def latest_imports(imports: "QuerySet[Import]", kind: str) -> list[Import]:
    """Give the latest files of one kind among those that somebody may see."""
    return list(imports.filter(kind=kind).select_related("made_by").order_by("-created_at", "-id")[:LATEST])


def to_complete(picked: "QuerySet[PickedChild]") -> "QuerySet[PickedChild]":
    """Give the picked children whose carer is not known yet."""
    return picked.filter(referral=None)


def problems_of(imported: Import) -> Iterator[dict[str, Any]]:
    """Give the problems of a file in their order."""
    rows = ImportRow.objects.filter(imported=imported, verdict=ImportRow.Verdict.PROBLEM).order_by("place")
    return rows.values_list("data", flat=True).iterator()


def rows_of_import(imported: Import, verdict: str, page: int, size: int = ROWS_A_PAGE) -> list[ImportRow]:
    """Give one page, counted from 1, of what has this verdict."""
    first = (page - 1) * size
    rows = ImportRow.objects.filter(imported=imported, verdict=verdict, place__gte=first, place__lt=first + size)
    return list(rows.order_by("place"))


def pages_of(imported: Import, verdict: str, size: int = ROWS_A_PAGE) -> int:
    """Give how many pages there are of what has this verdict."""
    return max(1, -(-int(imported.found.get(verdict, 0)) // size))


def picked_among(by: User, children: Iterable[str]) -> dict[str, PickedChild]:
    """Give those of these children whom somebody of this agency has picked, by the child's code."""
    picked = PickedChild.objects.visible_to(by).filter(child__in=list(children)).select_related("picked_by", "referral")
    return {one.child: one for one in picked}


def _identities(family: dict[str, Any]) -> list[Identity]:
    postcode = family["postcode"]
    people = [(family["carer_name"], family["carer_birth_date"], family["carer_birth_precision"])]
    people += [(child["name"], child["birth_date"], child["birth_precision"]) for child in family["children"]]
    return [Identity(name, date.fromisoformat(born) if born else None, postcode, how) for name, born, how in people]


def _telling(one: Identity) -> frozenset[str]:
    return keys("", one.birth_date, one.postcode, precision=one.birth_precision)


def _known(referrals: set[UUID]) -> dict[UUID, list[Identity]]:
    known: dict[UUID, list[Identity]] = {}
    for some in _batches(referrals):
        for referral in Referral.objects.filter(pk__in=some):
            known[referral.pk] = [identity for _, identity in identities(referral)]
    return known


def _likest(told: Sequence[Identity], referral: UUID, known: Sequence[Identity]) -> AlikeReferral | None:
    compared = [(one.name, likeness(one, other)) for one in told for other in known if one.name and other.name]
    alike = [(name, found) for name, found in compared if found.level is not Level.UNLIKELY]
    if not alike:
        return None
    name, found = max(alike, key=lambda each: each[1].score)
    return AlikeReferral(referral, found.score, f"{name}: {', '.join(found.reasons)}")


def _batches(items: Iterable[T]) -> Iterable[list[T]]:
    rest = iter(items)
    while some := list(islice(rest, KEYS_AT_ONCE)):
        yield some
