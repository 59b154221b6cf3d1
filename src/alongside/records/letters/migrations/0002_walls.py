"""Wall the tables that hold an agency's rows."""

from django.db import migrations

from alongside.core.base.rows import protect


class Migration(migrations.Migration):
    dependencies = [("letters", "0001_initial")]

    operations = [
        protect("letters_letter", "agency_id"),
        protect("letters_letterpaper", "agency_id"),
    ]
