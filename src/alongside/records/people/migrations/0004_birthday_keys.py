"""File everybody known under their birthday together with the first letters of their names as well."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.db import migrations

from alongside.calc.names import keys
from alongside.core.base.rows import EVERY_AGENCY, rows_of

AT_ONCE = 5000


def _filed(people: Any, search_key: Any) -> Iterator[Any]:
    for person in people.exclude(birth_date=None).iterator(chunk_size=AT_ONCE):
        found = keys(f"{person.name} {person.known_as}", person.birth_date, "", precision=person.birth_precision)
        for key in sorted(found):
            if key.startswith("b:"):
                yield search_key(agency_id=person.agency_id, person_id=person.pk, key=key)


def file_birthdays(apps: Any, schema_editor: Any) -> None:
    search_key = apps.get_model("people", "SearchKey")
    with rows_of(EVERY_AGENCY):
        rows = _filed(apps.get_model("people", "Person").objects, search_key)
        while some := list(islice(rows, AT_ONCE)):
            search_key.objects.bulk_create(some)


def unfile_birthdays(apps: Any, schema_editor: Any) -> None:
    with rows_of(EVERY_AGENCY):
        apps.get_model("people", "SearchKey").objects.filter(key__startswith="b:").delete()


class Migration(migrations.Migration):
    dependencies = [("people", "0003_clock_dates")]

    operations = [migrations.RunPython(file_birthdays, unfile_birthdays)]
