"""Give each step the case of its goal; apart from the change of the table, which PostgreSQL wants done first."""

from django.db import migrations
from django.db.models import OuterRef, Subquery

from alongside.core.base.rows import EVERY_AGENCY, rows_of


def fill(apps, editor):
    """Copy the case from the goal."""
    step, goal = apps.get_model("cases", "Step"), apps.get_model("cases", "Goal")
    with rows_of(EVERY_AGENCY):
        step.objects.update(case=Subquery(goal.objects.filter(pk=OuterRef("goal")).values("case")[:1]))


class Migration(migrations.Migration):
    dependencies = [("cases", "0005_case_of_step")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
