# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The region as a map: circles for counts, colours of areas for what can be reached, without any ground from elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, cos, log10, radians, sqrt
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from drehkreuz.region import Region
from drehkreuz.reports.words import Words
from drehkreuz_web.house.plane import Name, Place, Plane

WIDTH: Final = 640
SHAPES: Final = (0.6, 1.35)
"""Height of a map against its width, at least and at most."""

MARGIN: Final = 26

MOST_NAMES: Final = 22
LARGE: Final = 1.7
"""How large names are on a narrow screen, against those on a wide one: the map is that much smaller there."""

MOST_LARGE: Final = 9

WIDEST: Final = 34.0
"""Radius of the largest circle, in units of the map."""

CLASSES: Final = 5
"""Colours of areas."""

PLAIN_DOT: Final = 9.0
"""Radius of a municipality without an area."""

STEPS: Final = (1, 2, 2.5, 5, 10)
"""What classes are wide, times a power of ten."""


@dataclass(frozen=True, slots=True)
class Layer:
    """
    What a map can show.

    Attributes:
        key: The figure of a municipality, and its part of the address.
        label: Its name.
        counts: Whether it counts what is there (circles), or what can be reached from there (colours).
    """

    key: str
    label: Promise
    counts: bool


LAYERS: Final = (
    Layer("people", gettext_lazy("People looking"), counts=True),
    Layer("openings", gettext_lazy("Openings"), counts=True),
    Layer("transit", gettext_lazy("Within reach by bus, train and on foot"), counts=False),
    Layer("car", gettext_lazy("Within reach by car"), counts=False),
)


@dataclass(frozen=True, slots=True)
class Area:
    """A municipality's area: path, class of its colour (0: none), and what it says when pointed at."""

    path: str
    shade: int
    title: str


@dataclass(frozen=True, slots=True)
class Circle:
    """A circle, and what it says when pointed at."""

    x: float
    y: float
    r: float
    shade: int
    title: str


@dataclass(frozen=True, slots=True)
class Step:
    """A line of the legend: a colour or a circle of a size, and what it stands for."""

    shade: int
    r: float
    text: str


@dataclass(frozen=True, slots=True)
class Map:
    """
    What is drawn.

    Attributes:
        layer: What it shows.
        outside: Path of the country around.
        areas: The municipalities.
        borders: Where their borders are from; empty: areas are schematic.
        circles: Their figures, the largest first.
        names: Names of towns.
        large_names: Fewer of them, in large letters, for narrow screens.
        rails: Railway lines.
        legend: What colours or sizes stand for.
        scale: Length of the scale, in units of the map.
        scale_km: The same in kilometres.
        plane: Where on it a place is.
    """

    layer: Layer
    outside: str
    areas: list[Area]
    borders: str
    circles: list[Circle]
    names: list[Name]
    large_names: list[Name]
    rails: list[str]
    legend: list[Step]
    scale: float
    scale_km: int
    plane: Plane
    height: int
    width: int = WIDTH


