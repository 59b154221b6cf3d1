"""Referring the families of a file that was confirmed: all of them in one transaction, or none."""

from collections.abc import Iterator
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from alongside.core.agencies.models import Agency
from alongside.core.agencies.queries import the_provider
from alongside.core.audit import ledger
from alongside.records.referrals.bulk import Sending, Told, receive_in_bulk
from alongside.stewardship.exchange.models import Import, ImportFile, ImportRow
from alongside.stewardship.exchange.queries import keys_known

AT_ONCE = 2_000
Verdict = ImportRow.Verdict


def add(pk: UUID) -> None:
    """Refer the families of an import that waits for it; where another did so meanwhile, do nothing.

    Killed half way it leaves nothing, as the transaction is the only place where anything is written.
    """
    with ledger.together():
        imported = Import.objects.select_for_update().filter(pk=pk, status=Import.Status.ADDING).first()
        if imported is None:
            return
        # Two files of one agency wait for each other here, so that a family in both is referred once.
        Agency.objects.select_for_update(no_key=True).get(pk=imported.agency_id)
        sending = Sending(the_provider().pk, imported.made_by, timezone.now())
        added = receive_in_bulk(_families(imported), sending)
        ImportFile.objects.filter(imported=imported).delete()
        rows = ImportRow.objects.filter(imported=imported)
        rows.exclude(verdict=Verdict.PROBLEM).delete()
        ledger.update(
            imported,
            by=imported.made_by,
            what="families of a file referred",
            status=Import.Status.DONE,
            status_at=timezone.now(),
            found={**imported.found, "added": added},
        )


def _families(imported: Import) -> Iterator[Told]:
    """Give the families to refer, without those who were referred since the file was read."""
    wanted = [Verdict.NEW, Verdict.ALIKE] if imported.with_alike else [Verdict.NEW]
    for verdict in wanted:
        rows = ImportRow.objects.filter(imported=imported, verdict=verdict)
        for place in range(0, imported.found[verdict], AT_ONCE):
            yield from _unknown(imported, rows.filter(place__gte=place, place__lt=place + AT_ONCE).order_by("place"))


def _unknown(imported: Import, rows: "QuerySet[ImportRow]") -> list[Told]:
    families = list(rows.values_list("data", flat=True))
    known = keys_known(imported.agency_id, [family["import_key"] for family in families])
    return [family for family in families if family["import_key"] not in known]
