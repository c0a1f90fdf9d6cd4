# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What changes by where people live: municipalities, or homes where a region has none; as counts and as a map in hatching."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, cos, floor, log10, radians
from typing import Final, NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from drehkreuz.measures.paired import Changes
from drehkreuz.reach.cells import Cells, Polygon
from drehkreuz.region import Region
from drehkreuz.reports.groups import by_name
from drehkreuz.reports.paper.document import Picture
from drehkreuz.reports.paper.drawing import (
    INK,
    MUTED,
    PAPER,
    WIDTH,
    box,
    hatching,
    line,
    short,
    text,
    width_of,
)
from drehkreuz.reports.words import Words

KM_PER_DEGREE: Final = 111.195
TALLEST: Final = 560.0
ASIDE: Final = (0.0, -14.0, 14.0, -28.0, 28.0)
"""How far a name may stand to the side of its figure, the nearest first, pixels."""

KEY: Final = 164.0
"""Width of the legend's column, pixels."""

CLASSES: Final = 3
"""Classes of gains that are told apart."""

APART: Final = (11.0, 6.5, 3.6)
"""Pixels between the lines of their hatchings, the least gains first."""


class Area(NamedTuple):
    """A municipality or a home: people newly placed and displaced who live there; None: not shown."""

    key: str
    name: str
    newly_placed: int | None
    displaced: int | None

    @property
    def net(self) -> int | None:
        """People in a post more than before; None: not shown."""
        if self.newly_placed is None or self.displaced is None:
            return None
        return self.newly_placed - self.displaced


def has_municipalities(region: Region) -> bool:
    """Return whether a region's homes are told by municipality."""
    return not region.table("municipalities").filter("study_area").is_empty()


def areas(region: Region, changes: Changes) -> list[Area]:
    """Return the areas of a region by name, with what changes for who lives there."""
    homes = _of_zones(region)
    counts = (
        changes.people.join(region.table("people").select("person_id", "zone_id"), on="person_id", how="left")
        .join(homes, on="zone_id", how="inner")
        .group_by("key")
        .agg((pl.col("change") == kind).sum().cast(pl.Int64).alias(kind) for kind in ("newly_placed", "displaced"))
    )
    found = homes.select("key", "name").unique("key").join(counts, on="key", how="left").sort(by_name(), "key")
    return [Area(*row) for row in found.with_columns(pl.col("newly_placed", "displaced").fill_null(0)).iter_rows()]


def picture(region: Region, name: str, found: Sequence[Area], words: Words) -> Picture | None:
    """
    Draw where people in a post are more, or fewer, than before: the closer the lines, the more; None where no home has a position.

    Args:
        region: The region.
        name: Of the figure.
        found: From `areas`.
        words: Of the document's language.
    """
    homes = _of_zones(region).drop_nulls(["lat", "lon"])
    if homes.is_empty():
        return None
    land = _Land.of(homes)
    net = {area.key: area.net for area in found}
    breaks = classes([value for value in net.values() if value is not None])
    fills = [f"url(#{name}-{at})" for at in range(len(breaks))]
    parts = ["<defs>", *(hatching(f"{name}-{at}", APART[at]) for at in range(len(breaks)))]
    parts += [hatching(f"{name}-less", 6, angle=90, thick=1.6), "</defs>"]
    for key, polygons in land.outlines.items():
        value = net.get(key)
        fill = PAPER
        if value is not None and value != 0:
            fill = f"url(#{name}-less)" if value < 0 else fills[sum(value >= edge for edge in breaks) - 1]
        parts.append(f'<path d="{land.path(polygons)}" fill="{fill}" fill-rule="evenodd" stroke="{MUTED}"/>')
    parts += _labels(land, found)
    parts += _legend(name, breaks, any((value or 0) < 0 for value in net.values()), words)
    parts += _scale(land, words)
    return Picture(WIDTH, max(land.height + 8, 200.0), "".join(parts))


def classes(values: Sequence[int]) -> list[int]:
    """Return the least gain of each class: up to three, even in width; none where nobody gains."""
    most = max(values, default=0)
    return sorted({ceil(most * at / CLASSES) or 1 for at in range(CLASSES)}) if most > 0 else []


def _of_zones(region: Region) -> pl.DataFrame:
    """Return zones with the area each counts for: `zone_id`, `lat`, `lon`, `population`, `key`, `name`."""
    zones = region.table("zones").select("zone_id", "lat", "lon", "population", "municipality", zone_name="name")
    if not has_municipalities(region):
        return zones.select("zone_id", "lat", "lon", "population", key="zone_id", name="zone_name")
    towns = region.table("municipalities").filter("study_area").select("municipality", "name")
    return zones.join(towns, on="municipality", how="inner", maintain_order="left").select(
        "zone_id", "lat", "lon", "population", "name", key="municipality"
    )


