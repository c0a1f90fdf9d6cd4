# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The region's timetable written as a GTFS feed that other programs read."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

import polars as pl

from drehkreuz.region import TABLES
from drehkreuz.sources.gtfs_calls import clock_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_UNKNOWN_AGENCY: Final = "unknown"
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)  # the first moment a zip can write: the same tables give the same bytes


def write_gtfs(
    tables: Mapping[str, pl.DataFrame],
    path: str | Path,
    *,
    timezone: str = "Europe/Berlin",
    url: str = "https://www.example.org/",
) -> None:
    """
    Write the region's timetable tables as a feed; `read_gtfs(path, "")` gives them back.

    Service days are written as `calendar_dates.txt`. A time that was filled in is written with timepoint 0. A line
    without an agency gets the agency `unknown`, since the standard demands one.

    Args:
        tables: stops, routes, trips, stop_times, service_days and transfers; those left out are empty.
        path: A name ending in `.zip`, or a folder, made if it is not there.
        timezone: Time zone of the agencies, which the tables do not keep.
        url: Web address of the agencies, same.
    """
    files = {file: write(tables.get(table, TABLES[table].empty())) for file, (table, write) in _FILES.items()}
    files["agency.txt"] = files["agency.txt"].with_columns(agency_url=pl.lit(url), agency_timezone=pl.lit(timezone))
    path = Path(path)
    if path.suffix.lower() == ".zip":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, frame in files.items():
                archive.writestr(zipfile.ZipInfo(name, _EPOCH), frame.write_csv(), zipfile.ZIP_DEFLATED)
        return
    path.mkdir(parents=True, exist_ok=True)
    for name, frame in files.items():
        frame.write_csv(path / name)


def _agencies(routes: pl.DataFrame) -> pl.DataFrame:
    agency = pl.col("agency").fill_null(_UNKNOWN_AGENCY)
    return routes.select(agency_id=agency, agency_name=agency).unique().sort("agency_id")


def _stops(stops: pl.DataFrame) -> pl.DataFrame:
    return stops.select(
        "stop_id",
        stop_name="name",
        stop_lat="lat",
        stop_lon="lon",
        location_type=pl.col("stop_id").is_in(stops["parent"].implode()).cast(pl.Int8),
        parent_station="parent",
        platform_code="platform",
    )


def _routes(routes: pl.DataFrame) -> pl.DataFrame:
    return routes.select(
        "route_id",
        agency_id=pl.col("agency").fill_null(_UNKNOWN_AGENCY),
        route_short_name="name",
        route_type="mode",
    )


def _trips(trips: pl.DataFrame) -> pl.DataFrame:
    return trips.select(
        "route_id",
        "service_id",
        "trip_id",
        trip_headsign="headsign",
        direction_id="direction",
        bikes_allowed=pl.col("bikes").replace_strict({True: 1, False: 2}, default=0, return_dtype=pl.Int8),
    )


def _stop_times(calls: pl.DataFrame) -> pl.DataFrame:
    return calls.select(
        "trip_id",
        arrival_time=clock_text("arrival"),
        departure_time=clock_text("departure"),
        stop_id="stop_id",
        stop_sequence="sequence",
        pickup_type=(~pl.col("pickup")).cast(pl.Int8),
        drop_off_type=(~pl.col("drop_off")).cast(pl.Int8),
        timepoint=pl.col("timed").cast(pl.Int8),
    )


def _calendar_dates(service_days: pl.DataFrame) -> pl.DataFrame:
    return service_days.select("service_id", date=pl.col("date").dt.strftime("%Y%m%d"), exception_type=pl.lit(1))


def _transfers(transfers: pl.DataFrame) -> pl.DataFrame:
    kind = pl.when(~pl.col("possible")).then(3).when(pl.col("seconds").is_not_null()).then(2).otherwise(0)
    return transfers.select("from_stop_id", "to_stop_id", transfer_type=kind, min_transfer_time="seconds")


_FILES: Final[dict[str, tuple[str, Callable[[pl.DataFrame], pl.DataFrame]]]] = {
    "agency.txt": ("routes", _agencies),
    "stops.txt": ("stops", _stops),
    "routes.txt": ("routes", _routes),
    "trips.txt": ("trips", _trips),
    "stop_times.txt": ("stop_times", _stop_times),
    "calendar_dates.txt": ("service_days", _calendar_dates),
    "transfers.txt": ("transfers", _transfers),
}
"""Files of the feed, with the table each is made of."""
