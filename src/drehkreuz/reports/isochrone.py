# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""From where a place is reached: summed up, and as files."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import polars as pl

from drehkreuz.reach.asked.findings import findings
from drehkreuz.reach.asked.isochrone import Isochrone
from drehkreuz.reach.asked.moves import Spot
from drehkreuz.reach.asked.planner import JourneyPlanner
from drehkreuz.reach.asked.travel import Travel
from drehkreuz.reach.cells import Polygon
from drehkreuz.reach.modes import CANNOT
from drehkreuz.reach.visits import Times
from drehkreuz.region import Region
from drehkreuz.reports.notes import grouped
from drehkreuz.reports.provenance import provenance
from drehkreuz.reports.words import Words

FORMATS: Final = (".geojson", ".svg", ".csv")
"""Endings of files that an isochrone can be written to."""


@dataclass(frozen=True, slots=True)
class Asked:
    """
    What an isochrone answers.

    Attributes:
        place: Row of table `places`.
        travel: By what.
        times: When to be there, and when to leave.
        both: Whether the way home counts too.
    """

    place: int
    travel: Travel
    times: Times
    both: bool


def isochrone_answer(planner: JourneyPlanner, asked: Asked, found: Isochrone) -> dict[str, Any]:
    """Return how many homes and residents are within each limit; fit for JSON."""
    region = planner.region
    zones = region.table("zones")
    residents = zones["population"].fill_null(0).to_numpy()
    place = region.table("places").row(asked.place, named=True)
    return {
        "provenance": provenance(region),
        "place": place["place_id"],
        "name": place["name"],
        "chain": asked.travel,
        "by": asked.times.start // 60,
        "end": asked.times.end // 60 if asked.both else None,
        "day": asked.times.day_out,
        "homes": len(zones),
        "residents": int(residents.sum()),
        "modelled_timetable": asked.travel.rides and modelled(region),
        "assumptions": assumed(planner),
        "findings": grouped(findings(planner, [asked.travel], [Spot("places", asked.place)], asked.times)),
        "within": [
            {
                "minutes": limit,
                "homes": int(found.within(limit).sum()),
                "residents": int(residents[found.within(limit)].sum()),
            }
            for limit in found.limits
        ],
    }


def modelled(region: Region) -> bool:
    """Return whether the timetable is modelled, so that its departures are no real ones."""
    known = region.manifest.provenance.get("stop_times")
    return known is not None and known.kind != "observed"


def assumed(planner: JourneyPlanner) -> dict[str, Any]:
    """Return every assumed value behind an answer, fit for JSON."""
    return {
        "reach": asdict(planner.network.parameters),
        "asked": asdict(planner.assumed),
        "straight_line_ways": planner.network.ways.assumed,
    }


def heading(answer: dict[str, Any], words: Words) -> str:
    """Return what the isochrone shows, in a line."""
    values = {
        "place": answer["name"],
        "chain": words(f"chain.{answer['chain'].upper()}"),
        "time": words.clock(answer["by"]),
    }
    if answer["end"] is None:
        return words("isochrone.title", **values)
    return words("isochrone.title_both", **values, end=words.clock(answer["end"]))


def day_line(answer: dict[str, Any], words: Words) -> str:
    """Return for which region and which day an answer holds, in a line."""
    known = answer["provenance"]
    day = f"{words('isochrone.' + answer['day'].name)}, {words.day(known['day'])}"
    return words("isochrone.day", region=known["title"], day=day)


def isochrone_table(region: Region, found: Isochrone) -> pl.DataFrame:
    """Return one row per home: `zone_id`, `name`, `lat`, `lon`, `population`, `minutes`, empty where there is no way."""
    minutes = pl.Series("minutes", found.minutes.astype(np.int32))
    zones = region.table("zones").select("zone_id", "name", "lat", "lon", "population")
    return zones.with_columns(minutes).with_columns(pl.col("minutes").replace(CANNOT, None))


def isochrone_geojson(answer: dict[str, Any], outlines: list[list[Polygon]]) -> dict[str, Any]:
    """Return one MultiPolygon for each limit, the widest first, so that drawn in order all are seen."""
    shared = {name: answer[name] for name in ("place", "name", "chain", "by", "end", "modelled_timetable")}
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "MultiPolygon", "coordinates": outline},
            "properties": {**shared, **within},
        }
        for within, outline in zip(answer["within"], outlines, strict=True)
    ]
    return {"type": "FeatureCollection", "features": features[::-1]}


def write_json(value: dict[str, Any], path: Path) -> None:
    """Write a GeoJSON file."""
    path.write_text(json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