@dataclass(frozen=True, slots=True)
class _Land:
    """
    Areas on the sheet.

    Attributes:
        outlines: Of each area, longitude and latitude.
        centre: Of each area, where most of its people live: pixels.
        west: Longitude of the left edge.
        north: Latitude of the upper edge.
        across: Pixels per degree of longitude.
        down: Pixels per degree of latitude.
        height: Pixels.
    """

    outlines: dict[str, list[Polygon]]
    centre: dict[str, tuple[float, float]]
    west: float
    north: float
    across: float
    down: float
    height: float

    @classmethod
    def of(cls, homes: pl.DataFrame) -> _Land:
        cells = Cells.of(homes["lat"], homes["lon"])
        keys = homes["key"].to_numpy()
        outlines = {str(key): cells.outline(keys == key) for key in homes["key"].unique().sort()}
        corners: NDArray[np.float64] = np.array(
            [point for polygons in outlines.values() for polygon in polygons for point in polygon[0]]
        )
        (west, south), (east, north) = corners.min(axis=0), corners.max(axis=0)
        flat = cos(radians((south + north) / 2))
        down = float(min((WIDTH - KEY - 24) / ((east - west) * flat), TALLEST / (north - south)))
        across = down * flat
        weight = pl.col("population").fill_null(0) + 1
        middle = homes.group_by("key").agg(
            ((pl.col(axis) * weight).sum() / weight.sum()).alias(axis) for axis in ("lon", "lat")
        )
        centre = {
            key: (float((lon - west) * across) + 4, float((north - lat) * down) + 4)
            for key, lon, lat in middle.iter_rows()
        }
        return cls(outlines, centre, float(west), float(north), across, down, float((north - south) * down) + 4)

    def path(self, polygons: Sequence[Polygon]) -> str:
        """Return polygons as the data of an SVG path."""
        drawn = []
        for polygon in polygons:
            for ring in polygon:
                points = ((4 + (x - self.west) * self.across, 4 + (self.north - y) * self.down) for x, y in ring[:-1])
                drawn.append("M" + "L".join(f"{short(x)} {short(y)}" for x, y in points) + "Z")
        return "".join(drawn)


def _labels(land: _Land, found: Sequence[Area]) -> list[str]:
    """Return the figures of areas where something changes, then their names, the greatest first, as long as they do not touch."""
    drawn: list[str] = []
    taken: list[tuple[float, float, float]] = []

    def put(x: float, y: float, words: str, size: float, *, bold: bool = False) -> bool:
        half = width_of(words, size) / 2 + 2
        x = min(max(x, half), WIDTH - KEY - half)
        if any(abs(x - a) < half + wide and abs(y - b) < 12 for a, b, wide in taken):
            return False
        taken.append((x, y, half))
        drawn.append(text(x, y + 4, words, size=size, anchor="middle", bold=bold, halo=True))
        return True

    some = [area for area in found if area.net and area.key in land.centre]
    some.sort(key=lambda area: (-abs(area.net or 0), area.name))
    shown = []
    for area in some:
        sign = "+" if (area.net or 0) > 0 else "−"
        if put(*land.centre[area.key], f"{sign}{abs(area.net or 0)}", 13, bold=True):
            shown.append(area)
    for area in shown:
        x, y = land.centre[area.key]
        any(put(x + aside, y + away, area.name, 11) for aside in ASIDE for away in (-13, 13))  # the first that has room
    return drawn


def _legend(name: str, breaks: Sequence[int], fewer: bool, words: Words) -> list[str]:
    left, y = WIDTH - KEY + 6, 16.0
    drawn = [text(left, y, words("paper.more_in_posts"), size=12, bold=True)]
    entries = [
        (f"url(#{name}-{at})", words("paper.and_more", n=words.number(edge)))
        if at == len(breaks) - 1
        else (f"url(#{name}-{at})", _from_to(edge, breaks[at + 1] - 1, words))
        for at, edge in enumerate(breaks)
    ]
    entries += [(PAPER, words("paper.unchanged"))]
    entries += [(f"url(#{name}-less)", words("paper.fewer_in_posts"))] if fewer else []
    for fill, said in entries:
        y += 24
        drawn += [box(left, y - 12, 24, 16, fill, INK), text(left + 32, y + 1, said, size=12)]
    return drawn


def _from_to(low: int, high: int, words: Words) -> str:
    return words.number(low) if low == high else words("paper.from_to", low=words.number(low), high=words.number(high))


def _scale(land: _Land, words: Words) -> list[str]:
    """Return a bar of a round length."""
    per_km = land.down / KM_PER_DEGREE
    wanted = 90 / per_km
    power = 10.0 ** floor(log10(wanted))
    km = next(step * power for step in (5, 2, 1) if step * power <= wanted)
    left, y = WIDTH - KEY + 6, max(land.height, 192.0)
    bar = [
        line(left, y, left + km * per_km, y, thick=2),
        line(left, y - 5, left, y),
        line(left + km * per_km, y - 5, left + km * per_km, y),
    ]
    length = words.number(km, 0 if km >= 1 else 1)
    return [*bar, text(left + km * per_km + 8, y + 1, f"{length} km", size=12)]
