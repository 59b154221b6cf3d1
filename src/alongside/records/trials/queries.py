"""Reading trials: what families are like when chance decides, where each family stands, and a draw done again."""

from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, Subquery

from alongside.core.agencies.models import User
from alongside.core.base.errors import Refused
from alongside.core.base.sealing import Sealed, unseal
from alongside.records.cases.models import Case
from alongside.records.measures.models import AnswerSet
from alongside.records.people.models import Membership
from alongside.records.people.queries import family
from alongside.records.trials import drawing
from alongside.records.trials.models import Allocation, Assessment, Cluster, Trial, TrialConsent
from alongside.records.trials.rules import BEFORE, Child, Family, levels

PURPOSE = "seed of a trial"


def trials_for(user: User) -> list[Trial]:
    """Give the trials that somebody may see, the newest first."""
    return list(Trial.objects.visible_to(user).select_related("programme").order_by("-pk"))


def seed_of(trial: Trial) -> str:
    """Open a trial's seed: for a draw, and for whoever checks the draws once entering is closed."""
    try:
        return unseal(PURPOSE, trial.sealed_seed)
    except Sealed as error:
        raise Refused(
            "The seed of this trial cannot be opened, as the key of the installation was replaced. "
            "Ask whoever looks after the installation to add the old one to SECRET_KEY_FALLBACKS"
        ) from error


def levels_of(case: Case, trial: Trial, on: date) -> dict[str, str]:
    """Say what a family is like, as it stands, in each factor of a trial."""
    children = tuple(
        Child(member.birth_date, footing.kind, footing.looked_after_before)
        if (footing := next(iter(member.arrangements), None))
        else Child(member.birth_date, "", "")
        for member in family(case.household_id)
        if member.part == Membership.Part.CHILD
    )
    told = Family(str(case.authority or ""), str(case.team or ""), children)
    return levels(told, trial.factors, on)


class Standing(NamedTuple):
    """Where a family stands in one trial."""

    trial: Trial
    assessment: Assessment | None
    consent: TrialConsent | None
    allocation: Allocation | None

    @property
    def step(self) -> str:
        """What comes next: ``assess``, ``ask``, ``allocate``, ``with_others``; nothing where nothing does."""
        if self.allocation or not self.trial.enters:
            return ""
        if self.assessment is None:
            return "assess"
        if not self.assessment.eligible:
            return ""
        if self.consent is None or self.consent.withdrawn_on:
            return "ask"
        if not self.consent.stands:
            return ""
        return "with_others" if self.trial.design == Trial.Design.CLUSTERS else "allocate"


def standings(case: Case, user: User) -> list[Standing]:
    """Give where a family stands in every trial that families enter now, or in which it is."""
    trials = Trial.objects.filter(agency=case.agency_id).exclude(opened_at=None).order_by("-pk")
    rows = {
        model: {
            row.trial_id: row for row in model.objects.visible_to(user).filter(case=case).order_by("pk")
        }  # of several consents the last counts
        for model in (Assessment, TrialConsent, Allocation)
    }
    found = [Standing(trial, *(rows[model].get(trial.pk) for model in rows)) for trial in trials]
    return [one for one in found if one.trial.enters or one.allocation]


def standing(case: Case, trial: Trial, user: User) -> Standing:
    """Give where a family stands in one trial."""
    mine = {"case": case, "trial": trial}
    seen = (model.objects.visible_to(user).filter(**mine) for model in (Assessment, TrialConsent, Allocation))
    return Standing(trial, *(rows.order_by("-pk").first() for rows in seen))


def around(case: Case) -> list[tuple[str, date | None]]:
    """Name the trials that a family could enter or is in, each with the day of its turn, in one query."""
    mine = Allocation.objects.filter(trial=OuterRef("pk"), case=case)
    rows = Trial.objects.filter(agency=case.agency_id).exclude(opened_at=None).order_by("-pk")
    rows = rows.annotate(turn=Subquery(mine.values("turn_on")[:1]), is_in=Exists(mine))
    return list(rows.filter(Q(closed_at=None) | Q(is_in=True)).values_list("name", "turn"))


class Turn(NamedTuple):
    """A family that waits in a trial, and the day on which it is its turn."""

    case: UUID
    name: str
    trial: str
    turn_on: date


def turns(user: User, since: date) -> list[Turn]:
    """Give the families that wait for their day, the next first; families that ended their work wait for nothing."""
    rows = Allocation.objects.visible_to(user).filter(turn_on__gte=since, case__closed_on=None)
    fields = ("case", "case__household__name", "trial__name", "turn_on")
    return [Turn(*row) for row in rows.order_by("turn_on", "pk").values_list(*fields)]


class Checked(NamedTuple):
    """What comes out when a closed trial is drawn again: how many draws, and the numbers of those that differ."""

    seed: str
    same_seed: bool
    draws: int
    differ: list[int]


def draw_again(trial: Trial) -> Checked:
    """Draw a closed trial again from its seed, in the order in which families or clusters were allocated."""
    seed = seed_of(trial)
    if trial.design == Trial.Design.CLUSTERS:
        clusters = list(Cluster.objects.filter(trial=trial).order_by("number"))
        arms = drawing.arms_of_clusters(seed, [cluster.families for cluster in clusters])
        drawn = [(cluster.number, cluster.arm, arm) for cluster, arm in zip(clusters, arms, strict=True)]
    else:
        drawn, past = [], list[tuple[drawing.Levels, int]]()
        for number, told, arm in sequence(trial):
            drawn.append((number, arm, arm_of(trial, seed, number, told, past)))
            past.append((told, arm))
    differ = [number for number, recorded, again in drawn if recorded != again]
    return Checked(seed, drawing.fingerprint(seed) == trial.seed_fingerprint, len(drawn), differ)


def sequence(trial: Trial) -> list[tuple[int, dict[str, str], int]]:
    """Give each allocation's number, what the family was like, and its arm, in their order."""
    rows = Allocation.objects.filter(trial=trial).order_by("number")
    return list(rows.values_list("number", "levels", "arm"))


def arm_of(trial: Trial, seed: str, number: int, told: drawing.Levels, past: drawing.Past) -> int:
    """Draw the arm of the next family."""
    if trial.method == Trial.Method.BLOCKS:
        return drawing.arm_by_blocks(seed, told, past)
    return drawing.arm_by_minimisation(seed, number, told, past)


def clusters_of(trial: Trial) -> list[Cluster]:
    """Give the clusters of a trial in their order."""
    return list(Cluster.objects.filter(trial=trial).select_related("team", "authority").order_by("number"))


def measured_lately(case: Case, trial: Trial, today: date) -> bool:
    """Say whether a family answered a trial's questions lately enough to count as its start."""
    rows = AnswerSet.objects.filter(case=case, instrument=trial.instrument)
    return rows.filter(answered_on__range=(today - BEFORE, today)).exists()
