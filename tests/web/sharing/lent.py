# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What the small lender has, and looking at it from beside."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from drehkreuz_web.sharing.lender import Stop
    from drehkreuz_web.sharing.own import OwnLender

NOW = datetime(2026, 11, 2, 7, 30, tzinfo=UTC)

STATIONS: list[dict[str, object]] = [
    {"station_id": "p1", "name": "Modell-Station Markt", "kind": "pedelec", "lat": 50.8, "lon": 6.1, "capacity": 5, "vehicles": 2, "system": "Modell-Rad"},
    {"station_id": "p2", "name": "Modell-Station Bahnhof", "kind": "pedelec", "lat": 50.81, "lon": 6.1, "capacity": 1, "vehicles": 1, "system": "Modell-Rad"},
    {"station_id": "c1", "name": "Modell-Station Rathaus", "kind": "carsharing", "lat": 50.8, "lon": 6.11, "capacity": 1, "vehicles": 1, "system": "Modell-Auto"},
]  # fmt: skip


@contextmanager
def filled() -> Iterator[None]:
    """Fill the database in use, and empty it again."""
    from drehkreuz_web.sharing import store  # noqa: PLC0415  # needs settings

    store.make_ready()
    emptied()
    store.fill(store.lent())
    yield
    emptied()


def emptied() -> None:
    from drehkreuz_web.sharing.models import Booking, System, Vehicle  # noqa: PLC0415  # needs settings

    Booking.objects.all().delete()
    Vehicle.objects.all().delete()
    System.objects.all().delete()


def own() -> OwnLender:
    from drehkreuz_web.sharing.own import OwnLender  # noqa: PLC0415  # needs settings

    return OwnLender()


def stops(now: datetime = NOW) -> dict[str, Stop]:
    """Return the stations by the last word of their name."""
    return {stop.name.rpartition(" ")[2]: stop for stop in own().stations(now)}


def booked(where: str, wish: str, now: datetime = NOW) -> str:
    """Book what stands at a station; return the code."""
    stop = stops(now)[where]
    return own().reserve(stop.number, stop.lends[0].number, wish, now)
