"""Wall what was published: only the agency that serves; a commissioner's page asks on its behalf."""

from django.db import migrations

from alongside.core.base.rows import protect


class Migration(migrations.Migration):
    dependencies = [("watching", "0001_initial")]

    operations = [protect("watching_watchedperiod", "agency_id")]
