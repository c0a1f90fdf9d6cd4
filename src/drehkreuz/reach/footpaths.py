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
    change; a row without seconds allows it, with the walk along the straight line × detour however long.

    Raises:
        InputError: If a row of `transfers` names a stop that does not exist.
    """
    said, walked = _said(region, stops, parameters), _walked(ways, stops, parameters)
    paths = pl.concat([said, walked.join(said, on=["from", "to"], how="anti")]).drop_nulls("seconds")
    start, end, seconds = (paths[name].to_numpy() for name in ("from", "to", "seconds"))
    return Footpaths(Lists.build(start, end, seconds, len(stops)), Lists.build(end, start, seconds, len(stops)))


_PATHS = {"from": pl.Int64, "to": pl.Int64, "seconds": pl.Int64, "rank": pl.Int64}


def _walked(ways: Ways, stops: Sites, parameters: Parameters) -> pl.DataFrame:
    """Return the stops within a walk of each stop, itself among them."""
    walk = near(ways, stops, stops, Mode.WALK, parameters.footpath_seconds)
    apart = (walk.root != walk.other) & (walk.outward <= parameters.footpath_seconds)
    same = np.arange(len(stops))
    seconds = np.concatenate([np.zeros_like(same), walk.outward[apart]])
    return pl.DataFrame(
        {
            "from": np.concatenate([same, walk.root[apart]]),
            "to": np.concatenate([same, walk.other[apart]]),
            "seconds": np.maximum(seconds, parameters.minimum_change_seconds),
        },
        schema={"from": pl.Int64, "to": pl.Int64, "seconds": pl.Int64},
    )


def _said(region: Region, stops: Sites, parameters: Parameters) -> pl.DataFrame:
    """Return table `transfers`; empty seconds forbid the change."""
    start, end = (rows_of(region, "transfers", column) for column in ("from_stop_id", "to_stop_id"))
    apart = np.linalg.norm(stops.points.xyz[start] - stops.points.xyz[end], axis=1) * parameters.detour
    walk = whole_seconds(StraightLines(parameters).seconds(apart, Mode.WALK))
    needed = np.maximum(walk, parameters.minimum_change_seconds)
    return region.table("transfers").select(
        pl.Series("from", start),
        pl.Series("to", end),
        pl.when("possible").then(pl.coalesce("seconds", pl.Series(needed))).cast(pl.Int64).alias("seconds"),
    )
