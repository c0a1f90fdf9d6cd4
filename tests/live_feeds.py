# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A region with two trades and no posts, and feeds that show some: small enough to be read."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

import polars as pl

from drehkreuz.region import TABLES, Manifest, Provenance, Region

DAY: Final = date(2026, 11, 2)

WORKSHOP: Final = (
    "<p>Unser Betrieb in Düren sucht für die Werkstatt jemanden, der Anlagen der Braunkohle und der Papierindustrie wartet.</p>"
    "<h3>Ihre Aufgaben</h3><ul><li>Sie prüfen Anlagen und suchen Fehler, allein und mit anderen zusammen.</li></ul>"
    "<h3>Ihr Profil</h3><ul><li>Steuerungen programmieren</li><li>Schaltpläne lesen ist von Vorteil.</li></ul>"
)
"""Text of a post, without pay."""


def region() -> Region:
    """Return the region: nobody lives there, and nobody needs to."""
    rows: dict[str, list[dict[str, Any]]] = {
        "zones": [{"zone_id": "52349", "name": "Düren", "lat": 50.80, "lon": 6.48}],
        "places": [{"place_id": "own", "name": "Beispielwerk", "kind": "workplace", "lat": 50.7, "lon": 6.4}],
        "occupations": [
            {"occupation_id": "electrician", "isco08": "7412", "kldb2010": "26212", "level": 2},
            {"occupation_id": "baker", "isco08": "7512", "kldb2010": "29222", "level": 2},
        ],
        "skills": [{"skill_id": "plc"}, {"skill_id": "plans"}, {"skill_id": "bake"}],
        "labels": [
            {"concept_id": name, "concept": concept, "language": "de", "kind": "preferred", "text": text}
            for concept, names in (
                ("occupation", {"electrician": "Elektroniker/in für Betriebstechnik", "baker": "Bäcker/in"}),
                (
                    "skill",
                    {"plc": "Steuerungen programmieren", "plans": "Schaltpläne lesen", "bake": "Brot backen"},
                ),
            )
            for name, text in names.items()
        ],
        "occupation_skills": [
            {"occupation_id": "electrician", "skill_id": "plc", "relation": "essential"},
            {"occupation_id": "baker", "skill_id": "bake", "relation": "essential"},
        ],
        "shift_systems": [{"shift_system_id": "tag", "label_de": "Tag", "label_en": "day", "paid_hours": 40.0}],
        "shifts": [
            {"shift_system_id": "tag", "week": 1, "day": day, "name": "day", "start": 480, "end": 990}
            for day in range(5)
        ],
        "vacancies": [
            {
                "vacancy_id": "own-1",
                "title": "Bäckerin (Beispielstelle)",
                "occupation_id": "baker",
                "place_id": "own",
                "start": DAY,
                "hours_min": 40.0,
                "hours_max": 40.0,
                "shift_system_id": "tag",
                "pay_min": 2500.0,
                "pay_max": 2500.0,
            }
        ],
    }
    known = Provenance("modelled", "Beispiel", "CC0-1.0", DAY)
    frames = {name: table(name, listed) for name, listed in rows.items()}
    return Region(Manifest("town", "Beispielstadt", DAY, "de", dict.fromkeys(frames, known)), frames)


def table(name: str, rows: Sequence[Mapping[str, Any]]) -> pl.DataFrame:
    """Return rows as a table of a region."""
    schema = TABLES[name]
    told = {column: schema.polars[column] for column in schema.columns if any(column in row for row in rows)}
    return schema.conform(pl.DataFrame(list(rows), schema=told))


def posting(own: str, **values: Any) -> dict[str, Any]:
    """Return a posting that says everything; values replace its own, None takes one away."""
    whole = {
        "@type": "JobPosting",
        "identifier": own,
        "title": "Elektroniker für Betriebstechnik (m/w/d)",
        "description": WORKSHOP,
        "datePosted": "2026-10-20",
        "hiringOrganization": {"@type": "Organization", "name": "Beispielbetrieb GmbH & Co. KG"},
        "jobLocation": {"@type": "Place", "geo": {"latitude": 50.8, "longitude": 6.48}},
        "relevantOccupation": {"@type": "Occupation", "occupationalCategory": "KldB 2010 26212"},
        "workHours": "39 h/Woche; Schichtsystem: tag",
        "jobStartDate": "2027-01-01",
        "baseSalary": {"currency": "EUR", "value": {"minValue": 3100, "maxValue": 3600, "unitText": "MONTH"}},
    }
    return {key: value for key, value in {**whole, **values}.items() if value is not None}


def course(own: str, **values: Any) -> dict[str, Any]:
    """Return a course that says everything."""
    whole = {
        "@type": "Course",
        "identifier": own,
        "name": "Steuerungen programmieren (Beispielkurs)",
        "provider": "Beispielträger",
        "timeRequired": "PT30H",
        "offers": {"price": 300, "priceCurrency": "EUR"},
        "hasCourseInstance": {
            "courseMode": "evening",
            "startDate": "2027-01-11",
            "endDate": "2027-02-19",
            "location": {"geo": {"latitude": 50.8, "longitude": 6.48}},
        },
    }
    return {**whole, **values}


def feeds(folder: Path, shown: Mapping[str, Sequence[Mapping[str, Any]]], more: str = "unseen_days = 0") -> Path:
    """Write feeds by name and the list that names them; feeds of courses begin with `kurs`."""
    listed = ['provenance = { kind = "modelled", source = "Beispielquelle", licence = "CC0-1.0" }']
    for name, things in shown.items():
        (folder / f"{name}.json").write_text(json.dumps(things), encoding="utf-8")
        kind = "course" if name.startswith("kurs") else "jobposting"
        listed.append(f'[[source]]\nkind = "{kind}"\nfeed = "{name}"\npath = "{name}.json"\n{more}')
    path = folder / "feeds.toml"
    path.write_text("\n".join(listed), encoding="utf-8")
    return path
