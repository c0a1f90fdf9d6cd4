# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The tables of bookings."""

import django.db.models.deletion
from django.db import migrations, models

import drehkreuz_web.sharing.models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Station",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=200)),
                ("name", models.CharField(max_length=200)),
                ("kind", models.CharField(max_length=20)),
                ("lat", models.FloatField()),
                ("lon", models.FloatField()),
            ],
        ),
        migrations.CreateModel(
            name="Dock",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "station",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="docks", to="sharing.station"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="System",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("region", models.CharField(max_length=200)),
                ("key", models.CharField(max_length=200)),
                ("name", models.CharField(max_length=200)),
                ("operator", models.CharField(blank=True, max_length=200)),
                ("language", models.CharField(max_length=20)),
                ("timezone", models.CharField(max_length=60)),
                ("opening_hours", models.CharField(max_length=200)),
                ("url", models.CharField(blank=True, max_length=500)),
                ("contact", models.CharField(blank=True, max_length=200)),
                ("bookable", models.BooleanField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("region", "key"), name="one_system_of_a_key")],
            },
        ),
        migrations.AddField(
            model_name="station",
            name="system",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="stations", to="sharing.system"
            ),
        ),
        migrations.CreateModel(
            name="Plan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=200)),
                ("name", models.CharField(max_length=200)),
                ("description", models.TextField(blank=True)),
                ("currency", models.CharField(max_length=3)),
                ("taxed_later", models.BooleanField(default=False)),
                (
                    "system",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="plans", to="sharing.system"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Vehicle",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=drehkreuz_web.sharing.models.new_public_id, max_length=32, unique=True),
                ),
                (
                    "dock",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="vehicle",
                        to="sharing.dock",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Booking",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(max_length=64, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("reserved", "Reserved"),
                            ("riding", "Riding"),
                            ("returned", "Returned"),
                            ("cancelled", "Cancelled"),
                            ("expired", "Expired"),
                        ],
                        default="reserved",
                        max_length=10,
                    ),
                ),
                ("held_until", models.DateTimeField()),
                ("began", models.DateTimeField(null=True)),
                ("ended", models.DateTimeField(db_index=True, null=True)),
                ("metres", models.PositiveIntegerField(default=0)),
                ("cents", models.PositiveBigIntegerField(null=True)),
                (
                    "origin",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="sharing.station"
                    ),
                ),
                (
                    "target",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="sharing.station"
                    ),
                ),
                (
                    "vehicle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="bookings", to="sharing.vehicle"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="VehicleType",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=200)),
                ("name", models.CharField(max_length=200)),
                ("form_factor", models.CharField(max_length=20)),
                ("propulsion", models.CharField(max_length=20)),
                ("range_m", models.FloatField(null=True)),
                ("roundtrip", models.BooleanField()),
                (
                    "plan",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.RESTRICT, related_name="+", to="sharing.plan"
                    ),
                ),
                (
                    "system",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="vehicle_types", to="sharing.system"
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="vehicle",
            name="type",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="vehicles", to="sharing.vehicletype"
            ),
        ),
        migrations.AddField(
            model_name="dock",
            name="takes",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="sharing.vehicletype"
            ),
        ),
        migrations.CreateModel(
            name="PlanStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("per", models.CharField(max_length=6)),
                ("number", models.PositiveIntegerField()),
                ("start", models.PositiveIntegerField()),
                ("end", models.PositiveIntegerField(null=True)),
                ("interval", models.PositiveIntegerField()),
                ("price", models.DecimalField(decimal_places=4, max_digits=12)),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="steps", to="sharing.plan"
                    ),
                ),
            ],
            options={
                "ordering": ["per", "number"],
                "constraints": [models.UniqueConstraint(fields=("plan", "per", "number"), name="one_step_of_a_number")],
            },
        ),
        migrations.AddConstraint(
            model_name="station",
            constraint=models.UniqueConstraint(fields=("system", "key"), name="one_station_of_a_key"),
        ),
        migrations.AddConstraint(
            model_name="plan",
            constraint=models.UniqueConstraint(fields=("system", "key"), name="one_plan_of_a_key"),
        ),
        migrations.AddConstraint(
            model_name="booking",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("reserved", "riding"))),
                fields=("vehicle",),
                name="one_open_booking_a_vehicle",
            ),
        ),
        migrations.AddConstraint(
            model_name="booking",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("began", None), ("state__in", ["reserved", "cancelled", "expired"])),
                    models.Q(("began__isnull", False), ("state__in", ["riding", "returned"])),
                    _connector="OR",
                ),
                name="began_when_taken",
            ),
        ),
        migrations.AddConstraint(
            model_name="booking",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("cents__isnull", False),
                        ("ended__isnull", False),
                        ("state", "returned"),
                        ("target__isnull", False),
                    ),
                    models.Q(models.Q(("state", "returned"), _negated=True), ("cents", None), ("target", None)),
                    _connector="OR",
                ),
                name="price_when_returned",
            ),
        ),
        migrations.AddConstraint(
            model_name="booking",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended", None), ("state__in", ("reserved", "riding"))),
                    models.Q(models.Q(("state__in", ("reserved", "riding")), _negated=True), ("ended__isnull", False)),
                    _connector="OR",
                ),
                name="ended_when_over",
            ),
        ),
        migrations.AddConstraint(
            model_name="vehicletype",
            constraint=models.UniqueConstraint(fields=("system", "key"), name="one_type_of_a_key"),
        ),
    ]
