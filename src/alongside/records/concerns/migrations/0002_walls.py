"""Wall the tables that hold an agency's rows."""

from django.db import migrations

from alongside.core.base.rows import protect


class Migration(migrations.Migration):
    dependencies = [("concerns", "0001_initial")]

    operations = [
        protect("concerns_concern", "agency_id"),
        protect("concerns_concernstep", "agency_id"),
    ]
