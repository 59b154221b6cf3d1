from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("evaluation", "0005_wall_of_releases")]

    operations = [
        migrations.AddField(
            model_name="frozencohort",
            name="editions",
            field=models.JSONField(blank=True, null=True),
        ),
    ]
