# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Rules about where things are: coordinates, outlines, the timetable's calls, the street network."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import polars as pl
import shapely

from drehkreuz.region.checks.rule import Rule
from drehkreuz.region.region import Region

FAR_KM: Final = 300.0
"""A commute ends long before; a point further than this from the region's middle is a slip."""
KM_PER_DEGREE: Final = 111.2
LOCATED: Final = ("zones", "places", "stops", "street_nodes")

NULL_ISLAND: Final = "coordinates 0, 0 stand for unknown, not for the Gulf of Guinea"
SWAPPED: Final = "latitude {lat} and longitude {lon} look swapped: the other way round it lies in the region"
FAR: Final = "lies {km} km from the middle of the region"


def rules(region: Region) -> Iterator[Rule]:
    """Yield the rules of zones, places, stops and streets."""
    yield from _coordinates(region)
    yield from _outlines(region)
    yield from _calls(region)
    yield from _streets(region)


def _coordinates(region: Region) -> Iterator[Rule]:
    middle = _middle(region)
    if middle is None:
        return
    for name in LOCATED:
        lat, lon = pl.col("lat"), pl.col("lon")
        rows = region.table(name).filter(lat.is_between(-90, 90) & lon.is_between(-180, 180))
        rows = rows.with_columns(km=_km(lat, lon, middle).round(), km_swapped=_km(lon, lat, middle))
        nowhere = (lat == 0) & (lon == 0)
        far = (pl.col("km") > FAR_KM) & ~nowhere
        swapped = far & (pl.col("km_swapped") <= FAR_KM)
        look_up = "Look the coordinates up, or leave the row out."
        yield Rule(name, rows, "lat", nowhere, NULL_ISLAND, look_up)
        yield Rule(name, rows, "lat", swapped, SWAPPED, "Swap them.")
        yield Rule(
            name, rows, "lat", far & ~swapped, FAR, "Correct the coordinates (WGS 84, degrees), or leave the row out."
        )


def _middle(region: Region) -> tuple[float, float] | None:
    """Return the median of the places where people live, work and change; of streets where there is nothing else."""
    for names in (LOCATED[:-1], LOCATED[-1:]):
        points = pl.concat([region.table(name).select("lat", "lon") for name in names]).filter(
            pl.all_horizontal(pl.all().is_finite()) & (pl.any_horizontal(pl.all() != 0))
        )
        if len(points):
            lat, lon = points.median().row(0)
            return lat, lon
    return None


def _km(lat: pl.Expr, lon: pl.Expr, middle: tuple[float, float]) -> pl.Expr:
    """Return the distance from the middle, on a plane touching the earth there."""
    north = lat - middle[0]
    east = (lon - middle[1]) * pl.lit(middle[0]).radians().cos()
    return KM_PER_DEGREE * (north**2 + east**2).sqrt()


def _outlines(region: Region) -> Iterator[Rule]:
    rows = region.table("boundaries")
    areas = shapely.from_wkt(rows["outline"].to_list(), on_invalid="ignore")
    rows = rows.with_columns(pl.Series("area", shapely.is_valid(areas), pl.Boolean))
    remedy = "Bring the outline from a source of kind boundaries."
    yield Rule(
        "boundaries", rows, "outline", ~pl.col("area"), "is no area: it cannot be read or crosses itself", remedy
    )


def _calls(region: Region) -> Iterator[Rule]:
    arrival, departure = pl.col("arrival"), pl.col("departure")
    before = departure.shift(1).over("trip_id", order_by="sequence")
    calls = region.table("stop_times").with_columns(before=before)
    fix = "Correct the times, or leave the trip out."
    leaves = departure < arrival
    yield Rule("stop_times", calls, "departure", leaves, "trip {trip_id} leaves before it arrives at {arrival}", fix)
    early = arrival < pl.col("before")
    yield Rule("stop_times", calls, "arrival", early, "trip {trip_id} arrives before it has left the stop before", fix)

    per_trip = region.table("stop_times").group_by("trip_id").agg(calls=pl.len())
    trips = region.table("trips").join(per_trip, "trip_id", how="left").with_columns(pl.col("calls").fill_null(0))
    few = pl.col("calls") < 2
    yield Rule(
        "trips", trips, "", few, "carries nobody: it has {calls} calls", "Add its calls, or leave it out.", "warning"
    )
    idle = ~pl.col("service_id").is_in(region.table("service_days")["service_id"].unique().implode())
    yield Rule(
        "trips",
        trips,
        "service_id",
        idle,
        "runs on no day",
        "Add the service's days, or leave the trip out.",
        "warning",
    )


def _streets(region: Region) -> Iterator[Rule]:
    edges, nodes = region.table("street_edges"), region.table("street_nodes")
    remedy = "Merge the two nodes, or give the length along the street."
    yield Rule("street_edges", edges, "length_m", pl.col("length_m") == 0, "has no length", remedy, "warning")
    no_speed = pl.col("car") & pl.col("car_kmh").is_null()
    yield Rule("street_edges", edges, "car_kmh", no_speed, "cars may drive here at no known speed", "Give a speed.")
    for name, rows, column in (("street_edges", edges, "edge"), ("street_nodes", nodes, "node")):
        beyond = pl.col(column) >= rows.height
        problem = f"{rows.height} rows are numbered 0 to {rows.height - 1}"
        yield Rule(name, rows, column, beyond, problem, "Number them without gaps.")
