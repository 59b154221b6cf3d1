"""Stopping a programme's clock for a time that was agreed with the family, and letting it go on."""

from datetime import date, timedelta
from uuid import UUID

from django.utils import timezone

from alongside.core.agencies.models import User
from alongside.core.audit import ledger
from alongside.core.base.days import in_words
from alongside.core.base.errors import Refused
from alongside.records.cases.models import Case
from alongside.records.programmes.models import Enrolment, Pause
from alongside.records.programmes.rules.clock import Stop, against_going_on, against_stopping
from alongside.records.programmes.services.placing import keep_standing


def pause_work(
    *, enrolment: Enrolment, since: date, reason: str, expected_on: date | None, by: User, submission: UUID
) -> Pause:
    """Stop the clock from a day on, as agreed with the family."""
    if expected_on and expected_on <= since:
        raise Refused("The day on which you hope to go on must come after the pause starts", field="expected_on")
    with ledger.together():
        held = _hold(enrolment)
        pauses = list(held.pauses.all())
        standing: Pause | None = next((pause for pause in pauses if pause.pk == submission), None)
        if standing:
            return standing
        stops = [Stop(pause.since, pause.until) for pause in pauses]
        against = against_stopping(held.started_on, stops, since, timezone.localdate())
        if against:
            raise Refused(against, field="since")
        pause = ledger.create(
            Pause,
            by=by,
            what="work paused",
            id=submission,
            agency_id=held.agency_id,
            enrolment=held,
            since=since,
            reason=reason,
            expected_on=expected_on,
        )
        keep_standing(held.pk, held.case_id)
    return pause


def resume_work(*, pause: Pause, version: int, until: date, by: User) -> Pause:
    """Let the clock go on from a day; where all of the family's work stood still, its review moves by as long."""
    against = against_going_on(Stop(pause.since, pause.until), until, timezone.localdate())
    if against:
        raise Refused(against, field="until")
    with ledger.together():
        held = _hold(pause.enrolment)
        case: Case = Case.objects.select_for_update().get(pk=held.case_id)
        stood_still = case.paused_since
        ended = ledger.update(pause, by=by, what="work goes on", version=version, until=until)
        if stood_still and case.review_due and case.review_due >= stood_still:
            moved = case.review_due + max(timedelta(), until - stood_still)
            ledger.update(case, by=by, what="review moved by the pause", review_due=moved)
        keep_standing(held.pk, held.case_id)
    return ended


def _hold(enrolment: Enrolment) -> Enrolment:
    held: Enrolment = Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    if held.ended_on:
        raise Refused(f"This work ended on {in_words(held.ended_on)}; there is no clock to stop")
    return held
