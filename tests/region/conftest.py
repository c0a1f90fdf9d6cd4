# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A region of a handful of rows in which nothing is wrong."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, TypeAlias

import polars as pl
import pytest

from drehkreuz.region import TABLES, Manifest, Provenance, Region

DAY = date(2026, 3, 2)

ROWS: dict[str, list[dict[str, Any]]] = {
    "municipalities": [
        {"municipality": "05358020", "name": "Oberdorf", "country": "DE", "district": "Kreis", "lat": 50.8, "lon": 6.3}
    ],
    "boundaries": [
        {"municipality": "05358020", "outline": "MULTIPOLYGON (((6.2 50.7, 6.4 50.7, 6.4 50.9, 6.2 50.9, 6.2 50.7)))"}
    ],
    "zones": [
        {"zone_id": "z1", "name": "Oberdorf", "lat": 50.80, "lon": 6.30, "population": 900},
        {"zone_id": "z2", "name": "Unterdorf", "lat": 50.82, "lon": 6.35, "population": 400},
    ],
    "places": [
        {"place_id": "w1", "name": "Beispielwerk", "kind": "workplace", "lat": 50.81, "lon": 6.32},
        {"place_id": "l1", "name": "Beispielschule", "kind": "learning", "lat": 50.79, "lon": 6.28},
        {"place_id": "c1", "name": "Beispielkita", "kind": "care", "lat": 50.80, "lon": 6.31},
    ],
    "occupations": [
        {"occupation_id": "o1", "kldb2010": "21112", "level": 2, "first_seen": date(2025, 1, 1), "last_seen": DAY},
        {"occupation_id": "o2", "kldb2010": "26302", "level": 2},
    ],
    "skills": [{"skill_id": "s1"}, {"skill_id": "s2", "class": "digital"}],
    "labels": [
        {"concept_id": "o1", "concept": "occupation", "language": "de", "kind": "preferred", "text": "Baggerfahrer"},
        {"concept_id": "o2", "concept": "occupation", "language": "de", "kind": "preferred", "text": "Elektroniker"},
        {"concept_id": "s1", "concept": "skill", "language": "de", "kind": "preferred", "text": "Bagger bedienen"},
        {"concept_id": "s2", "concept": "skill", "language": "de", "kind": "preferred", "text": "SPS programmieren"},
        {"concept_id": "g1", "concept": "occupation_group", "language": "de", "kind": "preferred", "text": "Bergbau"},
        {"concept_id": "g2", "concept": "occupation_group", "language": "de", "kind": "preferred", "text": "Fertigung"},
    ],
    "occupation_skills": [
        {"occupation_id": "o1", "skill_id": "s1", "relation": "essential"},
        {"occupation_id": "o2", "skill_id": "s2", "relation": "essential"},
    ],
    "broader": [
        {"concept_id": "o1", "broader_id": "g1", "concept": "occupation"},
        {"concept_id": "g1", "broader_id": "g2", "concept": "occupation"},
        {"concept_id": "o2", "broader_id": "g2", "concept": "occupation"},
        {"concept_id": "s2", "broader_id": "s1", "concept": "skill"},
    ],
    "occupation_codes": [
        {"occupation_id": "o1", "classification": "kldb2010", "code": "B 21112-100", "relation": "exact"}
    ],
    "qualifications": [
        {"qualification_id": "q1", "label_de": "Staplerschein", "label_en": "Forklift licence", "kind": "certificate"},
    ],
    "people": [
        {
            "person_id": "p1",
            "zone_id": "z1",
            "birth_year_from": 1970,
            "birth_year_to": 1974,
            "employment_status": "employed",
            "tenure_years": 18.0,
            "closure_id": "x1",
            "net_need_eur_month": 1800.0,
            "max_minutes": 60,
            "available_from": date(2026, 4, 1),
        },
    ],
    "person_occupations": [{"person_id": "p1", "occupation_id": "o1", "years": 18.0, "current": True}],
    "person_skills": [{"person_id": "p1", "skill_id": "s2"}],
    "person_languages": [{"person_id": "p1", "language": "de", "cefr": "C2"}],
    "person_qualifications": [
        {
            "person_id": "p1",
            "qualification_id": "q1",
            "year": 2020,
            "modules_done": 1,
            "modules_total": 3,
            "expires": date(2027, 1, 1),
        },
    ],
    "person_licences": [{"person_id": "p1", "licence": "B"}],
    "person_sharing": [{"person_id": "p1", "kind": "pedelec"}],
    "person_times": [{"person_id": "p1", "day": 0, "from": 360, "to": 1080}],
    "care": [
        {"person_id": "p1", "child": 1, "birth_year": 2022, "opens": 420, "closes": 990, "place_id": "c1"},
    ],
    "shift_systems": [
        {"shift_system_id": "day", "label_de": "Tag", "label_en": "Day", "paid_hours": 38.5},
        {"shift_system_id": "two", "label_de": "Zweischicht", "label_en": "Two", "weeks": 2, "paid_hours": 40.0},
    ],
    "shifts": [
        *(
            {"shift_system_id": "day", "week": 1, "day": day, "name": "day", "start": 450, "end": 930}
            for day in range(5)
        ),
        *(
            {"shift_system_id": "two", "week": 1, "day": day, "name": "early", "start": 360, "end": 840}
            for day in range(5)
        ),
        *(
            {"shift_system_id": "two", "week": 2, "day": day, "name": "late", "start": 840, "end": 1320}
            for day in range(5)
        ),
    ],
    "vacancies": [
        {
            "vacancy_id": "v1",
            "title": "Elektroniker (m/w/d)",
            "occupation_id": "o2",
            "place_id": "w1",
            "start": date(2026, 5, 1),
            "contract_end": date(2027, 4, 30),
            "hours_min": 20.0,
            "hours_max": 38.5,
            "shift_system_id": "day",
            "pay_min": 3200.0,
            "pay_max": 3600.0,
        },
        {
            "vacancy_id": "v2",
            "title": "Ausbildung Elektroniker (m/w/d)",
            "occupation_id": "o2",
            "place_id": "w1",
            "kind": "apprenticeship_dual",
            "start": date(2026, 8, 1),
            "hours_min": 38.5,
            "hours_max": 38.5,
            "shift_system_id": "two",
            "pay_min": 1100.0,
            "pay_max": 1100.0,
            "months_normal": 42,
            "months_shortest": 36,
        },
    ],
    "vacancy_skills": [{"vacancy_id": "v1", "skill_id": "s2"}],
    "vacancy_languages": [{"vacancy_id": "v1", "language": "de", "cefr": "B1"}],
    "vacancy_qualifications": [{"vacancy_id": "v1", "qualification_id": "q1"}],
    "vacancy_licences": [{"vacancy_id": "v1", "licence": "B"}],
    "vacancy_places": [{"vacancy_id": "v2", "place_id": "l1"}],
    "courses": [
        {
            "course_id": "k1",
            "title": "SPS Grundlagen",
            "provider": "Beispielträger",
            "teaching_units": 160,
            "hours_per_week": 35.0,
            "weeks": 4.0,
            "format": "daytime",
            "module_number": 1,
            "modules_total": 3,
            "leads_to": "q1",
            "fee_eur": 900.0,
        },
        {
            "course_id": "k2",
            "title": "Deutsch B2",
            "provider": "Beispielträger",
            "teaching_units": 100,
            "hours_per_week": 10.0,
            "weeks": 10.0,
            "format": "online",
            "entry_cefr": "B1",
            "leads_to_language": "de",
            "leads_to_cefr": "B2",
            "fee_eur": 0.0,
        },
    ],
    "course_skills": [{"course_id": "k1", "skill_id": "s2"}],
    "course_prerequisites": [
        {"course_id": "k1", "requires": "skill", "required_id": "s1"},
        {"course_id": "k1", "requires": "course", "required_id": "k2"},
        {"course_id": "k1", "requires": "qualification", "required_id": "q1"},
    ],
    "course_sessions": [
        {
            "session_id": "t1",
            "course_id": "k1",
            "place_id": "l1",
            "start": date(2026, 5, 4),
            "end": date(2026, 5, 29),
        },
        {"session_id": "t2", "course_id": "k2", "start": date(2026, 4, 1), "end": date(2026, 6, 9)},
    ],
    "course_funding": [{"course_id": "k1", "rule_id": "r1"}],
    "sightings": [
        {
            "concept": "vacancy",
            "source": "kammer",
            "source_id": "kammer:1",
            "post_id": "kammer:1",
            "title": "Elektroniker",
            "first_shown": date(2026, 1, 7),
            "last_shown": date(2026, 2, 1),
            "gone": date(2026, 2, 2),
            "why": "withdrawn",
        }
    ],
    "readings": [
        {
            "vacancy_id": "v1",
            "what": "must",
            "value": "s2",
            "words": "SPS programmieren",
            "start": 20,
            "end": 37,
            "confidence": 0.85,
            "taken": False,
        }
    ],
    "rules": [
        {
            "rule_id": "r1",
            "topic": "funding",
            "claim_de": "Die Kosten können übernommen werden.",
            "claim_en": "The costs may be paid.",
            "who": "Arbeitsuchende",
            "valid_from": date(2025, 1, 1),
            "valid_to": date(2026, 12, 31),
            "source": "§ 81 SGB III",
            "checked_on": DAY,
            "who_to_ask": "Agentur für Arbeit",
        },
    ],
    "tariffs": [
        {
            "tariff_id": "transit_month",
            "value": 58.0,
            "unit": "EUR/month",
            "valid_from": date(2025, 1, 1),
            "valid_to": date(2025, 12, 31),
            "source": "Beispiel",
            "checked_on": DAY,
        },
        {
            "tariff_id": "transit_month",
            "value": 63.0,
            "unit": "EUR/month",
            "valid_from": date(2026, 1, 1),
            "source": "Beispiel",
            "checked_on": DAY,
        },
    ],
    "sharing_stations": [
        {"station_id": "h1", "name": "Modell-Station 1", "kind": "pedelec", "lat": 50.8, "lon": 6.3, "capacity": 10}
    ],
    "sharing_systems": [{"system_id": "m", "name": "Modell-System", "contact": "daten@example.org"}],
    "sharing_vehicle_types": [
        {"vehicle_type_id": "m:p", "system": "m", "form_factor": "bicycle", "propulsion": "electric_assist"}
    ],
    "sharing_station_vehicles": [{"station_id": "h1", "vehicle_type_id": "m:p", "vehicles": 3}],
    "sharing_prices": [
        {"plan_id": "m:b", "per": "trip", "step": 1, "price": 1.0, "currency": "EUR", "system": "m", "name": "Basis"}
    ],
    "charging_sites": [{"site_id": "c1", "operator": "Modellwerke", "lat": 50.8, "lon": 6.3, "points": 2}],
    "charging_points": [{"point_id": "c1*1", "site_id": "c1", "power_kw": 22.0}],
    "charging_plugs": [{"point_id": "c1*1", "plug": "1", "standard": "IEC_62196_T2", "format": "SOCKET"}],
    "charging_tariffs": [
        {"tariff_id": "DE*MOD*1", "element": 1, "component": "ENERGY", "price": 0.5, "currency": "EUR"},
    ],
    "park_and_ride": [{"stop_id": "h1", "car_spaces": 40}],
    "targets": [
        {
            "target_id": "t1",
            "label_de": "Menschen",
            "label_en": "people",
            "value": 2,
            "low": 1,
            "high": 3,
            "result": 2,
            "source": "angenommen",
            "date": DAY,
            "grade": "assumed",
        }
    ],
    "projects": [
        {
            "project_id": "x1",
            "label": "Beispielvorhaben",
            "kind": "closure",
            "occupation_id": "o1",
            "year": 2029,
            "posts": -40,
            "status": "decided",
            "source": "Beispiel",
            "source_date": DAY,
        },
        {
            "project_id": "x2",
            "label": "Beispielvorhaben",
            "kind": "site",
            "year": 2030,
            "posts": 25,
            "status": "announced",
            "source": "Beispiel",
            "source_date": DAY,
        },
    ],
    "commuting": [{"home_country": "DE", "home": "05334002", "work_country": "NL", "work": "0928", "commuters": 120}],
    "margins": [{"margin": "employed", "municipality": "05334002", "count": 3000}],
    "stops": [
        {"stop_id": "h1", "name": "Oberdorf", "lat": 50.80, "lon": 6.30},
        {"stop_id": "h2", "name": "Werk", "lat": 50.81, "lon": 6.32},
    ],
    "routes": [{"route_id": "b1", "name": "Modell-Linie 1", "mode": 3}],
    "trips": [{"trip_id": "f1", "route_id": "b1", "service_id": "wk"}],
    "stop_times": [
        {"trip_id": "f1", "sequence": 1, "stop_id": "h1", "arrival": 25200, "departure": 25260},
        {"trip_id": "f1", "sequence": 2, "stop_id": "h2", "arrival": 25800, "departure": 25800},
    ],
    "service_days": [{"service_id": "wk", "date": DAY}],
    "transfers": [{"from_stop_id": "h1", "to_stop_id": "h2", "seconds": 300}],
    "street_nodes": [{"node": 0, "lat": 50.80, "lon": 6.30}, {"node": 1, "lat": 50.81, "lon": 6.32}],
    "street_edges": [
        {
            "edge": 0,
            "from_node": 0,
            "to_node": 1,
            "length_m": 1800.0,
            "walk": True,
            "bike": True,
            "car": True,
            "car_kmh": 50.0,
        },
        {
            "edge": 1,
            "from_node": 1,
            "to_node": 0,
            "length_m": 1800.0,
            "walk": True,
            "bike": True,
            "car": False,
        },
    ],
}


