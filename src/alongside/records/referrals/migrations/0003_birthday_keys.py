"""File every referral under the birthdays that it tells of together with the first letters of the names as well."""

from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import Any

from django.db import migrations

from alongside.calc.names import keys
from alongside.core.base.rows import EVERY_AGENCY, rows_of

AT_ONCE = 5000


def _filed(referrals: Any, referral_key: Any) -> Iterator[Any]:
    for referral in referrals.iterator(chunk_size=AT_ONCE):
        carer = (referral.carer_name, referral.carer_birth_date, referral.carer_birth_precision)
        children = [(child.get("name"), _day(child), child.get("birth_precision")) for child in referral.children]
        found = {
            key
            for name, born, precision in [carer, *children]
            for key in keys(name or "", born, "", precision=precision or "exact")
            if key.startswith("b:")
        }
        for key in sorted(found):
            yield referral_key(
                agency_id=referral.agency_id, source_agency_id=referral.source_agency_id, referral=referral, key=key
            )


def _day(child: dict[str, Any]) -> date | None:
    try:
        return date.fromisoformat(child.get("birth_date") or "")
    except ValueError:
        return None


def file_birthdays(apps: Any, schema_editor: Any) -> None:
    referral_key = apps.get_model("referrals", "ReferralKey")
    with rows_of(EVERY_AGENCY):
        rows = _filed(apps.get_model("referrals", "Referral").objects, referral_key)
        while some := list(islice(rows, AT_ONCE)):
            referral_key.objects.bulk_create(some)


def unfile_birthdays(apps: Any, schema_editor: Any) -> None:
    with rows_of(EVERY_AGENCY):
        apps.get_model("referrals", "ReferralKey").objects.filter(key__startswith="b:").delete()


class Migration(migrations.Migration):
    dependencies = [("referrals", "0002_walls")]

    operations = [migrations.RunPython(file_birthdays, unfile_birthdays)]
