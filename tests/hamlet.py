# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""
The hamlet: a region so small that what stands between whom and which post is known by heart.

Everybody lives in the village of zone `home` or the farm of zone `farm`; all posts are at `works`, 14 km from home and 7 km from the
farm. One bus goes there in time for nine o'clock and comes back after half past four. Each person lacks one thing.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

from drehkreuz.measures import Band, Measure, kind_named, settle
from drehkreuz.region import Region

DAY: Final = date(2026, 11, 2)
NINE, HALF_PAST_FOUR = 9 * 60, 16 * 60 + 30
OCCUPATIONS: Final = ("helper", "porter", "welder", "tig-welder", "programmer", "nurse")
SKILLS: Final = ("weld", "tig", "plc")

PEOPLE: Final[dict[str, dict[str, Any]]] = {
    "bus": {},
    "thrifty": {"max_commute_eur_month": 20.0},
    "parent": {"car": True, "net_need_eur_month": 500.0},
    "few-hours": {"hours_min": 15.0, "hours_max": 20.0},
    "need": {"net_need_eur_month": 2500.0},
    "a2": {},
    "farm": {"zone_id": "farm"},
}
"""What sets each person apart; `parent` has a child in care until three, `a2` speaks little German; `bus` lacks nothing but papers."""

POSTS: Final[dict[str, dict[str, Any]]] = {
    "day": {"physical": "light"},
    "early": {"occupation_id": "porter", "shift_system_id": "early"},
    "weld": {"occupation_id": "welder"},
    "tig": {"occupation_id": "tig-welder"},
    "plc": {"occupation_id": "programmer"},
    "drive": {},
    "talk": {},
    "paper": {},
    "nurse": {"occupation_id": "nurse"},
}
"""Posts at the works; `drive` asks licence C, `talk` German B2, `paper` the welder's award."""


