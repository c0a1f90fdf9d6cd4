# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A course held more often."""

from __future__ import annotations

from typing import Final

import polars as pl

from drehkreuz.measures.lessons import A_TEACHING_UNIT, COURSE, DAY_END, DAY_START, HELD, sessions
from drehkreuz.measures.measure import Case, Change, Kind, Step
from drehkreuz.measures.rows import added
from drehkreuz.measures.terms import Said, Unmet

LIKE: Final = ("place_id", DAY_START.name, DAY_END.name)
"""What the new sessions have of the last one."""


def _apply(case: Case) -> Change:
    known = case.region.table("courses").row(by_predicate=pl.col("course_id") == case["course"], named=True)
    last = _held(case).row(-1, named=True)
    held = list(sessions(case, case["course"], known["weeks"], **{name: last[name] for name in LIKE}))
    tables = {"course_sessions": added(case.region, "course_sessions", held)}
    return Change(tables, float(known["teaching_units"] * len(held)))


def _held(case: Case) -> pl.DataFrame:
    return case.region.table("course_sessions").filter(course_id=case["course"]).sort("start", "session_id")


def _never_held(case: Case) -> list[Unmet]:
    if len(_held(case)):
        return []
    remedy = "Use learning_place or course_format, which say where and when."
    return [Unmet("course", case["course"], "has no session to go by", remedy)]


KIND: Final = Kind(
    name="extra_sessions",
    title=Said("Mehr Durchgänge", "More sessions"),
    doc=Said(
        "Ein Kurs wird öfter gehalten, an Ort und Uhrzeit des letzten Durchgangs.",
        "A course is held more often, at the place and hours of its last session.",
    ),
    area="learning",
    parameters=(COURSE, *HELD),
    changes=("course_sessions",),
    apply=_apply,
    cost=A_TEACHING_UNIT,
    preconditions=_never_held,
    step=Step.COMES,
)
