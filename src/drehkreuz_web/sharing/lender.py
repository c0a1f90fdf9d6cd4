# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What lends vehicles: the one interface between the pages and whoever keeps the vehicles, this site or an operator."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Protocol, cast

from django.conf import settings
from django.utils.module_loading import import_string

from drehkreuz.planning.sharing.price import Step
from drehkreuz.region import Region
from drehkreuz.sources.gbfs_write import Standing


class Why(StrEnum):
    """Why something that was asked for is not done."""

    NONE_FREE = "none_free"
    """No vehicle of the type stands there free."""
    CLOSED = "closed"
    """Nothing is lent at this hour."""
    NOT_HERE = "not_here"
    """The vehicles are booked with their lender, not here."""
    UNKNOWN = "unknown"
    """There is no booking of this code, or it is forgotten."""
    OVER = "over"
    """The booking is over: expired, cancelled or given back."""
    UNDER_WAY = "under_way"
    """The vehicle is under way already."""
    NOT_TAKEN = "not_taken"
    """The vehicle was not taken yet."""
    FULL = "full"
    """No place is free there."""
    OTHER_STATION = "other_station"
    """The vehicle goes back to where it was taken."""


class Refused(Exception):  # noqa: N818  # it is no error: somebody was faster, or asked too late
    """Something is not done; nothing has changed."""

    def __init__(self, why: Why) -> None:
        super().__init__(why.value)
        self.why = why


class Unavailable(Exception):  # noqa: N818  # it is no error of who asks: come back later
    """What lends vehicles does not answer."""


class Stage(StrEnum):
    """How far a booking is."""

    RESERVED = "reserved"
    RIDING = "riding"
    RETURNED = "returned"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Lent:
    """
    A type of vehicle at a station.

    Attributes:
        number: Under which the lender knows the type.
        name: What people call it.
        free: Vehicles that can be taken.
        places: Places where one can be given back.
        steps: Its price; empty: not known.
        currency: ISO 4217.
        roundtrip: Whether it goes back to where it was taken.
    """

    number: int
    name: str
    free: int
    places: int
    steps: tuple[Step, ...]
    currency: str
    roundtrip: bool


@dataclass(frozen=True, slots=True)
class Stop:
    """
    A station as it is now.

    Attributes:
        number: Under which the lender knows it.
        name: Name.
        system: Key and name of who lends there.
        kind: As `sharing_stations.kind`.
        lat: Latitude, degrees.
        lon: Longitude, degrees.
        open: Whether vehicles can be taken at this hour.
        opening_hours: As OpenStreetMap writes them.
        bookable: Whether they are booked here.
        url: Page of the lender; empty: none.
        lends: What stands there.
    """

    number: int
    name: str
    system: tuple[str, str]
    kind: str
    lat: float
    lon: float
    open: bool
    opening_hours: str
    bookable: bool
    url: str
    lends: tuple[Lent, ...]


@dataclass(frozen=True, slots=True)
class Booked:
    """
    A booking as its booker sees it.

    Attributes:
        stage: How far.
        vehicle: What was booked, as people call it.
        vehicle_type: Number of that type.
        origin: Number and name of the station where it stands or stood.
        target: Name of the station where it was given back; empty: not yet.
        held_until: End of the reservation.
        began: When it was taken.
        ended: When it was over.
        by_kilometre: Whether kilometres are paid for.
        roundtrip: Whether it goes back to where it was taken.
        steps: Its price.
        cents: What the ride cost, in hundredths of the currency; None: not over.
        currency: ISO 4217.
    """

    stage: Stage
    vehicle: str
    vehicle_type: int
    origin: tuple[int, str]
    target: str
    held_until: datetime
    began: datetime | None
    ended: datetime | None
    by_kilometre: bool
    roundtrip: bool
    steps: tuple[Step, ...]
    cents: int | None
    currency: str


class Lender(Protocol):
    """
    Who keeps the vehicles.

    Every method may raise `Unavailable`. What is refused has changed nothing. `code` is the secret that `reserve` gave; a lender stores
    no more of it than it needs to know it again.
    """

    def stations(self, now: datetime) -> Sequence[Stop]:
        """Return every station, by name."""
        ...

    def reserve(self, station: int, vehicle_type: int, asked: str, now: datetime) -> str:
        """
        Hold a vehicle for some minutes; return the code of the booking.

        Args:
            station: Where.
            vehicle_type: What.
            asked: What makes the wish the same: who sends it twice gets one booking.
            now: The moment.

        Raises:
            Refused: NONE_FREE, CLOSED, NOT_HERE.
        """
        ...

    def booking(self, code: str, now: datetime) -> Booked:
        """
        Return a booking.

        Raises:
            Refused: UNKNOWN.
        """
        ...

    def begin(self, code: str, now: datetime) -> None:
        """
        Take the vehicle.

        Raises:
            Refused: UNKNOWN, OVER, UNDER_WAY.
        """
        ...

    def cancel(self, code: str, now: datetime) -> None:
        """
        Give a reservation up.

        Raises:
            Refused: UNKNOWN, OVER, UNDER_WAY.
        """
        ...

    def finish(self, code: str, station: int, metres: int, now: datetime) -> None:
        """
        Give the vehicle back; its price is fixed then.

        Args:
            code: The booking's.
            station: Where.
            metres: How far it was driven; 0 where that is not paid for.
            now: The moment.

        Raises:
            Refused: UNKNOWN, OVER, NOT_TAKEN, FULL, OTHER_STATION.
        """
        ...

    def published(self, now: datetime) -> tuple[Region, Sequence[Standing]]:
        """Return the tables `sharing_…` as they are now, and where each vehicle stands, for GBFS."""
        ...


@cache
def lender() -> Lender:
    """Return what lends vehicles on this site: the class that the setting DREHKREUZ_LENDER names."""
    return cast("Lender", import_string(settings.LENDER)())
