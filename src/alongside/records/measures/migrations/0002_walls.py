"""Wall the tables that hold an agency's rows."""

from django.db import migrations

from alongside.core.base.rows import protect


class Migration(migrations.Migration):
    dependencies = [("measures", "0001_initial")]

    operations = [
        protect("measures_answerset", "agency_id"),
        protect("measures_checkinlink", "agency_id"),
    ]
