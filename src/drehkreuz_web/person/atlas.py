# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The map beside the list: home, posts, towns and railway lines, drawn by the server without any ground from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import cos, radians
from typing import Final

import polars as pl

from drehkreuz.region import Region
from drehkreuz_web.person.cards import Card

WIDTH: Final = 480
HEIGHT: Final = 440
MARGIN: Final = 44
KM_PER_DEGREE: Final = 111.2
LEAST_KM: Final = 8.0
"""The map shows at least so much, however near the posts."""

MOST_TOWNS: Final = 14
LETTER: Final = 7.2
"""Width of a letter of a town's name, in units of the map."""

LINE_HEIGHT: Final = 17
TOGETHER: Final = 20
"""Posts this near to each other share a mark, in units of the map."""

SCALES_KM: Final = (1, 2, 5, 10, 20, 50)
"""Lengths that the scale may show; the longest that takes a third of the map or less is taken."""

RAIL: Final = (0, 1, 2, *range(100, 118), *range(400, 406), *range(900, 907))
"""Route types that run on rails: tram, underground, railway, of GTFS and its extension."""

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Mark:
    """A place on the map; `x` and `y` in units of the map, `text` beside or within it."""

    x: float
    y: float
    text: str

    @property
    def width(self) -> float:
        """Width of a mark that holds its text."""
        return 26 + max(0.0, (len(self.text) - 2) * 7.5)

    @property
    def left(self) -> float:
        """Where the mark begins, from its middle."""
        return -self.width / 2


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
class Map:
    """
    What is drawn.

    Attributes:
        home: Where the person lives.
        posts: Marks with the numbers of the cards.
        towns: Names for orientation.
        rails: Railway lines as `x,y x,y …`.
        ways: Straight lines from home to the posts, likewise.
        scale: Length of the scale, in units of the map.
        scale_km: The same in kilometres.
    """

    home: Mark
    posts: list[Mark]
    towns: list[Name]
    rails: list[str]
    ways: list[str]
    scale: float
    scale_km: int
    width: int = WIDTH
    height: int = HEIGHT


def draw(region: Region, home: tuple[float, float], cards: Sequence[Card]) -> Map:
    """
    Draw the map of an answer.

    Args:
        region: The region, without the person.
        home: Latitude and longitude of the home cell.
        cards: The paths, with their numbers.
    """
    plane = _Plane.around([home, *(card.place for card in cards)])
    here = Mark(*plane.at(*home), "")
    posts = _together([(plane.at(*card.place), card.number) for card in cards])
    kilometres = max((km for km in SCALES_KM if km * plane.per_km <= WIDTH / 3), default=SCALES_KM[0])
    taken = [(mark.x + mark.left, mark.y - 14, mark.x - mark.left, mark.y + 14) for mark in [here, *posts]]
    return Map(
        home=here,
        posts=posts,
        towns=_towns(region, plane, taken),
        rails=[" ".join(f"{x:.0f},{y:.0f}" for x, y in line) for line in _rails_within(region, plane)],
        ways=[f"{here.x:.0f},{here.y:.0f} {mark.x:.0f},{mark.y:.0f}" for mark in posts],
        scale=round(kilometres * plane.per_km, 1),
        scale_km=kilometres,
    )


@dataclass(frozen=True, slots=True)
class _Plane:
    """A flat map of a small area: north is up, a kilometre as long in both directions."""

    lat: float
    lon: float
    per_km: float

    @classmethod
    def around(cls, places: Sequence[tuple[float, float]]) -> _Plane:
        lats, lons = [lat for lat, _ in places], [lon for _, lon in places]
        lat, lon = (min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2
        high = (max(lats) - min(lats)) * KM_PER_DEGREE
        wide = (max(lons) - min(lons)) * KM_PER_DEGREE * cos(radians(lat))
        fits = min((WIDTH - 2 * MARGIN) / max(wide, LEAST_KM, 0.1), (HEIGHT - 2 * MARGIN) / max(high, LEAST_KM, 0.1))
        return cls(lat, lon, fits)

    def at(self, lat: float, lon: float) -> tuple[float, float]:
        x = WIDTH / 2 + (lon - self.lon) * KM_PER_DEGREE * cos(radians(self.lat)) * self.per_km
        y = HEIGHT / 2 - (lat - self.lat) * KM_PER_DEGREE * self.per_km
        return round(x, 1), round(y, 1)


def _together(places: Sequence[tuple[tuple[float, float], int]]) -> list[Mark]:
    """Return a mark for each group of posts that lie too near to each other for marks of their own."""
    groups: list[tuple[tuple[float, float], list[int]]] = []
    for (x, y), number in places:
        near = next((g for g in groups if abs(g[0][0] - x) < TOGETHER and abs(g[0][1] - y) < TOGETHER), None)
        if near is None:
            groups.append(((x, y), [number]))
        else:
            near[1].append(number)
    return [Mark(x, y, ", ".join(map(str, numbers))) for (x, y), numbers in groups]


def _towns(region: Region, plane: _Plane, taken: list[Box]) -> list[Name]:
    """Return names of towns, the largest first, none over another or over a mark."""
    table = "municipalities" if len(region.table("municipalities")) else "zones"
    towns = (
        region.table(table)
        .with_columns(short=pl.col("name").str.split(", ").list.first())
        .filter(pl.col("short").is_not_null(), pl.col("lat").is_not_null())
        .sort("population", "name", descending=[True, False], nulls_last=True)
        .unique("short", keep="first", maintain_order=True)
    )
    names: list[Name] = []
    for name, lat, lon in towns.select("short", "lat", "lon").iter_rows():
        x, y = plane.at(lat, lon)
        free = next((spot for spot in _spots(name, x, y) if _is_free(spot[1], taken)), None)
        if free is not None:
            taken.append(free[1])
            names.append(Name(x, y, name, *free[0]))
        if len(names) == MOST_TOWNS:
            break
    return names


def _spots(name: str, x: float, y: float) -> Iterator[tuple[tuple[float, float, str], Box]]:
    """Yield where a town's name can stand, with its box: right of its dot, left, below, above."""
    wide, half = len(name) * LETTER, LINE_HEIGHT / 2
    yield (6, 5, "start"), (x - 4, y - half, x + 6 + wide, y + half)
    yield (-6, 5, "end"), (x - 6 - wide, y - half, x + 4, y + half)
    for dy in (27, -18):
        yield (0, dy, "middle"), (x - wide / 2, y + dy - 13, x + wide / 2, y + dy + 4)


def _is_free(box: Box, taken: list[Box]) -> bool:
    inside = box[0] >= 4 and box[2] <= WIDTH - 4 and box[1] >= 4 and box[3] <= HEIGHT - 2 * LINE_HEIGHT
    return inside and not any(_overlap(box, other) for other in taken)


def _overlap(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _rails_within(region: Region, plane: _Plane) -> list[list[tuple[float, float]]]:
    lines = [[plane.at(lat, lon) for lat, lon in line] for line in _rails(region)]
    return [line for line in lines if any(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in line)]


@lru_cache(maxsize=4)
def _rails(region: Region) -> tuple[tuple[tuple[float, float], ...], ...]:
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
