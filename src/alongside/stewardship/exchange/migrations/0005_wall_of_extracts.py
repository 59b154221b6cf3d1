"""Wall the extracts: only the agency whose families' rows they give sees them."""

from django.db import migrations

from alongside.core.base.rows import protect


class Migration(migrations.Migration):
    dependencies = [("exchange", "0004_extracts")]

    operations = [protect("exchange_extract", "agency_id")]
