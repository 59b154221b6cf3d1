"""Reading the files of an import into rows that its referrer can look at before anything is saved."""

import io
import logging
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.utils import timezone

from alongside.core.agencies.queries import the_provider
from alongside.core.audit import ledger
from alongside.core.base.bulk import stored, write_rows
from alongside.stewardship.exchange.findings import Findings, find_children, find_families
from alongside.stewardship.exchange.models import Import, ImportFile, ImportRow
from alongside.stewardship.exchange.problems import Unreadable
from alongside.stewardship.exchange.queries import families_alike, keys_known
from alongside.stewardship.exchange.tables import open_table

FINDERS = {Import.Kind.FAMILIES.value: find_families, Import.Kind.RETURN.value: find_children}
BROKEN = "We could not read this: something in it stopped our reader. Save it again as “CSV UTF-8” and give us that."
Verdict = ImportRow.Verdict
log = logging.getLogger(__name__)


def read(pk: UUID) -> None:
    """Read an import that waits for it, and delete its files; where another did so meanwhile, do nothing."""
    imported = Import.objects.filter(pk=pk, status=Import.Status.READING).first()
    if imported is None:
        return
    try:
        findings = _findings(imported)
    except Unreadable as fault:
        _finish(imported, Import.Status.REFUSED, refusal=str(fault))
        return
    verdicts = _judged(imported, findings.rows) if imported.kind == Import.Kind.FAMILIES else findings.rows_by_verdict()
    verdicts[Verdict.PROBLEM] = findings.problems
    counts: dict[str, Any] = {verdict: len(rows) for verdict, rows in verdicts.items()}
    _finish(imported, Import.Status.READY, verdicts, found={**counts, **findings.notes})


def _findings(imported: Import) -> Findings:
    files = ImportFile.objects.filter(imported=imported).order_by("pk")
    try:
        # Opened one at a time while they are read: the finder closes none, and all of it is in memory anyhow.
        tables = [open_table(io.BytesIO(file.content), file.name) for file in files]
        return FINDERS[imported.kind](tables, timezone.localdate())
    except Unreadable:
        raise
    except Exception as error:  # a file made to break a reader must not leave its referrer waiting for ever
        log.exception("A file could not be read.")
        raise Unreadable(BROKEN) from error


def _judged(imported: Import, families: Sequence[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Part the families into those that are new, alike and known."""
    verdicts: dict[str, list[dict[str, Any]]] = {Verdict.NEW: [], Verdict.ALIKE: [], Verdict.KNOWN: []}
    known = keys_known(imported.agency_id, [family["import_key"] for family in families])
    unknown = []
    for family in families:
        if family["import_key"] in known:
            verdicts[Verdict.KNOWN].append(family)
        else:
            known.add(family["import_key"])  # a second one of the same in this very file is known too
            unknown.append(family)
    alike = families_alike(the_provider().pk, imported.agency_id, unknown)
    for place, family in enumerate(unknown):
        if one := alike.get(place):
            family |= {"alike": str(one.referral), "why": one.why}
        verdicts[Verdict.ALIKE if one else Verdict.NEW].append(family)
    return verdicts


def _finish(
    imported: Import, status: str, verdicts: dict[str, list[dict[str, Any]]] | None = None, **facts: Any
) -> None:
    with ledger.together():
        current = Import.objects.select_for_update().get(pk=imported.pk)
        if current.status != Import.Status.READING:
            return
        rows = (
            (imported.agency_id.hex, imported.pk.hex, str(verdict), place, stored(data))
            for verdict, found in (verdicts or {}).items()
            for place, data in enumerate(found)
        )
        write_rows(ImportRow, ("agency", "imported", "verdict", "place", "data"), rows)
        ImportFile.objects.filter(imported=imported).delete()
        ledger.update(current, by=current.made_by, what="file read", status=status, status_at=timezone.now(), **facts)
