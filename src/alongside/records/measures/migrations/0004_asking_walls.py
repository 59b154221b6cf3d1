"""Wall the tables of who is left in peace, and of forms that are not finished."""

from django.db import migrations

from alongside.core.base.rows import protect


class Migration(migrations.Migration):
    dependencies = [("measures", "0003_asking")]

    operations = [
        protect("measures_notasked", "agency_id"),
        protect("measures_halffilled", "agency_id"),
    ]
