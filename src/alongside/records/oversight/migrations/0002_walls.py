"""Wall the tables that hold an agency's rows."""

from django.db import migrations

from alongside.core.base.rows import protect

TABLES = ("supervision", "casetalk", "sample", "caseaudit", "agreedaction", "absence", "cover", "priority")


class Migration(migrations.Migration):
    dependencies = [("oversight", "0001_initial")]

    operations = [protect(f"oversight_{table}", "agency_id") for table in TABLES]
