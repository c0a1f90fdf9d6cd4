# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A region's courses as schema.org's Course and CourseInstance in JSON-LD."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from drehkreuz.region import Region
from drehkreuz.sources.course_page import UNIT_HOURS
from drehkreuz.sources.jobposting_write import concept, preferred_names
from drehkreuz.sources.json_file import dump, without_nothing
from drehkreuz.sources.jsonld import document
from drehkreuz.sources.schema_org import minutes_text, place_thing

CARRIED: Final = (
    "course_id", "title", "provider", "provider_number", "kursnet_id", "teaching_units", "hours_per_week", "weeks", "format",
    "entry_language", "fee_eur",
)  # fmt: skip
"""Columns of `courses` that a page carries; of `course_sessions` all but the fewest participants and the risk."""

MODE_OF_FORMAT: Final = {"online": "online", "hybrid": "blended"}
"""Word of schema.org by format; all others are on site."""


def write_courses(region: Region) -> bytes:
    """
    Return all courses of a region as one JSON-LD document; `read_courses` gives the columns of `CARRIED` back.

    Args:
        region: With `courses`, `course_sessions`, `course_skills`, `places`, and `labels` for the names of skills.
    """
    places = {row["place_id"]: row for row in region.table("places").iter_rows(named=True)}
    uris = {row["skill_id"]: row["esco_uri"] for row in region.table("skills").iter_rows(named=True)}
    names = preferred_names(region)
    sessions, taught = _by_course(region, "course_sessions"), _by_course(region, "course_skills")
    return dump(
        document(
            [
                _course(row)
                | without_nothing(
                    {
                        "teaches": [
                            concept(skill["skill_id"], uris.get(skill["skill_id"]), names.get(skill["skill_id"]))
                            for skill in taught.get(row["course_id"], ())
                        ],
                        "hasCourseInstance": [
                            _instance(session, row, places.get(session["place_id"]))
                            for session in sessions.get(row["course_id"], ())
                        ],
                    }
                )
                for row in region.table("courses").sort("course_id").iter_rows(named=True)
            ]
        )
    )


def _by_course(region: Region, table: str) -> dict[str, Sequence[Mapping[str, Any]]]:
    rows: dict[str, list[Mapping[str, Any]]] = {}
    frame = region.table(table)
    for row in frame.sort(frame.columns[0], frame.columns[1]).iter_rows(named=True):
        rows.setdefault(row["course_id"], []).append(row)
    return dict(rows)


def _course(row: Mapping[str, Any]) -> dict[str, Any]:
    number = row["kursnet_id"]
    kursnet = [{"@type": "PropertyValue", "propertyID": "KURSNET", "value": number}] if number else []
    return without_nothing(
        {
            "@type": "Course",
            "identifier": [{"@type": "PropertyValue", "name": row["source"], "value": row["course_id"]}, *kursnet],
            "name": row["title"],
            "description": row["title"],
            "provider": without_nothing(
                {"@type": "Organization", "name": row["provider"], "identifier": row["provider_number"]}
            ),
            "timeRequired": minutes_text(row["teaching_units"] * UNIT_HOURS * 60),
            "inLanguage": row["entry_language"],
            "offers": {
                "@type": "Offer",
                "price": row["fee_eur"],
                "priceCurrency": "EUR",
                "category": "Paid" if row["fee_eur"] else "Free",
            },
        }
    )


def _instance(session: Mapping[str, Any], course: Mapping[str, Any], place: Mapping[str, Any] | None) -> dict[str, Any]:
    return without_nothing(
        {
            "@type": "CourseInstance",
            "identifier": session["session_id"],
            "courseMode": list(dict.fromkeys([MODE_OF_FORMAT.get(course["format"], "onsite"), course["format"]])),
            "startDate": session["start"].isoformat(),
            "endDate": session["end"].isoformat(),
            "duration": f"P{course['weeks'] * 7:.10g}D",
            "location": place_thing(place) if place else {"@type": "VirtualLocation"},
            "remainingAttendeeCapacity": session["seats"],
            "courseSchedule": {
                "@type": "Schedule",
                "repeatFrequency": "P1W",
                "duration": minutes_text(course["hours_per_week"] * 60),
                "startTime": _clock(session["day_start"]),
                "endTime": _clock(session["day_end"]),
            },
        }
    )


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
