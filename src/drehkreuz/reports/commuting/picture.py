# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A schematic map round a workplace: where people live as discs, lines of a shuttle, towns by name, a scale."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import cos, floor, log10, radians, sqrt
from typing import Final, NamedTuple

from drehkreuz.reports.paper.document import Picture
from drehkreuz.reports.paper.drawing import ACCENT, FAINT, INK, WIDTH, diamond, dot, line, text, width_of

KM_PER_DEGREE: Final = 111.195
HEIGHT: Final = 460.0
MARGIN: Final = 40.0
LARGEST: Final = 26.0
"""Radius of the largest disc, pixels."""

MOST_NAMES: Final = 14


class Place(NamedTuple):
    """A point of the map: where it lies, how many people it stands for, and its name."""

    lat: float
    lon: float
    people: int
    name: str


Line = Sequence[tuple[float, float]]
"""Latitude and longitude from stop to stop."""


def around(work: Place, homes: Sequence[Place], lines: Sequence[Line] = ()) -> Picture:
    """
    Draw places round a workplace; discs grow with the square root of their people.

    Args:
        work: The workplace.
        homes: Where people live.
        lines: From stop to stop.
    """
    points = [(place.lat, place.lon) for place in (work, *homes)] + [stop for stops in lines for stop in stops]
    south, north = min(lat for lat, _ in points), max(lat for lat, _ in points)
    west, east = min(lon for _, lon in points), max(lon for _, lon in points)
    flat = cos(radians((south + north) / 2))
    wide, high = max((east - west) * flat, 0.02), max(north - south, 0.02)
    scale = min((WIDTH - 2 * MARGIN) / wide, (HEIGHT - 2 * MARGIN) / high)

    left = (WIDTH - (east - west) * flat * scale) / 2

    def at(lat: float, lon: float) -> tuple[float, float]:
        return left + (lon - west) * flat * scale, MARGIN + (north - lat) * scale

    most = max((home.people for home in homes), default=1) or 1
    by_size = sorted(homes, key=lambda home: (-home.people, home.name))
    drawn = [dot(*at(home.lat, home.lon), max(2.5, LARGEST * sqrt(home.people / most)), FAINT) for home in by_size]
    for stops in lines:
        ends = [at(*stop) for stop in stops]
        drawn += [line(*one, *other, edge=ACCENT, thick=3) for one, other in pairwise(ends)]
        drawn += [dot(*end, 4, ACCENT) for end in ends[:-1]]
    place = at(work.lat, work.lon)
    bottom = MARGIN * 2 + (north - south) * scale
    drawn += [
        diamond(*place, 8, INK),
        *_names(work, by_size, at(work.lat, work.lon), [at(h.lat, h.lon) for h in by_size]),
    ]
    return Picture(WIDTH, bottom + 20, "".join([*drawn, *_scale(scale, bottom + 8)]))


def _names(
    work: Place, homes: Sequence[Place], place: tuple[float, float], ends: Sequence[tuple[float, float]]
) -> list[str]:
    """Return the name of the workplace and of the largest places, as long as they do not touch."""
    taken: list[tuple[float, float, float]] = []
    drawn = []
    for at, (name, (x, y), bold) in enumerate(
        [(work.name, place, True), *((home.name, end, False) for home, end in zip(homes, ends, strict=True))]
    ):
        half = width_of(name, 11) / 2 + 2
        middle = min(max(x, half), WIDTH - half)
        free = [
            above
            for above in (y - 12, y + 18)
            if all(abs(middle - a) >= half + w or abs(above - b) >= 12 for a, b, w in taken)
        ]
        if at > MOST_NAMES or not free:
            continue
        taken.append((middle, free[0], half))
        drawn.append(text(middle, free[0], name, size=11, anchor="middle", bold=bold, halo=True))
    return drawn


def _scale(per_degree: float, y: float) -> list[str]:
    """Return a bar of a round length."""
    per_km = per_degree / KM_PER_DEGREE
    wanted = 120 / per_km
    power = 10.0 ** floor(log10(wanted))
    km = next(step * power for step in (5, 2, 1) if step * power <= wanted)
    end = MARGIN + km * per_km
    return [
        line(MARGIN, y, end, y, thick=2),
        line(MARGIN, y - 5, MARGIN, y),
        line(end, y - 5, end, y),
        text(end + 8, y + 3, f"{km:g} km", size=12),
    ]
