# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Timetables in the General Transit Feed Specification: read into the region's tables, and written back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import polars as pl

from drehkreuz.errors import Finding, InputError
from drehkreuz.progress import SILENT, Progress, track
from drehkreuz.region import TABLES
from drehkreuz.sources.archive import open_source
from drehkreuz.sources.gtfs_calls import read_calls
from drehkreuz.sources.gtfs_files import FILES, check_files, read_file
from drehkreuz.sources.gtfs_ledger import Ledger
from drehkreuz.sources.gtfs_service import read_service_days
from drehkreuz.sources.gtfs_stops import read_stops, read_transfers
from drehkreuz.sources.gtfs_trips import read_routes, read_trips, unfold_headways
from drehkreuz.sources.gtfs_write import write_gtfs

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["read_gtfs", "write_gtfs"]

_IDS: Final[dict[str, tuple[str, ...]]] = {
    "stops": ("stop_id", "parent"),
    "routes": ("route_id",),
    "trips": ("trip_id", "route_id", "service_id"),
    "stop_times": ("trip_id", "stop_id"),
    "service_days": ("service_id",),
    "transfers": ("from_stop_id", "to_stop_id"),
}
"""Tables a feed gives, with the columns that hold its ids."""


def read_gtfs(
    path: str | Path, feed: str, *, lenient: bool = False, encoding: str = "utf-8", progress: Progress = SILENT
) -> tuple[dict[str, pl.DataFrame], list[Finding]]:
    """
    Read one feed into the region's tables stops, routes, trips, stop_times, service_days and transfers.

    Headways become runs, calendars become days, blank times between timed calls are filled in, rules for changes at a
    station become rules between its stops. Trips on demand (GTFS-Flex) are left out with a note. Several feeds are
    read one by one and put together: their ids differ by the name of the feed.

    Args:
        path: Zip archive or folder.
        feed: Name of the feed, put before every id as `feed:id`; empty: ids stay as they are.
        lenient: Leave faulty rows and trips out and list them, instead of refusing the feed.
        encoding: As `read_csv` takes it; the standard says UTF-8.
        progress: Shows how many files are read.

    Returns:
        Tables by name, each of its region schema and sorted by its key; and what a person should know about the feed:
        notes, and in a lenient reading every fault.

    Raises:
        InputError: If a file or column is missing or broken; if the reading is strict, also for any faulty row.

    Source:
        General Transit Feed Specification, reference of gtfs.org, with its extension GTFS-Flex.
    """
    if not re.fullmatch(r"[\w.-]*", feed):
        remedy = "Use letters, digits, '.', '_' and '-'."
        raise InputError(Finding(str(path), "", "feed", feed, "this is no name for a feed", remedy))
    source = open_source(path)
    check_files(source)
    ledger = Ledger(lenient=lenient)
    files = {
        name: read_file(source, name, ledger, encoding=encoding)
        for name in track(list(FILES), f"GTFS {feed}".strip(), progress)
    }
    tables = _tables(files, ledger)
    report = ledger.settle()
    return {name: _prefixed(name, frame, feed) for name, frame in tables.items()}, report


def _tables(files: dict[str, pl.DataFrame], ledger: Ledger) -> dict[str, pl.DataFrame]:
    stops = read_stops(files["stops.txt"], ledger)
    routes = read_routes(files["routes.txt"], files["agency.txt"], ledger)
    service_days = read_service_days(files["calendar.txt"], files["calendar_dates.txt"], ledger)
    service_ids = pl.concat([files["calendar.txt"]["service_id"], files["calendar_dates.txt"]["service_id"]])
    trips = read_trips(files["trips.txt"], routes["route_id"], service_ids, ledger)
    calls, unusable = read_calls(files["stop_times.txt"], files["trips.txt"], files["stops.txt"]["stop_id"], ledger)
    trips = trips.filter(~pl.col("trip_id").is_in(unusable.implode()))
    calls = calls.join(trips, on="trip_id", how="semi", maintain_order="left").join(
        stops, on="stop_id", how="semi", maintain_order="left"
    )
    _note_short_trips(trips, calls, ledger)
    trips, calls = unfold_headways(files["frequencies.txt"], trips, calls, files["trips.txt"]["trip_id"], ledger)
    return {
        "stops": stops,
        "routes": routes,
        "trips": trips,
        "stop_times": calls,
        "service_days": service_days,
        "transfers": read_transfers(files["transfers.txt"], files["stops.txt"], stops, ledger),
    }


def _note_short_trips(trips: pl.DataFrame, calls: pl.DataFrame, ledger: Ledger) -> None:
    rideable = calls.group_by("trip_id").len().filter(pl.col("len") >= 2)
    short = trips.join(rideable, on="trip_id", how="anti")
    if len(short):
        problem = f"{len(short):,} of {len(trips):,} trips have fewer than two calls, so nobody can ride them"
        ledger.note("stop_times.txt", problem, "Get the whole feed if this one was cut by mistake.")


def _prefixed(name: str, frame: pl.DataFrame, feed: str) -> pl.DataFrame:
    if feed:
        frame = frame.with_columns(pl.format(f"{feed}:{{}}", column).alias(column) for column in _IDS[name])
    return TABLES[name].conform(frame)
