# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A language course, at a workplace for instance."""

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
    LANGUAGES,
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
        "teaching_units": units,
        "hours_per_week": case["hours_per_week"],
        "weeks": case["weeks"],
        "format": case["format"],
        "entry_language": case["language"],
        "entry_cefr": case["entry"],
        "leads_to_language": case["language"],
        "leads_to_cefr": case["level"],
        "exam_body": "Beispielprüfung (Szenario)" if case["exam"] else None,
        "fee_eur": 0.0,
    }
    times = {"place_id": case["place"], "day_start": case["day_start"], "day_end": case["day_end"]}
    held = list(sessions(case, course, case["weeks"], **times))
    tables = {"courses": added(region, "courses", [row]), "course_sessions": added(region, "course_sessions", held)}
    return Change(tables, float(units * len(held)))


def _no_step(case: Case) -> Iterator[Unmet]:
    if case["entry"] is not None and CEFR.index(case["entry"]) >= CEFR.index(case["level"]):
        yield Unmet("entry", case["entry"], f"is no lower than {case['level']}", "Name a lower level to begin with.")
    yield from placeless(case)
    yield from closes_late(case)


KIND: Final = Kind(
    name="language_course",
    title=Said("Sprachkurs", "Language course"),
    doc=Said(
        "Ein Sprachkurs ohne Gebühr führt zu einem Niveau, an einem Lernort, am Arbeitsort oder online.",
        "A language course without a fee leads to a level, at a learning place, a workplace or online.",
    ),
    area="language",
    parameters=(
        Parameter("language", "choice", Said("Sprache.", "Language."), default="de", allowed=LANGUAGES),
        Parameter(
            "entry",
            "choice",
            Said("Niveau zu Beginn; leer: keines.", "Level to begin with; left out: none."),
            optional=True,
            allowed=CEFR,
        ),
        Parameter("level", "choice", Said("Niveau am Ende.", "Level at the end."), allowed=CEFR),
        Parameter("exam", "bool", Said("Mit Prüfung.", "With an examination."), default=True),
        PLACE,
        Parameter("format", "choice", Said("Form.", "Format."), default="evening", allowed=FORMATS),
        Parameter("weeks", "float", Said("Dauer.", "Length."), default=30.0, unit="weeks", min=1, max=150),
        Parameter(
            "hours_per_week", "float", Said("Umfang.", "Hours a week."), default=9.0, unit="hours/week", min=1, max=40
        ),
        replace(DAY_START, default=18 * 60),
        replace(DAY_END, default=21 * 60),
        *HELD,
    ),
    changes=("courses", "course_sessions"),
    apply=_apply,
    cost=A_TEACHING_UNIT,
    preconditions=_no_step,
    step=Step.COMES,
)
