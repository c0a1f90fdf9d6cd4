# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What stands at a place of a map, told apart by its shape: colours only help."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from drehkreuz_web.planner.atlas import Map

MOST: Final = 2_000
"""Marks of a map; all stand in the table."""

NEW: Final = "new"
"""A proposal: a disc with its number."""

SHAPES: Final = {
    "normal": "m-4.5 0a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0 -9 0z",
    "fast": "m0 -7l6 7l-6 7l-6 -7z",
    "pedelec": "m0 -6l6 10.5h-12z",
    "bike": "m0 6l6 -10.5h-12z",
    "carsharing": "m-5 -5h10v10h-10z",
    NEW: "m-9 0a9 9 0 1 0 18 0a9 9 0 1 0 -18 0z",
}
"""Shape of a mark by its kind, around its place."""

OTHER: Final = "m-1.8 -6h3.6v4.2h4.2v3.6h-4.2v4.2h-3.6v-4.2h-4.2v-3.6h4.2z"
"""Shape of any other kind: a cross."""


class Spot(NamedTuple):
    """
    Something that stands somewhere.

    Attributes:
        kind: One of `SHAPES`, or any other.
        lat: Latitude.
        lon: Longitude.
        title: What it says when pointed at.
        number: Of a proposal, its place in the order of building; 0: none.
    """

    kind: str
    lat: float
    lon: float
    title: str
    number: int = 0


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark on a map, in its units."""

    kind: str
    x: float
    y: float
    path: str
    title: str
    number: int


@dataclass(frozen=True, slots=True)
class Key:
    """A line of the legend."""

    kind: str
    path: str
    text: str


@dataclass(frozen=True, slots=True)
class Marks:
    """All marks of a map, and what their shapes mean."""

    drawn: list[Mark]
    keys: list[Key]


def marks(drawn: Map, spots: Iterable[Spot], keys: Sequence[tuple[str, str]]) -> Marks:
    """
    Return marks for what lies on a map; the first of equals lies on top.

    Args:
        drawn: The map.
        spots: What stands somewhere.
        keys: What each kind is called.
    """
    found = []
    for spot in spots:
        x, y = drawn.plane.at(spot.lat, spot.lon)
        if 0 <= x <= drawn.width and 0 <= y <= drawn.height:
            found.append(Mark(spot.kind, x, y, f"M{x} {y}{_shape(spot.kind)}", spot.title, spot.number))
    return Marks(found[:MOST][::-1], [Key(kind, f"M0 0{_shape(kind)}", text) for kind, text in keys])


def _shape(kind: str) -> str:
    return SHAPES.get(kind, OTHER)
