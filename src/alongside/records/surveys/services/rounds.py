"""Opening a round of a survey, moving it to a newer edition, and closing it."""

from datetime import date
from secrets import token_hex
from uuid import UUID

from django.utils import timezone

from alongside.calc.surveys.checking import missing
from alongside.core.agencies.models import User
from alongside.core.audit import ledger
from alongside.core.base.errors import Refused
from alongside.records.surveys.models import Edition, Response, Round
from alongside.records.surveys.queries import last_edition
from alongside.records.surveys.services.making import fix


def open_round(
    *, edition: Edition, name: str, way: str, kept: str, closes_on: date, by: User, submission: UUID
) -> Round:
    """Open a round; from now on its edition never changes. A second click opens no second one."""
    today = timezone.localdate()
    if problem := missing(edition.asks):
        raise Refused(problem)
    if closes_on < today:
        raise Refused("The last day must be today or later", field="closes_on")
    if kept == Round.Kept.LINKED and way != Round.Way.INVITED:
        raise Refused("Only people whom we invite can agree to be linked: we must know whom we asked", field="kept")
    with ledger.together():
        fix(edition, by)
        return ledger.create(
            Round,
            by=by,
            what="survey round opened",
            id=submission,
            agency_id=edition.agency_id,
            survey_id=edition.survey_id,
            edition=edition,
            name=name,
            way=way,
            kept=kept,
            address=token_hex(5),
            opened_on=today,
            closes_on=closes_on,
        )


def move_round(*, round: Round, version: int, by: User) -> Round:
    """Ask the newest edition from now on. What was answered, or begun, stays with the edition that was seen."""
    newest = last_edition(round.survey_id)
    if newest.pk == round.edition_id:
        raise Refused("This round asks the newest edition already")
    if problem := missing(newest.asks):
        raise Refused(problem)
    _refuse_closed(round)
    with ledger.together():
        fix(newest, by)
        return ledger.update(round, by=by, what="round moved to a new edition", version=version, edition=newest)


def change_last_day(*, round: Round, closes_on: date, version: int, by: User) -> Round:
    """Let a round go on longer, or end sooner."""
    _refuse_closed(round)
    if closes_on < timezone.localdate():
        raise Refused("The last day must be today or later", field="closes_on")
    return ledger.update(round, by=by, what="round's last day changed", version=version, closes_on=closes_on)


def close_round(*, round: Round, version: int, by: User) -> Round:
    """Close a round. What somebody began and never sent was not given to us, so it is not kept."""
    _refuse_closed(round)
    with ledger.together():
        ledger.update(round, by=by, what="survey round closed", version=version, closed_on=timezone.localdate())
        Response.objects.filter(round=round, week=None).delete()
    return round


def _refuse_closed(round: Round) -> None:
    if round.closed_on:
        raise Refused("This round is closed. Open a new one")
