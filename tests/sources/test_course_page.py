# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Courses of schema.org: lengths of time, formats and fees, and that what is written comes back."""

from __future__ import annotations

import copy
import json
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drehkreuz.errors import InputError
from drehkreuz.region import Region
from drehkreuz.sources.course_page import read_courses
from drehkreuz.sources.course_write import CARRIED, write_courses
from drehkreuz.sources.schema_org import Feed, days, hours

DAY = date(2026, 11, 2)

COURSE: dict[str, Any] = {
    "@context": "https://schema.org",
    "@type": "Course",
    "courseCode": "MAG-1",
    "name": "Schweißen MAG",
    "provider": {"@type": "Organization", "name": "Beispielträger", "identifier": "T-9"},
    "timeRequired": "PT240H",
    "offers": {"@type": "Offer", "price": "2950.00", "priceCurrency": "EUR", "category": "Paid"},
    "teaches": [{"@type": "DefinedTerm", "url": "http://data.europa.eu/esco/skill/s-2"}, "Schweißen"],
    "hasCourseInstance": {
        "@type": "CourseInstance",
        "courseMode": ["onsite", "part-time"],
        "startDate": "2027-02-01T08:00:00+01:00",
        "endDate": "2027-03-28T15:30:00+01:00",
        "maximumAttendeeCapacity": 12,
        "location": {"@type": "Place", "name": "Beispielwerkstatt", "geo": {"latitude": 50.8, "longitude": 6.4}},
    },
}


def write(folder: Path, document: object, name: str = "courses.jsonld") -> Path:
    path = folder / name
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


def changed(**values: Any) -> dict[str, Any]:
    course = copy.deepcopy(COURSE)
    course.update(values)
    return {key: value for key, value in course.items() if value is not None}


def test_a_course(tmp_path: Path) -> None:
    """A course of 240 hours in eight weeks has 320 teaching units and 30 hours a week."""
    tables, findings = read_courses(write(tmp_path, COURSE), day=DAY, feed=Feed("hwk"))
    [course], [session] = tables["courses"].to_dicts(), tables["course_sessions"].to_dicts()
    assert findings == []
    assert (course["course_id"], course["provider_number"]) == ("hwk:MAG-1", "T-9")
    assert (course["teaching_units"], course["weeks"], course["hours_per_week"]) == (320, 8, 30)
    assert (course["format"], course["fee_eur"], course["entry_language"]) == ("part_time", 2950, "de")
    assert (session["start"], session["end"]) == (date(2027, 2, 1), date(2027, 3, 28))
    assert (session["day_start"], session["day_end"], session["seats"]) == (480, 930, 12)
    assert tables["course_skills"].rows() == [("hwk:MAG-1", "s-2")]
    assert tables["places"]["kind"].to_list() == ["learning"]


REFUSED = {
    "no fee": (changed(offers=None), "says no fee in euros"),
    "other money": (changed(offers={"price": 10, "priceCurrency": "CHF"}), "says no fee in euros"),
    "no length": (changed(timeRequired=None), "teaching_units '': is empty"),
    "no provider": (changed(provider=None), "provider '': is empty"),
    "no mode": (changed(hasCourseInstance=[]), "format '': is empty"),
}


@pytest.mark.parametrize(("course", "problem"), REFUSED.values(), ids=REFUSED)
def test_refused(tmp_path: Path, course: Any, problem: str) -> None:
    """A course that cannot be compared is refused with its reason; a lenient reading keeps the others."""
    path = write(tmp_path, [course, changed(courseCode="MAG-2")])
    with pytest.raises(InputError) as refused:
        read_courses(path, day=DAY)
    assert any(problem in str(finding) for finding in refused.value.findings)
    tables, _ = read_courses(path, day=DAY, lenient=True)
    assert tables["courses"]["course_id"].to_list() == ["MAG-2"]


