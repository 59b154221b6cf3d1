"""Make room on each case for the day of the last appointment that took place."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0012_fill_kept_steps")]

    operations = [
        migrations.AddField(
            model_name="case",
            name="last_met_on",
            field=models.DateField(blank=True, editable=False, null=True),
        ),
    ]
