"""Let a link be sent and chased, an answer name its proxy and interpreter, a family be left in peace, a form wait."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import alongside.core.base.ids


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0006_sitting_with"),
        ("cases", "0013_last_met"),
        ("measures", "0002_walls"),
        ("people", "0009_knower_why"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="HalfFilled",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=alongside.core.base.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("values", models.JSONField()),
                ("saved_at", models.DateTimeField()),
            ],
            options={
                "verbose_name_plural": "half filled",
            },
        ),
        migrations.CreateModel(
            name="NotAsked",
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
                    "occasion",
                    models.CharField(
                        choices=[
                            ("start", "At the start"),
                            ("review", "At review"),
                            ("end", "At the end"),
                            ("follow_up", "Some time afterwards"),
                        ],
                        max_length=9,
                    ),
                ),
                ("on", models.DateField()),
                (
                    "why",
                    models.CharField(
                        choices=[
                            ("rather_not", "They would rather not be asked"),
                            ("not_now", "It is not the time for them"),
                            ("not_reached", "We could not reach them"),
                        ],
                        max_length=11,
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "verbose_name_plural": "not asked",
            },
        ),
        migrations.AddField(
            model_name="answerset",
            name="interpreter",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "Nobody: it was not needed"),
                    ("trained", "A trained interpreter"),
                    ("family", "Somebody from the family or a friend"),
                    ("worker", "Their worker, who speaks their language"),
                ],
                db_default="",
                default="",
                max_length=7,
            ),
        ),
        migrations.AddField(
            model_name="answerset",
            name="proxy",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
            ),
        ),
        migrations.AddField(
            model_name="answerset",
            name="proxy_words",
            field=models.CharField(blank=True, db_default="", default="", max_length=120),
        ),
        migrations.AddField(
            model_name="checkinlink",
            name="first",
            field=models.UUIDField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="checkinlink",
            name="asked_on",
            field=models.DateField(default=django.utils.timezone.localdate),
        ),
        migrations.AddField(
            model_name="checkinlink",
            name="chase_days",
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="checkinlink",
            name="chase_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="checkinlink",
            name="chased",
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="checkinlink",
            name="chases_left",
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="checkinlink",
            name="way",
            field=models.CharField(
                choices=[
                    ("nobody", "Nobody: I give it to them myself"),
                    ("text", "By text message"),
                    ("email", "By e-mail"),
                ],
                db_default="nobody",
                default="nobody",
                max_length=6,
            ),
        ),
        migrations.AddIndex(
            model_name="checkinlink",
            index=models.Index(
                condition=models.Q(("chase_on__isnull", False)), fields=["chase_on"], name="check_in_link_to_chase"
            ),
        ),
        migrations.AddField(
            model_name="halffilled",
            name="agency",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency"
            ),
        ),
        migrations.AddField(
            model_name="halffilled",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="halffilled",
            name="case",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case"),
        ),
        migrations.AddField(
            model_name="notasked",
            name="agency",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency"
            ),
        ),
        migrations.AddField(
            model_name="notasked",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="not_asked", to="cases.case"
            ),
        ),
        migrations.AddField(
            model_name="notasked",
            name="person",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
            ),
        ),
        migrations.AddConstraint(
            model_name="halffilled",
            constraint=models.UniqueConstraint(fields=("by", "case"), name="half_filled_once_a_family"),
        ),
        migrations.AddIndex(
            model_name="notasked",
            index=models.Index(fields=["case", "on"], name="not_asked_of_case"),
        ),
    ]