def draw(region: Region, report: Mapping[str, Any], layer: Layer, shown: Mapping[str, int | None], words: Words) -> Map:
    """
    Draw a map.

    Args:
        region: The region, for its railway lines and where borders are from.
        report: The region's report with its `areas`.
        layer: What to show.
        shown: The figure of each municipality; None: not known, or not shown.
        words: The language.
    """
    towns = [town for town in report["municipalities"] if town["lat"] is not None]
    areas = {key: polygons for key, polygons in report["areas"].items() if key}
    corners = [(lat, lon) for polygons in areas.values() for rings in polygons for lon, lat in rings[0]]
    shown_places = corners or [(town["lat"], town["lon"]) for town in towns] or _homes(region)
    plane = Plane.around(shown_places, WIDTH, _height(shown_places), MARGIN)
    most = max((value for value in shown.values() if value is not None), default=0)
    width = _class_width(most)
    titles = {town["key"]: _title(town, shown, words) for town in towns}
    drawn = [
        Area(_path(plane, polygons), 0 if layer.counts else _shade(shown.get(key), width), titles.get(key, ""))
        for key, polygons in areas.items()
    ]
    circles = [
        Circle(
            *plane.at(town["lat"], town["lon"]), *_dot(layer, shown.get(town["key"]), most, width), titles[town["key"]]
        )
        for town in towns
        if layer.counts or not drawn
    ]
    circles.sort(key=lambda circle: -circle.r)
    by_size = sorted(towns, key=lambda town: (-(town["residents"] or 0), town["name"]))
    named = [(town["name"], (town["lat"], town["lon"])) for town in by_size]
    return Map(
        layer=layer,
        outside=_path(plane, report["areas"].get("", [])),
        areas=drawn,
        borders=_borders(region),
        circles=[circle for circle in circles if circle.r],
        names=plane.names(named, [], MOST_NAMES),
        large_names=plane.names(named, [], MOST_LARGE, LARGE),
        rails=plane.rails(region),
        legend=_legend(layer, most, width, words) if shown else [],
        scale=plane.scale,
        scale_km=plane.scale_km,
        plane=plane,
        height=plane.height,
    )


def _homes(region: Region) -> list[Place]:
    return list(region.table("zones").select("lat", "lon").iter_rows())


def _height(places: Sequence[Place]) -> int:
    """Return how high a map of places is, so that they fill it."""
    lats, lons = [lat for lat, _ in places], [lon for _, lon in places]
    wide = (max(lons) - min(lons)) * cos(radians(sum(lats) / len(lats)))
    least, most = SHAPES
    return round(WIDTH * min(most, max(least, (max(lats) - min(lats)) / wide if wide else 1.0)))


def _borders(region: Region) -> str:
    known = region.manifest.provenance.get("boundaries")
    return f"{known.source}, {known.licence}" if known else ""


def _title(town: Mapping[str, Any], shown: Mapping[str, int | None], words: Words) -> str:
    value = shown.get(town["key"])
    return town["name"] if value is None else f"{town['name']}: {words.number(value)}"


def _path(plane: Plane, polygons: Sequence[Sequence[Sequence[Sequence[float]]]]) -> str:
    """Return polygons as one path; a ring ends where it begins, so its last corner is left out."""
    rings = (ring for polygon in polygons for ring in polygon)
    return "".join(
        "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in (plane.at(lat, lon) for lon, lat in ring[:-1])) + "Z"
        for ring in rings
    )


def _class_width(most: int) -> int:
    """Return how wide the classes are: a round number, so that `CLASSES` of them hold everything."""
    least = max(1, ceil(most / CLASSES))
    power = 10.0 ** int(log10(least))
    return next(round(step * power) for step in STEPS if step * power >= least)


def _shade(value: int | None, width: int) -> int:
    """Return the class of a value, 1 to `CLASSES`; 0 where there is none."""
    return 0 if value is None else min(CLASSES, 1 + value // width)


def _dot(layer: Layer, value: int | None, most: int, width: int) -> tuple[float, int]:
    """Return radius and class of a municipality's circle: its area is as large as the count."""
    if not layer.counts:
        return PLAIN_DOT, _shade(value, width)
    return _radius(value or 0, most), 0


def _radius(value: float, most: int) -> float:
    return round(WIDEST * sqrt(value / most), 1) if most else 0.0


def _legend(layer: Layer, most: int, width: int, words: Words) -> list[Step]:
    if layer.counts:
        sizes = [size for size in (width, width * 3) if size <= most]
        return [Step(0, _radius(size, most), words.number(size)) for size in sizes]
    bounds = [(first * width, (first + 1) * width - 1) for first in range(CLASSES)]
    return [
        Step(at, 0, f"{words.number(low)}–{words.number(high)}")
        for at, (low, high) in enumerate(bounds, start=1)
        if low <= most
    ]
