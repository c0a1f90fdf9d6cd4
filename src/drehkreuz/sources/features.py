# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Areas of a map with what is said of them, from whatever format, and when their rings make an area."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import isclose
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray

CORNERS: Final = 4
"""Positions of the shortest ring, the last being the first again (RFC 7946, 3.1.6)."""

DECIMALS: Final = 6
"""Of a degree: a tenth of a metre."""

MOST_MENDED: Final = 2_000
"""Positions of an area that is cut where it touches itself (assumed): more may cross each other a million times."""

Ring = NDArray[np.float64]
"""float64[n, 2]: longitude and latitude in degrees."""

Polygons = Sequence[Sequence[Ring]]
"""Of each polygon the outer ring, then its holes."""


class UnfitError(ValueError):
    """What is there is no area; the message says why, without a full stop."""


@dataclass(frozen=True, slots=True)
class Feature:
    """
    An area with what is said of it.

    Attributes:
        row: Where it stands in its file.
        properties: What is said of it, by name.
        polygons: Returns its polygons; raises UnfitError where it has none.
    """

    row: str
    properties: Mapping[str, object]
    polygons: Callable[[], Polygons]


def closed(ring: Ring) -> Ring:
    """
    Return a ring as it is.

    Raises:
        UnfitError: If it is open, too short or holds what is no number.
    """
    if len(ring) < CORNERS:
        message = f"has a ring of {len(ring)} positions; the shortest has {CORNERS}"
        raise UnfitError(message)
    if not np.isfinite(ring).all():
        message = "has a position that is no number"
        raise UnfitError(message)
    if (ring[0] != ring[-1]).any():
        message = "has a ring that does not end where it begins"
        raise UnfitError(message)
    return ring


def area(polygons: Polygons) -> shapely.MultiPolygon:
    """
    Return polygons of closed rings as one area, positions rounded to `DECIMALS`.

    Which way a ring runs does not matter, as RFC 7946 asks of readers. A ring that touches itself, as official shapefiles have
    some, is cut there.

    Raises:
        UnfitError: If there is nothing, a ring crosses itself, or polygons overlap.
    """
    if not all(polygons) or not polygons:
        message = "has a polygon without a ring" if polygons else "is empty"
        raise UnfitError(message)
    rounded = [[ring.round(DECIMALS) for ring in rings] for rings in polygons]
    found = shapely.MultiPolygon([shapely.Polygon(outer, holes) for outer, *holes in rounded])
    whole = found if found.is_valid else _cut(found)
    if whole is None:
        message = f"is no area: {shapely.is_valid_reason(found)}"
        raise UnfitError(message)
    return whole


def _cut(touching: shapely.MultiPolygon) -> shapely.MultiPolygon | None:
    """Return an area cut where it touches itself; None where it is another one then: lines cross, or nobody knows what is inside."""
    if shapely.get_num_coordinates(touching) > MOST_MENDED:
        return None
    parts = shapely.get_parts(shapely.get_parts(shapely.make_valid(touching)))
    cut = shapely.MultiPolygon([part for part in parts if part.geom_type == "Polygon"])
    return cut if isclose(cut.area, touching.area, rel_tol=1e-9) and not cut.is_empty else None
