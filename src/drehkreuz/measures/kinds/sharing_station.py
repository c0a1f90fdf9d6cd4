# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A new station of shared pedelecs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from drehkreuz.measures.measure import Case, Change, Kind, Step
from drehkreuz.measures.rows import added
from drehkreuz.measures.terms import Band, Parameter, Said, UnitCost, Unmet

VEHICLES: Final = 5
"""Of a station where nobody says how many, with twice as many places (assumed: a common size in towns of the region)."""


def _apply(case: Case) -> Change:
    station = {"station_id": case.id(), "kind": "pedelec", "capacity": case["places"]}
    station |= {name: case[name] for name in ("name", "lat", "lon", "vehicles", "system")}
    return Change({"sharing_stations": added(case.region, "sharing_stations", [station])}, case["vehicles"])


def _full(case: Case) -> Iterator[Unmet]:
    if case["places"] <= case["vehicles"]:
        problem = "leaves no place free: nobody could give a pedelec back here"
        yield Unmet("places", case["places"], problem, "Give the station more places than vehicles.")


KIND: Final = Kind(
    name="sharing_station",
    title=Said("Leihstation für Pedelecs", "Station of shared pedelecs"),
    doc=Said(
        "Eine Station verleiht Pedelecs; zurück gehen sie an eine andere Station desselben Verleihs, auch vor und nach Bus und Bahn. "
        "Sie nützt denen, die leihen (Maßnahme sharing_access), und erst zusammen mit einer zweiten.",
        "A station lends pedelecs; they go back to another station of the same lender, also before and after bus and train. It serves "
        "those who borrow (measure sharing_access), and only together with a second one.",
    ),
    area="transport",
    parameters=(
        Parameter("name", "text", Said("Name der Station.", "Name of the station.")),
        Parameter("lat", "float", Said("Breite.", "Latitude."), unit="degrees WGS 84", min=-90, max=90),
        Parameter("lon", "float", Said("Länge.", "Longitude."), unit="degrees WGS 84", min=-180, max=180),
        Parameter(
            "vehicles",
            "int",
            Said("Pedelecs.", "Pedelecs."),
            default=VEHICLES,
            unit="vehicles",
            min=1,
            max=100,
        ),
        Parameter(
            "places",
            "int",
            Said("Plätze, mehr als Pedelecs.", "Places, more than pedelecs."),
            default=2 * VEHICLES,
            unit="places",
            min=2,
            max=200,
        ),
        Parameter(
            "system",
            "text",
            Said(
                "Verleih; mit dem Namen eines bestehenden auch zu dessen Stationen.",
                "Lender; with the name of one there is, also to its stations.",
            ),
            default="szenario",
        ),
    ),
    changes=("sharing_stations",),
    apply=_apply,
    cost=UnitCost(
        unit=Said(
            "Pedelec mit zwei Plätzen und einem Fünftel einer Station",
            "pedelec with two places and a fifth of a station",
        ),
        invest=Band(0.0, 0.0, 0.0),
        per_year=Band(1_058.0, 1_656.0, 2_737.0),
        source=Said(
            "wie in der Planung von Flotten angenommen: Anschaffung auf die Lebenszeit verteilt, Pflege, Versicherung, Strom, Verwaltung; ohne Einnahmen und Umverteilung",
            "as assumed in planning fleets: purchase spread over its life, upkeep, insurance, power, administration; without income and bringing back",
        ),
    ),
    preconditions=_full,
    step=Step.COMES,
)
