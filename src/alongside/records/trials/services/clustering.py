"""Allocating whole teams or authorities, all at once, after the last family was asked."""

from collections import defaultdict
from uuid import UUID

from django.utils import timezone

from alongside.core.agencies.models import User
from alongside.core.audit import ledger
from alongside.core.base.errors import Refused
from alongside.records.cases.models import Case
from alongside.records.trials.drawing import arms_of_clusters
from alongside.records.trials.models import Allocation, Assessment, Cluster, Trial, TrialConsent
from alongside.records.trials.queries import seed_of
from alongside.records.trials.services.entering import hold_trial

FEWEST = 4


def allocate_clusters(*, trial: Trial, by: User) -> list[Cluster]:
    """Let chance decide for every team or authority with families that agreed, and close entering for good.

    It is done once, after the last family was asked: so nobody knows the arm of a family that they ask.
    """
    with ledger.together():
        held = hold_trial(trial)
        if held.design != Trial.Design.CLUSTERS or not held.enters:
            raise Refused("There is nothing to allocate")
        families = _entered(held)
        if len(families) < FEWEST:
            raise Refused(
                f"Families of {len(families)} have agreed so far. With fewer than {FEWEST} teams or authorities, "
                "chance cannot tell the support from the place"
            )
        places = sorted(families, key=str)
        arms = arms_of_clusters(seed_of(held), [len(families[place]) for place in places])
        made = [
            _write(held, place, number, families[place], arm, by)
            for number, (place, arm) in enumerate(zip(places, arms, strict=True), 1)
        ]
        _allocate(held, made, [families[place] for place in places], by)
        words = "Teams or authorities were allocated"
        ledger.update(held, by=by, what="trial closed", closed_at=timezone.now(), closed_words=words)
    return made


def _entered(trial: Trial) -> dict[UUID, list[Case]]:
    agreed = TrialConsent.objects.filter(trial=trial, answer=TrialConsent.Answer.AGREED, withdrawn_on=None)
    able = Assessment.objects.filter(trial=trial, eligible=True, case__in=agreed.values("case"))
    found: dict[UUID, list[Case]] = defaultdict(list)
    for case in Case.objects.filter(pk__in=able.values("case"), closed_on=None).order_by("pk"):
        place = case.team_id if trial.level == Trial.Level.TEAM else case.authority_id
        if place:
            found[place].append(case)
    return found


def _write(trial: Trial, place: UUID, number: int, families: list[Case], arm: int, by: User) -> Cluster:
    return ledger.create(
        Cluster,
        by=by,
        what=f"{trial.level} allocated by chance",
        agency_id=trial.agency_id,
        trial=trial,
        number=number,
        families=len(families),
        arm=arm,
        **{f"{trial.level}_id": place},
    )


def _allocate(trial: Trial, clusters: list[Cluster], families: list[list[Case]], by: User) -> None:
    today = timezone.localdate()
    pairs = [(cluster, case) for cluster, cases in zip(clusters, families, strict=True) for case in cases]
    rows = [
        Allocation(
            agency_id=trial.agency_id,
            trial=trial,
            case=case,
            cluster=cluster,
            number=number,
            arm=cluster.arm,
            allocated_on=today,
            by=by,
        )
        for number, (cluster, case) in enumerate(pairs, 1)
    ]
    ledger.create_many(Allocation, rows, by=by, what="family allocated with its team or authority")
