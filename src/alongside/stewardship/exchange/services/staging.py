"""What a referrer does with a file: hands it in, says yes or no to what was found, or asks for another try."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.utils import timezone

from alongside.core.agencies.models import User
from alongside.core.audit import ledger
from alongside.core.base.errors import Refused, Stale
from alongside.stewardship.exchange.models import Import, ImportFile, ImportRow
from alongside.stewardship.exchange.services.picking import forget_old_picks
from alongside.stewardship.exchange.tasks import add_families, read_files

KEPT = timedelta(days=14)
"""How long what was found in a file waits for its referrer, and then is deleted."""
PATIENCE = timedelta(minutes=2)
"""After how long without a result a referrer may ask for another try."""
LONGEST_NAME = 120

Status = Import.Status
WORKING = {Status.READING: read_files, Status.ADDING: add_families}


@dataclass(frozen=True, slots=True)
class GivenFile:
    """A file as it was handed in."""

    name: str
    content: bytes


def start_import(*, submission: UUID, kind: str, files: Sequence[GivenFile], by: User) -> Import:
    """Take files in and have them read; a second click gives the import that the first made."""
    forget_old_imports()
    with ledger.together():
        imported = ledger.create(
            Import,
            by=by,
            what="file handed in",
            id=submission,
            agency=by.agency,
            kind=kind,
            filename=", ".join(file.name for file in files)[:300],
            digest=digest_of(files),
            status_at=timezone.now(),
            made_by=by,
        )
        first = imported.status == Status.READING and not ImportFile.objects.filter(imported=imported).exists()
        for file in files if first else ():
            ImportFile.objects.create(
                agency=by.agency, imported=imported, name=file.name[:LONGEST_NAME], content=file.content
            )
    if first:
        read_files.enqueue(str(imported.pk))
    return imported


def digest_of(files: Sequence[GivenFile]) -> str:
    """Give what the same files have in common, whatever their names and order."""
    return sha256(b"".join(sorted(sha256(file.content).digest() for file in files))).hexdigest()


def confirm_import(*, imported: Import, with_alike: bool, by: User) -> Import:
    """Have the families of a file referred; saying so twice does it once."""
    if imported.status in (Status.ADDING, Status.DONE):
        return imported
    if imported.status != Status.READY or imported.kind != Import.Kind.FAMILIES:
        raise Refused("This file is not ready to be used. Hand it in again.")
    try:
        _move(imported, Status.ADDING, by=by, what="file confirmed", with_alike=with_alike)
    except Stale as stale:
        return confirm_import(imported=stale.current, with_alike=with_alike, by=by)
    add_families.enqueue(str(imported.pk))
    return imported


def drop_import(*, imported: Import, by: User | None) -> Import:
    """Delete what was found in a file that is not to be used."""
    if imported.status in (Status.ADDING, Status.DONE):
        raise Refused("The families of this file are already being added.")
    with ledger.together():
        forget_rows(imported)
        return _move(imported, Status.DROPPED, by=by, what="file not used")


def try_again(*, imported: Import, by: User) -> None:
    """Start the work on a file once more; where it is already done, or still going on, nothing is done twice."""
    if imported.status in WORKING and timezone.now() - imported.status_at > PATIENCE:
        _move(imported, imported.status, by=by, what="work on a file started again")
        WORKING[Status(imported.status)].enqueue(str(imported.pk))


def take_up_work() -> int:
    """Start again all work that ended half way, as when the power failed; a worker does it before anything else."""
    forget_old_imports()
    forget_old_picks()
    unfinished = Import.objects.filter(status__in=WORKING).order_by("status_at")
    for imported in unfinished:
        WORKING[Status(imported.status)].enqueue(str(imported.pk))
    return len(unfinished)


def forget_old_imports() -> None:
    """Delete what was found in files that waited too long for their referrer."""
    old = Import.objects.filter(status_at__lt=timezone.now() - KEPT)
    for imported in old.filter(status__in=(Status.READY, Status.READING, Status.REFUSED)):
        drop_import(imported=imported, by=None)
    ImportRow.objects.filter(imported__in=old.filter(status=Status.DONE)).delete()


def forget_rows(imported: Import) -> None:
    """Delete the bytes of a file and what was found in it."""
    ImportFile.objects.filter(imported=imported).delete()
    ImportRow.objects.filter(imported=imported).delete()


def _move(imported: Import, status: str, *, by: User | None, what: str, **facts: Any) -> Import:
    return ledger.update(imported, by=by, what=what, status=status, status_at=timezone.now(), **facts)
