# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A map of charging (SVG): cells by what they need, sites, roads, towns, a legend and a scale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

import numpy as np
from numpy.typing import NDArray

from drehkreuz.reach.cells import Cells
from drehkreuz.region import Region
from drehkreuz.reports.isochrone_picture import (
    FONT,
    HEAD,
    KEY,
    KM_PER_DEGREE,
    LAND,
    MARGIN,
    MOST_TOWNS,
    MUTED,
    WIDTH,
    Frame,
)
from drehkreuz.reports.sheet import INK, PAPER, label, scale, text, wrapped
from drehkreuz.reports.words import Words

RAMP: Final = ("#d3e4f3", "#94c0e0", "#4a90c4", "#1c5f9e", "#08306b")
"""Little to much; the order survives black and white."""

HOLLOW, ACCENT, WARN, GOOD = "#ffffff", "#c2500a", "#a4262c", "#2f7d32"

MOST_DOTS: Final = 2_000
LETTERS: Final = 36
"""Of a line in the legend."""


@dataclass(frozen=True, slots=True)
class Dot:
    """
    A point on the map.

    Attributes:
        lon: Longitude.
        lat: Latitude.
        radius: Pixels.
        fill: Colour.
        text: What stands in it; empty: nothing.
    """

    lon: float
    lat: float
    radius: float
    fill: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Way:
    """
    A line on the map.

    Attributes:
        points: Longitude and latitude of its corners.
        colour: Its colour.
        shift: Pixels to the right of the way it goes, so that both directions of a road are seen.
        dash: Pixels drawn and left out in turn, so that lines are told apart without colour; empty: drawn through.
    """

    points: Sequence[tuple[float, float]]
    colour: str
    shift: float = 0.0
    dash: str = ""


@dataclass(frozen=True, slots=True)
class Key:
    """
    A line of the legend.

    Attributes:
        shape: `box`, `dot` or `line`.
        colour: Its colour.
        text: What it means.
        value: A figure at the right edge; empty: none.
        dash: Of a line, as on the map.
    """

    shape: str
    colour: str
    text: str
    value: str = ""
    dash: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """
    What a map shows.

    Attributes:
        title: Its title.
        line: A line below it.
        shade: int8[z], band of each cell of table `zones`, from 0; -1: not on the map.
        colours: Colour of each band.
        ways: Lines above the cells.
        dots: Points above the lines.
        keys: The legend.
        notes: Sentences below the legend.
    """

    title: str
    line: str
    shade: NDArray[np.int8]
    colours: Sequence[str]
    keys: Sequence[Key]
    notes: Sequence[str]
    ways: Sequence[Way] = ()
    dots: Sequence[Dot] = ()


def draw(region: Region, sheet: Sheet, words: Words) -> str:
    """Return a map as an SVG document that stands by itself."""
    zones = region.table("zones")
    cells = Cells.of(zones["lat"], zones["lon"])
    shown = sheet.shade >= 0
    corners = [(lon, lat) for way in sheet.ways for lon, lat in way.points]
    homes = np.stack([zones["lon"].to_numpy()[shown], zones["lat"].to_numpy()[shown]], axis=1)
    frame = Frame.of(np.concatenate([homes, np.array(corners).reshape(-1, 2)]))
    height = (
        HEAD
        + max(frame.height, 18.0 * sum(len(wrapped(note, LETTERS)) for note in sheet.notes) + 32 * len(sheet.keys))
        + MARGIN
    )
    size = f'viewBox="0 0 {WIDTH:.0f} {height:.0f}" width="{WIDTH:.0f}" height="{height:.0f}"'
    box = f'x="{MARGIN}" y="{HEAD}" width="{WIDTH - 3 * MARGIN - KEY:.1f}" height="{frame.height:.1f}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-labelledby="title desc" font-family="{FONT}">',
        f'<title id="title">{escape(sheet.title)}</title>',
        f'<desc id="desc">{escape("; ".join(f"{key.text} {key.value}".strip() for key in sheet.keys))}</desc>',
        f'<rect width="100%" height="100%" fill="{PAPER}"/>',
        text(MARGIN, 34, sheet.title, 19, weight=600),
        text(MARGIN, 58, sheet.line, 14, MUTED),
        f'<clipPath id="map"><rect {box}/></clipPath>',
        f'<path d="{frame.path(cells.outline(shown))}" clip-path="url(#map)" fill-rule="evenodd" fill="{LAND}"/>',
    ]
    for band, colour in enumerate(sheet.colours):
        outline = frame.path(cells.outline(sheet.shade == band))
        parts.append(f'<path d="{outline}" clip-path="url(#map)" fill-rule="evenodd" fill="{colour}"/>')
    parts += [_way(way, frame) for way in sheet.ways]
    parts += [part for dot in sheet.dots[:MOST_DOTS] for part in _dot(dot, frame)]
    parts += _towns(region, frame)
    parts += _legend(sheet)
    parts += scale(MARGIN + 10, HEAD + frame.height - 8, frame.down / KM_PER_DEGREE, words)
    return "\n".join([*parts, "</svg>", ""])


