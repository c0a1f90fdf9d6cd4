# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Pools: sites beside each other that serve the same vehicles in the same direction, with the power of each of their points."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import polars as pl
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import KDTree

from drehkreuz.errors import InputError
from drehkreuz.planning.charging.existing import VAGUE
from drehkreuz.planning.charging.rows import read_rows
from drehkreuz.reach.points import earth_xyz
from drehkreuz.region import Region

VEHICLES: Final = ("car", "truck")

POOL_METRES: Final = 300.0
"""Sites so near each other are one pool (assumed: one place to park and charge)."""

FOR_TRUCKS: Final = "MCS"
"""A plug that only trucks use: whoever has one serves them."""


@dataclass(frozen=True, slots=True)
class Side:
    """
    What no register says of a site.

    Attributes:
        vehicles: `car`, `truck` or `both`.
        direction: Direction of travel that it serves; empty: each.
    """

    vehicles: str
    direction: str


@dataclass(frozen=True, slots=True)
class Pool:
    """
    Points at one place.

    Attributes:
        name: Names of its sites, or their ids.
        lat: Latitude, mean of its sites.
        lon: Longitude.
        vehicles: Kinds of vehicles it is built for.
        direction: Direction it serves; empty: each.
        kw: Power of all together.
        powers: Power of each point.
    """

    name: str
    lat: float
    lon: float
    vehicles: tuple[str, ...]
    direction: str
    kw: float
    powers: tuple[float, ...]

    def serves(self, vehicles: str, direction: str) -> bool:
        """Return whether it counts for a kind of vehicle in a direction."""
        return vehicles in self.vehicles and self.direction in {"", direction}


def read_sides(path: Path, region: Region) -> dict[str, Side]:
    """
    Return which sites serve trucks, and which direction.

    Args:
        path: CSV with the columns site_id, vehicles (car, truck or both), direction (empty: each).
        region: The region whose sites are named.

    Raises:
        InputError: If the file cannot be read or a row makes no sense.
    """
    known = region.table("charging_sites")["site_id"].to_list()
    found: dict[str, Side] = {}
    for row in read_rows(path, ("site_id", "vehicles"), ("direction",)):
        site = row.one_of("site_id", known, "charging site of the region")
        if site in found:
            raise InputError(row.finding("site_id", "is named twice", "Keep one row."))
        found[site] = Side(row.one_of("vehicles", (*VEHICLES, "both"), "kind of vehicle"), row["direction"])
    return found


def pools(region: Region, sides: Mapping[str, Side] | None = None) -> list[Pool]:
    """
    Gather sites in service, of which it is known where they are, into pools.

    A site serves cars in each direction unless it is told otherwise, or has a plug that only trucks use. A point whose power is not
    known counts with its share of the site's.

    Args:
        region: The region with its charging tables.
        sides: What is known beyond the register, by site.
    """
    sites = region.table("charging_sites").filter(pl.col("in_service").fill_null(value=True) & ~VAGUE)
    powers, heavy = _powers(region), _heavy(region)
    groups: dict[tuple[tuple[str, ...], str], list[dict[str, Any]]] = defaultdict(list)
    for site in sites.sort("site_id").iter_rows(named=True):
        own = (sides or {}).get(site["site_id"]) or Side("truck" if site["site_id"] in heavy else "car", "")
        groups[VEHICLES if own.vehicles == "both" else (own.vehicles,), own.direction].append(site)
    return [
        _pool([members[row] for row in rows], vehicles, direction, powers)
        for (vehicles, direction), members in groups.items()
        for rows in _near(members)
    ]


def _powers(region: Region) -> dict[str, list[float]]:
    """Return the power of each point that says it, by site."""
    told: dict[str, list[float]] = defaultdict(list)
    for site, kw in region.table("charging_points").select("site_id", "power_kw").drop_nulls().iter_rows():
        told[site].append(float(kw))
    return told


def _heavy(region: Region) -> frozenset[str]:
    plugs = region.table("charging_plugs").filter(standard=FOR_TRUCKS)
    points = region.table("charging_points").join(plugs, on="point_id", how="semi")
    return frozenset(points["site_id"].to_list())


def _near(sites: Sequence[Mapping[str, Any]]) -> list[list[int]]:
    """Return rows of sites that lie together, chained from one to the next."""
    xyz = earth_xyz([site["lat"] for site in sites], [site["lon"] for site in sites])
    pairs = KDTree(xyz).query_pairs(POOL_METRES, output_type="ndarray")
    joined = coo_array((np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), shape=(len(sites), len(sites)))
    _, label = connected_components(joined, directed=False)
    ends = np.cumsum(np.bincount(label))[:-1]
    return [rows.tolist() for rows in np.split(np.argsort(label, kind="stable"), ends)]


def _pool(
    sites: Sequence[dict[str, Any]], vehicles: tuple[str, ...], direction: str, powers: Mapping[str, list[float]]
) -> Pool:
    every: list[float] = []
    total = 0.0
    for site in sites:
        own = list(powers.get(str(site["site_id"]), ()))
        count = max(int(site["points"] or 0), len(own))
        kw = float(site["power_kw"] or sum(own))
        missing = count - len(own)
        every += own + [max(0.0, kw - sum(own)) / missing] * missing if missing else own
        total += kw
    named = dict.fromkeys(str(site["name"] or site["operator"] or site["site_id"]) for site in sites)
    lat, lon = (float(np.mean([site[name] for site in sites])) for name in ("lat", "lon"))
    return Pool(", ".join(named), lat, lon, vehicles, direction, total, tuple(sorted(every, reverse=True)))
