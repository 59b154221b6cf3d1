"""Wall the flags of families, and who may know of them."""

from django.db import migrations

from alongside.core.base.rows import protect


class Migration(migrations.Migration):
    dependencies = [("people", "0007_guarding")]

    operations = [
        protect("people_flag", "agency_id"),
        protect("people_restriction", "agency_id"),
        protect("people_knower", "agency_id"),
    ]
