"""Planning a trial's analysis while families still enter, and when its data may be opened."""

from datetime import date
from typing import Any

from django.utils import timezone

from alongside.core.agencies.models import User
from alongside.core.audit import ledger
from alongside.core.base.days import in_words
from alongside.core.base.errors import Refused
from alongside.insight.evaluation.models import Cohort, Protocol
from alongside.insight.evaluation.rules import Definition, Promised, Standing, Tried, Windows
from alongside.records.programmes.models import Contract
from alongside.records.trials.flow import whole_on
from alongside.records.trials.models import Trial

METHOD = "trial"


def plan_analysis(*, trial: Trial, by: User) -> Cohort:
    """Give the cohort of those whom chance allocates in a trial; its protocol is the plan of the analysis.

    It has the trial's own id, so that there is one; it is defined where it is not there yet.
    """
    if not trial.opened_at:
        raise Refused("The trial can still change until it is opened, so open it first")
    held: Cohort | None = Cohort.objects.filter(pk=trial.pk).select_related("protocol").first()
    if held:
        return held
    facts: dict[str, Any] = {"title": trial.name, "question": trial.question, "made_by_id": by.pk}
    definition = definition_of(trial).to_json()
    ours = {"agency_id": trial.agency_id}
    with ledger.together():
        made: Cohort = ledger.create(
            Cohort, by=by, what="analysis of a trial begun", id=trial.pk, definition=definition, **ours, **facts
        )
        if not Protocol.objects.filter(cohort=made).exists():
            content = Promised(method=METHOD).to_json()
            ledger.create(Protocol, by=by, what="protocol begun", cohort=made, content=content, **ours)
    return made


def definition_of(trial: Trial) -> Definition:
    """Say who is counted in a trial, and when they are measured. Those who buy what is tried may be told of it."""
    opened: date = timezone.localdate(trial.opened_at)
    buys = Contract.objects.filter(agency=trial.agency_id, programme=trial.programme_id).order_by("pk")
    tried = Tried(str(trial.pk), trial.arms, trial.instrument, trial.follow_up_weeks, trial.waiting_weeks, trial.level)
    contracts = tuple(str(pk) for pk in buys.values_list("pk", flat=True))
    return Definition(contracts, opened, opened, windows=Windows(0, *trial.asked_again), tried=tried)


def must_be_over(cohort: Cohort) -> None:
    """Refuse to open the data of a trial before everybody has been asked again: it is looked at once."""
    trial = Trial.objects.get(pk=cohort.pk)
    if not trial.closed_at:
        raise Refused("Families still enter this trial. It can be analysed once, after it closed")
    whole = whole_on(trial)
    if whole is None:
        raise Refused("Nobody was allocated in this trial, so there is nothing to analyse")
    if whole > timezone.localdate():
        raise Refused(f"The last family has been asked again by {in_words(whole)}. Until then the data stay closed")


def standing_of(cohort: Cohort, method: str, outcomes: tuple[str, ...]) -> Standing:
    """Say what a result may claim: of a trial whose plan was fixed after it closed, nothing is promised."""
    protocol = cohort.protocol
    if cohort.defined.tried and protocol.fixed_at:
        closed = Trial.objects.values_list("closed_at", flat=True).get(pk=cohort.pk)
        if closed is None or protocol.fixed_at >= closed:
            return Standing.EXPLORATORY
    return protocol.promised.standing_of(method, outcomes)
