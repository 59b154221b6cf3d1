"""Wall what is enclosed in letters."""

from django.db import migrations

from alongside.core.base.rows import protect


class Migration(migrations.Migration):
    dependencies = [("letters", "0003_enclosure")]

    operations = [protect("letters_enclosure", "agency_id")]
