# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What heavy trucks need: at their depots first, at loading bays, along trunk roads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.spatial import KDTree

from drehkreuz.errors import Finding, InputError
from drehkreuz.planning.charging.assumptions import VARIANTS, Assumptions, Variant
from drehkreuz.planning.charging.grid import screened
from drehkreuz.planning.charging.need import ENDING
from drehkreuz.planning.charging.rows import read_rows
from drehkreuz.planning.covers import studied
from drehkreuz.reach.access import residents
from drehkreuz.reach.points import Points, earth_xyz
from drehkreuz.region import Region

Floats = NDArray[np.float64]

USES: Final = ("depot", "truck_destination", "en_route")

FREIGHT_KLDB: Final = ("513", "516", "5212")
"""Occupations of storage and goods handling, of forwarding, and of driving trucks (KldB 2010)."""

FREIGHT_ISCO: Final = ("8332", "9333", "4321", "4323")
"""The same where an occupation has no KldB code (ISCO-08)."""

TRUNK_KMH: Final = 85.0
"""Roads from this speed count as trunk roads (assumed: trucks drive 80 km/h there)."""


@dataclass(frozen=True, slots=True)
class Depot:
    """
    A place where trucks stand overnight.

    Attributes:
        id: Code or name.
        name: Its name.
        lat: Latitude.
        lon: Longitude.
        trucks: Heavy trucks that stand there; fewer than one where they are shared out.
    """

    id: str
    name: str
    lat: float
    lon: float
    trucks: float


@dataclass(frozen=True, slots=True)
class TruckNeed:
    """
    What trucks need in a year.

    Attributes:
        year: The year.
        trucks: Heavy trucks, low, middle and high.
        battery: Battery-electric ones of them.
        kwh: What those use on a working day, wherever they charge.
        sites: One row a place, depots first: `use`, `id`, `name`, `lat`, `lon`, `trucks`, `battery`; `kwh` a day, `points` and `kw`
            with `_low` and `_high`; what the grid would mean, from `screened`. Loading bays and trunk roads are summed by
            municipality; bays have no power, for they are many.
        trunk_km: Length of trunk roads in the study area.
        listed: Whether depots came from a list.
    """

    year: int
    trucks: dict[Variant, float]
    battery: dict[Variant, float]
    kwh: dict[Variant, float]
    sites: pl.DataFrame
    trunk_km: float
    listed: bool


def read_depots(path: Path) -> list[Depot]:
    """
    Return depots from a CSV with the columns name, lat, lon, trucks.

    Raises:
        InputError: If the file cannot be read or a row makes no sense.
    """
    found: list[Depot] = []
    for row in read_rows(path, ("name", "lat", "lon", "trucks")):
        if not row["name"]:
            raise InputError(row.finding("name", "is empty", "Name the place."))
        lat, lon = row.number("lat", -90, 90), row.number("lon", -180, 180)
        found.append(Depot(row["name"], row["name"], lat, lon, row.number("trucks", 0, 1e5)))
    if not found:
        raise InputError(Finding(str(path), "", "", "", "lists no depot", "Add a row for each."))
    return found


def freight_sites(region: Region) -> list[tuple[Depot, float]]:
    """Return workplaces of the study area with posts in transport and storage, without trucks, and their share of such posts."""
    codes = region.table("occupations").select("occupation_id", "kldb2010", "isco08")
    starts = [pl.col("kldb2010").str.starts_with(code) for code in FREIGHT_KLDB]
    starts += [pl.col("kldb2010").is_null() & pl.col("isco08").str.starts_with(code) for code in FREIGHT_ISCO]
    freight = codes.filter(pl.any_horizontal(starts))
    posts = region.table("vacancies").join(freight, on="occupation_id", how="semi")
    posts = posts.group_by("place_id", maintain_order=True).agg(pl.sum("openings"))
    outside = region.table("municipalities").filter(~pl.col("study_area"))["municipality"]
    places = region.table("places").filter(~pl.col("municipality").fill_null("").is_in(outside.implode()))
    found = places.join(posts, on="place_id").sort("openings", "place_id", descending=[True, False])
    total = max(int(found["openings"].sum() or 0), 1)
    return [
        (Depot(row["place_id"], row["name"], row["lat"], row["lon"], 0.0), row["openings"] / total)
        for row in found.iter_rows(named=True)
    ]


def truck_need(region: Region, year: int, assumptions: Assumptions, listed: Sequence[Depot] = ()) -> TruckNeed:
    """
    Reckon what heavy trucks need.

    Depots come from a list; without one, an assumed number of trucks stands where posts in transport and storage are open. What is
    charged along roads follows from the traffic assumed on trunk roads, so that trucks passing through count and trips elsewhere do
    not.

    Args:
        region: The region.
        year: The year asked.
        assumptions: What is assumed.
        listed: Depots with their trucks.

    Raises:
        InputError: If there is neither a list nor a post in transport and storage.
    """
    shared = [] if listed else freight_sites(region)
    if not listed and not shared:
        problem = "no post is in transport or storage, so that nothing says where trucks stand"
        raise InputError(Finding("vacancies", "", "", "", problem, "Hand in depots with --freight."))
    ground = _Ground(
        depots=tuple(listed) or tuple(depot for depot, _ in shared),
        parts=np.array([part for _, part in shared]),
        people=float((residents(region) * studied(region)).sum()),
        jobs=_jobs(region),
        trunk=_trunk_km(region),
    )
    by = {variant: _figures(ground, year, assumptions, variant) for variant in VARIANTS}
    sites = [
        named.hstack(pl.concat([by[variant].frames[use] for variant in VARIANTS], how="horizontal"))
        for use, named in _names(region, ground.depots).items()
    ]
    order = pl.col("use").replace_strict({use: at for at, use in enumerate(USES)}, return_dtype=pl.Int8)
    table = (
        pl.concat(sites, how="diagonal")
        .filter(pl.col("kwh_high") > 0)
        .sort(order, pl.col("kwh"), pl.col("id"), descending=[False, True, False])
    )
    return TruckNeed(
        year=year,
        trucks={variant: figures.trucks for variant, figures in by.items()},
        battery={variant: figures.battery for variant, figures in by.items()},
        kwh={variant: figures.kwh for variant, figures in by.items()},
        sites=screened(table, assumptions.grid),
        trunk_km=float(ground.trunk.sum()),
        listed=bool(listed),
    )


