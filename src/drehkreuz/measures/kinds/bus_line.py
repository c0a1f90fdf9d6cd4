# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A new bus line along stops that exist."""

from __future__ import annotations

from typing import Final

from drehkreuz.measures.measure import Case, Change, Kind, Step
from drehkreuz.measures.rows import added
from drehkreuz.measures.runs import (
    A_KILOMETRE,
    DAYS,
    DAYS_A_YEAR,
    FIRST,
    HEADWAY,
    KMH,
    LAST,
    Runs,
    along,
    departures,
)
from drehkreuz.measures.terms import Parameter, Said

BUS: Final = 3
"""GTFS route_type."""


def _apply(case: Case) -> Change:
    runs, stops, per_year = Runs(case, case.id()), list(case["stops"]), 0.0
    for direction, way in enumerate((stops, stops[::-1])):
        passes, length = along(case.region, way, case["kmh"])
        for day in case["days"]:
            for leaves in departures(case["first"], case["last"], case["headway"]):
                calls = ((stop, (leaves + at) * 60) for stop, at in zip(way, passes, strict=True))
                runs.add(day, direction, calls, leaves)
                per_year += length * DAYS_A_YEAR[day]
    route = {"route_id": case.id(), "name": case["name"], "mode": BUS}
    return Change(runs.tables() | {"routes": added(case.region, "routes", [route])}, per_year)


KIND: Final = Kind(
    name="bus_line",
    title=Said("Neue Buslinie", "New bus line"),
    doc=Said(
        "Eine neue Linie fährt in beiden Richtungen entlang bestehender Haltestellen.",
        "A new line runs both ways along stops that exist.",
    ),
    area="transport",
    parameters=(
        Parameter("stops", "ids", Said("Haltestellen in ihrer Folge.", "Stops in their order."), min=2, ref="stops"),
        FIRST,
        LAST,
        HEADWAY,
        DAYS,
        KMH,
        Parameter("name", "text", Said("Name der Linie.", "Name of the line."), default="Modell-Linie (Szenario)"),
    ),
    changes=("routes", "trips", "stop_times", "service_days"),
    apply=_apply,
    cost=A_KILOMETRE,
    step=Step.COMES,
)
