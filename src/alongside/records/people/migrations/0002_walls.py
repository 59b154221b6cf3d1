"""Wall the tables that hold an agency's rows."""

from django.db import migrations

from alongside.core.base.rows import protect


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]

    operations = [
        protect("people_household", "agency_id"),
        protect("people_person", "agency_id"),
        protect("people_membership", "agency_id"),
        protect("people_relationship", "agency_id"),
        protect("people_arrangement", "agency_id"),
        protect("people_planstatus", "agency_id"),
        protect("people_safetynote", "agency_id"),
        protect("people_searchkey", "agency_id"),
    ]
