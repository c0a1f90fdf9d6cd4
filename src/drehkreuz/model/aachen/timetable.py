# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The model's timetable, written as a GTFS feed."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import numpy as np
import polars as pl

from drehkreuz.model.aachen.blocks import chain
from drehkreuz.model.aachen.calendars import FIRST_DAY, LAST_DAY, SERVICES, exceptions
from drehkreuz.model.aachen.departures import Runs, runs
from drehkreuz.model.aachen.lines import BUS, RAIL, Line, read_lines
from drehkreuz.model.aachen.stops import Stops

AGENCIES: Final = {RAIL: ("modell-bahn", "Modell-Bahn Region Aachen"), BUS: ("modell-bus", "Modell-Bus Region Aachen")}
URL: Final = "https://example.org/"
VERSION: Final = "2026-11-02"
CHANGE_SECONDS: Final = 180
"""Assumed: least time to change trains at a station where several lines call."""
WALK_METRES: Final = 300.0
"""Straight metres up to which the way between a station and a stop of buses is stated."""
WALK_SECONDS_PER_METRE: Final = 1.3 / 1.2
"""Assumed: 30 % longer than the straight line, at 1.2 m/s."""
_DAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SUFFIX: Final = ("hin", "rueck")


def write_timetable(folder: Path) -> None:
    """
    Write the timetable of the model region as a GTFS feed, the same bytes every time.

    Args:
        folder: Folder the files are written to; made if missing.
    """
    folder.mkdir(parents=True, exist_ok=True)
    stops = Stops.read()
    lines = read_lines(stops)
    all_runs = list(runs(lines))
    trips, starts = _trips(all_runs, stops)
    tables = {
        "agency": _agency(),
        "calendar": _calendar(),
        "calendar_dates": _calendar_dates(),
        "feed_info": _feed_info(),
        "routes": _routes(lines, stops),
        "stops": _stops(lines, stops),
        "stop_times": _stop_times(all_runs, trips["trip_id"], starts, stops),
        "transfers": _transfers(lines, stops),
        "trips": trips,
    }
    for name, table in tables.items():
        table.write_csv(folder / f"{name}.txt")


def _agency() -> pl.DataFrame:
    rows = [(key, name, URL, "Europe/Berlin", "de") for key, name in AGENCIES.values()]
    columns = ["agency_id", "agency_name", "agency_url", "agency_timezone", "agency_lang"]
    return pl.DataFrame(rows, schema=columns, orient="row")


def _feed_info() -> pl.DataFrame:
    first, last = f"{FIRST_DAY:%Y%m%d}", f"{LAST_DAY:%Y%m%d}"
    return pl.DataFrame(
        {
            "feed_publisher_name": ["Modellregion Aachen (Beispiel)"],
            "feed_publisher_url": [URL],
            "feed_lang": ["de"],
            "feed_start_date": [first],
            "feed_end_date": [last],
            "feed_version": [VERSION],
            "feed_contact_url": [URL],
        }
    )


def _calendar() -> pl.DataFrame:
    rows = [(service, *week, f"{FIRST_DAY:%Y%m%d}", f"{LAST_DAY:%Y%m%d}") for service, week in SERVICES.items()]
    return pl.DataFrame(rows, schema=["service_id", *_DAYS, "start_date", "end_date"], orient="row")


def _calendar_dates() -> pl.DataFrame:
    rows = [(service, f"{day:%Y%m%d}", kind) for service, day, kind in exceptions()]
    return pl.DataFrame(rows, schema=["service_id", "date", "exception_type"], orient="row")


def _routes(lines: list[Line], stops: Stops) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "route_id": [line.line_id for line in lines],
            "agency_id": [AGENCIES[line.mode][0] for line in lines],
            "route_long_name": [line.name for line in lines],
            "route_desc": [f"{stops.names[line.stops[0]]} – {stops.names[line.stops[-1]]}" for line in lines],
            "route_type": [line.mode for line in lines],
        }
    )


def _called(lines: list[Line]) -> list[int]:
    return sorted({stop for line in lines for stop in line.stops})


