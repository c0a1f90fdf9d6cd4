# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Who rides to a train and from one: commuters of another municipality, with a station at one end and one at a rail stop."""

from __future__ import annotations

from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from drehkreuz.reach.links import stop_links
from drehkreuz.reach.modes import Mode
from drehkreuz.reach.points import Points
from drehkreuz.reach.ways import FAR, Sites, Ways
from drehkreuz.region import Region

RAIL: Final = (2, 3), (100, 118)
"""GTFS route types of railways, from the first to before the second."""

Floats = NDArray[np.float64]


def at_rail_stops(region: Region, ways: Ways, stations: Sites, walk_minutes: int) -> NDArray[np.bool_]:
    """Return which stations of shared vehicles stand within a walk of a stop where trains call, bool[s]."""
    mode = pl.col("mode")
    lines = region.table("routes").filter(pl.any_horizontal((mode >= first) & (mode < last) for first, last in RAIL))
    runs = region.table("trips").join(lines, on="route_id", how="semi")
    calls = region.table("stop_times").join(runs, on="trip_id", how="semi")["stop_id"].unique()
    rows = np.flatnonzero(region.table("stops")["stop_id"].is_in(calls.implode()).to_numpy())
    stops = ways.locate(Points.of(region, "stops").take(rows))
    return np.diff(stop_links(ways, stations, stops, Mode.WALK, walk_minutes * 60).indptr) > 0


def by_train(
    leaving: Floats, arriving: Floats, seconds: NDArray[np.int32], at_rail: NDArray[np.bool_]
) -> tuple[Floats, Floats]:
    """
    Return who rides from home's station to a train, and from a train to work's station, float64[s, s] each.

    Everybody takes the rail stop that is nearest by shared vehicle; whose station stands at one walks.

    Args:
        leaving: float64[s], who lives near each station and goes to work in another municipality by train.
        arriving: float64[s], who comes from another municipality by train and works near each station.
        seconds: int32[s, s], of rides, `ways.FAR` where nobody rides.
        at_rail: bool[s], which stations stand at a rail stop.
    """
    to_train, from_train = (np.zeros(seconds.shape) for _ in range(2))
    rides = np.where(at_rail[None, :] & ~at_rail[:, None], seconds, FAR)
    if not rides.size:
        return to_train, from_train
    rail = rides.argmin(axis=1)
    served = np.flatnonzero(rides.min(axis=1) < FAR)
    to_train[served, rail[served]] = leaving[served]
    from_train[rail[served], served] = arriving[served]
    return to_train, from_train