@pytest.fixture
def tiny() -> Region:
    """A region with rows in every table and no fault in any."""
    assert set(ROWS) == set(TABLES), "every table of the schema has a row in the tiny region"
    tables = {
        name: pl.DataFrame(
            rows, schema={c: TABLES[name].polars[c] for c in TABLES[name].columns if any(c in row for row in rows)}
        )
        for name, rows in ROWS.items()
    }
    source = Provenance("modelled", "Beispiel", "CC0-1.0", DAY)
    manifest = Manifest("tiny", "Winzige Region", DAY, "de", dict.fromkeys(ROWS, source))
    return Region(manifest, tables)


Deaths: TypeAlias = Callable[[str, list[str]], Iterator[list[str]]]

DEATHS = """
import json, os, random, signal, sys, time
{body}
draw = random.Random(20)
for _ in range(20):
    inlet, outlet = os.pipe()
    worker = os.fork()
    if worker == 0:
        os.dup2(outlet, 1)
        work(*sys.argv[1:])
    os.close(outlet)
    with os.fdopen(inlet) as output:
        said = [output.readline()]
        time.sleep(draw.random() * 0.1)
        os.kill(worker, signal.SIGKILL)
        os.waitpid(worker, 0)
        said += output.readlines()
    print(json.dumps([line.strip() for line in said]), flush=True)
    sys.stdin.readline()
"""


@pytest.fixture
def deaths() -> Deaths:
    """
    A function that starts work 20 times and kills it each time at a random moment after its first line.

    The work is the endless function `work` of a script, forked from a process that has imported all it needs, so that
    20 starts cost one. After each death the lines it has printed are yielded.
    """

    def run(body: str, arguments: list[str]) -> Iterator[list[str]]:
        command = [sys.executable, "-c", DEATHS.replace("{body}", body), *arguments]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdin is not None
            assert process.stdout is not None
            for line in process.stdout:
                yield json.loads(line)
                process.stdin.write("\n")
                process.stdin.flush()
        assert process.returncode == 0

    return run
