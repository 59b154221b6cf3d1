"""Wall the tables that hold an agency's rows."""

from django.db import migrations

from alongside.core.base.rows import protect


class Migration(migrations.Migration):
    dependencies = [("programmes", "0006_groups")]

    operations = [
        protect("programmes_group", "agency_id"),
        protect("programmes_groupmember", "agency_id"),
    ]
