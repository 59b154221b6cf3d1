"""A trial that was drawn in spring and is over: families in two arms, measured before and again after ten weeks."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import time_machine

from alongside.insight.evaluation.models import Cohort
from alongside.insight.evaluation.services import fix_protocol, write_protocol
from alongside.insight.evaluation.trials.planning import plan_analysis
from alongside.records.measures.models import AnswerSet
from alongside.records.trials.models import Allocation, Assessment, Trial, TrialConsent
from alongside.records.trials.services.setting_up import close_trial
from tests.cast import Cast
from tests.insight.evaluation.cohorts import ISOLATION
from tests.records.trials.trying import another_family, evaluator, opened

SPRING = date(2026, 4, 6)
FAMILIES = 24
LEVELS = ("one", "two or more")


def entered(trial: Trial, cast: Cast, number: int, *, after: float | None, before: float | None = 8, **of: Any) -> None:
    """Write a family of the trial with its scores; the first arm is that of the even numbers."""
    case, carer = another_family(cast, number, opened_on=SPRING)
    ours: dict[str, Any] = {"agency": cast.provider, "trial": trial, "case": case}
    day = SPRING + timedelta(days=number)
    Assessment.objects.create(**ours, assessed_on=day, answers=[True, True], eligible=True, by=cast.asha)
    said: dict[str, Any] = {"person": carer, "answer": "agreed", "how": "by_phone", "said_on": day, "by": cast.asha}
    TrialConsent.objects.create(**ours, **said, **of)
    drawn: dict[str, Any] = {"number": number + 1, "arm": number % 2, "levels": {"children": LEVELS[number // 2 % 2]}}
    waits = day + timedelta(weeks=12) if number % 2 else None
    Allocation.objects.create(**ours, **drawn, allocated_on=day, turn_on=waits, by=cast.asha)
    # The worker ticked the wrong occasion both times: in a trial an answer counts by its day.
    for on, value, occasion in ((day, before, "review"), (day + timedelta(weeks=10), after, "start")):
        if value is not None:
            AnswerSet.objects.create(
                **{name: ours[name] for name in ("agency", "case")},
                person=carer,
                instrument="five-domains",
                edition="1",
                occasion=occasion,
                answered_on=on,
                mode="with_worker",
                answers={},
                scores={"isolation": value},
            )


def drawn(cast: Cast, clock: time_machine.Traveller, *, late: bool = False) -> Cohort:
    """A closed trial of 24 families whose first arm falls by three points more, with its plan fixed.

    ``late``: the plan was fixed after it closed.
    """
    clock.move_to(datetime(2026, 4, 1, 10, tzinfo=UTC))
    trial = opened(cast, factors=["children"])
    if not late:
        cohort = planned(trial, cast)
    for number in range(FAMILIES):
        score = 7 - number % 3 - (0 if number % 2 else 3)
        entered(trial, cast, number, before=8 - number % 4 // 2, after=score)
    clock.move_to(datetime(2026, 6, 1, 10, tzinfo=UTC))
    close_trial(trial=trial, closed_words="As many as were wanted.", by=evaluator(cast))
    if late:
        cohort = planned(trial, cast)
    clock.move_to(datetime(2026, 11, 20, 10, tzinfo=UTC))
    return cohort


def planned(trial: Trial, cast: Cast) -> Cohort:
    """Its analysis planned and fixed, with isolation as the primary outcome."""
    by = evaluator(cast)
    cohort = plan_analysis(trial=trial, by=by)
    promised: dict[str, Any] = {"primary": [ISOLATION], "secondary": [], "method": "trial", "others": [], "words": ""}
    write_protocol(cohort=cohort, version=cohort.protocol.version, by=by, **promised)
    fix_protocol(cohort=cohort, by=by)
    return cohort
