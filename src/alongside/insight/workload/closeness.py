"""Who has room, and who is close to a family that has no worker yet or needs another one, and why."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db.models import Count, Q

from alongside.core.agencies.models import User
from alongside.core.agencies.queries import family_workers
from alongside.insight.workload.rules import Candidate, Close, closeness, spoken
from alongside.insight.workload.weights import weights
from alongside.records.cases.models import Case
from alongside.records.oversight.models import Absence
from alongside.records.oversight.queries import away_now
from alongside.records.people.models import Arrangement, Membership
from alongside.records.programmes.queries import loads

SHOWN = 12
# How a footing is said after "has worked with 5 families".
FOOTINGS = {
    Arrangement.Kind.INFORMAL: "without an order",
    Arrangement.Kind.PRIVATE_FOSTERING: "in private fostering",
    Arrangement.Kind.CONNECTED_FOSTER: "in kinship foster care",
    Arrangement.Kind.CHILD_ARRANGEMENTS: "with a child arrangements order",
    Arrangement.Kind.SPECIAL_GUARDIANSHIP: "with a special guardianship order",
    Arrangement.Kind.ADOPTION: "after an adoption",
    Arrangement.Kind.TESTAMENTARY_GUARDIAN: "with a guardian named in a will",
}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A worker for a family, and why they are close to it or not."""

    worker: User
    candidate: Candidate
    close: Close

    @property
    def words(self) -> str:
        """The reasons as they are shown."""
        held = self.candidate.families
        of = f" of {self.candidate.capacity}" if self.candidate.capacity is not None else ""
        families = f"{held}{of} famil{'y' if held == 1 and not of else 'ies'}"
        return " ".join((f"{families}.", *self.close.reasons))


def rooms(user: User, today: date) -> list[tuple[User, str]]:
    """Give the family workers, the most room first and who is away last, each with how that is said."""
    away = away_now(user.agency_id, today)
    held = sorted(loads(user), key=lambda load: load.worker.pk in away)
    return [(load.worker, f"{load.words}{_away(away.get(load.worker.pk))}") for load in held]


def _away(absence: Absence | None) -> str:
    if absence is None:
        return ""
    return f", away until {absence.ends_on.day} {absence.ends_on:%B}" if absence.ends_on else ", away"


@dataclass(frozen=True, slots=True)
class Needs:
    """What of a family matters for who works with them."""

    language: str
    footing: str


def suggestions(case: Case, user: User, today: date, *, every: bool = False) -> list[Suggestion]:
    """Give the workers for a family, the closest first, and no more than a page's worth unless ``every`` is asked for.

    Experience is counted only for those who are close by what is quick to see, so the queries are six however many
    people work here.
    """
    needs = needs_of(case.household_id)
    workers = family_workers(case.agency_id)
    known = _candidates(case, user, workers, needs, today)
    first = sorted(workers, key=lambda one: _order(one, known[one.pk], case, needs))
    shown = first if every else _shown(first, case)
    experience = _experience(user, [one.pk for one in shown], needs.footing)
    found = []
    for worker in shown:
        candidate = replace(known[worker.pk], experience=experience.get(worker.pk, 0))
        found.append(Suggestion(worker, candidate, _close(candidate, case, needs)))
    return sorted(found, key=lambda one: (not one.close.able, -one.close.score, one.worker.name))


def needs_of(household: UUID) -> Needs:
    """Give the language of those who live together, and the footing of their eldest child."""
    here = Membership.objects.filter(household=household, until=None)
    language = (
        here.exclude(person__language="").order_by("part", "pk").values_list("person__language", flat=True).first()
    )
    kinds = Arrangement.objects.filter(
        ended_on=None, child__memberships__household=household, child__memberships__until=None
    ).exclude(kind=Arrangement.Kind.UNKNOWN)
    footing = kinds.order_by("child__birth_date", "pk").values_list("kind", flat=True).first()
    return Needs(language or "", footing or "")


def _shown(first: Sequence[User], case: Case) -> list[User]:
    """The closest, and whoever works with the family now."""
    return [*first[:SHOWN], *(one for one in first[SHOWN:] if one.pk == case.worker_id)]


def _candidates(case: Case, user: User, workers: Sequence[User], needs: Needs, today: date) -> dict[UUID, Candidate]:
    counted = (
        Case.objects.visible_to(user)
        .filter(closed_on=None, worker__isnull=False)
        .exclude(pk=case.pk)
        .values("worker")
        .annotate(n=Count("pk"), here=Count("pk", filter=Q(authority=case.authority_id)))
        .order_by()
    )
    held = {worker: (n, here) for worker, n, here in counted.values_list("worker", "n", "here")}
    away = away_now(case.agency_id, today)
    found = {}
    for worker in workers:
        families, here = held.get(worker.pk, (0, 0))
        absence = away.get(worker.pk)
        found[worker.pk] = Candidate(
            families=families,
            capacity=worker.capacity,
            here=here if case.authority_id else 0,
            same_team=worker.team_id is not None and worker.team_id == case.team_id,
            language=spoken(needs.language, worker.languages) if needs.language else "",
            carer_too=worker.kinship_carer_too,
            away=absence is not None,
            away_until=absence.ends_on if absence else None,
        )
    return found


def _order(worker: User, candidate: Candidate, case: Case, needs: Needs) -> tuple[bool, float, str]:
    close = _close(candidate, case, needs)
    return not close.able, -close.score, worker.name


def _close(candidate: Candidate, case: Case, needs: Needs) -> Close:
    place = case.authority.name if case.authority else ""
    footing = FOOTINGS.get(Arrangement.Kind(needs.footing), "") if needs.footing else ""
    return closeness(candidate, place=place, footing=footing, weights=weights())


def _experience(user: User, workers: Iterable[UUID], footing: str) -> dict[UUID, int]:
    """Count the families that each of these works or worked with, in which a child had the same footing."""
    if not footing:
        return {}
    rows = Case.objects.visible_to(user).filter(
        worker__in=list(workers), household__memberships__person__arrangements__kind=footing
    )
    return dict(rows.values("worker").annotate(n=Count("pk", distinct=True)).order_by().values_list("worker", "n"))
