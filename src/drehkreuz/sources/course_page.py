# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""schema.org's Course and CourseInstance, in JSON-LD files and web pages, as courses and their sessions."""

from __future__ import annotations

import math
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Final

import polars as pl

from drehkreuz.errors import Finding, InputError
from drehkreuz.sources.archive import open_source
from drehkreuz.sources.jobposting import ENDINGS
from drehkreuz.sources.json_file import Node, cells, node, nodes, number, read_bytes
from drehkreuz.sources.jsonld import Thing, id_of, no_things, plain_text, text_of, things
from drehkreuz.sources.records import Records
from drehkreuz.sources.schema_org import Feed, clock, day, days, digest, esco, hours, own_codes, place

UNIT_HOURS: Final = 0.75
"""Hours of a teaching unit."""

FORMAT_OF_MODE: Final = {
    "daytime": "daytime", "evening": "evening", "weekend": "weekend", "block": "block", "part_time": "part_time",
    "hybrid": "hybrid", "blended": "hybrid", "mixed": "hybrid",
    "online": "online", "virtual": "online", "distance": "online",
    "full_time": "daytime", "onsite": "daytime", "in_person": "daytime",
}  # fmt: skip
"""Format by a word of `courseMode`; of several words the one listed first here."""

OVER: Final = "are over by the region's day and are left out"
NO_SESSION: Final = "have no session that is still to come"
SUBJECT_TEXTS: Final = "say in words only what they teach, which is not read"
_REMEDIES: Final = {
    OVER: "Nothing is to be done; new sessions come with the next reading.",
    NO_SESSION: "Ask the provider; nobody can be sent to them.",
    SUBJECT_TEXTS: "Name ESCO's skills by their addresses in teaches to have them matched.",
}


def read_courses(
    path: str | Path, *, day: date, feed: Feed | None = None, lenient: bool = False
) -> tuple[dict[str, pl.DataFrame], list[Finding]]:
    """
    Read the courses of a file, or of the files of a folder or zip.

    Length is `timeRequired`, else a session's `courseWorkload`, else its schedule's length times its repetitions; hours a week follow
    from it and the session's weeks unless the schedule says them. Days without a length of time are not guessed.

    Args:
        path: JSON-LD, a web page, or a folder or zip of them.
        day: The day the region describes; sessions that ended before are left out.
        feed: How ids are made, and centres of postcodes.
        lenient: Leave out faulty courses and sessions instead of refusing the file; each is listed.

    Returns:
        The tables `courses`, `course_sessions`, `course_skills` and `places`, and what a person should know.

    Raises:
        InputError: If a file cannot be read, or a course is faulty and the reading is not lenient.
    """
    source = open_source(path)
    names = [name for name in source.names if name.lower().endswith(ENDINGS)]
    if not names:
        raise no_things(str(path), "Course")
    reading = _Reading(Records(source.path.name, lenient=lenient), day, feed or Feed())
    for name in names:
        try:
            reading.read(read_bytes(source, name), name)
        except InputError as error:
            reading.records.refused(error)
    return reading.settle()


