# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A new course."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from drehkreuz.measures.lessons import (
    A_TEACHING_UNIT,
    CEFR,
    DAY_END,
    DAY_START,
    FORMATS,
    HELD,
    PLACE,
    UNIT_HOURS,
    closes_late,
    placeless,
    sessions,
)
from drehkreuz.measures.measure import Case, Change, Kind, Step
from drehkreuz.measures.rows import added
from drehkreuz.measures.terms import Parameter, Said, Unmet


def _apply(case: Case) -> Change:
    region, course = case.region, case.id()
    units = max(1, round(case["weeks"] * case["hours_per_week"] / UNIT_HOURS))
    row = {
        "course_id": course,
        "title": case.measure.title or case.measure.kind.title.de,
        "provider": "Beispielträger (Szenario)",
        "azav": case["azav"],
        "teaching_units": units,
        "hours_per_week": case["hours_per_week"],
        "weeks": case["weeks"],
        "format": case["format"],
        "entry_eqf": case["entry_eqf"],
        "entry_cefr": case["entry_cefr"],
        "leads_to": case["leads_to"],
        "fee_eur": case["fee_eur"],
    }
    taught = [{"course_id": course, "skill_id": skill} for skill in case["skills"]]
    times = {"place_id": case["place"], "day_start": case["day_start"], "day_end": case["day_end"]}
    held = list(sessions(case, course, case["weeks"], **times))
    tables = {
        "courses": added(region, "courses", [row]),
        "course_skills": added(region, "course_skills", taught),
        "course_sessions": added(region, "course_sessions", held),
    }
    return Change(tables, float(units * len(held)))


def _teaches_nothing(case: Case) -> Iterator[Unmet]:
    if not case["skills"] and case["leads_to"] is None:
        yield Unmet("skills", "", "the course teaches nothing", "Name skills, or the award that it leads to.")
    yield from placeless(case)
    yield from closes_late(case)


KIND: Final = Kind(
    name="course_new",
    title=Said("Neuer Kurs", "New course"),
    doc=Said(
        "Ein neuer Kurs lehrt Kompetenzen oder führt zu einem Abschluss, an einem Ort oder online.",
        "A new course teaches skills or leads to an award, at a place or online.",
    ),
    area="learning",
    parameters=(
        Parameter("skills", "ids", Said("Was gelehrt wird.", "What is taught."), default=(), ref="skills"),
        Parameter("leads_to", "id", Said("Abschluss.", "Award."), optional=True, ref="qualifications"),
        PLACE,
        Parameter("format", "choice", Said("Form.", "Format."), default="daytime", allowed=FORMATS),
        Parameter("weeks", "float", Said("Dauer.", "Length."), default=8.0, unit="weeks", min=0.2, max=150),
        Parameter(
            "hours_per_week", "float", Said("Umfang.", "Hours a week."), default=30.0, unit="hours/week", min=1, max=45
        ),
        replace(DAY_START, default=8 * 60),
        replace(DAY_END, default=15 * 60),
        Parameter("entry_eqf", "int", Said("Stufe zu Beginn.", "Level needed to begin."), default=1, min=1, max=8),
        Parameter(
            "entry_cefr", "choice", Said("Deutsch zu Beginn.", "German needed to begin."), optional=True, allowed=CEFR
        ),
        Parameter(
            "fee_eur",
            "float",
            Said("Gebühr ohne Förderung.", "Fee without funding."),
            default=0.0,
            unit="EUR",
            min=0,
            max=100_000,
        ),
        Parameter(
            "azav", "bool", Said("Mit Bildungsgutschein bezahlbar.", "May be paid by voucher (AZAV)."), default=True
        ),
        *HELD,
    ),
    changes=("courses", "course_skills", "course_sessions"),
    apply=_apply,
    cost=A_TEACHING_UNIT,
    preconditions=_teaches_nothing,
    step=Step.COMES,
)