@dataclass(frozen=True, slots=True)
class _Ground:
    """
    What no assumption changes.

    Attributes:
        depots: Where trucks stand.
        parts: float64[depots], share of the trucks that stands at each; empty where depots are listed with theirs.
        people: Residents of the study area.
        jobs: float64[towns], each municipality's share of the study area's jobs.
        trunk: float64[towns], km of trunk roads.
    """

    depots: tuple[Depot, ...]
    parts: Floats
    people: float
    jobs: Floats
    trunk: Floats


@dataclass(frozen=True, slots=True)
class _Figures:
    """
    The need in one variant of the assumptions.

    Attributes:
        trucks: Heavy trucks.
        battery: Battery-electric ones.
        kwh: What those use on a working day.
        frames: Columns of each use, with the variant's ending.
    """

    trucks: float
    battery: float
    kwh: float
    frames: dict[str, pl.DataFrame]


def _figures(ground: _Ground, year: int, assumptions: Assumptions, variant: Variant) -> _Figures:
    value, share, split = assumptions.of(variant), assumptions.share("truck", year, variant), assumptions.split("truck")
    listed = np.array([depot.trucks for depot in ground.depots])
    trucks = ground.parts * ground.people * value["trucks"] / 1000 if len(ground.parts) else listed
    battery = trucks * share
    daily = value["truck_km"] * value["truck_kwh"]  # kWh of a battery-electric truck
    total = float(battery.sum()) * daily
    depot = battery * daily * split["depot"]
    bays = ground.jobs * total * split["destination"]
    road = ground.trunk * value["road_trucks"] * share * value["truck_kwh"] * value["road_public"]
    road_points = road / value["point_en_route"]
    unknown = np.full(len(bays), np.nan)
    columns = {
        "depot": {
            "trucks": trucks,
            "battery": battery,
            "kwh": depot,
            "points": depot / value["point_depot"],
            "kw": depot / value["depot_hours"],
        },
        "truck_destination": {"kwh": bays, "points": bays / value["point_truck_destination"], "kw": unknown},
        "en_route": {"kwh": road, "points": road_points, "kw": np.ceil(road_points) * value["en_route_kw"]},
    }
    frames = {
        use: pl.DataFrame({f"{name}{ENDING[variant]}": values for name, values in named.items()}).fill_nan(None)
        for use, named in columns.items()
    }
    return _Figures(float(trucks.sum()), float(battery.sum()), total, frames)


def _names(region: Region, depots: Sequence[Depot]) -> dict[str, pl.DataFrame]:
    """Return who stands for the rows of each use: depots, and municipalities of the study area."""
    own = pl.DataFrame(
        [(depot.id, depot.name, depot.lat, depot.lon) for depot in depots],
        schema={"id": pl.String, "name": pl.String, "lat": pl.Float64, "lon": pl.Float64},
        orient="row",
    )
    towns = _towns(region).select("name", "lat", "lon", id=pl.col("municipality")).select("id", "name", "lat", "lon")
    return {use: (own if use == "depot" else towns).select(pl.lit(use).alias("use"), pl.all()) for use in USES}


def _towns(region: Region) -> pl.DataFrame:
    return region.table("municipalities").filter("study_area").sort("municipality")


def _jobs(region: Region) -> Floats:
    """Return each municipality's share of jobs in the study area, or of residents where jobs are unknown."""
    towns = _towns(region)
    jobs = towns["jobs"] if (towns["jobs"].sum() or 0) > 0 else towns["population"]
    weight = jobs.fill_null(0).to_numpy().astype(np.float64)
    return np.asarray(weight / max(weight.sum(), 1.0))


def _trunk_km(region: Region) -> Floats:
    """Return the length of trunk roads in each municipality of the study area; both directions of a road count once."""
    towns, zones = _towns(region), region.table("zones")
    edges = region.table("street_edges").filter(pl.col("car") & (pl.col("car_kmh") >= TRUNK_KMH))
    found = np.zeros(len(towns))
    if edges.is_empty() or zones.is_empty() or towns.is_empty():
        return found
    nodes = region.table("street_nodes").select("node", "lat", "lon")
    ends = [
        edges.select(node=pl.col(name)).join(nodes, on="node", how="left", maintain_order="left")
        for name in ("from_node", "to_node")
    ]
    lat, lon = ((ends[0][name] + ends[1][name]).to_numpy() / 2 for name in ("lat", "lon"))
    _, zone = KDTree(Points.of(region, "zones").xyz).query(earth_xyz(lat, lon))
    keys = zones["municipality"].fill_null("").gather(np.asarray(zone))
    row = {key: at for at, key in enumerate(towns["municipality"])}
    for key, metres in zip(keys, edges["length_m"], strict=True):
        if key in row:
            found[row[key]] += metres / 2000
    return found
