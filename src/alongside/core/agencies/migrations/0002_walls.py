"""Wall the tables that hold an agency's rows."""

from django.db import migrations

from alongside.core.base.rows import protect


class Migration(migrations.Migration):
    dependencies = [("agencies", "0001_initial")]

    operations = [
        protect("agencies_team", "agency_id"),
    ]
