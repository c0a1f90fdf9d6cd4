# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Measures on the timetable: runs along stops, on the days of a kind, as rows of the timetable's tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from math import ceil, cos, hypot, radians
from typing import Any, Final

import polars as pl

from drehkreuz.measures.measure import Case
from drehkreuz.measures.rows import added
from drehkreuz.measures.terms import Band, Parameter, Said, UnitCost
from drehkreuz.region import Region

DAY_TYPES: Final = {"weekday": (0, 1, 2, 3, 4), "saturday": (5,), "sunday": (6,)}
DAYS_A_YEAR: Final = {"weekday": 253, "saturday": 52, "sunday": 60}
"""Days of each kind in a year; public holidays run as Sundays (assumed: a year of North Rhine-Westphalia)."""

WINDOW: Final = 28
"""Days that a new service runs where the region has no timetable yet: enough to stand for all kinds of day."""

KM_PER_DEGREE: Final = 111.2
DETOUR: Final = 1.3
"""Way by road ÷ straight line (assumed), as reach takes it where there are no streets."""

DAYS: Final = Parameter(
    "days",
    "choices",
    Said("An welchen Tagen.", "On which days."),
    default=("weekday",),
    min=1,
    allowed=tuple(DAY_TYPES),
)
FIRST: Final = Parameter("first", "clock", Said("Erste Abfahrt.", "First departure."), default=5 * 60)
LAST: Final = Parameter("last", "clock", Said("Späteste Abfahrt.", "Latest departure."), default=21 * 60)
HEADWAY: Final = Parameter(
    "headway", "int", Said("Abstand der Fahrten.", "Time between runs."), default=60, unit="min", min=5, max=720
)
KMH: Final = Parameter(
    "kmh",
    "float",
    Said("Mittleres Tempo mit Halten.", "Mean speed, stops included."),
    default=25.0,
    unit="km/h",
    min=5,
    max=120,
)
A_KILOMETRE: Final = UnitCost(
    unit=Said("gefahrener Kilometer im Jahr", "kilometre run in a year"),
    invest=Band(0.0, 0.0, 0.0),
    per_year=Band(3.5, 5.0, 7.5),
    source=Said(
        "Betrieb eines Busses mit Fahrer und Fahrzeug; durch ein Angebot des Verkehrsverbunds zu ersetzen",
        "operation of a bus with driver and vehicle; replace it by an offer of the transport association",
    ),
)


def along(region: Region, stops: Sequence[str], kmh: float) -> tuple[list[int], float]:
    """
    Return when a run passes each of its stops, whole minutes after the first, and its length, km.

    Between stops it takes the straight line times a detour, at least a minute.
    """
    at = region.table("stops").select("stop_id", "lat", "lon")
    points = {name: (lat, lon) for name, lat, lon in at.iter_rows()}
    passes, length = [0], 0.0
    for one, other in pairwise(stops):
        step = km(points[one], points[other]) * DETOUR
        passes.append(passes[-1] + max(1, ceil(step / kmh * 60)))
        length += step
    return passes, length


def km(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return the straight line between two points (latitude, longitude), on a plane touching the earth there."""
    north, east = other[0] - one[0], (other[1] - one[1]) * cos(radians(one[0]))
    return KM_PER_DEGREE * hypot(north, east)


def departures(first: int, last: int, headway: int) -> range:
    """Return the minutes at which runs leave; none where the latest departure lies before the first."""
    return range(first, last + 1, headway)


@dataclass
class Runs:
    """
    Runs to be added to a timetable.

    Attributes:
        case: The measure.
        route: Line that they belong to.
        bikes: Whether bicycles are taken along.
    """

    case: Case
    route: str
    bikes: bool | None = None
    _trips: list[dict[str, Any]] = field(default_factory=list)
    _calls: list[dict[str, Any]] = field(default_factory=list)
    _services: set[str] = field(default_factory=set)

    def add(self, day: str, direction: int, calls: Iterable[tuple[str, int]], *ids: object) -> None:
        """
        Add a run.

        Args:
            day: Kind of day, a key of `DAY_TYPES`.
            direction: 0 or 1.
            calls: Stops in order, each with seconds after midnight.
            ids: What tells the run from others of the measure on such a day and in this direction.
        """
        trip, calls = self.case.id(day, direction, *ids), list(calls)
        self._services.add(day)
        self._trips.append(
            {
                "trip_id": trip,
                "route_id": self.route,
                "service_id": self.case.id(day),
                "direction": direction,
                "bikes": self.bikes,
            }
        )
        self._calls += [
            {"trip_id": trip, "sequence": i, "stop_id": stop, "arrival": at, "departure": at}
            for i, (stop, at) in enumerate(calls, start=1)
        ]

    def tables(self) -> dict[str, pl.DataFrame]:
        """Return the timetable's tables with the runs and the days they run on."""
        region = self.case.region
        days = [
            {"service_id": self.case.id(day), "date": at}
            for day in sorted(self._services)
            for at in dates(region)
            if at.weekday() in DAY_TYPES[day]
        ]
        rows: Mapping[str, list[dict[str, Any]]] = {
            "trips": self._trips,
            "stop_times": self._calls,
            "service_days": days,
        }
        return {table: added(region, table, new) for table, new in rows.items()}


def dates(region: Region) -> Iterator[date]:
    """Yield the days of the region's timetable, or of four weeks from its day on where it has none."""
    known = region.table("service_days")["date"]
    if known.is_empty():
        yield from (region.manifest.day + timedelta(days=shift) for shift in range(WINDOW))
    else:
        yield from known.unique().sort()
