# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A new stop on a line that exists."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import polars as pl

from drehkreuz.measures.measure import Case, Change, Kind
from drehkreuz.measures.rows import added
from drehkreuz.measures.runs import km
from drehkreuz.measures.terms import Band, Parameter, Said, UnitCost, Unmet

Call = dict[str, Any]


def _apply(case: Case) -> Change:
    region, new = case.region, (case["lat"], case["lon"])
    points = {stop: (lat, lon) for stop, lat, lon in region.table("stops").select("stop_id", "lat", "lon").iter_rows()}
    mine = region.table("stop_times")["trip_id"].is_in(_trips(case).implode())
    rows: list[Call] = []
    for calls in region.table("stop_times").filter(mine).sort("trip_id", "sequence").partition_by("trip_id"):
        rows += _with_stop(calls.to_dicts(), case, points, new)
    kept = region.table("stop_times").filter(~mine)
    calls = pl.concat([kept, pl.DataFrame(rows, schema=kept.schema)]) if rows else region.table("stop_times")
    stop = {"stop_id": case.id(), "name": case["name"], "lat": new[0], "lon": new[1]}
    return Change({"stops": added(region, "stops", [stop]), "stop_times": calls}, 1.0)


def _trips(case: Case) -> pl.Series:
    return case.region.table("trips").filter(route_id=case["route"])["trip_id"]


def _with_stop(
    calls: list[Call], case: Case, points: dict[str, tuple[float, float]], new: tuple[float, float]
) -> list[Call]:
    """Return the calls of a run with the stop where it is the least way round; what follows comes later."""

    def round_about(i: int) -> float:
        one, other = points[calls[i]["stop_id"]], points[calls[i + 1]["stop_id"]]
        return km(one, new) + km(new, other) - km(one, other)

    if len(calls) < 2:
        return calls
    at = min(range(len(calls) - 1), key=round_about)
    before, after = calls[: at + 1], calls[at + 1 :]
    delay = case["delay"] * 60
    leaves, arrives = before[-1]["departure"], after[0]["arrival"] + delay
    one, other = points[before[-1]["stop_id"]], points[after[0]["stop_id"]]
    share = km(one, new) / max(km(one, new) + km(new, other), 1e-9)
    time = leaves + round((arrives - leaves) * share)
    stop = before[-1] | {"stop_id": case.id(), "arrival": time, "departure": time, "pickup": True, "drop_off": True}
    later = [call | {"arrival": call["arrival"] + delay, "departure": call["departure"] + delay} for call in after]
    return [call | {"sequence": i} for i, call in enumerate([*before, stop, *later], start=1)]


def _no_runs(case: Case) -> Iterator[Unmet]:
    if _trips(case).is_empty():
        yield Unmet("route", case["route"], "this line has no run", "Name a line that runs.")


KIND: Final = Kind(
    name="new_stop",
    title=Said("Neue Haltestelle", "New stop"),
    doc=Said(
        "Alle Fahrten einer Linie halten an einer neuen Haltestelle; wer weiterfährt, kommt etwas später an.",
        "All runs of a line call at a new stop; who travels on arrives a little later.",
    ),
    area="transport",
    parameters=(
        Parameter("route", "id", Said("Linie.", "Line."), ref="routes"),
        Parameter("name", "text", Said("Name der Haltestelle.", "Name of the stop.")),
        Parameter("lat", "float", Said("Breite.", "Latitude."), unit="degrees WGS 84", min=-90, max=90),
        Parameter("lon", "float", Said("Länge.", "Longitude."), unit="degrees WGS 84", min=-180, max=180),
        Parameter(
            "delay",
            "int",
            Said("Verzögerung durch den Halt.", "Delay by the call."),
            default=1,
            unit="min",
            min=0,
            max=10,
        ),
    ),
    changes=("stops", "stop_times"),
    apply=_apply,
    cost=UnitCost(
        unit=Said("Haltestelle", "stop"),
        invest=Band(15_000.0, 40_000.0, 120_000.0),
        per_year=Band(300.0, 1_000.0, 3_000.0),
        source=Said(
            "zwei stufenlose Borde, einer je Straßenseite, und ihre Pflege",
            "two kerbs without steps, one at each side of the street, and their upkeep",
        ),
    ),
    preconditions=_no_runs,
)
