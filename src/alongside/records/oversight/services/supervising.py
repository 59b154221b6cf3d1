"""Writing down supervision, what was agreed in it, and that it was done."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from alongside.core.agencies.models import User
from alongside.core.agencies.permissions import Role
from alongside.core.audit import ledger
from alongside.core.base.days import not_yet_to_come
from alongside.core.base.errors import Refused
from alongside.records.cases.models import Case
from alongside.records.oversight.models import AgreedAction, CaseAudit, CaseTalk, Supervision


def record_supervision(
    *,
    worker: User,
    held_on: date,
    words: str,
    next_on: date | None,
    talks: Mapping[UUID, str],
    agreed: Sequence[tuple[str, date | None]],
    by: User,
    submission: UUID,
) -> Supervision:
    """Write down one supervision: how the worker is, what was said of each family, and what was agreed.

    ``talks`` holds words by case; a second click writes nothing more.
    """
    _check(worker, held_on, next_on, by)
    said = {case: text.strip() for case, text in talks.items() if text.strip()}
    if not (words.strip() or said or any(text.strip() for text, _ in agreed)):
        raise Refused("Write down what you talked about, or what you agreed", field="words")
    theirs = set(Case.objects.filter(pk__in=said, agency=worker.agency_id, worker=worker).values_list("pk", flat=True))
    if theirs != said.keys():
        raise Refused("A family was given to somebody else meanwhile. Open the page again")
    with ledger.together():
        User.objects.select_for_update().get(pk=worker.pk)  # two clicks at once wait for one another
        if Supervision.objects.filter(pk=submission).exists():
            return Supervision.objects.get(pk=submission, worker=worker)
        made = ledger.create(
            Supervision,
            by=by,
            what="supervision recorded",
            id=submission,
            agency_id=worker.agency_id,
            worker=worker,
            by_id=by.pk,
            held_on=held_on,
            words=words,
            next_on=next_on,
        )
        for case, text in said.items():
            what = "case talked over in supervision"
            held = {"agency_id": worker.agency_id, "supervision": made, "case_id": case}
            ledger.create(CaseTalk, by=by, what=what, words=text, **held)
        agree(agreed, owner=worker, by=by, supervision=made)
    return made


def agree(
    agreed: Sequence[tuple[str, date | None]],
    *,
    owner: User,
    by: User,
    supervision: Supervision | None = None,
    audit: CaseAudit | None = None,
) -> None:
    """Write down what somebody will do."""
    for words, due_on in agreed:
        if words.strip():
            ledger.create(
                AgreedAction,
                by=by,
                what="action agreed",
                agency_id=owner.agency_id,
                supervision=supervision,
                audit=audit,
                owner=owner,
                words=words.strip(),
                due_on=due_on,
            )


def finish_action(*, action: AgreedAction, version: int, done_on: date, came_of_it: str, by: User) -> AgreedAction:
    """Say that something agreed was done, and what came of it."""
    not_yet_to_come(done_on, "done_on")
    return ledger.update(
        action, by=by, what="agreed action done", version=version, done_on=done_on, came_of_it=came_of_it
    )


def _check(worker: User, held_on: date, next_on: date | None, by: User) -> None:
    if worker.agency_id != by.agency_id or worker.role != Role.FAMILY_WORKER:
        raise Refused("Choose one of your own family workers")
    not_yet_to_come(held_on, "held_on")
    if next_on and next_on <= held_on:
        raise Refused("The next time must be after this one", field="next_on")
