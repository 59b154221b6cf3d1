"""Wall the tables of the family picture."""

from django.db import migrations

from alongside.core.base.rows import protect


class Migration(migrations.Migration):
    dependencies = [("people", "0005_family_picture")]

    operations = [
        protect("people_kin", "agency_id"),
        protect("people_partnership", "agency_id"),
        protect("people_supporter", "agency_id"),
    ]
