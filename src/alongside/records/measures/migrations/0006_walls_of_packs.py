"""Wall the tables of packs and declarations."""

from django.db import migrations

from alongside.core.base.rows import protect


class Migration(migrations.Migration):
    dependencies = [("measures", "0005_packs_and_declarations")]

    operations = [
        protect("measures_declaration", "agency_id"),
        protect("measures_pack", "agency_id"),
    ]
