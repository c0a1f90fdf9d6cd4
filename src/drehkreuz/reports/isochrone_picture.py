# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""An isochrone as a picture (SVG): homes, those in reach in bands, the place, towns, a legend and a scale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from math import cos, radians
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from drehkreuz.reach.asked.isochrone import Isochrone
from drehkreuz.reach.cells import Cells, Polygon
from drehkreuz.region import Region
from drehkreuz.reports.isochrone import day_line, heading
from drehkreuz.reports.sheet import INK, PAPER, label, scale, text, wrapped
from drehkreuz.reports.words import Words

WIDTH: Final = 960.0
MARGIN: Final = 24.0
HEAD: Final = 76.0
KEY: Final = 264.0
"""Width of the legend's column, pixels."""

TALLEST: Final = 900.0
MOST_TOWNS: Final = 12
KM_PER_DEGREE: Final = 111.195
ROUND: Final = 0.2
"""Country shown on every side of what is reached, as a share of its size."""

LEAST_KM: Final = 5.0
FONT: Final = "system-ui, 'Liberation Sans', Arial, sans-serif"
MUTED, LAND, MARK = "#56616d", "#e9e8e3", "#c2500a"

RAMP: Final = ((8, 59, 115), (79, 145, 198), (198, 220, 239))
"""Near to far, red, green and blue; the order survives black and white."""


@dataclass(frozen=True, slots=True)
class Frame:
    """
    Where degrees lie on the sheet.

    Attributes:
        west: Longitude of the left edge.
        north: Latitude of the upper edge.
        across: Pixels per degree of longitude.
        down: Pixels per degree of latitude.
        height: Pixels of the map.
    """

    west: float
    north: float
    across: float
    down: float
    height: float

    @classmethod
    def of(cls, points: NDArray[np.float64]) -> Frame:
        """Fit points, longitude and latitude, into the sheet, with some country round them."""
        (west, south), (east, north) = points.min(axis=0), points.max(axis=0)
        flat = cos(radians((south + north) / 2))
        round_it = max((east - west) * flat, north - south, LEAST_KM / KM_PER_DEGREE) * ROUND
        west, east = west - round_it / flat, east + round_it / flat
        south, north = south - round_it, north + round_it
        width = WIDTH - 3 * MARGIN - KEY
        down = min(width / ((east - west) * flat), TALLEST / (north - south))
        spare = (width / (down * flat) - (east - west)) / 2
        return cls(west - spare, north, down * flat, down, (north - south) * down)

    def at(self, lon: float, lat: float) -> tuple[float, float]:
        """Return the pixel of a point."""
        return MARGIN + (lon - self.west) * self.across, HEAD + (self.north - lat) * self.down

    def path(self, polygons: Sequence[Polygon]) -> str:
        """Return polygons as the data of an SVG path."""
        parts = []
        for polygon in polygons:
            for ring in polygon:
                points = (self.at(*point) for point in ring[:-1])
                parts.append("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) + "Z")
        return "".join(parts)


def picture(region: Region, answer: dict[str, Any], found: Isochrone, words: Words) -> str:
    """Return the isochrone as an SVG document that stands by itself."""
    zones = region.table("zones")
    cells = Cells.of(zones["lat"], zones["lon"])
    everybody = cells.outline(np.ones(len(zones), dtype=np.bool_))
    bands = [cells.outline(found.within(limit)) for limit in found.limits]
    frame = Frame.of(_shown(region, answer["place"], bands[-1]))
    height = HEAD + frame.height + MARGIN
    title = heading(answer, words)
    sheet = f'width="{WIDTH - 3 * MARGIN - KEY:.1f}" height="{frame.height:.1f}"'
    inside = 'clip-path="url(#map)" fill-rule="evenodd"'
    size = f'viewBox="0 0 {WIDTH:.0f} {height:.0f}" width="{WIDTH:.0f}" height="{height:.0f}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-labelledby="title desc" font-family="{FONT}">',
        f'<title id="title">{escape(title)}</title>',
        f'<desc id="desc">{escape(_described(answer, words))}</desc>',
        f'<rect width="100%" height="100%" fill="{PAPER}"/>',
        text(MARGIN, 34, title, 19, weight=600),
        text(MARGIN, 58, day_line(answer, words), 14, MUTED),
        f'<clipPath id="map"><rect x="{MARGIN}" y="{HEAD}" {sheet}/></clipPath>',
        f'<path d="{frame.path(everybody)}" {inside} fill="{LAND}"/>',
    ]
    colours = _colours(len(found.limits))
    for band, colour in reversed(list(zip(bands, colours, strict=True))):
        parts.append(f'<path d="{frame.path(band)}" {inside} fill="{colour}" stroke="{PAPER}" stroke-width="0.5"/>')
    parts += _towns(region, frame)
    parts += _place(region, frame, answer["place"])
    parts += _legend(answer, colours, words)
    parts += scale(WIDTH - KEY - MARGIN, HEAD + frame.height - 4, frame.down / KM_PER_DEGREE, words)
    return "\n".join([*parts, "</svg>", ""])


