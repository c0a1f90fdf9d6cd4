# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Lines and their runs: routes.txt, trips.txt, and frequencies.txt unfolded into runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import polars as pl

from drehkreuz.errors import Finding, InputError
from drehkreuz.sources.gtfs_calls import clock, clock_text

if TYPE_CHECKING:
    from drehkreuz.sources.gtfs_ledger import Ledger

MAX_CALLS: Final = 50_000_000
"""Calls after headways are unfolded; more means a headway of seconds where minutes were meant."""


def read_routes(routes: pl.DataFrame, agencies: pl.DataFrame, ledger: Ledger) -> pl.DataFrame:
    """
    Return the region's table `routes`, in order of id; a line without any name goes by its id.

    Args:
        routes: `routes.txt`, typed.
        agencies: `agency.txt`, typed; may be empty.
        ledger: Where faults are entered.
    """
    twice = routes.filter(~pl.col("route_id").is_first_distinct())
    ledger.fault("routes.txt", twice, "stands twice", column="route_id", drop="the second row")
    only = agencies["agency_name"][0] if len(agencies) == 1 else None
    names = agencies.filter(pl.col("agency_id").is_first_distinct()).select("agency_id", "agency_name")
    return (
        routes.filter(pl.col("route_id").is_first_distinct())
        .join(names, on="agency_id", how="left")
        .select(
            "route_id",
            name=pl.coalesce("route_short_name", "route_long_name", "route_id"),
            mode="route_type",
            agency=pl.coalesce("agency_name", "agency_id", pl.lit(only, dtype=pl.String)),
        )
        .sort("route_id")
    )


def read_trips(trips: pl.DataFrame, route_ids: pl.Series, service_ids: pl.Series, ledger: Ledger) -> pl.DataFrame:
    """
    Return the region's table `trips`, in order of id.

    Args:
        trips: `trips.txt`, typed.
        route_ids: Every route_id of `routes.txt`.
        service_ids: Every service_id of `calendar.txt` and `calendar_dates.txt`.
        ledger: Where faults are entered.
    """
    twice = trips.filter(~pl.col("trip_id").is_first_distinct())
    ledger.fault("trips.txt", twice, "stands twice", column="trip_id", drop="the second row")
    trips = trips.filter(pl.col("trip_id").is_first_distinct())
    for column, known, place in (
        ("route_id", route_ids, "routes.txt"),
        ("service_id", service_ids, "calendar.txt and calendar_dates.txt"),
    ):
        strange = ~pl.col(column).is_in(known.implode())
        problem = f"is not in {place}"
        ledger.fault("trips.txt", trips.filter(strange), problem, column=column, drop="the trip")
        trips = trips.filter(~strange)
    bikes = pl.col("bikes_allowed")
    return trips.select(
        "trip_id",
        "route_id",
        "service_id",
        headsign="trip_headsign",
        direction="direction_id",
        bikes=pl.when(bikes > 0).then(bikes == 1),  # 0 is unknown, 2 is no
    ).sort("trip_id")


def unfold_headways(
    frequencies: pl.DataFrame, trips: pl.DataFrame, calls: pl.DataFrame, trip_ids: pl.Series, ledger: Ledger
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """
    Replace each trip that stands for a headway by its runs: `id@hh:mm:ss`, after the departure from the first stop.

    A run starts at `start_time` and then every `headway_secs` while it is before `end_time`, whether the feed calls
    the times exact or not.

    Args:
        frequencies: `frequencies.txt`, typed; may be empty.
        trips: The region's table.
        calls: The region's table `stop_times`, sorted.
        trip_ids: Every trip_id of `trips.txt`.
        ledger: Where faults are entered.

    Returns:
        Trips and calls with the runs in place of their patterns, sorted.

    Raises:
        InputError: If more than `MAX_CALLS` calls come out.
    """
    if frequencies.is_empty():
        return trips, calls
    strange = ~pl.col("trip_id").is_in(trip_ids.implode())
    unknown = frequencies.filter(strange)
    ledger.fault("frequencies.txt", unknown, "is not in trips.txt", column="trip_id", drop="the row")
    empty = pl.col("end_time") <= pl.col("start_time")
    ledger.fault("frequencies.txt", frequencies.filter(empty), _empty, drop="the row")
    runs = _runs(frequencies.filter(~strange & ~empty), calls, ledger)

    first = calls.group_by("trip_id", maintain_order=True).agg(pl.col("departure").first().alias("leaves"))
    shift = pl.col("start") - pl.col("leaves")
    patterns = frequencies["trip_id"].unique().implode()
    run_calls = (
        runs.join(first, on="trip_id")
        .join(calls, on="trip_id")
        .with_columns(
            trip_id="run",
            arrival=pl.max_horizontal(pl.col("arrival") + shift, pl.lit(0, dtype=pl.Int32)),
            departure=pl.col("departure") + shift,
        )
    )
    run_trips = runs.join(trips, on="trip_id").with_columns(trip_id="run")
    plain = ~pl.col("trip_id").is_in(patterns)
    return (
        pl.concat([trips.filter(plain), run_trips.select(trips.columns)]).sort("trip_id"),
        pl.concat([calls.filter(plain), run_calls.select(calls.columns)]).sort("trip_id", "sequence"),
    )


def _empty(row: dict[str, Any]) -> str:
    return (
        f"trip {row['trip_id']!r} runs from {clock(row['start_time'])} until {clock(row['end_time'])}, which is no time"
    )


def _runs(frequencies: pl.DataFrame, calls: pl.DataFrame, ledger: Ledger) -> pl.DataFrame:
    """Return one row a run: trip_id of its pattern, start (seconds) and its own id."""
    _refuse_countless(frequencies, calls)
    runs = (
        frequencies.with_columns(start=pl.int_ranges("start_time", "end_time", "headway_secs", dtype=pl.Int32))
        .explode("start", empty_as_null=False)
        .with_columns(run=pl.format("{}@{}", "trip_id", clock_text("start")))
    )
    overlapping = runs.filter(~pl.col("run").is_first_distinct())
    ledger.fault("frequencies.txt", overlapping, _overlapping, drop="the second run")
    return runs.filter(pl.col("run").is_first_distinct()).select("trip_id", "start", "run")


def _overlapping(row: dict[str, Any]) -> str:
    return f"trip {row['trip_id']!r} starts at {clock(row['start'])} by two rows"


def _refuse_countless(frequencies: pl.DataFrame, calls: pl.DataFrame) -> None:
    lengths = calls.group_by("trip_id").len("calls")
    span = pl.col("end_time") - pl.col("start_time")
    counts = frequencies.join(lengths, on="trip_id", maintain_order="left").with_columns(
        total=(span / pl.col("headway_secs")).ceil() * pl.col("calls")
    )
    total = int(counts["total"].sum())
    if total > MAX_CALLS:
        worst = counts.sort("total", "row", descending=[True, False]).row(0, named=True)
        problem = f"the headways unfold into {total:,} calls, most by this row; at most {MAX_CALLS:,} are read"
        raise InputError(
            Finding(
                "frequencies.txt",
                str(worst["row"]),
                "headway_secs",
                str(worst["headway_secs"]),
                problem,
                "Write the headway in seconds.",
            )
        )
