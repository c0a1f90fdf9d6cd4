# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Changes between rides: at a stop, on foot to another, and what the timetable itself says of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from drehkreuz.reach.modes import Mode
from drehkreuz.reach.parameters import PARAMETERS, Parameters
from drehkreuz.reach.points import rows_of
from drehkreuz.reach.ways import Sites, StraightLines, Ways, near, whole_seconds
from drehkreuz.region import Region


@dataclass(frozen=True, slots=True)
class Lists:
    """
    Stops with seconds, row by row.

    Attributes:
        indptr: int64[n + 1], rising from 0.
        stop: int32[m].
        seconds: int32[m].
    """

    indptr: NDArray[np.int64]
    stop: NDArray[np.int32]
    seconds: NDArray[np.int32]

    @classmethod
    def build(cls, rows: NDArray[np.int64], stops: NDArray[np.int64], seconds: NDArray[np.int64], n: int) -> Lists:
        """Put entries given in any order into n rows, each by stop."""
        order = np.lexsort((stops, rows))
        indptr = np.zeros(n + 1, dtype=np.int64)
        np.cumsum(np.bincount(rows, minlength=n), out=indptr[1:])
        return cls(indptr, stops[order].astype(np.int32), seconds[order].astype(np.int32))


@dataclass(frozen=True, slots=True)
class Footpaths:
    """
    Time from leaving a ride at one stop to boarding at another; the stop itself is among them unless no change is possible there.

    Attributes:
        out: Per stop, the stops a next ride may be boarded at.
        into: Per stop, the stops a ride before may have been left at: the same paths, seen from their end.
    """

    out: Lists
    into: Lists


def footpaths(region: Region, ways: Ways, stops: Sites, parameters: Parameters = PARAMETERS) -> Footpaths:
    """
    Return every possible change.

    A change takes the walk between the two stops, at least `Parameters.minimum_change_seconds`, and is offered up to
    `Parameters.footpath_seconds`. Table `transfers` goes before: its seconds hold as they stand, `possible = false` forbids the
    change; a row without seconds allows it with the walk along a straight line × detour. A row that names a station holds
    for all its stops, unless a row names the stops (GTFS, transfers.txt).
    """
    least = parameters.minimum_change_seconds
    walk = near(ways, stops, stops, Mode.WALK, parameters.footpath_seconds)
    apart = (walk.root != walk.other) & (walk.outward <= parameters.footpath_seconds)
    same = np.arange(len(stops))
    walked = pl.DataFrame(
        {
            "from": np.concatenate([same, walk.root[apart]]),
            "to": np.concatenate([same, walk.other[apart]]),
            "seconds": np.concatenate([np.full(len(stops), least), np.maximum(walk.outward[apart], least)]),
            "rank": 3,
        },
        schema=_PATHS,
    )
    said = _transfers(region, stops, least, parameters)
    paths = (
        pl.concat([said, walked])
        .sort("from", "to", "rank", "seconds")
        .unique(["from", "to"], keep="first", maintain_order=True)
    ).filter(pl.col("seconds").is_not_null())
    start, end, seconds = (paths[name].to_numpy() for name in ("from", "to", "seconds"))
    return Footpaths(Lists.build(start, end, seconds, len(stops)), Lists.build(end, start, seconds, len(stops)))


_PATHS = {"from": pl.Int64, "to": pl.Int64, "seconds": pl.Int64, "rank": pl.Int64}


def _transfers(region: Region, stops: Sites, least: int, parameters: Parameters) -> pl.DataFrame:
    """Return table `transfers` between stops; `rank` counts the stations named, empty seconds forbid the change."""
    transfers = region.table("transfers")
    if transfers.is_empty():
        return pl.DataFrame(schema=_PATHS)
    rows = transfers.select(
        "seconds",
        "possible",
        pl.Series("from", rows_of(region, "transfers", "from_stop_id")),
        pl.Series("to", rows_of(region, "transfers", "to_stop_id")),
    )
    members = _members(region)
    pairs = (
        rows.join(members.rename({"named": "from", "stop": "a", "station": "from_station"}), on="from")
        .join(members.rename({"named": "to", "stop": "b", "station": "to_station"}), on="to")
        .with_columns(rank=pl.col("from_station").cast(pl.Int64) + pl.col("to_station").cast(pl.Int64))
    )
    a, b = (stops.take(pairs[name].to_numpy()).points.xyz for name in ("a", "b"))
    lines = StraightLines(parameters)
    straight = np.linalg.norm(a - b, axis=1) * parameters.detour
    walk = np.maximum(whole_seconds(lines.seconds(straight, Mode.WALK)), least)
    seconds = pl.when("possible").then(pl.coalesce("seconds", pl.Series(walk).cast(pl.Int32)))
    return pairs.select(
        pl.col("a").alias("from"), pl.col("b").alias("to"), seconds.cast(pl.Int64).alias("seconds"), "rank"
    )


def _members(region: Region) -> pl.DataFrame:
    """Return, for every stop named, the stops meant: itself, and all stops whose station it is."""
    stops = region.table("stops").select("stop_id", "parent").with_columns(stop=pl.row_index().cast(pl.Int64))
    itself = stops.select(named="stop", stop="stop", station=pl.lit(value=False))
    children = (
        stops.join(stops.select(parent="stop_id", named="stop"), on="parent", nulls_equal=False)
        .filter(pl.col("named") != pl.col("stop"))
        .select("named", "stop", station=pl.lit(value=True))
    )
    return pl.concat([itself, children])
