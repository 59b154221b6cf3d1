"""Planning a pilot trial, opening it to families with a seed that nobody sees, and closing it again."""

from collections.abc import Mapping, Sequence
from secrets import token_hex
from typing import Any
from uuid import UUID

from django.utils import timezone

from alongside.core.agencies.models import User
from alongside.core.audit import ledger
from alongside.core.base.errors import Refused
from alongside.core.base.sealing import seal
from alongside.records.measures.usable import of_carers
from alongside.records.programmes.models import Programme
from alongside.records.trials.drawing import fingerprint
from alongside.records.trials.models import Trial
from alongside.records.trials.queries import PURPOSE
from alongside.records.trials.rules import FACTORS

MOST_CRITERIA = 12
MOST_FACTORS = 4


def plan_trial(*, by: User, submission: UUID, **said: Any) -> Trial:
    """Write down what a trial is to be; families cannot enter yet."""
    facts = _planned(by.agency_id, **said)
    held = {"id": submission, "agency_id": by.agency_id, "by_id": by.pk}
    return ledger.create(Trial, by=by, what="trial planned", **held, **facts)


def change_trial(*, trial: Trial, by: User, version: int, **said: Any) -> Trial:
    """Change what a trial is to be, as long as it was never opened."""
    if trial.opened_at:
        raise Refused("This trial was opened, so what was planned stays as it was")
    return ledger.update(
        trial, by=by, what="plan of a trial changed", version=version, **_planned(trial.agency_id, **said)
    )


def open_trial(*, trial: Trial, by: User) -> Trial:
    """Let families enter from now on. The seed of chance is made here, sealed at once, and shown to nobody."""
    with ledger.together():
        held: Trial = Trial.objects.select_for_update().get(pk=trial.pk)
        if held.opened_at:
            raise Refused("This trial is open already")
        seed = token_hex(32)
        return ledger.update(
            held,
            by=by,
            what="trial opened",
            opened_at=timezone.now(),
            sealed_seed=seal(PURPOSE, seed),
            seed_fingerprint=fingerprint(seed),
        )


def close_trial(*, trial: Trial, closed_words: str, by: User) -> Trial:
    """Let no more families enter, for good; from then on anybody who runs the trial can draw it again."""
    if not closed_words.strip():
        raise Refused("Say why it closes", field="closed_words")
    with ledger.together():
        held: Trial = Trial.objects.select_for_update().get(pk=trial.pk)
        if not held.enters:
            raise Refused("Families cannot enter this trial, so there is nothing to close")
        return ledger.update(held, by=by, what="trial closed", closed_at=timezone.now(), closed_words=closed_words)


def _planned(
    agency: UUID,
    *,
    programme: Programme,
    design: str,
    level: str,
    method: str,
    factors: Sequence[str],
    criteria: Sequence[str],
    instrument: str,
    waiting_weeks: int | None,
    **words: Any,
) -> Mapping[str, Any]:
    clusters, waiting = design == Trial.Design.CLUSTERS, design == Trial.Design.WAITING
    if clusters and level not in Trial.Level.values:
        raise Refused("Choose whether teams or authorities are allocated", field="level")
    if not clusters and method not in Trial.Method.values:
        raise Refused("Choose how chance decides", field="method")
    if waiting and not waiting_weeks:
        raise Refused("Say how many weeks those in the second arm wait", field="waiting_weeks")
    if len(factors) > MOST_FACTORS or set(factors) - FACTORS.keys():
        raise Refused(f"Choose at most {MOST_FACTORS}: more cannot be kept alike in a pilot", field="factors")
    if not clusters and method == Trial.Method.MINIMISATION and not factors:
        raise Refused("Minimisation needs something in which the arms are kept alike", field="factors")
    if words["first_arm"] == words["second_arm"]:
        raise Refused("The two arms need different names", field="second_arm")
    if len(set(criteria)) < len(criteria):
        raise Refused("The same line stands here twice", field="criteria")
    if not 1 <= len(criteria) <= MOST_CRITERIA:
        raise Refused(
            f"Write down from 1 to {MOST_CRITERIA} things that must be so, each on its line", field="criteria"
        )
    if instrument not in {one.key for one in of_carers(agency)}:
        raise Refused("Choose the questions that tell whether it helped", field="instrument")
    return {
        **words,
        "programme": programme,
        "design": design,
        "level": level if clusters else "",
        "method": "" if clusters else method,
        "factors": [] if clusters else [factor for factor in FACTORS if factor in factors],
        "criteria": list(criteria),
        "instrument": instrument,
        "waiting_weeks": waiting_weeks if waiting else None,
    }
