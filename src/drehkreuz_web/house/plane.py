# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Ground of every map that the server draws: a flat piece of the region with towns, railway lines and a scale."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import cos, radians
from typing import Final

import polars as pl

from drehkreuz.region import Region, kept

KM_PER_DEGREE: Final = 111.2
LEAST_KM: Final = 8.0
"""A map shows at least so much, however near its places."""

LETTER: Final = 7.2
"""Width of a letter of a town's name, in units of the map."""

LINE_HEIGHT: Final = 17

SCALES_KM: Final = (1, 2, 5, 10, 20, 50)
"""Lengths that a scale may show; the longest that takes a third of the map or less is taken."""

RAIL: Final = (0, 1, 2, *range(100, 118), *range(400, 406), *range(900, 907))
"""Route types that run on rails: tram, underground, railway, of GTFS and its extension."""

Box = tuple[float, float, float, float]
"""Left, top, right and bottom, in units of the map."""

Place = tuple[float, float]
"""Latitude and longitude."""


@dataclass(frozen=True, slots=True)
class Name:
    """A town's dot and where its name stands beside it."""

    x: float
    y: float
    text: str
    dx: float
    dy: float
    anchor: str


@dataclass(frozen=True, slots=True)
class Plane:
    """
    A flat map of a small area: north is up, a kilometre as long in both directions.

    Attributes:
        lat: Latitude of its middle.
        lon: Longitude of its middle.
        per_km: Units of the map a kilometre.
        width: Units of the map.
        height: Units of the map.
    """

    lat: float
    lon: float
    per_km: float
    width: int
    height: int

    @classmethod
    def around(cls, places: Sequence[Place], width: int, height: int, margin: int) -> Plane:
        """Return the map that shows all places, at least a margin from its edge."""
        lats, lons = [lat for lat, _ in places], [lon for _, lon in places]
        lat, lon = (min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2
        high = (max(lats) - min(lats)) * KM_PER_DEGREE
        wide = (max(lons) - min(lons)) * KM_PER_DEGREE * cos(radians(lat))
        fits = min((width - 2 * margin) / max(wide, LEAST_KM), (height - 2 * margin) / max(high, LEAST_KM))
        return cls(lat, lon, fits, width, height)

    def at(self, lat: float, lon: float) -> tuple[float, float]:
        """Return where a place is, in units of the map from its upper left corner."""
        x = self.width / 2 + (lon - self.lon) * KM_PER_DEGREE * cos(radians(self.lat)) * self.per_km
        y = self.height / 2 - (lat - self.lat) * KM_PER_DEGREE * self.per_km
        return round(x, 1), round(y, 1)

    @property
    def scale_km(self) -> int:
        """Kilometres that the scale shows."""
        return max((km for km in SCALES_KM if km * self.per_km <= self.width / 3), default=SCALES_KM[0])

    @property
    def scale(self) -> float:
        """Length of the scale, in units of the map."""
        return round(self.scale_km * self.per_km, 1)

    def rails(self, region: Region) -> list[str]:
        """Return the railway lines that the map shows, as `x,y x,y …`."""
        lines = [[self.at(lat, lon) for lat, lon in line] for line in _rails(region)]
        shown = [line for line in lines if any(0 <= x <= self.width and 0 <= y <= self.height for x, y in line)]
        return [" ".join(f"{x:.0f},{y:.0f}" for x, y in line) for line in shown]

    def names(
        self, towns: Iterable[tuple[str, Place]], taken: Iterable[Box], most: int, size: float = 1.0
    ) -> list[Name]:
        """
        Return names of towns, the first ones first, none over another or over what is taken.

        Args:
            towns: Names and places.
            taken: Boxes that no name may cover.
            most: How many names there may be.
            size: How large letters are, against those that `LETTER` is the width of.
        """
        boxes, names = list(taken), list[Name]()
        for name, (lat, lon) in towns:
            x, y = self.at(lat, lon)
            free = next((spot for spot in _spots(name, x, y, size) if self._is_free(spot[1], boxes)), None)
            if free is not None:
                boxes.append(free[1])
                names.append(Name(x, y, name, *free[0]))
            if len(names) == most:
                break
        return names

    def _is_free(self, box: Box, taken: Sequence[Box]) -> bool:
        inside = box[0] >= 4 and box[2] <= self.width - 4 and box[1] >= 4 and box[3] <= self.height - 2 * LINE_HEIGHT
        return inside and not any(_overlap(box, other) for other in taken)


def towns(region: Region) -> list[tuple[str, Place]]:
    """Return the region's towns by short names, the largest first."""
    table = "municipalities" if len(region.table("municipalities")) else "zones"
    found = (
        region.table(table)
        .with_columns(short=pl.col("name").str.split(", ").list.first())
        .filter(pl.col("short").is_not_null(), pl.col("lat").is_not_null())
        .sort("population", "name", descending=[True, False], nulls_last=True)
        .unique("short", keep="first", maintain_order=True)
    )
    return [(name, (lat, lon)) for name, lat, lon in found.select("short", "lat", "lon").iter_rows()]


def _spots(name: str, x: float, y: float, size: float) -> Iterator[tuple[tuple[float, float, str], Box]]:
    """Yield where a town's name can stand, with its box: right of its dot, left, below, above."""
    wide, half = size * len(name) * LETTER, size * LINE_HEIGHT / 2
    yield (6, 5 * size, "start"), (x - 4, y - half, x + 6 + wide, y + half)
    yield (-6, 5 * size, "end"), (x - 6 - wide, y - half, x + 4, y + half)
    for dy in (10 + 17 * size, -18):
        yield (0, dy, "middle"), (x - wide / 2, y + dy - 13 * size, x + wide / 2, y + dy + 4 * size)


def _overlap(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


@kept
def _rails(region: Region) -> tuple[tuple[Place, ...], ...]:
    """Return each railway line as the places of its stops: of every route, the trip with most stops."""
    routes = region.table("routes").filter(pl.col("mode").is_in(RAIL)).select("route_id")
    trips = region.table("trips").join(routes, on="route_id", how="semi").select("trip_id", "route_id")
    calls = region.table("stop_times").join(trips, on="trip_id")
    longest = (
        calls.group_by("route_id", "trip_id")
        .len()
        .sort("route_id", "len", "trip_id", descending=[False, True, False])
        .unique("route_id", keep="first", maintain_order=True)
    )
    places = region.table("stops").select("stop_id", "lat", "lon")
    lines = (
        calls.join(longest, on="trip_id", how="semi")
        .join(places, on="stop_id")
        .sort("route_id", "sequence")
        .group_by("route_id", maintain_order=True)
        .agg(pl.struct("lat", "lon").alias("line"))
    )
    return tuple(tuple((stop["lat"], stop["lon"]) for stop in line) for line in lines["line"])
