# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Porto Alegre, 2019-05-13: two feeds, the streets and 1,227 cells, as a region and as files for peers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

import polars as pl

from drehkreuz.reach.parameters import PARAMETERS
from drehkreuz.region import Manifest, Region
from drehkreuz.sources.gtfs import read_gtfs
from drehkreuz.sources.osm import read_osm

DAY: Final = date(2019, 5, 13)
LIMITS: Final = replace(PARAMETERS, access_walk_seconds=1800, footpath_seconds=600, max_rides=3, longest_minutes=120)
"""What the contract of benchmarks asks."""


def folder_of(data: Path) -> Path:
    """Return the folder of the city's files."""
    return data / "transit" / "porto-alegre"


def read_region(data: Path) -> Region:
    """Return the city as a region; every cell is a home and a workplace."""
    folder = folder_of(data)
    feeds = [read_gtfs(folder / f"poa_{feed}.zip", feed, lenient=True)[0] for feed in ("eptc", "trensurb")]
    tables = {name: pl.concat([feed[name] for feed in feeds]) for name in feeds[0]}
    tables["street_nodes"], tables["street_edges"], _ = read_osm(folder / "poa_osm.pbf")
    cells = pl.read_csv(folder / "poa_hexgrid.csv").select("id", "lat", "lon").sort("id")
    tables["zones"] = cells.rename({"id": "zone_id"})
    tables["places"] = cells.select(place_id="id", name="id", kind=pl.lit("workplace"), lat="lat", lon="lon")
    return Region(Manifest("poa", "Porto Alegre", DAY, "pt", {}), tables)


def write_day(region: Region, folder: Path) -> None:
    """Write the day's trips as GTFS that every reader takes: no blank times, one service."""
    days = region.table("service_days").filter(pl.col("date") == DAY)
    trips = region.table("trips").join(days, on="service_id", how="semi")
    calls = region.table("stop_times").join(trips, on="trip_id", how="semi").sort("trip_id", "sequence")
    name = pl.col("name").fill_null("")
    week = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    text = DAY.strftime("%Y%m%d")
    files = {
        "agency": pl.DataFrame(
            {"agency_id": "a", "agency_name": "a", "agency_url": "http://a.example", "agency_timezone": "UTC"}
        ),
        "stops": region.table("stops").select("stop_id", stop_name=name, stop_lat="lat", stop_lon="lon"),
        "routes": region.table("routes").select(
            "route_id", agency_id=pl.lit("a"), route_short_name=name, route_long_name=name, route_type=pl.lit(3)
        ),
        "trips": trips.select("route_id", "trip_id", service_id=pl.lit("day")),
        "stop_times": calls.select(
            "trip_id",
            "stop_id",
            arrival_time=_clock("arrival"),
            departure_time=_clock("departure"),
            stop_sequence="sequence",
        ),
        "calendar": pl.DataFrame({"service_id": "day", **dict.fromkeys(week, 1), "start_date": text, "end_date": text}),
    }
    folder.mkdir(parents=True)
    for file, frame in files.items():
        frame.write_csv(folder / f"{file}.txt")


def _clock(column: str) -> pl.Expr:
    seconds = pl.col(column)
    parts = (seconds // 3600, seconds // 60 % 60, seconds % 60)
    return pl.format("{}:{}:{}", *(part.cast(pl.String).str.zfill(2) for part in parts))
