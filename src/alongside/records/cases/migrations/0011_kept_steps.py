"""Make room on each case for the day of the earliest step that its worker is to take."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0010_drafts_and_corrections")]

    operations = [
        migrations.AddField(
            model_name="case",
            name="step_due_on",
            field=models.DateField(blank=True, editable=False, null=True),
        ),
    ]
