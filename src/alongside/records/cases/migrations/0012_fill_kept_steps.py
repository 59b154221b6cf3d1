"""Keep on each case the day of the earliest step that its worker is to take; apart from the change of the table."""

from django.db import migrations
from django.db.models import Min, OuterRef, Q, Subquery

from alongside.core.base.rows import EVERY_AGENCY, rows_of


def fill(apps, editor):
    """Work it out as the services do from now on."""
    case, step = apps.get_model("cases", "Case"), apps.get_model("cases", "Step")
    standing = Q(goal=None) | Q(goal__met_on=None, goal__left_on=None)
    ours = step.objects.filter(standing, case=OuterRef("pk"), owner="worker", done_on=None, due_on__isnull=False)
    earliest = ours.order_by().values("case").annotate(first=Min("due_on")).values("first")
    with rows_of(EVERY_AGENCY):
        case.objects.update(step_due_on=Subquery(earliest))


class Migration(migrations.Migration):
    dependencies = [("cases", "0011_kept_steps")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