class _Reading:
    """Courses turned to rows, and how often something was left out."""

    def __init__(self, records: Records, day: date, feed: Feed) -> None:
        self.records = records
        self._day = day.isoformat()
        self._feed = feed
        self._counts: Counter[str] = Counter()
        self._found = 0

    def read(self, data: bytes, where: str) -> None:
        found, unread = things(data, where, {"Course"})
        for error in unread:
            self.records.refused(error)
        self._found += len(found)
        for course in found:
            self._course(course, where)

    def settle(self) -> tuple[dict[str, pl.DataFrame], list[Finding]]:
        if not self._found:
            self.records.refused(no_things(self.records.where, "Course"))
        for what, count in sorted(self._counts.items()):
            of = "sessions" if what == OVER else f"of {self._found:,} courses"
            self.records.note(f"{count:,} {of} {what}", _REMEDIES[what])
        return self.records.settle("courses", "course_sessions", "course_skills", "places")

    def _course(self, course: Thing, where: str) -> None:
        values = course.values
        title = plain_text(values.get("name"))
        provider = text_of(values.get("provider"))
        own = id_of(values) or text_of(values.get("courseCode")) or digest("course", title or "", provider or "")
        course_id = self._feed.id(own)
        sessions = [session for session in nodes(values.get("hasCourseInstance")) if not self._over(session)]
        if not sessions:
            self._counts[NO_SESSION] += 1
        first = sessions[0] if sessions else node(values.get("hasCourseInstance"))
        total, a_week = _times(values, first)
        weeks = _weeks(first)
        if weeks is None and total and a_week:
            weeks = total / a_week
        if a_week is None and total and weeks:
            a_week = total / max(weeks, 1.0)
        if total is None and a_week and weeks:
            total = a_week * weeks
        cells_of = {
            "course_id": course_id,
            "title": title,
            "provider": provider,
            "provider_number": _provider_number(values),
            "kursnet_id": _numbered(values, "KURSNET"),
            "teaching_units": None if total is None else f"{math.ceil(round(total / UNIT_HOURS, 6))}",
            "hours_per_week": _told(a_week),
            "weeks": _told(weeks),
            "format": _format(values, first),
            "entry_language": (text_of(first.get("inLanguage")) or text_of(values.get("inLanguage")) or "de")[
                :2
            ].lower(),
            "fee_eur": self._fee(values, first, course.row, where),
            "source_id": own,
        }
        if cells_of["fee_eur"] is None:
            return
        self.records.add("courses", course.row, cells_of, where=where)
        for number_of, session in enumerate(sessions, 1):
            online = cells_of["format"] == "online"
            self._session(session, course_id, f"{own}-{number_of}", provider or "", course.row, where, online=online)
        self._taught(values, course_id, course.row, where)

    def _over(self, session: Node) -> bool:
        end = day(session.get("endDate"))
        over = end is not None and end < self._day
        self._counts.update([OVER] if over else [])
        return over

    def _session(
        self, session: Node, course_id: str, own: str, provider: str, row: str, where: str, *, online: bool
    ) -> None:
        schedule = node(session.get("courseSchedule"))
        place_id = None
        if not (online or "online" in _words(session)):
            given = node(session.get("location"))
            place_id = place(self.records, given, row, where, self._feed, "learning", provider or "Lernort")
            if place_id is None:
                return
        seats = session.get("remainingAttendeeCapacity", session.get("maximumAttendeeCapacity"))
        cells_of = {
            "session_id": self._feed.id(id_of(session) or own),
            "course_id": course_id,
            "place_id": place_id,
            "start": day(session.get("startDate")) or day(schedule.get("startDate")),
            "end": day(session.get("endDate")) or day(schedule.get("endDate")),
            "day_start": clock(schedule.get("startTime")) or clock(session.get("startDate")),
            "day_end": clock(schedule.get("endTime")) or clock(session.get("endDate")),
            "seats": text_of(seats),
        }
        self.records.add("course_sessions", row, cells_of, where=where)

    def _fee(self, values: Node, session: Node, row: str, where: str) -> str | None:
        offers = [*nodes(values.get("offers")), *nodes(session.get("offers"))]
        for offer in offers:
            specified = node(offer.get("priceSpecification"))
            price = number(offer.get("price")) if "price" in offer else number(specified.get("price"))
            currency = text_of(offer.get("priceCurrency")) or text_of(specified.get("priceCurrency")) or "EUR"
            if price is not None and currency == "EUR":
                return f"{price:.10g}"
        free = [values.get("isAccessibleForFree"), session.get("isAccessibleForFree")]
        if any(said is True or text_of(said) in {"true", "True"} for said in free):
            return "0"
        problem, remedy = "says no fee in euros", "Add offers with price and priceCurrency EUR, or isAccessibleForFree."
        self.records.fault(row, problem, column="offers", where=where, remedy=remedy)
        return None

    def _taught(self, values: Node, course_id: str, row: str, where: str) -> None:
        taught = list(esco(values.get("teaches"), "skill")) + own_codes(
            values.get("teaches"), "termCode", "inDefinedTermSet"
        )
        if cells(values.get("teaches")) and not taught:
            self._counts[SUBJECT_TEXTS] += 1
        for skill in dict.fromkeys(taught):
            self.records.add("course_skills", row, {"course_id": course_id, "skill_id": skill}, where=where)


def _times(course: Node, session: Node) -> tuple[float | None, float | None]:
    """Return the hours in all and the hours a week, as far as they are said."""
    schedule = node(session.get("courseSchedule"))
    each, repeated = hours(schedule.get("duration")), number(schedule.get("repeatCount"))
    frequency = text_of(schedule.get("repeatFrequency")) or ""
    total = hours(course.get("timeRequired")) or hours(session.get("courseWorkload"))
    if total is None and each is not None and repeated is not None:
        total = each * repeated
    weekly = each if frequency.lower() in {"p1w", "weekly"} else None
    return total or None, weekly or None


def _weeks(session: Node) -> float | None:
    length = days(session.get("duration"))
    if length is not None and length > 0:
        return length / 7
    start, end = day(session.get("startDate")), day(session.get("endDate"))
    try:
        first, last = date.fromisoformat(start or ""), date.fromisoformat(end or "")
    except ValueError:
        return None
    return ((last - first).days + 1) / 7 if last >= first else None


def _words(session: Node) -> list[str]:
    words = [word.lower().replace("-", "_").replace(" ", "_") for word in cells(session.get("courseMode"))]
    return [word.rpartition("/")[2] for word in words]


def _format(course: Node, session: Node) -> str | None:
    words = {*_words(session), *_words(course)}
    return next((form for word, form in FORMAT_OF_MODE.items() if word in words), None)


def _provider_number(course: Node) -> str | None:
    return id_of({"identifier": node(course.get("provider")).get("identifier")})


def _numbered(course: Node, name: str) -> str | None:
    """Return the identifier that a course has in a list of that name."""
    for identifier in nodes(course.get("identifier")):
        if text_of(identifier.get("propertyID")) == name:
            return text_of(identifier.get("value"))
    return None


def _told(value: float | None) -> str | None:
    return None if value is None else f"{value:.10g}"
