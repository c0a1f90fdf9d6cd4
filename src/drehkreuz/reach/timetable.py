# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The timetable of one day as flat arrays, the nights before and after it included."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import polars as pl
from numpy.typing import NDArray

from drehkreuz.reach.footpaths import Footpaths
from drehkreuz.reach.lines import Calls, Lines, in_lines
from drehkreuz.reach.parameters import PARAMETERS, Parameters
from drehkreuz.reach.points import rows_of
from drehkreuz.region import Region

DAY = 86_400


@dataclass(frozen=True, slots=True)
class Timetable:
    """
    All runs of one day, in lines.

    Seconds count from midnight of the day: runs of the evening before have negative ones, those of the night after more than
    86,400, so that the way to an early shift and the way home from a late one are whole.

    Attributes:
        day: The date; None for a day on which nothing runs.
        trip: int32[n], row of table `trips`, of each run.
        lines: The runs.
        mirror: The runs with time turned around: a way home is a way to work in the mirror.
        footpaths: Changes between rides.
    """

    day: date | None
    trip: NDArray[np.int32]
    lines: Lines
    mirror: Lines
    footpaths: Footpaths

    @classmethod
    def of(cls, day: date | None, trip: NDArray[np.int32], calls: Calls, footpaths: Footpaths) -> Timetable:
        """Put runs in lines; they are given by their first departure."""
        order, runs = in_lines(calls)
        lines = Lines(runs, calls.take(order))
        return cls(day, trip[order], lines, lines.mirrored(), footpaths)

    @property
    def n_stops(self) -> int:
        """Number of stops."""
        return len(self.footpaths.out.indptr) - 1


def timetable(region: Region, day: date | None, footpaths: Footpaths, parameters: Parameters = PARAMETERS) -> Timetable:
    """
    Return the timetable of one date; None gives an empty one.

    Raises:
        InputError: If a call names a stop that does not exist.
    """
    days = [] if day is None else [day + timedelta(days=shift) for shift in (-1, 0, 1)]
    calls = _calls(region, days, parameters)
    new = (calls["trip"].diff().fill_null(1) != 0) | (calls["shift"].diff().fill_null(1) != 0)
    begins = np.flatnonzero(new.to_numpy())
    return Timetable.of(
        day,
        calls["trip"].to_numpy()[begins].astype(np.int32),
        Calls(
            first=np.append(begins, len(calls)).astype(np.int64),
            stop=calls["stop"].to_numpy().astype(np.int32),
            arrival=calls["arrival"].to_numpy(),
            departure=calls["departure"].to_numpy(),
            boards=calls["pickup"].to_numpy(),
            alights=calls["drop_off"].to_numpy(),
        ),
        footpaths,
    )


def _calls(region: Region, days: list[date], parameters: Parameters) -> pl.DataFrame:
    """Return the calls of the days in running order; runs wholly outside the ways that matter are left out."""
    margin = parameters.longest_minutes * 60
    shifts = pl.DataFrame(
        {"date": days, "shift": [(day - days[1]).days * DAY for day in days]},
        schema={"date": pl.Date, "shift": pl.Int32},
    )
    runs = (
        region.table("service_days")
        .join(shifts, on="date")
        .join(region.table("trips").select("service_id", "trip_id").with_row_index("trip"), on="service_id")
        .select("trip_id", "shift", pl.col("trip").cast(pl.Int64))
    )
    run = ("trip_id", "shift")
    return (
        region.table("stop_times")
        .with_columns(stop=pl.Series(rows_of(region, "stop_times", "stop_id")))
        .join(runs, on="trip_id")
        .with_columns(pl.col("arrival", "departure") + pl.col("shift"))
        .sort("sequence")
        .with_columns(
            start=pl.col("departure").first().over(run),
            end=pl.col("arrival").last().over(run),
            calls=pl.len().over(run),
        )
        .filter((pl.col("calls") > 1) & (pl.col("end") >= -margin) & (pl.col("start") <= DAY + margin))
        .sort("start", "trip_id", "shift", "sequence")
        .select("trip", "shift", "stop", "arrival", "departure", "pickup", "drop_off")
        .rechunk()
    )
