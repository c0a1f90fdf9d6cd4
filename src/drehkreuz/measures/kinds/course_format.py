# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A course that exists, in another format too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

import polars as pl

from drehkreuz.measures.lessons import (
    A_TEACHING_UNIT,
    COURSE,
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
from drehkreuz.measures.rows import SOURCE, added, copied
from drehkreuz.measures.terms import Parameter, Said, Unmet

OF_COURSE: Final = ("course_skills", "course_prerequisites", "course_funding")
"""Tables about courses that hold for the new format, too."""


def _apply(case: Case) -> Change:
    region, new = case.region, case.id()
    known = region.table("courses").row(by_predicate=pl.col("course_id") == case["course"], named=True)
    weeks = known["teaching_units"] * UNIT_HOURS / case["hours_per_week"]
    row = known | {
        "course_id": new,
        "title": f"{known['title']} (Szenario)",
        "format": case["format"],
        "hours_per_week": case["hours_per_week"],
        "weeks": weeks,
        "source": SOURCE,
        "source_id": "",
    }
    times = {"place_id": case["place"], "day_start": case["day_start"], "day_end": case["day_end"]}
    held = list(sessions(case, new, weeks, **times))
    tables = {table: copied(region, table, "course_id", {case["course"]: new}) for table in OF_COURSE}
    tables |= {"courses": added(region, "courses", [row]), "course_sessions": added(region, "course_sessions", held)}
    return Change(tables, float(known["teaching_units"] * len(held)))


def _too_long(case: Case) -> Iterator[Unmet]:
    units = case.region.table("courses").filter(course_id=case["course"])["teaching_units"].item()
    if (weeks := units * UNIT_HOURS / case["hours_per_week"]) > 200:
        problem = f"would stretch the course to {weeks:.0f} weeks, more than 200"
        yield Unmet("hours_per_week", case["hours_per_week"], problem, "Name more hours a week.")
    yield from placeless(case)
    yield from closes_late(case)


KIND: Final = Kind(
    name="course_format",
    title=Said("Kurs in anderer Form", "Course in another format"),
    doc=Said(
        "Ein bestehender Kurs wird zusätzlich abends, am Wochenende, in Teilzeit oder online gehalten; Inhalt und Förderung bleiben.",
        "A course that exists is also held in the evening, at weekends, part-time or online; content and funding stay.",
    ),
    area="learning",
    parameters=(
        COURSE,
        Parameter("format", "choice", Said("Neue Form.", "New format."), allowed=FORMATS),
        Parameter("hours_per_week", "float", Said("Umfang.", "Hours a week."), unit="hours/week", min=1, max=45),
        PLACE,
        replace(DAY_START, default=18 * 60),
        replace(DAY_END, default=21 * 60),
        *HELD,
    ),
    changes=("courses", "course_sessions", *OF_COURSE),
    apply=_apply,
    cost=A_TEACHING_UNIT,
    preconditions=_too_long,
    step=Step.COMES,
)