def test_an_online_course_needs_no_place(tmp_path: Path) -> None:
    """An online course has sessions without a place, and may be free."""
    online = COURSE["hasCourseInstance"] | {"courseMode": "online", "location": {"@type": "VirtualLocation"}}
    course = changed(hasCourseInstance=[online], offers=None, isAccessibleForFree=True)
    tables, _ = read_courses(write(tmp_path, course), day=DAY)
    assert tables["courses"].select("format", "fee_eur").row(0) == ("online", 0)
    assert tables["course_sessions"]["place_id"].to_list() == [None]


def test_past_sessions(tmp_path: Path) -> None:
    """A session that is over is left out and counted; the course stays."""
    past = COURSE["hasCourseInstance"] | {"startDate": "2026-01-05", "endDate": "2026-02-27"}
    tables, findings = read_courses(write(tmp_path, changed(hasCourseInstance=[past])), day=DAY)
    assert (len(tables["courses"]), len(tables["course_sessions"])) == (1, 0)
    assert ["1 sessions are over" in str(findings[0]), "no session" in str(findings[1])] == [True, True]


def test_a_schedule_tells_the_hours(tmp_path: Path) -> None:
    """A weekly schedule of three hours, ten times, is thirty hours in all."""
    session = COURSE["hasCourseInstance"] | {
        "courseSchedule": {"repeatFrequency": "Weekly", "repeatCount": 10, "duration": "PT3H", "startTime": "18:00"},
        "endDate": "2027-04-11",
    }
    tables, _ = read_courses(write(tmp_path, changed(timeRequired=None, hasCourseInstance=session)), day=DAY)
    assert tables["courses"].select("teaching_units", "hours_per_week", "weeks").row(0) == (40, 3, 10)
    assert tables["course_sessions"]["day_start"].to_list() == [18 * 60]


LENGTHS = {
    "PT22H": 22,
    "P1W": 168,
    "P2DT6H30M": 54.5,
    "PT90M": 1.5,
    "P": None,
    "22 h": None,
    "PT" + "9" * 80 + "H": None,
}


@pytest.mark.parametrize(("text", "length"), LENGTHS.items())
def test_lengths_of_time(text: str, length: float | None) -> None:
    """Lengths of time are read as ISO 8601 writes them, and nothing else is."""
    assert hours(text) == length
    assert days(text) == (None if length is None else length / 24)


def test_round_trip(village: Region, tmp_path: Path) -> None:
    """The village's courses, sessions and what they teach come back from JSON-LD in every column that is carried."""
    path = tmp_path / "courses.jsonld"
    path.write_bytes(write_courses(village))
    tables, findings = read_courses(path, day=date(2000, 1, 1))
    assert [finding for finding in findings if finding.severity == "error"] == []
    with_sessions = village.table("course_sessions")["course_id"].unique().implode()
    courses = (
        village.table("courses").filter(village.table("courses")["course_id"].is_in(with_sessions)).sort("course_id")
    )
    assert tables["courses"].select(CARRIED).rows() == courses.select(CARRIED).rows()
    whole = village.table("course_sessions").sort("session_id").drop("min_participants", "cancellation_risk")
    assert tables["course_sessions"].drop("min_participants", "cancellation_risk").rows() == whole.rows()
    taught = village.table("course_skills")
    assert tables["course_skills"].rows() == taught.sort("course_id", "skill_id").rows()


SCRAPS = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.just([{}]) | st.just({"geo": []})
)


@settings(max_examples=12)
@given(key=st.sampled_from(sorted(COURSE)), inner=st.sampled_from(sorted(COURSE["hasCourseInstance"])), value=SCRAPS)
def test_any_value_anywhere(tmp_path_factory: pytest.TempPathFactory, key: str, inner: str, value: Any) -> None:
    """Whatever stands in the place of a property, it is read or refused in words."""
    course = changed()
    course["hasCourseInstance"][inner] = value
    with suppress(InputError):
        read_courses(write(tmp_path_factory.mktemp("courses"), [course, changed() | {key: value}]), day=DAY)
