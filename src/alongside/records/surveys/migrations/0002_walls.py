"""Wall the tables that hold an agency's rows."""

from django.db import migrations

from alongside.core.base.rows import protect


class Migration(migrations.Migration):
    dependencies = [("surveys", "0001_initial")]

    operations = [
        protect("surveys_survey", "agency_id"),
        protect("surveys_edition", "agency_id"),
        protect("surveys_round", "agency_id"),
        protect("surveys_invitation", "agency_id"),
        protect("surveys_response", "agency_id"),
    ]
