"""Wall the tables that hold an agency's rows."""

from django.db import migrations

from alongside.core.base.rows import protect


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial")]

    operations = [
        protect("cases_case", "agency_id"),
        protect("cases_closure", "agency_id"),
        protect("cases_contact", "agency_id"),
        protect("cases_goal", "agency_id"),
        protect("cases_reading", "agency_id"),
        protect("cases_step", "agency_id"),
    ]
