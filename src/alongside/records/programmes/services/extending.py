"""Asking for more weeks or sessions, and the manager's answer."""

from uuid import UUID

from django.utils import timezone

from alongside.core.agencies.models import User
from alongside.core.agencies.permissions import Permission
from alongside.core.audit import ledger
from alongside.core.base.days import in_words
from alongside.core.base.errors import Refused
from alongside.records.programmes.models import Enrolment, Extension
from alongside.records.programmes.services.placing import keep_standing


def ask_extension(
    *, enrolment: Enrolment, weeks: int, sessions: int, reason: str, by: User, submission: UUID
) -> Extension:
    """Ask the manager for more time with a family, and say why."""
    if not weeks and not sessions:
        raise Refused("Enter how many weeks or sessions more", field="weeks")
    with ledger.together():
        held: Enrolment = (
            Enrolment.objects.select_for_update(of=("self",)).select_related("contract").get(pk=enrolment.pk)
        )
        if held.ended_on:
            raise Refused(f"This work ended on {in_words(held.ended_on)}. Give the family a place again instead")
        if weeks and held.contract.length_weeks is None:
            raise Refused("The contract sets no number of weeks, so there is nothing to add to", field="weeks")
        if sessions and held.contract.sessions is None:
            raise Refused("The contract sets no number of sessions, so there is nothing to add to", field="sessions")
        waiting = held.extensions.filter(answer=Extension.Answer.ASKED).first()
        if waiting and waiting.pk != submission:
            raise Refused(f"{waiting.asked_by} has asked for more time already. It waits for the manager")
        return ledger.create(
            Extension,
            by=by,
            what="more time asked for",
            id=submission,
            agency_id=held.agency_id,
            enrolment=held,
            weeks=weeks,
            sessions=sessions,
            reason=reason,
            asked_by=by,
            asked_on=timezone.localdate(),
        )


def answer_extension(*, extension: Extension, version: int, agreed: bool, answer_words: str, by: User) -> Extension:
    """Agree to more time, or not, and say why."""
    if not by.may(Permission.EXTENSION_AGREE):
        raise Refused("Only a manager can agree to more time")
    if extension.answered_on and extension.version == version:
        raise Refused(f"This was answered on {in_words(extension.answered_on)}")
    if not agreed and not answer_words.strip():
        raise Refused("Write down why not, so that the worker can tell the family", field="answer_words")
    with ledger.together():
        answered = ledger.update(
            extension,
            by=by,
            what="more time agreed" if agreed else "more time not agreed",
            version=version,
            answer=Extension.Answer.AGREED if agreed else Extension.Answer.DECLINED,
            answered_by=by,
            answered_on=timezone.localdate(),
            answer_words=answer_words.strip(),
        )
        keep_standing(extension.enrolment_id, extension.enrolment.case_id)
    return answered