def _way(way: Way, frame: Frame) -> str:
    pixels = np.array([frame.at(lon, lat) for lon, lat in way.points])
    along = np.gradient(pixels, axis=0) if len(pixels) > 1 else np.zeros_like(pixels)
    length = np.maximum(np.hypot(along[:, 0], along[:, 1]), 1e-9)
    right = np.stack([-along[:, 1], along[:, 0]], axis=1) / length[:, None]
    moved = pixels + way.shift * right
    path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in moved.tolist())
    return f'<path d="{path}" clip-path="url(#map)" fill="none" {_stroke(way.colour, way.dash)}/>'


def _stroke(colour: str, dash: str) -> str:
    return f'stroke="{colour}" stroke-width="3.5"' + (f' stroke-dasharray="{dash}"' if dash else "")


def _dot(dot: Dot, frame: Frame) -> list[str]:
    x, y = frame.at(dot.lon, dot.lat)
    if not (MARGIN <= x <= WIDTH - KEY - 2 * MARGIN and HEAD <= y <= HEAD + frame.height):
        return []
    parts = [
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{dot.radius}" fill="{dot.fill}" stroke="{INK}" stroke-width="0.7"/>'
    ]
    return [*parts, text(x, y + 4, dot.text, 11, PAPER, 600, "middle")] if dot.text else parts


def _towns(region: Region, frame: Frame) -> list[str]:
    """Return the names of the largest towns of the study area that keep clear of each other and of the sheet's edge."""
    table = region.table("municipalities").drop_nulls(["lat", "lon", "population"])
    parts: list[str] = []
    taken: list[tuple[float, float]] = []
    order = table.sort("study_area", "population", "municipality", descending=[True, True, False])
    for row in order.iter_rows(named=True):
        x, y = frame.at(row["lon"], row["lat"])
        inside = MARGIN < x < WIDTH - KEY - 2 * MARGIN - 70 and HEAD + 10 < y < HEAD + frame.height - 10
        if not inside or any(abs(x - a) < 110 and abs(y - b) < 26 for a, b in taken):
            continue
        taken.append((x, y))
        parts.append(label(x + 10, y + 4, row["name"], 13))
        if len(taken) == MOST_TOWNS:
            break
    return parts


def _legend(sheet: Sheet) -> list[str]:
    left, right, top = WIDTH - KEY - MARGIN, WIDTH - MARGIN, HEAD + 14.0
    parts: list[str] = []
    for key in sheet.keys:
        if key.shape == "box":
            at = f'x="{left:.1f}" y="{top - 13:.1f}" width="18" height="18"'
            parts.append(f'<rect {at} fill="{key.colour}" stroke="{MUTED}" stroke-width="0.5"/>')
        elif key.shape == "dot":
            parts.append(f'<circle cx="{left + 9:.1f}" cy="{top - 4:.1f}" r="6" fill="{key.colour}" stroke="{INK}"/>')
        else:
            parts.append(f'<path d="M{left} {top - 4}h22" {_stroke(key.colour, key.dash)}/>')
        lines = wrapped(key.text, LETTERS - 8)
        parts += [text(left + 28, top + 17 * at, line, 14) for at, line in enumerate(lines)]
        parts.append(text(right, top, key.value, 14, anchor="end"))
        top += 17 * len(lines) + 9
    lines = [line for note in sheet.notes for line in wrapped(note, LETTERS)]
    return parts + [text(left, top + 12 + 18 * at, line, 13, MUTED) for at, line in enumerate(lines)]
