"""Wall the tables that hold an agency's rows."""

from django.db import migrations

from alongside.core.base.rows import protect


class Migration(migrations.Migration):
    dependencies = [("exchange", "0001_initial")]

    operations = [
        protect("exchange_import", "agency_id"),
        protect("exchange_importfile", "agency_id"),
        protect("exchange_importrow", "agency_id"),
        protect("exchange_pickedchild", "agency_id"),
    ]
