# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A shuttle to a workplace at the times of its shifts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import polars as pl

from drehkreuz.measures.measure import Case, Change, Kind
from drehkreuz.measures.rows import added
from drehkreuz.measures.runs import A_KILOMETRE, DAY_TYPES, DAYS_A_YEAR, KMH, Runs, along
from drehkreuz.measures.terms import Parameter, Said, Unmet

BUS: Final = 3
DAY: Final = 24 * 60
WEEK: Final = 7


def _apply(case: Case) -> Change:
    door = {"stop_id": case.id("door"), "name": case["name"]} | _place(case)
    stops = added(case.region, "stops", [door])
    way = [*case["stops"], door["stop_id"]]
    passes, length = along(case.region.with_tables({"stops": stops}), way, case["kmh"])
    runs, per_year = Runs(case, case.id()), 0.0
    for day, at in sorted({_run(day, begin - case["before"] - passes[-1]) for day, begin, _ in _shifts(case)}):
        runs.add(day, 0, ((stop, (at + later) * 60) for stop, later in zip(way, passes, strict=True)), at)
        per_year += length * DAYS_A_YEAR[day]
    back = [passes[-1] - later for later in passes]
    for day, at in sorted({_run(day, end + case["after"]) for day, _, end in _shifts(case)}):
        calls = list(zip(way, back, strict=True))[::-1]
        runs.add(day, 1, ((stop, (at + later) * 60) for stop, later in calls), at)
        per_year += length * DAYS_A_YEAR[day]
    route = {"route_id": case.id(), "name": case["name"], "mode": BUS}
    return Change(runs.tables() | {"stops": stops, "routes": added(case.region, "routes", [route])}, per_year)


def _place(case: Case) -> dict[str, float]:
    place = case.region.table("places").row(by_predicate=pl.col("place_id") == case["place"], named=True)
    return {"lat": place["lat"], "lon": place["lon"]}


def _shifts(case: Case) -> set[tuple[int, int, int]]:
    """Return day, begin and end of presence of all shifts of the place's posts, minutes after that day's midnight."""
    region = case.region
    rotas = region.table("vacancies").filter(place_id=case["place"])["shift_system_id"].unique()
    systems = region.table("shift_systems").select("shift_system_id", "handover_minutes")
    worked = region.table("shifts").filter(pl.col("shift_system_id").is_in(rotas.implode()) & ~pl.col("on_call"))
    handover = pl.col("handover_minutes")
    times = worked.join(systems, on="shift_system_id").select(
        "day", begin=pl.col("start") - handover, leave=pl.col("end") + handover
    )
    return set(times.iter_rows())


def _run(day: int, leaves: int) -> tuple[str, int]:
    """Return kind of day and minute of a run; one that leaves before midnight is a late run of the day before."""
    if leaves < 0:
        day, leaves = (day - 1) % WEEK, leaves + DAY
    return next(name for name, days in DAY_TYPES.items() if day in days), leaves


def _no_posts(case: Case) -> Iterator[Unmet]:
    if not _shifts(case):
        yield Unmet("place", case["place"], "no post has a shift there", "Name a workplace with posts.")


KIND: Final = Kind(
    name="shuttle",
    title=Said("Werksbus", "Shuttle for shifts"),
    doc=Said(
        "Ein Bus bringt zu jeder Schicht an einen Arbeitsort und danach zurück.",
        "A bus takes people to a workplace for each of its shifts, and back afterwards.",
    ),
    area="transport",
    parameters=(
        Parameter("place", "id", Said("Arbeitsort.", "Workplace."), ref="places"),
        Parameter(
            "stops",
            "ids",
            Said("Haltestellen davor, in ihrer Folge.", "Stops before it, in their order."),
            min=1,
            ref="stops",
        ),
        Parameter(
            "before",
            "int",
            Said("Ankunft vor dem Dienst.", "Arrival before work."),
            default=10,
            unit="min",
            min=2,
            max=60,
        ),
        Parameter(
            "after",
            "int",
            Said("Abfahrt nach dem Dienst.", "Departure after work."),
            default=10,
            unit="min",
            min=2,
            max=60,
        ),
        KMH,
        Parameter("name", "text", Said("Name der Linie.", "Name of the line."), default="Modell-Werksbus (Szenario)"),
    ),
    changes=("stops", "routes", "trips", "stop_times", "service_days"),
    apply=_apply,
    cost=A_KILOMETRE,
    preconditions=_no_posts,
)