def _stops(lines: list[Line], stops: Stops) -> pl.DataFrame:
    called = _called(lines)
    return pl.DataFrame(
        {
            "stop_id": [stops.ids[stop] for stop in called],
            "stop_name": [stops.names[stop] for stop in called],
            "stop_lat": [f"{stops.lat[stop]:.6f}" for stop in called],
            "stop_lon": [f"{stops.lon[stop]:.6f}" for stop in called],
        }
    )


def _transfers(lines: list[Line], stops: Stops) -> pl.DataFrame:
    """State the change within each station, and the walk between a station and the stops of buses beside it."""
    called = np.array(_called(lines))
    stations = called[stops.rail[called]]
    gaps = stops.metres[stations][:, None, :] - stops.metres[called][None, :, :]
    away = np.hypot(gaps[..., 0], gaps[..., 1])
    near = (away <= WALK_METRES) & (stations[:, None] != called[None, :])
    pairs = {(int(station), int(station)): CHANGE_SECONDS for station in stations}
    for station, stop in np.argwhere(near).tolist():
        seconds = max(60, int(np.ceil(away[station, stop] * WALK_SECONDS_PER_METRE / 30)) * 30)
        pairs[int(stations[station]), int(called[stop])] = seconds
        pairs[int(called[stop]), int(stations[station])] = seconds
    rows = [(stops.ids[start], stops.ids[end], 2, seconds) for (start, end), seconds in sorted(pairs.items())]
    return pl.DataFrame(rows, schema=["from_stop_id", "to_stop_id", "transfer_type", "min_transfer_time"], orient="row")


def _trips(all_runs: list[Runs], stops: Stops) -> tuple[pl.DataFrame, list[int]]:
    """Return trips.txt, and the minute at which each trip sets out."""
    single = [(run, start) for run in all_runs for start in run.starts]
    starts = [start for _, start in single]
    vehicle = chain(
        [f"{run.days}-{AGENCIES[run.line.mode][0]}" for run, _ in single],
        starts,
        [start + int(run.line.minutes[-1]) for run, start in single],
        [run.line.stops[0] for run, _ in single],
        [run.line.stops[-1] for run, _ in single],
    )
    table = pl.DataFrame(
        {
            "route_id": [run.line.line_id for run, _ in single],
            "service_id": [run.days for run, _ in single],
            "trip_id": [_trip_id(run, start) for run, start in single],
            "trip_headsign": [stops.names[run.line.stops[-1]] for run, _ in single],
            "direction_id": [run.direction for run, _ in single],
            "block_id": [f"{number:05}" for number in vehicle],
            "bikes_allowed": [1 if run.line.mode == RAIL else 2 for run, _ in single],
        }
    )
    return table, starts


def _trip_id(run: Runs, start: int) -> str:
    return f"{run.line.line_id}-{run.days}-{_SUFFIX[run.direction]}-{start // 60:02}{start % 60:02}"


def _stop_times(all_runs: list[Runs], trip_ids: pl.Series, starts: list[int], stops: Stops) -> pl.DataFrame:
    """Return stop_times.txt: each trip calls at its line's stops, its line's minutes after it set out."""
    counts = np.array([len(run.starts) for run in all_runs])
    calls = np.repeat([len(run.line.stops) for run in all_runs], counts)
    trip = np.repeat(np.arange(len(calls)), calls)
    minutes = np.concatenate([np.tile(run.line.minutes, len(run.starts)) for run in all_runs]) + np.array(starts)[trip]
    stop = np.concatenate([np.tile(run.line.stops, len(run.starts)) for run in all_runs])
    sequence = np.arange(len(trip)) - np.repeat(np.cumsum(calls) - calls, calls) + 1
    clock = pl.Series([f"{minute // 60:02}:{minute % 60:02}:00" for minute in range(int(minutes.max()) + 1)])
    times = clock.gather(minutes)
    return pl.DataFrame(
        {
            "trip_id": trip_ids.gather(trip),
            "arrival_time": times,
            "departure_time": times,
            "stop_id": pl.Series(stops.ids).gather(stop),
            "stop_sequence": sequence,
        }
    )
