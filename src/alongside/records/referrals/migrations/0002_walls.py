"""Wall the tables that hold an agency's rows."""

from django.db import migrations

from alongside.core.base.rows import protect


class Migration(migrations.Migration):
    dependencies = [("referrals", "0001_initial")]

    operations = [
        protect("referrals_referral", "agency_id", "source_agency_id"),
        protect("referrals_referralkey", "agency_id", "source_agency_id"),
    ]
