# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""
The tables of bookings.

Two rules hold whatever a program does, since the database itself refuses to break them: a vehicle has at most one open booking, and
a place holds at most one vehicle. Of who books nothing is kept but the digest of a code that only they have.
"""

from __future__ import annotations

import secrets
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

KEY = 200
"""Characters of a key of the region."""


def new_public_id() -> str:
    """Return an id that says nothing; GBFS asks for a new one after every trip, so that nobody can follow a vehicle."""
    return secrets.token_hex(8)


class System(models.Model):
    """Who lends, in one region."""

    region: models.CharField[str, str] = models.CharField(max_length=KEY)
    key: models.CharField[str, str] = models.CharField(max_length=KEY)
    name: models.CharField[str, str] = models.CharField(max_length=KEY)
    operator: models.CharField[str, str] = models.CharField(max_length=KEY, blank=True)
    language: models.CharField[str, str] = models.CharField(max_length=20)
    timezone: models.CharField[str, str] = models.CharField(max_length=60)
    opening_hours: models.CharField[str, str] = models.CharField(max_length=KEY)
    url: models.CharField[str, str] = models.CharField(max_length=500, blank=True)
    contact: models.CharField[str, str] = models.CharField(max_length=KEY, blank=True)
    bookable: models.BooleanField[bool, bool] = models.BooleanField()
    """Whether vehicles are booked here; those of real lenders are booked with them."""

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["region", "key"], name="one_system_of_a_key")]


class Plan(models.Model):
    """A price."""

    system: models.ForeignKey[System, System] = models.ForeignKey(System, models.CASCADE, related_name="plans")
    system_id: int
    key: models.CharField[str, str] = models.CharField(max_length=KEY)
    name: models.CharField[str, str] = models.CharField(max_length=KEY)
    description: models.TextField[str, str] = models.TextField(blank=True)
    currency: models.CharField[str, str] = models.CharField(max_length=3)
    taxed_later: models.BooleanField[bool, bool] = models.BooleanField(default=False)
    steps: RelatedManager[PlanStep]

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["system", "key"], name="one_plan_of_a_key")]


class PlanStep(models.Model):
    """A part of a price, as `drehkreuz.planning.sharing.price.Step`."""

    plan: models.ForeignKey[Plan, Plan] = models.ForeignKey(Plan, models.CASCADE, related_name="steps")
    plan_id: int
    per: models.CharField[str, str] = models.CharField(max_length=6)
    number: models.PositiveIntegerField[int, int] = models.PositiveIntegerField()
    start: models.PositiveIntegerField[int, int] = models.PositiveIntegerField()
    end: models.PositiveIntegerField[int | None, int | None] = models.PositiveIntegerField(null=True)
    interval: models.PositiveIntegerField[int, int] = models.PositiveIntegerField()
    price: models.DecimalField[Decimal, Decimal] = models.DecimalField(max_digits=12, decimal_places=4)

    class Meta:
        ordering: ClassVar = ["per", "number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["plan", "per", "number"], name="one_step_of_a_number")]


class VehicleType(models.Model):
    """A kind of vehicle that is lent."""

    system: models.ForeignKey[System, System] = models.ForeignKey(System, models.CASCADE, related_name="vehicle_types")
    system_id: int
    key: models.CharField[str, str] = models.CharField(max_length=KEY)
    name: models.CharField[str, str] = models.CharField(max_length=KEY)
    form_factor: models.CharField[str, str] = models.CharField(max_length=20)
    propulsion: models.CharField[str, str] = models.CharField(max_length=20)
    range_m: models.FloatField[float | None, float | None] = models.FloatField(null=True)
    roundtrip: models.BooleanField[bool, bool] = models.BooleanField()
    """Whether it goes back to where it was taken."""
    plan: models.ForeignKey[Plan | None, Plan | None] = models.ForeignKey(
        Plan, models.RESTRICT, null=True, related_name="+"
    )
    plan_id: int | None

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["system", "key"], name="one_type_of_a_key")]


class Station(models.Model):
    """Where vehicles stand."""

    system: models.ForeignKey[System, System] = models.ForeignKey(System, models.CASCADE, related_name="stations")
    system_id: int
    key: models.CharField[str, str] = models.CharField(max_length=KEY)
    name: models.CharField[str, str] = models.CharField(max_length=KEY)
    kind: models.CharField[str, str] = models.CharField(max_length=20)
    lat: models.FloatField[float, float] = models.FloatField()
    lon: models.FloatField[float, float] = models.FloatField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["system", "key"], name="one_station_of_a_key")]


class Dock(models.Model):
    """A place for one vehicle of a type."""

    station: models.ForeignKey[Station, Station] = models.ForeignKey(Station, models.CASCADE, related_name="docks")
    station_id: int
    takes: models.ForeignKey[VehicleType, VehicleType] = models.ForeignKey(
        VehicleType, models.CASCADE, related_name="+"
    )
    takes_id: int


class Vehicle(models.Model):
    """A vehicle: it stands in a place, or is under way and stands in none."""

    type: models.ForeignKey[VehicleType, VehicleType] = models.ForeignKey(
        VehicleType, models.CASCADE, related_name="vehicles"
    )
    type_id: int
    dock: models.OneToOneField[Dock | None, Dock | None] = models.OneToOneField(
        Dock, models.RESTRICT, null=True, related_name="vehicle"
    )
    dock_id: int | None
    public_id: models.CharField[str, str] = models.CharField(max_length=32, unique=True, default=new_public_id)


class State(models.TextChoices):
    """How far a booking is."""

    RESERVED = "reserved"
    RIDING = "riding"
    RETURNED = "returned"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


OPEN = (State.RESERVED.value, State.RIDING.value)


class Booking(models.Model):
    """A vehicle reserved, then under way, then given back."""

    digest: models.CharField[str, str] = models.CharField(max_length=64, unique=True)
    """Keyed digest of the code that the booker has."""
    vehicle: models.ForeignKey[Vehicle, Vehicle] = models.ForeignKey(Vehicle, models.CASCADE, related_name="bookings")
    vehicle_id: int
    state: models.CharField[str, str] = models.CharField(max_length=10, choices=State.choices, default=State.RESERVED)
    origin: models.ForeignKey[Station, Station] = models.ForeignKey(Station, models.CASCADE, related_name="+")
    origin_id: int
    target: models.ForeignKey[Station | None, Station | None] = models.ForeignKey(
        Station, models.CASCADE, null=True, related_name="+"
    )
    target_id: int | None
    held_until: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    began: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(null=True)
    ended: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(null=True, db_index=True)
    metres: models.PositiveIntegerField[int, int] = models.PositiveIntegerField(default=0)
    cents: models.PositiveBigIntegerField[int | None, int | None] = models.PositiveBigIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["vehicle"], condition=Q(state__in=OPEN), name="one_open_booking_a_vehicle"),
            models.CheckConstraint(
                condition=Q(state__in=[State.RESERVED, State.CANCELLED, State.EXPIRED], began=None)
                | Q(state__in=[State.RIDING, State.RETURNED], began__isnull=False),
                name="began_when_taken",
            ),
            models.CheckConstraint(
                condition=Q(state=State.RETURNED, ended__isnull=False, cents__isnull=False, target__isnull=False)
                | (~Q(state=State.RETURNED) & Q(cents=None, target=None)),
                name="price_when_returned",
            ),
            models.CheckConstraint(
                condition=Q(state__in=OPEN, ended=None) | (~Q(state__in=OPEN) & Q(ended__isnull=False)),
                name="ended_when_over",
            ),
        ]
