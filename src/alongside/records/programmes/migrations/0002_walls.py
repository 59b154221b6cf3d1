"""Wall the tables that hold an agency's rows."""

from django.db import migrations

from alongside.core.base.rows import protect


class Migration(migrations.Migration):
    dependencies = [("programmes", "0001_initial")]

    operations = [
        protect("programmes_contract", "agency_id", "purchaser_id"),
        protect("programmes_enrolment", "agency_id"),
        protect("programmes_decision", "agency_id"),
    ]
