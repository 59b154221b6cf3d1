"""Writing very many rows at once, on either database: the rows come back as they were, and the log's chain holds."""

from datetime import UTC, date, datetime
from uuid import UUID

from alongside.core.audit import bulk as audit_bulk
from alongside.core.audit.chain import Fact, digest_of
from alongside.core.audit.models import Entry
from alongside.core.audit.queries import check
from alongside.core.base.bulk import stored, write_rows
from alongside.core.base.ids import new_id
from alongside.records.people.models import Person
from tests.cast import Cast

FIELDS = ("id", "created_at", "version", "agency", "name", "birth_date", "birth_precision", "needs_interpreter")


def test_rows_written_in_bulk_come_back_as_they_were(cast: Cast) -> None:
    at = datetime(2026, 7, 1, 9, 30, tzinfo=UTC)
    defaults = {field.name: field.get_default() for field in Person._meta.concrete_fields if field.name not in FIELDS}
    rows = [
        (new_id(), at, 1, cast.provider.pk, "Åsa\tÖberg\n\\N", date(1960, 2, 29), "exact", True, *defaults.values()),
        (new_id(), at, 1, cast.provider.pk, "李小龙", None, "unknown", False, *defaults.values()),
    ]
    written = write_rows(Person, (*FIELDS, *defaults), ([stored(value) for value in row] for row in rows))
    assert written == 2
    assert set(Person.objects.filter(pk__in=[row[0] for row in rows]).values_list(*FIELDS)) == {row[:8] for row in rows}


def test_entries_added_in_bulk_follow_from_those_before(cast: Cast) -> None:
    changes = {"name": [None, "Grace O’Kafor"], "children": [None, [{"name": "Zoë"}]]}
    row = str(UUID(int=7))
    fact = Fact(datetime.now(UTC), "write", "made", cast.ruth.pk, cast.ruth.agency_id, "x.Y", row, digest_of(changes))
    before = check().checked
    assert audit_bulk.append([(fact, changes)] * 2) == 2
    assert [entry.changes for entry in Entry.objects.filter(row=row)] == [changes, changes]
    assert check().checked == before + 2
    assert check().broken_at is None
