# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""
The site's own lender: vehicles and bookings in its database, SQLite or PostgreSQL.

Nothing is looked up first and believed later. A booking is an insertion that the database refuses where the vehicle has an open one; taking and
giving up change a row only where it is still in the state they need; a place is given where the database finds no vehicle in it. So it
does not matter how many ask at once, in how many processes, or which of them dies in the middle.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.db import IntegrityError, InterfaceError, OperationalError, transaction
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from drehkreuz.planning.sharing.hours import Hours
from drehkreuz.planning.sharing.price import Step, cents
from drehkreuz.region import Region
from drehkreuz.sources.gbfs_write import Standing
from drehkreuz_web.sharing import store
from drehkreuz_web.sharing.codes import code_of, digest_of
from drehkreuz_web.sharing.lender import Booked, Lent, Refused, Stage, Stop, Unavailable, Why
from drehkreuz_web.sharing.models import Booking, Dock, State, Station, System, Vehicle, VehicleType, new_public_id

HOLD: Final = timedelta(minutes=15)
"""How long a vehicle is held (assumed: a walk to the station and a delay)."""

KEPT: Final = timedelta(days=1)
"""How long a booking that is over is kept, so that its booker can look at the price."""

FORGOTTEN_AT_ONCE: Final = 500


@contextmanager
def _asking() -> Iterator[None]:
    """Turn a database that does not answer, or a state folder that cannot be written, into `Unavailable`."""
    try:
        store.make_ready()
        yield
    except (OperationalError, InterfaceError, OSError) as error:
        raise Unavailable from error


class OwnLender:
    """Vehicles that this site keeps; see `drehkreuz_web.sharing.lender.Lender`."""

    def stations(self, now: datetime) -> Sequence[Stop]:
        """Return every station, by name."""
        with _asking():
            return _stops(now)

    def reserve(self, station: int, vehicle_type: int, asked: str, now: datetime) -> str:
        """Hold a vehicle; return the code of the booking."""
        code = code_of(asked)
        digest = digest_of(code)
        with _asking():
            _forget(now)
            if Booking.objects.filter(digest=digest).exists():
                return code
            lent = _type_at(station, vehicle_type)
            if not lent.system.bookable or lent.plan_id is None:
                raise Refused(Why.NOT_HERE)
            if not is_open(lent.system, now):
                raise Refused(Why.CLOSED)
            with transaction.atomic():
                held = _hold(station, vehicle_type, digest, now)
            if not held and not Booking.objects.filter(digest=digest).exists():
                raise Refused(Why.NONE_FREE)
        return code

    def booking(self, code: str, now: datetime) -> Booked:
        """Return a booking."""
        with _asking():
            return _booked(_known(code), now)

    def begin(self, code: str, now: datetime) -> None:
        """Take the vehicle."""
        with _asking(), transaction.atomic():
            booking = _known(code)
            waiting = Booking.objects.filter(pk=booking.pk, state=State.RESERVED, held_until__gt=now)
            if not waiting.update(state=State.RIDING, began=now):
                raise Refused(_why_not(booking.pk, State.RIDING, Why.UNDER_WAY))
            Vehicle.objects.filter(pk=booking.vehicle_id).update(dock=None)

    def cancel(self, code: str, now: datetime) -> None:
        """Give a reservation up."""
        with _asking(), transaction.atomic():
            booking = _known(code)
            waiting = Booking.objects.filter(pk=booking.pk, state=State.RESERVED, held_until__gt=now)
            if not waiting.update(state=State.CANCELLED, ended=now):
                raise Refused(_why_not(booking.pk, State.RIDING, Why.UNDER_WAY))

    def finish(self, code: str, station: int, metres: int, now: datetime) -> None:
        """Give the vehicle back."""
        with _asking(), transaction.atomic():
            booking = _known(code)
            lent = booking.vehicle.type
            if booking.began is None or booking.state != State.RIDING:
                raise Refused(_why_not(booking.pk, State.RESERVED, Why.NOT_TAKEN))
            if lent.roundtrip and station != booking.origin_id:
                raise Refused(Why.OTHER_STATION)
            if not Dock.objects.filter(station=station, takes=lent).exists():
                raise Refused(Why.FULL)  # none for this type, or no such station
            ridden = max(0, round((now - booking.began).total_seconds()))
            over = {"state": State.RETURNED, "ended": now, "target": station, "metres": metres}
            under_way = Booking.objects.filter(pk=booking.pk, state=State.RIDING)
            if not under_way.update(**over, cents=cents(_steps(lent), ridden, metres)):
                raise Refused(Why.OVER)  # the same return came twice
            if not _put_down(booking.vehicle, station):
                raise Refused(Why.FULL)  # which takes back that it is over

    def published(self, now: datetime) -> tuple[Region, Sequence[Standing]]:
        """Return tables and vehicles as they are now."""
        with _asking():
            return store.published(_free(now))


def is_open(system: System, now: datetime) -> bool:
    """Whether a lender lends at a moment, by its own clock."""
    return _hours(system.opening_hours).open_at(now.astimezone(ZoneInfo(system.timezone)))


@lru_cache(maxsize=64)
def _hours(text: str) -> Hours:
    return Hours.read(text)


def _free(now: datetime) -> QuerySet[Vehicle]:
    """Return vehicles that stand somewhere and that nobody holds; a reservation that has run out holds nothing."""
    held = Booking.objects.filter(vehicle=OuterRef("pk"), state=State.RESERVED, held_until__gt=now)
    return Vehicle.objects.filter(~Exists(held), dock__isnull=False)


