"""A family on its way into a trial: looked at, asked, and allocated by chance, once and for all."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from alongside.core.agencies.models import User
from alongside.core.audit import ledger
from alongside.core.base.days import not_before, not_yet_to_come
from alongside.core.base.errors import Refused
from alongside.records.cases.models import Case
from alongside.records.measures.queries import carers
from alongside.records.people.models import Person
from alongside.records.trials.models import Allocation, Assessment, Trial, TrialConsent
from alongside.records.trials.queries import arm_of, levels_of, seed_of, sequence

CLOSED = "Families cannot enter this trial now"
ALLOCATED = "This family is allocated, and that stays"


def hold_trial(trial: Trial) -> Trial:
    """Fetch a trial so that nobody else can enter a family until the transaction ends.

    PostgreSQL locks the row; SQLite lets one writer in at a time, from the start of the transaction.
    """
    held: Trial = Trial.objects.select_for_update().get(pk=trial.pk)
    return held


def assess_family(*, case: Case, trial: Trial, answers: Sequence[bool], by: User) -> Assessment:
    """Write down whether a family could be in a trial; looking again replaces it, until chance has decided."""
    if len(answers) != len(trial.criteria):
        raise Refused("Answer each line")
    found: dict[str, Any] = {
        "answers": list(answers),
        "eligible": all(answers),
        "assessed_on": timezone.localdate(),
        "by_id": by.pk,
    }
    with ledger.together():
        _may_enter(hold_trial(trial), case)
        before: Assessment | None = Assessment.objects.filter(trial=trial, case=case).first()
        if before:
            return ledger.update(before, by=by, what="family looked at again for a trial", **found)
        named = {"agency_id": case.agency_id, "trial": trial, "case": case}
        return ledger.create(Assessment, by=by, what="family looked at for a trial", **named, **found)


def record_consent(
    *, case: Case, trial: Trial, person: Person, answer: str, how: str, said_on: date, by: User
) -> TrialConsent:
    """Write down what a carer said when she was asked to let chance decide."""
    not_yet_to_come(said_on, "said_on")
    said: dict[str, Any] = {"person": person, "answer": answer, "how": how, "said_on": said_on, "by_id": by.pk}
    with ledger.together():
        held = hold_trial(trial)
        _may_enter(held, case)
        opened = timezone.localdate(held.opened_at)
        not_before(said_on, opened, "said_on", "The trial was not open then, so nobody can have been asked")
        if person not in carers(case):
            raise Refused("Choose a carer of this family", field="person")
        if not Assessment.objects.filter(trial=trial, case=case, eligible=True).exists():
            raise Refused("Look first whether this family can take part")
        before: TrialConsent | None = TrialConsent.objects.filter(trial=trial, case=case, withdrawn_on=None).first()
        if before:
            return ledger.update(before, by=by, what="asked again about a trial", **said)
        named = {"agency_id": case.agency_id, "trial": trial, "case": case}
        return ledger.create(TrialConsent, by=by, what="asked about a trial", **named, **said)


def withdraw_consent(
    *, consent: TrialConsent, version: int, withdrawn_on: date, withdrawn_words: str, answers_may_stay: bool, by: User
) -> TrialConsent:
    """Write down that a carer takes it back. What chance decided stays on record; nobody follows it any more."""
    not_yet_to_come(withdrawn_on, "withdrawn_on")
    not_before(withdrawn_on, consent.said_on, "withdrawn_on", "That is before they were asked")
    if not consent.stands:
        raise Refused("There is no agreement to take back")
    with ledger.together():
        hold_trial(consent.trial)  # nobody is allocated while they take it back
        return ledger.update(
            consent,
            by=by,
            what="agreement to a trial taken back",
            version=version,
            withdrawn_on=withdrawn_on,
            withdrawn_words=withdrawn_words,
            answers_may_stay=answers_may_stay,
        )


def allocate_family(*, case: Case, trial: Trial, by: User) -> Allocation:
    """Let chance decide, and give what it decided; asked again, it is what it was.

    Whoever enters a family waits for those who enter another, so that each stands on all before it.
    """
    with ledger.together():
        held = hold_trial(trial)
        before: Allocation | None = Allocation.objects.filter(trial=held, case=case).first()
        if before:
            return before
        _may_enter(held, case)
        if held.design == Trial.Design.CLUSTERS:
            raise Refused("In this trial whole teams or authorities are allocated, all at once")
        if not Assessment.objects.filter(trial=held, case=case, eligible=True).exists():
            raise Refused("Look first whether this family can take part")
        if not any(consent.stands for consent in TrialConsent.objects.filter(trial=held, case=case)):
            raise Refused("Nobody is allocated by chance who has not agreed to it")
        return _draw(held, case, by)


def _draw(trial: Trial, case: Case, by: User) -> Allocation:
    today = timezone.localdate()
    past = sequence(trial)
    told, number = levels_of(case, trial, today), len(past) + 1
    arm = arm_of(trial, seed_of(trial), number, told, [(levels, arm) for _, levels, arm in past])
    wait = timedelta(weeks=trial.waiting_weeks or 0)
    return ledger.create(
        Allocation,
        by=by,
        what="family allocated by chance",
        agency_id=case.agency_id,
        trial=trial,
        case=case,
        number=number,
        arm=arm,
        levels=told,
        allocated_on=today,
        turn_on=today + wait if wait and arm == 1 else None,
        by_id=by.pk,
    )


def _may_enter(trial: Trial, case: Case) -> None:
    if not trial.enters:
        raise Refused(CLOSED)
    if trial.agency_id != case.agency_id:
        raise Refused("This trial is another agency's")
    if case.closed_on:
        raise Refused("The work with this family has ended")
    if Allocation.objects.filter(trial=trial, case=case).exists():
        raise Refused(ALLOCATED)
