# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""More departures of a line: between those it has, before the first or after the last."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import polars as pl

from drehkreuz.measures.measure import Case, Change, Kind
from drehkreuz.measures.runs import A_KILOMETRE, DAYS, DAYS_A_YEAR, HEADWAY, Runs, along, departures
from drehkreuz.measures.terms import Parameter, Said, Unmet


def _apply(case: Case) -> Change:
    runs, per_year = Runs(case, case["route"]), 0.0
    for direction, calls in _longest_runs(case):
        length = along(case.region, calls["stop_id"].to_list(), 25.0)[1]
        begin = calls["departure"][0]
        for day in case["days"]:
            for leaves in departures(case["first"], case["last"], case["headway"]):
                times = (calls["departure"] - begin + leaves * 60).to_list()
                runs.add(day, direction, zip(calls["stop_id"], times, strict=True), leaves)
                per_year += length * DAYS_A_YEAR[day]
    return Change(runs.tables(), per_year)


def _longest_runs(case: Case) -> Iterator[tuple[int, pl.DataFrame]]:
    """Yield the calls of the longest run of the line in each direction; of equals the first by id."""
    trips = (
        case.region.table("trips").filter(route_id=case["route"]).select("trip_id", pl.col("direction").fill_null(0))
    )
    calls = case.region.table("stop_times").join(trips, on="trip_id")
    lengths = calls.group_by("direction", "trip_id").agg(calls=pl.len()).filter(pl.col("calls") > 1)
    ranked = lengths.sort(["direction", "calls", "trip_id"], descending=[False, True, False])
    for direction, trip in (
        ranked.group_by("direction", maintain_order=True).first().select("direction", "trip_id").rows()
    ):
        yield direction, calls.filter(trip_id=trip).sort("sequence")


def _no_runs(case: Case) -> Iterator[Unmet]:
    if not any(True for _ in _longest_runs(case)):
        yield Unmet("route", case["route"], "this line has no run to go by", "Name a line that runs, or use bus_line.")


KIND: Final = Kind(
    name="more_departures",
    title=Said("Mehr Fahrten", "More departures"),
    doc=Said(
        "Eine bestehende Linie fährt öfter, früher am Morgen oder später in der Nacht.",
        "A line that exists runs more often, earlier in the morning or later at night.",
    ),
    area="transport",
    parameters=(
        Parameter("route", "id", Said("Linie.", "Line."), ref="routes"),
        Parameter("first", "clock", Said("Erste neue Abfahrt.", "First new departure.")),
        Parameter("last", "clock", Said("Späteste neue Abfahrt.", "Latest new departure.")),
        HEADWAY,
        DAYS,
    ),
    changes=("trips", "stop_times", "service_days"),
    apply=_apply,
    cost=A_KILOMETRE,
    preconditions=_no_runs,
)
