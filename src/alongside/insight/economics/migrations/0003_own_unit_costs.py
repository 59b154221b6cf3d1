"""The unit costs that agencies add, walled."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import alongside.core.base.ids
from alongside.core.base.rows import protect


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0006_sitting_with"),
        ("economics", "0002_walls"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="OwnUnitCost",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=alongside.core.base.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("name", models.CharField(max_length=20)),
                ("number", models.PositiveSmallIntegerField(default=1)),
                ("title", models.CharField(max_length=120)),
                ("pounds", models.DecimalField(decimal_places=2, max_digits=10)),
                (
                    "unit",
                    models.CharField(
                        choices=[
                            ("hour", "hour"),
                            ("session", "session"),
                            ("each", "each"),
                            ("week", "week"),
                            ("month", "month"),
                            ("year", "year"),
                        ],
                        max_length=7,
                    ),
                ),
                ("price_year", models.PositiveSmallIntegerField()),
                ("bearer", models.CharField(max_length=80)),
                (
                    "value",
                    models.CharField(
                        choices=[("fiscal", "fiscal"), ("economic", "economic"), ("social", "social")], max_length=8
                    ),
                ),
                ("source", models.CharField(max_length=300)),
                ("note", models.CharField(blank=True, max_length=500)),
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
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ("name", "number"),
                "constraints": [
                    models.UniqueConstraint(fields=("agency", "name", "number"), name="own_unit_cost_once_a_number"),
                    models.CheckConstraint(condition=models.Q(("number__gte", 1)), name="own_unit_cost_numbered"),
                ],
            },
        ),
        protect("economics_ownunitcost", "agency_id"),
    ]
