"""Wall the frozen reports: the agency that serves and the agency that pays see them."""

from django.db import migrations

from alongside.core.base.rows import protect


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial")]

    operations = [protect("reports_frozenreport", "agency_id", "purchaser_id")]
