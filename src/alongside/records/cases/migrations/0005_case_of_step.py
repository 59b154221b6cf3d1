"""Say of each step which case it belongs to, so that one may stand without a goal."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0004_kept_dates")]

    operations = [
        migrations.AddField(
            model_name="step",
            name="case",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="cases.case"
            ),
        ),
        migrations.AlterField(
            model_name="step",
            name="goal",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="steps",
                to="cases.goal",
            ),
        ),
    ]
