"""Let no step stand without a case."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0006_fill_case_of_step")]

    operations = [
        migrations.AlterField(
            model_name="step",
            name="case",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="cases.case"),
        ),
    ]
