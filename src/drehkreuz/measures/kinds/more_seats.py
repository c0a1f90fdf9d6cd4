# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""More seats in the sessions of a course."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import polars as pl

from drehkreuz.measures.lessons import COURSE
from drehkreuz.measures.measure import Case, Change, Kind
from drehkreuz.measures.terms import Band, Parameter, Said, UnitCost, Unmet


def _apply(case: Case) -> Change:
    to_come = _to_come(case)
    seats = pl.when(to_come).then(pl.col("seats") + case["seats"]).otherwise("seats").clip(upper_bound=1000)
    held = case.region.table("course_sessions").with_columns(seats=seats)
    return Change({"course_sessions": held}, float(to_come.sum() * case["seats"]))


def _to_come(case: Case) -> pl.Series:
    """Return which sessions of the course begin once the measure does, on the region's day or later."""
    held = case.region.table("course_sessions")
    begins = max(case.measure.start, case.region.manifest.day)
    mine = (pl.col("course_id") == case["course"]) & (pl.col("start") >= begins)
    return held.select(mine=mine)["mine"]


def _over(case: Case) -> Iterator[Unmet]:
    if not _to_come(case).any():
        remedy = "Begin earlier, or use extra_sessions to hold it again."
        yield Unmet("course", case["course"], "has no session that begins after the first day", remedy)


KIND: Final = Kind(
    name="more_seats",
    title=Said("Mehr Plätze", "More seats"),
    doc=Said(
        "Alle kommenden Durchgänge eines Kurses haben mehr Plätze; volle werden wieder frei.",
        "All sessions to come of a course have more seats; full ones have some again.",
    ),
    area="learning",
    parameters=(
        COURSE,
        Parameter(
            "seats",
            "int",
            Said("Plätze mehr je Durchgang.", "Seats more in each session."),
            default=5,
            unit="seats",
            min=1,
            max=200,
        ),
    ),
    changes=("course_sessions",),
    apply=_apply,
    cost=UnitCost(
        unit=Said("Platz in einem Durchgang", "seat in a session"),
        invest=Band(200.0, 800.0, 2_500.0),
        per_year=Band(0.0, 0.0, 0.0),
        source=Said(
            "Maschinen, Material und zeitweise eine zweite Lehrkraft",
            "machines, material and a second teacher for part of the time",
        ),
    ),
    preconditions=_over,
)
