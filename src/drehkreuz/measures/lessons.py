# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Measures on learning: when sessions of a course are held, and what a course costs who offers it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from math import ceil
from typing import Any, Final

from drehkreuz.measures.measure import Case
from drehkreuz.measures.terms import Band, Parameter, Said, UnitCost, Unmet
from drehkreuz.region import TABLES

UNIT_HOURS: Final = 0.75
"""A teaching unit has 45 minutes."""

COURSE: Final = Parameter("course", "id", Said("Kurs.", "Course."), ref="courses")
PLACE: Final = Parameter(
    "place", "id", Said("Lernort; leer: online.", "Learning place; left out: online."), optional=True, ref="places"
)
SESSIONS: Final = Parameter(
    "sessions", "int", Said("Durchgänge.", "Sessions held."), default=2, unit="sessions", min=1, max=50
)
EVERY_WEEKS: Final = Parameter(
    "every_weeks",
    "int",
    Said("Abstand der Durchgänge.", "Time from one session to the next."),
    default=13,
    unit="weeks",
    min=1,
    max=104,
)
SEATS: Final = Parameter(
    "seats", "int", Said("Plätze je Durchgang.", "Seats in each session."), default=15, unit="seats", min=1, max=200
)
DAY_START: Final = Parameter("day_start", "clock", Said("Beginn am Unterrichtstag.", "Begin on a day of teaching."))
DAY_END: Final = Parameter("day_end", "clock", Said("Ende am Unterrichtstag.", "End on a day of teaching."))
HELD: Final = (SESSIONS, EVERY_WEEKS, SEATS)

FORMATS: Final = tuple(TABLES["courses"].columns["format"].allowed or ())
LANGUAGES: Final = ("de", "en", "nl", "fr")
CEFR: Final = tuple(TABLES["vacancy_languages"].columns["cefr"].allowed or ())

A_TEACHING_UNIT: Final = UnitCost(
    unit=Said("Unterrichtseinheit eines Durchgangs", "teaching unit of a session"),
    invest=Band(60.0, 90.0, 140.0),
    per_year=Band(0.0, 0.0, 0.0),
    source=Said(
        "Lehrkraft, Raum und Verwaltung für 45 Minuten; durch ein Angebot zu ersetzen",
        "teacher, room and administration of 45 minutes; replace it by a provider's offer",
    ),
)


def sessions(case: Case, course: str, weeks: float, **columns: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401  # cells of a row
    """
    Yield the sessions of a course: each begins on a Monday, the first on the one from the measure's first day on.

    Sessions that would have begun before the region's day are over: the round goes on, as many as asked are still to come.

    Args:
        case: The measure, with the parameters `sessions`, `every_weeks` and `seats`.
        course: Course held.
        weeks: Weeks it takes.
        columns: Further columns of `course_sessions`.
    """
    every = timedelta(weeks=case["every_weeks"])
    first = monday(case.measure.start)
    late = max(0, ceil((case.region.manifest.day - first) / every))
    lasts = timedelta(days=max(1, round(weeks * 7)) - 1)
    for number in range(late, late + case["sessions"]):
        start = first + number * every
        yield {
            "session_id": case.id(course, number + 1),
            "course_id": course,
            "start": start,
            "end": start + lasts,
            "seats": case["seats"],
            **columns,
        }


def monday(day: date) -> date:
    """Return the day itself if it is a Monday, else the next one."""
    return day + timedelta(days=-day.weekday() % 7)


def closes_late(case: Case) -> Iterator[Unmet]:
    """Yield that a day of teaching ends before it begins."""
    if case["day_end"] <= case["day_start"]:
        yield Unmet("day_end", case["day_end"], "is no later than day_start", "Swap the two, or correct one.")


def placeless(case: Case) -> Iterator[Unmet]:
    """Yield that a course is held nowhere though it is not online."""
    if case["place"] is None and case["format"] not in {"online", "hybrid"}:
        remedy = 'Name the learning place, or write format = "online".'
        yield Unmet("place", "", f"a {case['format']} course needs a place", remedy)
