"""Wall the tables that hold an agency's rows."""

from django.db import migrations

from alongside.core.base.rows import protect


class Migration(migrations.Migration):
    dependencies = [("plans", "0001_initial")]

    operations = [
        protect("plans_need", "agency_id"),
        protect("plans_strength", "agency_id"),
        protect("plans_agreedplan", "agency_id"),
        protect("plans_plansending", "agency_id"),
        protect("plans_promise", "agency_id"),
        protect("plans_allowance", "agency_id"),
        protect("plans_allowanceentry", "agency_id"),
        protect("plans_originevent", "agency_id"),
    ]
