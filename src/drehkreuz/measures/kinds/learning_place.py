# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A course held at another place, too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

import polars as pl

from drehkreuz.measures.lessons import A_TEACHING_UNIT, COURSE, DAY_END, DAY_START, HELD, PLACE, closes_late, sessions
from drehkreuz.measures.measure import Case, Change, Kind, Step
from drehkreuz.measures.rows import added
from drehkreuz.measures.terms import Said, Unmet


def _apply(case: Case) -> Change:
    known = case.region.table("courses").row(by_predicate=pl.col("course_id") == case["course"], named=True)
    times = {"place_id": case["place"], "day_start": case["day_start"], "day_end": case["day_end"]}
    held = list(sessions(case, case["course"], known["weeks"], **times))
    tables = {"course_sessions": added(case.region, "course_sessions", held)}
    return Change(tables, float(known["teaching_units"] * len(held)))


def _online(case: Case) -> Iterator[Unmet]:
    if case.region.table("courses").filter(course_id=case["course"])["format"].item() == "online":
        yield Unmet("course", case["course"], "is online: a place makes it no nearer", "Name a course held at a place.")
    yield from closes_late(case)


KIND: Final = Kind(
    name="learning_place",
    title=Said("Lernort in der Nähe", "Learning place nearer"),
    doc=Said(
        "Ein Kurs wird zusätzlich an einem anderen Ort gehalten, näher an denen, die ihn brauchen.",
        "A course is also held at another place, nearer to those who need it.",
    ),
    area="learning",
    parameters=(
        COURSE,
        replace(PLACE, optional=False, doc=Said("Weiterer Lernort.", "Further learning place.")),
        replace(DAY_START, default=8 * 60),
        replace(DAY_END, default=15 * 60),
        *HELD,
    ),
    changes=("course_sessions",),
    apply=_apply,
    cost=A_TEACHING_UNIT,
    preconditions=_online,
    step=Step.COMES,
)
