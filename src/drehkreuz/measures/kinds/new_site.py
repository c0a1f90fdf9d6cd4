# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A new site with posts of an occupation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import polars as pl

from drehkreuz.measures.measure import Case, Change, Kind, Step
from drehkreuz.measures.rows import added
from drehkreuz.measures.terms import Parameter, Said, Unmet


def _apply(case: Case) -> Change:
    region, tables = case.region, dict[str, pl.DataFrame]()
    place = case["place"]
    if place is None:
        place = case.id("place")
        row = {"place_id": place, "name": case["name"], "kind": "workplace", "municipality": case["municipality"]}
        tables["places"] = added(region, "places", [row | {"lat": case["lat"], "lon": case["lon"]}])
    labels = region.table("labels").filter(concept_id=case["occupation"], language="de", kind="preferred")["text"]
    post = {
        "vacancy_id": case.id("post"),
        "title": f"{labels[0] if len(labels) else case['occupation']} (Szenario)",
        "employer": "Beispielbetrieb (Szenario)",
        "occupation_id": case["occupation"],
        "place_id": place,
        "openings": case["openings"],
        "start": max(case.measure.start, region.manifest.day),
        "hours_min": min(case["hours_min"], case["hours_max"]),
        "hours_max": case["hours_max"],
        "shift_system_id": case["rota"],
        "pay_min": case["pay_min"],
        "pay_max": case["pay_max"],
        "trainable_share": case["trainable_share"],
        "trainable_weeks": case["trainable_weeks"],
        "transit_job_ticket": case["job_ticket"],
    }
    return Change(tables | {"vacancies": added(region, "vacancies", [post])}, float(case["openings"]))


def _nowhere(case: Case) -> Iterator[Unmet]:
    known, named = case["place"] is not None, case["lat"] is not None and case["lon"] is not None
    if known == named:
        problem = "both a place and coordinates are named" if known else "neither a place nor coordinates are named"
        yield Unmet("place", case["place"] or "", problem, "Name a place that exists, or lat and lon of a new one.")
    if case["pay_min"] > case["pay_max"]:
        yield Unmet("pay_min", case["pay_min"], "is more than pay_max", "Swap the two, or correct one.")


KIND: Final = Kind(
    name="new_site",
    title=Said("Ansiedlung", "New site"),
    doc=Said(
        "Ein Betrieb kommt oder wächst und sucht Menschen eines Berufs; für mehrere Berufe mehrere solche Maßnahmen. "
        "Seine Kosten sind nicht bekannt und im Szenario zu nennen.",
        "An employer comes or grows and looks for people of an occupation; several such measures for several occupations. "
        "Its costs are not known and to be said in the scenario.",
    ),
    area="site",
    parameters=(
        Parameter("occupation", "id", Said("Beruf.", "Occupation."), ref="occupations"),
        Parameter("openings", "int", Said("Stellen.", "Posts."), unit="posts", min=1, max=10_000),
        Parameter(
            "place", "id", Said("Arbeitsort, der besteht.", "Workplace that exists."), optional=True, ref="places"
        ),
        Parameter(
            "name",
            "text",
            Said("Name eines neuen Ortes.", "Name of a new place."),
            default="Beispielstandort (Szenario)",
        ),
        Parameter(
            "municipality",
            "id",
            Said("Gemeinde eines neuen Ortes.", "Municipality of a new place."),
            optional=True,
            ref="municipalities",
        ),
        Parameter(
            "lat",
            "float",
            Said("Breite eines neuen Ortes.", "Latitude of a new place."),
            optional=True,
            min=-90,
            max=90,
        ),
        Parameter(
            "lon",
            "float",
            Said("Länge eines neuen Ortes.", "Longitude of a new place."),
            optional=True,
            min=-180,
            max=180,
        ),
        Parameter("rota", "id", Said("Schichtmodell.", "Rota."), ref="shift_systems"),
        Parameter(
            "hours_min",
            "float",
            Said("Wenigste Wochenstunden.", "Fewest hours a week."),
            default=35.0,
            unit="hours/week",
            min=1,
            max=60,
        ),
        Parameter(
            "hours_max",
            "float",
            Said("Meiste Wochenstunden.", "Most hours a week."),
            default=40.0,
            unit="hours/week",
            min=1,
            max=60,
        ),
        Parameter(
            "pay_min",
            "float",
            Said("Lohn, untere Grenze.", "Pay, lower end."),
            unit="EUR gross/month",
            min=300,
            max=50_000,
        ),
        Parameter(
            "pay_max",
            "float",
            Said("Lohn, obere Grenze.", "Pay, upper end."),
            unit="EUR gross/month",
            min=300,
            max=50_000,
        ),
        Parameter(
            "trainable_share",
            "float",
            Said("Anteil, den der Betrieb lehrt.", "Share the employer teaches."),
            default=0.0,
            min=0,
            max=1,
        ),
        Parameter(
            "trainable_weeks", "float", Said("Zeit dafür.", "Time for it."), default=0.0, unit="weeks", min=0, max=156
        ),
        Parameter("job_ticket", "bool", Said("Mit Jobticket.", "With a job ticket."), default=False),
    ),
    changes=("places", "vacancies"),
    apply=_apply,
    preconditions=_nowhere,
    step=Step.COMES,
)
