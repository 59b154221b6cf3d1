"""A trial that Grace is in, and one of each kind of thing that goes with it."""

from typing import Any

from alongside.records.trials.models import Allocation, Assessment, Cluster, Trial, TrialConsent
from tests.cast import NOW, TODAY, Cast


def trial_row(cast: Cast) -> Trial:
    """Write them, and give the trial."""
    ours: dict[str, Any] = {"agency": cast.provider}
    plan: dict[str, Any] = {
        "programme": cast.reach,
        "first_arm": "Support now",
        "second_arm": "Support later",
        "criteria": ["Nobody in the family is in another trial"],
        "factors": ["children"],
        "instrument": "five-domains",
        "wanted": 40,
        "follow_up_weeks": 12,
        "by": cast.morgan,
    }
    trial = Trial.objects.create(
        **ours,
        **plan,
        name="Reach now or later",
        question="Does it help?",
        design="families",
        method="minimisation",
        opened_at=NOW,
        sealed_seed="sealed",
        seed_fingerprint="0" * 64,
    )
    row: dict[str, Any] = {**ours, "trial": trial, "case": cast.case, "by": cast.asha}
    Assessment.objects.create(**row, assessed_on=TODAY, answers=[True], eligible=True)
    TrialConsent.objects.create(**row, person=cast.grace, answer="agreed", how="in_person", said_on=TODAY)
    Cluster.objects.create(**ours, trial=trial, team=cast.team, number=1, families=1, arm=0)
    Allocation.objects.create(**row, number=1, arm=0, levels={"children": "two or more"}, allocated_on=TODAY)
    return trial
