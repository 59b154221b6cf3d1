"""Keep who of a family came to a group, behind the wall of the agency."""

import django.db.models.deletion
from django.db import migrations, models

import alongside.core.base.ids
from alongside.core.base.rows import protect


class Migration(migrations.Migration):
    dependencies = [
        ("appointments", "0001_initial"),
        ("people", "0008_guarding_walls"),
    ]

    operations = [
        migrations.CreateModel(
            name="Attendance",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=alongside.core.base.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "came",
                    models.CharField(
                        choices=[("came", "Came"), ("did_not", "Did not come"), ("sorry", "Said sorry")], max_length=7
                    ),
                ),
                (
                    "agency",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.agency",
                    ),
                ),
                (
                    "appointment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attendances",
                        to="appointments.appointment",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("appointment", "person"), name="attendance_of_each_once")
                ],
            },
        ),
        protect("appointments_attendance", "agency_id"),
    ]