def _hold(station: int, vehicle_type: int, digest: str, now: datetime) -> bool:
    """Insert a booking of the first vehicle that nobody else was faster to book; return whether there was one."""
    standing = _free(now).filter(dock__station=station, type=vehicle_type).order_by("pk")
    for vehicle in list(standing.values_list("pk", flat=True)):
        run_out = Booking.objects.filter(vehicle=vehicle, state=State.RESERVED, held_until__lte=now)
        try:
            with transaction.atomic():
                run_out.update(state=State.EXPIRED, ended=now)
                Booking.objects.create(digest=digest, vehicle_id=vehicle, origin_id=station, held_until=now + HOLD)
        except IntegrityError:
            continue  # somebody else has it, or the same wish has come twice
        if Vehicle.objects.filter(pk=vehicle, dock__station=station).exists():
            return True
        Booking.objects.filter(digest=digest).delete()  # it was taken and is gone
    return False


def _put_down(vehicle: Vehicle, station: int) -> bool:
    """Put a vehicle into a free place under a new id; return whether there was one."""
    places = Dock.objects.filter(station=station, takes=vehicle.type_id, vehicle=None).order_by("pk")
    for dock in list(places.values_list("pk", flat=True)):
        try:
            with transaction.atomic():
                Vehicle.objects.filter(pk=vehicle.pk).update(dock=dock, public_id=new_public_id())
        except IntegrityError:
            continue  # another one was put there
        return True
    return False


def _forget(now: datetime) -> None:
    """Delete bookings that have been over for long; reservations that nobody came for with them."""
    old = Q(ended__lt=now - KEPT) | Q(state=State.RESERVED, held_until__lt=now - KEPT)
    if not Booking.objects.filter(old).exists():
        return
    with transaction.atomic():
        found = Booking.objects.select_for_update(skip_locked=True).filter(old).values_list("pk", flat=True)
        Booking.objects.filter(pk__in=list(found[:FORGOTTEN_AT_ONCE])).delete()


def _known(code: str) -> Booking:
    wanted = Booking.objects.select_related("vehicle__type__plan", "vehicle__type__system", "origin", "target")
    booking = wanted.filter(digest=digest_of(code)).first()
    if booking is None:
        raise Refused(Why.UNKNOWN)
    return booking


def _why_not(booking: int, other: State, why: Why) -> Why:
    """Return why a booking cannot be changed: it is in another state, or over."""
    return why if Booking.objects.filter(pk=booking, state=other).exists() else Why.OVER


def _type_at(station: int, vehicle_type: int) -> VehicleType:
    lent = VehicleType.objects.select_related("system").filter(pk=vehicle_type, system__stations=station).first()
    if lent is None:
        raise Refused(Why.NONE_FREE)
    return lent


def _steps(lent: VehicleType) -> tuple[Step, ...]:
    if lent.plan is None:
        return ()
    return tuple(_step(row) for row in lent.plan.steps.all())


def _step(row: Any) -> Step:  # noqa: ANN401  # a PlanStep
    return Step(row.per, row.price, row.start, row.end, row.interval)


def _booked(booking: Booking, now: datetime) -> Booked:
    lent = booking.vehicle.type
    run_out = booking.state == State.RESERVED and booking.held_until <= now
    steps = _steps(lent)
    return Booked(
        stage=Stage.EXPIRED if run_out else Stage(booking.state),
        vehicle=lent.name,
        vehicle_type=lent.pk,
        origin=(booking.origin_id, booking.origin.name),
        target="" if booking.target is None else booking.target.name,
        held_until=booking.held_until,
        began=booking.began,
        ended=booking.ended,
        by_kilometre=any(step.per == "km" for step in steps),
        roundtrip=lent.roundtrip,
        steps=steps,
        cents=booking.cents,
        currency=lent.plan.currency if lent.plan else "",
    )


def _stops(now: datetime) -> list[Stop]:
    """Return every station of the region in four queries."""
    region = store.region_name()
    free = _counts(_free(now).values_list("dock__station", "type").annotate(n=Count("pk")))
    places = _counts(Dock.objects.filter(vehicle=None).values_list("station", "takes").annotate(n=Count("pk")))
    types = VehicleType.objects.filter(system__region=region).select_related("plan").prefetch_related("plan__steps")
    known = {lent.pk: lent for lent in types}
    at: defaultdict[int, set[int]] = defaultdict(set)
    for station, vehicle_type in Dock.objects.values_list("station", "takes").distinct():
        at[station].add(vehicle_type)
    stations = Station.objects.filter(system__region=region).select_related("system").order_by("name", "key")
    return [
        Stop(
            number=station.pk,
            name=station.name,
            system=(station.system.key, station.system.name),
            kind=station.kind,
            lat=station.lat,
            lon=station.lon,
            open=station.system.bookable and is_open(station.system, now),
            opening_hours=station.system.opening_hours,
            bookable=station.system.bookable,
            url=station.system.url,
            lends=tuple(
                Lent(
                    number=lent.pk,
                    name=lent.name,
                    free=free.get((station.pk, lent.pk), 0),
                    places=places.get((station.pk, lent.pk), 0),
                    steps=_steps(lent),
                    currency=lent.plan.currency if lent.plan else "",
                    roundtrip=lent.roundtrip,
                )
                for lent in (known[number] for number in sorted(at[station.pk]) if number in known)
            ),
        )
        for station in stations
    ]


def _counts(rows: Any) -> dict[tuple[int, int], int]:  # noqa: ANN401  # a query of station, type and count
    return {(station, vehicle_type): n for station, vehicle_type, n in rows}
