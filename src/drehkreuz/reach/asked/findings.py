# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What stands in the way of an answer: places off the streets, days without a run, means that the region has no table of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import polars as pl

from drehkreuz.errors import Finding
from drehkreuz.reach.asked.moves import Spot
from drehkreuz.reach.asked.planner import JourneyPlanner
from drehkreuz.reach.asked.travel import TAKEN_ALONG, Travel
from drehkreuz.reach.visits import Times
from drehkreuz.region import TABLES


def findings(
    planner: JourneyPlanner, asked: Iterable[Travel], spots: Iterable[Spot], times: Times
) -> tuple[Finding, ...]:
    """
    Name what keeps a question from being answered in full; the rest is answered all the same.

    Args:
        planner: Of the region.
        asked: By what.
        spots: The homes and places asked for.
        times: When to be there.
    """
    travels, region = set(asked), planner.region
    ids = {(spot.table, str(region.table(spot.table)[TABLES[spot.table].key[0]][spot.row])) for spot in spots}
    lost = (finding for finding in planner.network.findings if (finding.where, finding.row) in ids)
    idle = _idle(planner, times) if any(travel.rides for travel in travels) else ()
    return (*lost, *idle, *_missing(planner, travels))


def _idle(planner: JourneyPlanner, times: Times) -> Iterator[Finding]:
    for day in sorted({times.day_out, times.day_back}):
        if planner.network.runs_nothing(day):
            problem = f"no trip runs on a {day.name.lower()} in the days looked at"
            remedy = "Add a timetable that is valid on the region's day, or correct the day in region.toml."
            yield Finding("service_days", "", "", "", problem, remedy, "warning")


def _missing(planner: JourneyPlanner, travels: set[Travel]) -> Iterator[Finding]:
    """Name the tables without which a travel is nowhere possible."""
    region = planner.region
    stations, parks = region.table("sharing_stations"), region.table("park_and_ride")
    kinds = {
        "pedelec": {Travel.SHARED_PEDELEC, Travel.SHARED_PEDELEC_TRANSIT},
        "carsharing": {Travel.CARSHARING},
    }
    for kind, needing in kinds.items():
        if travels & needing and not (stations["kind"] == kind).any():
            yield _none("sharing_stations", f"has no station of kind {kind}")
    if Travel.PARK_AND_RIDE in travels and parks.filter(pl.col("car_spaces").fill_null(1) > 0).is_empty():
        yield _none("park_and_ride", "has no stop with spaces for cars")
    if travels & set(TAKEN_ALONG) and not region.table("trips")["bikes"].fill_null(value=False).any():
        yield _none("trips", "has no trip that is known to take bicycles (column bikes)")


def _none(table: str, problem: str) -> Finding:
    return Finding(table, "", "", "", problem, f"Add it to table {table}, or ask for another way.", "warning")