def tables() -> dict[str, list[dict[str, Any]]]:
    """Return the hamlet's rows."""
    course = {
        "provider": "Beispielträger",
        "teaching_units": 40,
        "hours_per_week": 30.0,
        "weeks": 1.0,
        "format": "daytime",
        "fee_eur": 0.0,
    }
    session = {"place_id": "school", "start": date(2027, 1, 11), "end": date(2027, 1, 15)}
    vacancy = {
        "occupation_id": "helper",
        "place_id": "works",
        "start": date(2027, 3, 1),
        "hours_min": 35.0,
        "hours_max": 40.0,
        "shift_system_id": "day",
        "pay_min": 2800.0,
        "pay_max": 3000.0,
    }
    person = {
        "zone_id": "home",
        "employment_status": "unemployed",
        "net_need_eur_month": 1000.0,
        "max_minutes": 75,
        "bike_max_minutes": 30,
        "available_from": DAY,
    }
    speaks = {name: "A2" if name == "a2" else "C2" for name in PEOPLE}
    weekdays = [DAY + timedelta(days=shift) for shift in range(28) if (DAY + timedelta(days=shift)).weekday() < 5]
    return {
        "zones": [_at("zone_id", "home", 6.00), _at("zone_id", "farm", 6.10)],
        "places": [
            _at("place_id", "works", 6.20) | {"kind": "workplace"},
            _at("place_id", "school", 6.001) | {"kind": "learning"},
            _at("place_id", "creche", 6.002) | {"kind": "care"},
        ],
        "occupations": [{"occupation_id": name, "regulated": name == "nurse"} for name in OCCUPATIONS],
        "skills": [{"skill_id": name} for name in SKILLS],
        "labels": [
            {"concept_id": name, "concept": concept, "language": "de", "kind": "preferred", "text": f"Beispiel {name}"}
            for concept, names in (("occupation", OCCUPATIONS), ("skill", SKILLS))
            for name in names
        ],
        "occupation_skills": [
            {"occupation_id": one, "skill_id": skill, "relation": "essential"}
            for one, skill in (("welder", "weld"), ("tig-welder", "tig"), ("programmer", "plc"))
        ],
        "qualifications": [
            {"qualification_id": "q-weld", "label_de": "Schweißer", "kind": "vocational", "occupation_id": "welder"},
            {
                "qualification_id": "q-nurse",
                "label_de": "Pflege",
                "kind": "vocational",
                "occupation_id": "nurse",
                "regulated": True,
            },
        ],
        "people": [person | {"person_id": name} | own for name, own in PEOPLE.items()],
        "person_occupations": [{"person_id": "bus", "occupation_id": "welder", "years": 8.0, "last_year": 2020}],
        "person_skills": [{"person_id": "bus", "skill_id": "weld", "through": "corrected_away"}],
        "person_languages": [{"person_id": name, "language": "de", "cefr": level} for name, level in speaks.items()],
        "person_licences": [{"person_id": name, "licence": "B"} for name in ("bus", "parent")],
        "person_qualifications": [{"person_id": "bus", "qualification_id": "q-nurse", "country": "ZZ"}],
        "care": [{"person_id": "parent", "child": 1, "opens": 450, "closes": 900, "place_id": "creche"}],
        "shift_systems": [
            {"shift_system_id": name, "label_de": name, "paid_hours": 37.5, "label_en": name}
            for name in ("day", "early")
        ],
        "shifts": [
            {"shift_system_id": rota, "week": 1, "day": day, "name": "day", "start": start, "end": end}
            for rota, start, end in (("day", NINE, HALF_PAST_FOUR), ("early", 6 * 60, 13 * 60 + 30))
            for day in range(5)
        ],
        "vacancies": [vacancy | {"vacancy_id": name, "title": name} | own for name, own in POSTS.items()],
        "vacancy_languages": [{"vacancy_id": "talk", "language": "de", "cefr": "B2", "certified": False}],
        "vacancy_licences": [{"vacancy_id": "drive", "licence": "C"}],
        "vacancy_qualifications": [{"vacancy_id": "paper", "qualification_id": "q-weld"}],
        "courses": [
            course | {"course_id": "full", "title": "full"},
            course | {"course_id": "high", "title": "high", "entry_eqf": 4},
            course | {"course_id": "dear", "title": "dear", "fee_eur": 3000.0},
        ],
        "course_skills": [
            {"course_id": one, "skill_id": skill} for one, skill in (("full", "weld"), ("high", "tig"), ("dear", "plc"))
        ],
        "course_sessions": [
            session | {"session_id": "full-1", "course_id": "full", "seats": 0},
            session | {"session_id": "high-1", "course_id": "high"},
            session | {"session_id": "dear-1", "course_id": "dear"},
        ],
        "tariffs": [
            {
                "tariff_id": name,
                "value": value,
                "unit": "EUR/trip" if name == "transit_single" else "EUR/month",
                "valid_from": date(2026, 1, 1),
                "source": "test",
                "checked_on": DAY,
            }
            for name, value in (("transit_month", 63.0), ("transit_job_ticket_month", 15.0), ("transit_single", 3.0))
        ],
        "stops": [_at("stop_id", "village", 6.00), _at("stop_id", "gate", 6.20), _at("stop_id", "nowhere", 5.90)],
        "routes": [{"route_id": "line", "name": "Modell-Linie 1", "mode": 3}],
        "trips": [
            {"trip_id": name, "route_id": "line", "service_id": "weekday", "direction": direction}
            for direction, name in enumerate(("out", "back"))
        ],
        "stop_times": [
            {"trip_id": trip, "sequence": i, "stop_id": stop, "arrival": at * 60, "departure": at * 60}
            for trip, calls in (
                ("out", (("village", NINE - 40), ("gate", NINE - 10))),
                ("back", (("gate", HALF_PAST_FOUR + 10), ("village", HALF_PAST_FOUR + 40))),
            )
            for i, (stop, at) in enumerate(calls)
        ],
        "service_days": [{"service_id": "weekday", "date": day} for day in weekdays],
    }


def _at(column: str, name: str, lon: float) -> dict[str, Any]:
    return {column: name, "name": name, "lat": 50.8, "lon": lon}


def measure(region: Region, kind: str, given: dict[str, Any], *, name: str = "", start: date = DAY) -> Measure:
    """Return a measure in which everybody asked takes part."""
    known = kind_named(kind)
    values, faults = settle(known.parameters, given, region)
    assert not faults, faults
    everybody = Band(1.0, 1.0, 1.0) if known.uptake else None
    return Measure(name or kind.replace("_", "-"), known, values, start, uptake=everybody)
