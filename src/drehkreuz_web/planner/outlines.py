# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The true outlines of the municipalities, as coarse as a map of the region shows them."""

from __future__ import annotations

from typing import Final

import numpy as np
import polars as pl
import shapely

from drehkreuz.model.aachen.outlines import Polygon
from drehkreuz.region import Region

FINEST: Final = 1 / 1500
"""Detail that a map shows, as a share of the region's width: half a unit of the map."""

PRECISION: Final = 4
"""Decimals of degrees of an outline: eleven metres."""


def true_areas(region: Region) -> dict[str, list[Polygon]]:
    """
    Return the areas of the municipalities as their boundaries tell; neighbours keep a common border.

    Returns:
        By municipality polygons of (longitude, latitude); those outside the study area as one, "". Empty where the region has
        no boundaries.
    """
    told = region.table("municipalities").select("municipality", "study_area")
    rows = region.table("boundaries").join(told, on="municipality", how="left", maintain_order="left")
    if rows.is_empty():
        return {}
    exact = shapely.from_wkt(rows["outline"].to_list())
    west, south, east, north = shapely.total_bounds(exact)
    coarse = shapely.coverage_simplify(exact, FINEST * max(east - west, north - south))
    keys = rows.select(pl.when("study_area").then("municipality").otherwise(pl.lit(""))).to_series()
    found: dict[str, list[Polygon]] = {}
    for key, area in zip(keys, coarse, strict=True):
        found.setdefault(key, []).extend(_polygon(part) for part in shapely.get_parts(area))
    return dict(sorted(found.items()))


def _polygon(part: shapely.Polygon) -> Polygon:
    """Return outer ring and holes as GeoJSON has them, outer rings counter-clockwise."""
    turned = shapely.orient_polygons(part)
    rings = (turned.exterior, *turned.interiors)
    return [[(lon, lat) for lon, lat in np.asarray(ring.coords).round(PRECISION).tolist()] for ring in rings]
