"""Keep on each case the day of the last appointment that took place: it is being in touch, as a contact is."""

from django.db import migrations
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import TruncDate

from alongside.core.base.rows import EVERY_AGENCY, rows_of


def fill(apps, editor):
    """Work it out as the services do from now on."""
    case, appointment = apps.get_model("cases", "Case"), apps.get_model("appointments", "Appointment")
    held = appointment.objects.filter(case=OuterRef("pk"), status="kept").order_by("-at")
    with rows_of(EVERY_AGENCY):
        case.objects.update(last_met_on=Subquery(held.annotate(on=TruncDate("at")).values("on")[:1]))
        met_since = Q(last_contact_on=None) | Q(last_contact_on__lt=F("last_met_on"))
        case.objects.filter(met_since, last_met_on__isnull=False).update(last_contact_on=F("last_met_on"))


class Migration(migrations.Migration):
    dependencies = [("appointments", "0002_attendance"), ("cases", "0013_last_met")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
