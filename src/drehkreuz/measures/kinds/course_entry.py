# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Courses that ask less to begin with."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import polars as pl

from drehkreuz.measures.lessons import CEFR
from drehkreuz.measures.measure import Case, Change, Kind
from drehkreuz.measures.terms import Band, Parameter, Said, UnitCost, Unmet


def _apply(case: Case) -> Change:
    mine = pl.col("course_id").is_in(list(case["courses"]))
    courses = case.region.table("courses").with_columns(
        entry_eqf=pl.when(mine)
        .then(pl.min_horizontal("entry_eqf", pl.lit(case["eqf"], dtype=pl.Int32)))
        .otherwise("entry_eqf"),
        entry_cefr=pl.when(mine & _above(case)).then(pl.lit(case["cefr"])).otherwise("entry_cefr"),
    )
    return Change({"courses": courses}, float(len(case["courses"])))


def _above(case: Case) -> pl.Expr:
    """Return which courses ask more of the language than the measure does."""
    if case["cefr"] is None:
        return pl.lit(value=False)
    return pl.col("entry_cefr").is_in(CEFR[CEFR.index(case["cefr"]) + 1 :])


def _nothing(case: Case) -> Iterator[Unmet]:
    if case["eqf"] is None and case["cefr"] is None:
        yield Unmet("eqf", "", "neither eqf nor cefr is named", "Name one of the two, or both.")
    courses = case.region.table("courses").filter(pl.col("course_id").is_in(list(case["courses"])))
    too_high = _above(case) | (pl.col("entry_eqf") > pl.lit(case["eqf"], dtype=pl.Int32)).fill_null(value=False)
    if courses.filter(too_high).is_empty():
        yield Unmet(
            "courses", ", ".join(case["courses"]), "ask no more than that already", "Name other courses or less."
        )


KIND: Final = Kind(
    name="course_entry",
    title=Said("Leichterer Einstieg", "Easier entry"),
    doc=Said(
        "Kurse verlangen zu Beginn weniger Vorbildung oder Deutsch und begleiten dafür enger.",
        "Courses ask less schooling or German to begin with, and help more closely instead.",
    ),
    area="learning",
    parameters=(
        Parameter("courses", "ids", Said("Kurse.", "Courses."), min=1, ref="courses"),
        Parameter("eqf", "int", Said("Stufe höchstens.", "Level at most."), optional=True, min=1, max=8),
        Parameter("cefr", "choice", Said("Deutsch höchstens.", "German at most."), optional=True, allowed=CEFR),
    ),
    changes=("courses",),
    apply=_apply,
    cost=UnitCost(
        unit=Said("Kurs", "course"),
        invest=Band(0.0, 1_000.0, 5_000.0),
        per_year=Band(2_000.0, 8_000.0, 25_000.0),
        source=Said(
            "jemand, der einige Stunden in der Woche begleitet", "somebody who helps along for some hours a week"
        ),
    ),
    preconditions=_nothing,
)
