# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""People who come to live here, with help to arrive."""

from __future__ import annotations

from typing import Any, Final

from drehkreuz.measures.homes import A_PERSON
from drehkreuz.measures.lessons import CEFR
from drehkreuz.measures.measure import Case, Change, Kind, Step
from drehkreuz.measures.rows import added
from drehkreuz.measures.terms import Band, Parameter, Said, UnitCost

EXPERIENCE: Final = 5.0
"""Years that each has worked in the occupation (assumed)."""


def _apply(case: Case) -> Change:
    region, zones = case.region, case["zones"]
    ids = [case.id(number) for number in range(1, case["number"] + 1)]
    people = [_person(case, person, zones[i % len(zones)]) for i, person in enumerate(ids)]
    rows: dict[str, list[dict[str, Any]]] = {
        "people": people,
        "person_occupations": [
            {"person_id": person, "occupation_id": case["occupation"], "years": EXPERIENCE} for person in ids
        ],
        "person_languages": [{"person_id": person, "language": "de", "cefr": case["german"]} for person in ids],
        "person_licences": [{"person_id": person, "licence": "B"} for person in ids if case["car"]],
        "person_qualifications": [
            {
                "person_id": person,
                "qualification_id": case["qualification"],
                "country": case["country"],
                "recognition": case["recognition"],
            }
            for person in ids
            if case["qualification"] is not None
        ],
    }
    return Change({table: added(region, table, new) for table, new in rows.items()}, float(len(ids)))


def _person(case: Case, person: str, zone: str) -> dict[str, Any]:
    return {
        "person_id": person,
        "zone_id": zone,
        "employment_status": "unemployed",
        "net_need_eur_month": case["net_need"],
        "hours_min": 30.0,
        "hours_max": 40.0,
        "eqf": case["eqf"],
        "car": case["car"],
        "bike": case["bike"],
        "max_minutes": case["max_minutes"],
        "available_from": max(case.measure.start, case.region.manifest.day),
    }


KIND: Final = Kind(
    name="newcomers",
    title=Said("Ankommen", "Newcomers"),
    doc=Said(
        "Menschen eines Berufs ziehen her und werden beim Ankommen begleitet; alles über sie ist angenommen.",
        "People of an occupation move here and are helped to arrive; everything about them is assumed.",
    ),
    area="site",
    parameters=(
        Parameter("number", "int", Said("Wie viele.", "How many."), unit="people", min=1, max=5_000),
        Parameter("occupation", "id", Said("Beruf.", "Occupation."), ref="occupations"),
        Parameter("zones", "ids", Said("Wohnorte, reihum.", "Homes, in turn."), min=1, ref="zones"),
        Parameter("german", "choice", Said("Deutsch.", "German."), default="B1", allowed=CEFR),
        Parameter("eqf", "int", Said("Höchste Stufe.", "Highest level."), default=4, min=1, max=8),
        Parameter("qualification", "id", Said("Abschluss.", "Award."), optional=True, ref="qualifications"),
        Parameter("country", "text", Said("Land des Abschlusses.", "Country of the award."), default="ZZ"),
        Parameter(
            "recognition",
            "choice",
            Said("Anerkennung.", "Recognition."),
            default="none",
            allowed=("none", "applied", "partial", "full"),
        ),
        Parameter(
            "net_need",
            "float",
            Said("Netto, das gebraucht wird.", "Net income needed."),
            default=1_600.0,
            unit="EUR/month",
            min=0,
            max=20_000,
        ),
        Parameter("max_minutes", "int", Said("Längster Weg.", "Longest way."), default=45, unit="min", min=5, max=240),
        Parameter("car", "bool", Said("Mit Auto und Führerschein.", "With car and licence."), default=False),
        Parameter("bike", "bool", Said("Mit Fahrrad.", "With a bicycle."), default=True),
    ),
    changes=("people", "person_occupations", "person_languages", "person_licences", "person_qualifications"),
    apply=_apply,
    cost=UnitCost(
        unit=A_PERSON,
        invest=Band(2_000.0, 6_000.0, 15_000.0),
        per_year=Band(0.0, 500.0, 2_000.0),
        source=Said(
            "Suche, Papiere, eine erste Wohnung, jemand zum Fragen",
            "search, papers, a place to live at first, somebody to ask",
        ),
    ),
    step=Step.COMES,
)
