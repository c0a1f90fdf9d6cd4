# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What stands already: public points and their power by cell, from the region's charging tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.spatial import KDTree

from drehkreuz.reach.points import Points
from drehkreuz.region import Region

CLASSES: Final = ("normal", "fast")
"""Up to 22 kW at a point, and more (Regulation (EU) 2023/1804, Article 2)."""

FAST_KW: Final = 22.0

FARTHEST_METRES: Final = 5_000.0
"""A site farther from every cell's centre is counted nowhere (assumed)."""

VAGUE: Final = (pl.col("lat") % 1 == 0) & (pl.col("lon") % 1 == 0)
"""Whether a site's place is told in whole degrees, as a few rows of the register are: up to 66 km off, so no place."""


@dataclass(frozen=True, slots=True)
class Existing:
    """
    Public charging by cell.

    Attributes:
        points: float64[class, z], points in service, `CLASSES` in order.
        kw: float64[class, z], power.
        site_zone: int32[s], cell of each row of `charging_sites`, -1 where it is counted nowhere.
        site_fast: bool[s], which sites are fast.
        site_kw: float64[s], power of each site.
        closed: Sites out of service, not counted.
        vague: Sites in service whose place is told in whole degrees, which is no place: not counted.
        newest: Newest day on which a site was opened, for who must know how old the register is.
    """

    points: NDArray[np.float64]
    kw: NDArray[np.float64]
    site_zone: NDArray[np.int32]
    site_fast: NDArray[np.bool_]
    site_kw: NDArray[np.float64]
    closed: int
    vague: int
    newest: object

    @property
    def away(self) -> int:
        """Sites in service that lie beyond all cells."""
        return int(np.count_nonzero(self.site_zone < 0)) - self.closed - self.vague


def existing(region: Region) -> Existing:
    """
    Count what stands.

    A site's power is that of its connection, else the sum of its points. It is fast as the register says, else by its strongest
    point, else by its power for each point.

    Args:
        region: The region with its tables `charging_sites` and `charging_points`.
    """
    told = (
        region.table("charging_points")
        .group_by("site_id", maintain_order=True)
        .agg(pl.len().alias("listed"), pl.sum("power_kw").alias("sum_kw"), pl.max("power_kw").alias("most_kw"))
    )
    sites = region.table("charging_sites").join(told, on="site_id", how="left", maintain_order="left")
    count = pl.coalesce("points", pl.col("listed").cast(pl.Int32), pl.lit(1))
    power = pl.coalesce("power_kw", pl.when(pl.col("sum_kw") > 0).then("sum_kw"), pl.lit(0.0))
    sites = sites.with_columns(count=count, kw=power).with_columns(
        is_fast=pl.coalesce("fast", pl.col("most_kw") > FAST_KW, pl.col("kw") / pl.col("count") > FAST_KW)
    )
    open_now = sites["in_service"].fill_null(value=True).to_numpy()
    vague = open_now & sites.select(VAGUE).to_series().to_numpy()
    zone = np.full(len(sites), -1, dtype=np.int32)
    zones = Points.of(region, "zones")
    if len(sites) and len(zones):
        far, nearest = KDTree(zones.xyz).query(Points.of(region, "charging_sites").xyz)
        zone = np.where((far <= FARTHEST_METRES) & open_now & ~vague, nearest, -1).astype(np.int32)
    fast = sites["is_fast"].fill_null(value=False).to_numpy()
    points, kw = np.zeros((2, len(zones))), np.zeros((2, len(zones)))
    counted = np.flatnonzero(zone >= 0)
    at = (fast[counted].astype(np.int64), zone[counted])
    np.add.at(points, at, sites["count"].cast(pl.Float64).to_numpy()[counted])
    np.add.at(kw, at, sites["kw"].to_numpy()[counted])
    return Existing(
        points=points,
        kw=kw,
        site_zone=zone,
        site_fast=fast,
        site_kw=sites["kw"].to_numpy(),
        closed=int((~open_now).sum()),
        vague=int(vague.sum()),
        newest=sites["opened"].max(),
    )
