# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The calls of trips at stops: stop_times.txt put in order, checked, and its blank times filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from drehkreuz.sources.gtfs_files import FLEX_FIELDS

if TYPE_CHECKING:
    from drehkreuz.sources.gtfs_ledger import Ledger

_FILE = "stop_times.txt"


def clock(seconds: int) -> str:
    """Return seconds after midnight as HH:MM, or HH:MM:SS where there are seconds."""
    minutes, second = divmod(seconds, 60)
    text = f"{minutes // 60:02}:{minutes % 60:02}"
    return f"{text}:{second:02}" if second else text


def clock_text(column: str) -> pl.Expr:
    """Return a column of seconds after midnight as HH:MM:SS."""
    seconds = pl.col(column)
    parts = (seconds // 3600, seconds // 60 % 60, seconds % 60)
    return pl.format("{}:{}:{}", *(part.cast(pl.String).str.zfill(2) for part in parts))


def read_calls(
    stop_times: pl.DataFrame, trips: pl.DataFrame, stop_ids: pl.Series, ledger: Ledger
) -> tuple[pl.DataFrame, pl.Series]:
    """
    Return the calls in order of trip and sequence, with every time known, and the trips that cannot be used.

    Args:
        stop_times: `stop_times.txt`, typed.
        trips: `trips.txt`, typed.
        stop_ids: Every stop_id of `stops.txt`, whether its row is usable or not.
        ledger: Where faults are entered.

    Returns:
        The columns of the region's table `stop_times`; and the trip_ids to leave out of `trips`: faulty ones and
        those that run on demand only.
    """
    fixed, on_demand = _without_flex(stop_times, ledger)
    known = _known(fixed, trips, stop_ids, ledger)
    calls = known.sort("trip_id", "stop_sequence", maintain_order=True).with_columns(
        arrival=pl.coalesce("arrival_time", "departure_time"), departure=pl.coalesce("departure_time", "arrival_time")
    )
    faulty = _faulty_trips(calls, ledger)
    if len(faulty):
        calls = calls.filter(~pl.col("trip_id").is_in(faulty.implode()))
    calls = _fill_times(calls)
    return calls.select(
        "trip_id",
        pl.col("stop_sequence").alias("sequence"),
        "stop_id",
        "arrival",
        "departure",
        pickup=pl.col("pickup_type").fill_null(0) != 1,
        drop_off=pl.col("drop_off_type").fill_null(0) != 1,
        timed="timed",
    ), pl.concat([faulty, on_demand])


def _without_flex(stop_times: pl.DataFrame, ledger: Ledger) -> tuple[pl.DataFrame, pl.Series]:
    """Take the calls on demand out; return also the trips that have too few other calls to be a trip."""
    flexible = stop_times.select(pl.any_horizontal(pl.col(FLEX_FIELDS).is_not_null())).to_series()
    if not flexible.any():
        return stop_times, pl.Series("trip_id", [], dtype=pl.String)
    fixed = stop_times.filter(~flexible)
    trips = stop_times.filter(flexible)["trip_id"].unique().sort()
    calls = fixed.filter(pl.col("trip_id").is_in(trips.implode())).group_by("trip_id").len()
    rideable = calls.filter(pl.col("len") >= 2)["trip_id"]
    on_demand = trips.filter(~trips.is_in(rideable.implode()))
    problem = f"{len(trips):,} trips run on demand (GTFS-Flex): {len(on_demand):,} are left out"
    if len(rideable):
        problem += f", of {len(rideable):,} the calls with a stop and a time are kept"
    ledger.note(_FILE, problem, "Tell people the phone number of the service.")
    return fixed.filter(~pl.col("trip_id").is_in(on_demand.implode())), on_demand


def _known(calls: pl.DataFrame, trips: pl.DataFrame, stop_ids: pl.Series, ledger: Ledger) -> pl.DataFrame:
    """Drop the calls whose trip or stop does not exist."""
    checks = (
        (pl.col("stop_id").is_null(), lambda row: f"trip {row['trip_id']!r} calls at no stop"),
        (~_in("trip_id", trips["trip_id"]), lambda row: f"trip {row['trip_id']!r} is not in trips.txt"),
        (~_in("stop_id", stop_ids), lambda row: f"stop {row['stop_id']!r} is not in stops.txt"),
    )
    for wrong, problem in checks:
        strange = calls.filter(wrong)
        if len(strange):
            ledger.fault(_FILE, strange, problem, drop="the call")
            calls = calls.filter(~wrong)
    return calls


def _in(column: str, values: pl.Series) -> pl.Expr:
    return pl.col(column).is_in(values.implode())


def _faulty_trips(calls: pl.DataFrame, ledger: Ledger) -> pl.Series:
    """Enter what is impossible within a trip; return the trips concerned."""
    same_trip = pl.col("trip_id") == pl.col("trip_id").shift(1)
    twice = calls.filter(same_trip & (pl.col("stop_sequence") == pl.col("stop_sequence").shift(1)))
    ledger.fault(_FILE, twice, _twice, drop="the trip")

    timed = calls.filter(pl.col("arrival").is_not_null())
    leaves_early = timed.filter(pl.col("departure") < pl.col("arrival"))
    ledger.fault(_FILE, leaves_early, _leaves_early, drop="the trip")

    before = timed.with_columns(
        pl.when(same_trip).then(pl.col("departure").shift(1)).alias("left"),
        pl.when(same_trip).then(pl.col("stop_id").shift(1)).alias("stop_before"),
    )
    goes_back = before.filter(pl.col("arrival") < pl.col("left"))
    ledger.fault(_FILE, goes_back, _goes_back, drop="the trip")

    ends = calls.filter(~same_trip.fill_null(value=False) | ~same_trip.shift(-1).fill_null(value=False))
    untimed = ends.filter(pl.col("arrival").is_null())
    ledger.fault(_FILE, untimed, _untimed, drop="the trip")
    return pl.concat([rows["trip_id"] for rows in (twice, leaves_early, goes_back, untimed)]).unique().sort()


def _twice(row: dict[str, Any]) -> str:
    return f"trip {row['trip_id']!r} has stop_sequence {row['stop_sequence']} twice"


def _leaves_early(row: dict[str, Any]) -> str:
    return (
        f"trip {row['trip_id']!r} leaves stop {row['stop_id']!r} at {clock(row['departure'])} "
        f"before it arrives at {clock(row['arrival'])}"
    )


def _goes_back(row: dict[str, Any]) -> str:
    return (
        f"trip {row['trip_id']!r} arrives at stop {row['stop_id']!r} at {clock(row['arrival'])} "
        f"before it leaves stop {row['stop_before']!r} at {clock(row['left'])}"
    )


def _untimed(row: dict[str, Any]) -> str:
    return f"trip {row['trip_id']!r} has no time at its first or last stop {row['stop_id']!r}"


def _fill_times(calls: pl.DataFrame) -> pl.DataFrame:
    """
    Fill in blank times between timed calls, and say in `timed` where the time is the feed's own and exact.

    Between two timed calls time runs with the distance along the shape where every call of the piece has one that does
    not fall, else evenly from call to call. The first and the last call of a trip are timed.
    """
    known = pl.col("arrival").is_not_null()
    distance = pl.col("shape_dist_traveled")
    falls = ~(distance >= distance.shift(1)).fill_null(value=False)
    calls = calls.with_columns(
        timed=known & (pl.col("timepoint").fill_null(1) == 1),
        position=pl.int_range(pl.len()),
        falls=falls.cum_sum(),
        piece=known.cum_sum(),
    )
    blank = calls.filter(~known)
    if blank.is_empty():
        return calls
    ends = ("position", "falls", "shape_dist_traveled")
    pieces = calls.filter(known).select(
        "piece",
        pl.col(ends).name.prefix("from_"),
        pl.col(ends).shift(-1).name.prefix("to_"),
        leaves="departure",
        arrives=pl.col("arrival").shift(-1),
    )
    length = pl.col("to_shape_dist_traveled") - pl.col("from_shape_dist_traveled")
    by_distance = (pl.col("from_falls") == pl.col("to_falls")) & (length > 0)
    share = (
        pl.when(by_distance)
        .then((distance - pl.col("from_shape_dist_traveled")) / length)
        .otherwise((pl.col("position") - pl.col("from_position")) / (pl.col("to_position") - pl.col("from_position")))
    )
    time = (pl.col("leaves") + share * (pl.col("arrives") - pl.col("leaves"))).round().cast(pl.Int32)
    times = blank.join(pieces, on="piece").select("position", time=time)
    return calls.join(times, on="position", how="left", maintain_order="left").with_columns(
        arrival=pl.coalesce("arrival", "time"), departure=pl.coalesce("departure", "time")
    )
