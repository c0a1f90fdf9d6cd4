# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Urban nodes and safe parking areas of the trans-European network: what trucks find there against what is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
from scipy.spatial import KDTree

from drehkreuz.errors import InputError
from drehkreuz.planning.charging.afir import Rule, in_force
from drehkreuz.planning.charging.existing import FARTHEST_METRES
from drehkreuz.planning.charging.pools import POOL_METRES, Pool
from drehkreuz.planning.charging.rows import read_rows
from drehkreuz.reach.points import Points, earth_xyz
from drehkreuz.region import Region


@dataclass(frozen=True, slots=True)
class Area:
    """
    A safe and secure parking area.

    Attributes:
        name: Its name.
        lat: Latitude.
        lon: Longitude.
    """

    name: str
    lat: float
    lon: float


def read_areas(path: Path) -> list[Area]:
    """
    Return safe and secure parking areas from a CSV with the columns name, lat, lon.

    Raises:
        InputError: If the file cannot be read or a row makes no sense.
    """
    found: list[Area] = []
    for row in read_rows(path, ("name", "lat", "lon")):
        if not row["name"]:
            raise InputError(row.finding("name", "is empty", "Name the area."))
        found.append(Area(row["name"], row.number("lat", -90, 90), row.number("lon", -180, 180)))
    return found


def check_spots(
    region: Region, nodes: Sequence[str], areas: Sequence[Area], pools: Sequence[Pool], day: date
) -> pl.DataFrame:
    """
    Hold urban nodes and parking areas against the targets in force at the end of a day.

    A pool is in a node where its nearest cell belongs to that municipality; it is at an area within the distance that makes a pool.

    Args:
        region: Cells and municipalities.
        nodes: Keys of municipalities that are urban nodes.
        areas: Safe and secure parking areas.
        pools: What stands, from `pools`.
        day: The day.

    Returns:
        `what`, `name`, `rule`, `status`, `asked`, `stands` (kW in a node, points at an area), `missing`, `verdict`, `lat`, `lon`.
    """
    heavy = [pool for pool in pools if "truck" in pool.vehicles]
    rows: list[dict[str, object]] = []
    towns = {row["municipality"]: row for row in region.table("municipalities").iter_rows(named=True)}
    lies = _municipality(region, heavy)
    for rule in in_force(day, "node"):
        for key in nodes:
            here = [pool for pool, where in zip(heavy, lies, strict=True) if where == key]
            stands = sum(kw for pool in here for kw in pool.powers if kw >= rule.point_kw)
            rows.append(_row(rule, towns[key]["name"], rule.pool_kw, stands, (towns[key]["lat"], towns[key]["lon"])))
    for rule in in_force(day, "parking"):
        for area in areas:
            here = [pool for pool in heavy if _metres(area, pool) <= POOL_METRES]
            stands = float(sum(kw >= rule.point_kw for pool in here for kw in pool.powers))
            rows.append(_row(rule, area.name, float(rule.points), stands, (area.lat, area.lon)))
    return pl.DataFrame(rows, schema=SCHEMA)


SCHEMA = {
    "what": pl.String,
    "name": pl.String,
    "rule": pl.String,
    "status": pl.String,
    "asked": pl.Float64,
    "stands": pl.Float64,
    "missing": pl.Float64,
    "verdict": pl.String,
    "lat": pl.Float64,
    "lon": pl.Float64,
}


def _row(rule: Rule, name: str, asked: float, stands: float, spot: tuple[float, float]) -> dict[str, object]:
    missing = max(0.0, asked - stands)
    shared = {"what": rule.what, "name": name, "rule": rule.id, "status": rule.status, "asked": asked, "stands": stands}
    return {**shared, "missing": missing, "verdict": "missing" if missing else "met", "lat": spot[0], "lon": spot[1]}


def _municipality(region: Region, pools: Sequence[Pool]) -> list[str | None]:
    zones = Points.of(region, "zones")
    if not pools or not len(zones):
        return [None] * len(pools)
    far, nearest = KDTree(zones.xyz).query(earth_xyz([pool.lat for pool in pools], [pool.lon for pool in pools]))
    keys = region.table("zones")["municipality"].to_list()
    return [
        keys[row] if away <= FARTHEST_METRES else None
        for away, row in zip(np.asarray(far), np.asarray(nearest), strict=True)
    ]


def _metres(area: Area, pool: Pool) -> float:
    return float(np.linalg.norm(earth_xyz([area.lat], [area.lon])[0] - earth_xyz([pool.lat], [pool.lon])[0]))