def _shown(region: Region, place: str, band: Sequence[Polygon]) -> NDArray[np.float64]:
    """Return the points that the map must show: the place, and all it is reached from."""
    row = region.table("places").filter(place_id=place).row(0, named=True)
    return np.array([(row["lon"], row["lat"]), *(point for polygon in band for point in polygon[0])])


def _colours(n: int) -> list[str]:
    """Return n colours of the ramp, near to far."""
    spots = np.linspace(0, len(RAMP) - 1, n) if n > 1 else np.zeros(1)
    mixed = [[np.interp(spot, range(len(RAMP)), channel) for channel in zip(*RAMP, strict=True)] for spot in spots]
    return ["#" + "".join(f"{round(float(value)):02x}" for value in colour) for colour in mixed]


def _towns(region: Region, frame: Frame) -> list[str]:
    """Return the names of the largest towns that keep clear of each other and of the sheet's edge."""
    table = region.table("municipalities").drop_nulls(["lat", "lon", "population"])
    parts: list[str] = []
    taken: list[tuple[float, float]] = []
    for row in table.sort("population", "municipality", descending=[True, False]).iter_rows(named=True):
        x, y = frame.at(row["lon"], row["lat"])
        inside = MARGIN < x < WIDTH - KEY - 2 * MARGIN - 60 and HEAD + 10 < y < HEAD + frame.height - 10
        if not inside or any(abs(x - a) < 110 and abs(y - b) < 26 for a, b in taken):
            continue
        taken.append((x, y))
        parts += [
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.5" fill="{INK}"/>',
            label(x + 6, y + 4, row["name"], 13, 400),
        ]
        if len(taken) == MOST_TOWNS:
            break
    return parts


def _place(region: Region, frame: Frame, place: str) -> list[str]:
    row = region.table("places").filter(place_id=place).row(0, named=True)
    x, y = frame.at(row["lon"], row["lat"])
    return [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="7" fill="{MARK}" stroke="{PAPER}" stroke-width="2.5"/>']


def _legend(answer: dict[str, Any], colours: list[str], words: Words) -> list[str]:
    left, top = WIDTH - KEY - MARGIN, HEAD + 14
    right = WIDTH - MARGIN
    lines = wrapped(answer["name"], 30)
    parts = [f'<circle cx="{left + 9:.1f}" cy="{top - 4:.1f}" r="7" fill="{MARK}"/>']
    parts += [text(left + 28, top + 17 * i, line, 14, weight=600) for i, line in enumerate(lines)]
    top += 17 * len(lines) + 22
    parts.append(text(right, top, words("isochrone.residents"), 13, MUTED, anchor="end"))
    rows = [
        (words("isochrone.within", n=within["minutes"]), colour, within["residents"])
        for within, colour in zip(answer["within"], colours, strict=True)
    ]
    farthest = max((within["residents"] for within in answer["within"]), default=0)
    rows.append((words("isochrone.farther"), LAND, answer["residents"] - farthest))
    for i, (name, colour, residents) in enumerate(rows):
        y = top + 26 * (i + 1)
        box = f'x="{left:.1f}" y="{y - 13:.1f}" width="18" height="18"'
        parts += [
            f'<rect {box} fill="{colour}" stroke="{MUTED}" stroke-width="0.5"/>',
            text(left + 28, y, name, 14),
            text(right, y, words.number(residents), 14, anchor="end"),
        ]
    notes = [words("isochrone.cells")] + ([words("isochrone.modelled")] if answer["modelled_timetable"] else [])
    below = top + 26 * (len(rows) + 1) + 10
    lines = [line for note in notes for line in wrapped(note, 36)]
    return parts + [text(left, below + 18 * i, line, 13, MUTED) for i, line in enumerate(lines)]


def _described(answer: dict[str, Any], words: Words) -> str:
    """Return the figures of the legend in words, for who does not see it."""
    bands = [
        f"{words('isochrone.within', n=within['minutes'])}: {words.number(within['residents'])} "
        f"{words('isochrone.residents')}"
        for within in answer["within"]
    ]
    return "; ".join(bands)
