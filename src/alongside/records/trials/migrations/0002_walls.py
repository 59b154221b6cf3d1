"""Wall the tables that hold an agency's rows."""

from django.db import migrations

from alongside.core.base.rows import protect

TABLES = ("trial", "assessment", "trialconsent", "cluster", "allocation")


class Migration(migrations.Migration):
    dependencies = [("trials", "0001_initial")]

    operations = [protect(f"trials_{table}", "agency_id") for table in TABLES]
