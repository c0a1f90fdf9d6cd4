# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Rules about courses and their sessions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import polars as pl

from drehkreuz.region.checks.rule import Rule
from drehkreuz.region.region import Region

SWAP: Final = "Swap the two, or correct one."
UNIT_HOURS: Final = 0.75
"""A teaching unit has 45 minutes."""
TOLERANCE: Final = 0.25
REQUIRED: Final = {"course": "courses", "skill": "skills", "qualification": "qualifications"}


def rules(region: Region) -> Iterator[Rule]:
    """Yield the rules of courses, prerequisites and sessions."""
    yield from _courses(region)
    yield from _prerequisites(region)
    yield from _sessions(region)


def _courses(region: Region) -> Iterator[Rule]:
    courses = region.table("courses").with_columns(
        taught=(pl.col("teaching_units") * UNIT_HOURS), offered=pl.col("weeks") * pl.col("hours_per_week")
    )

    def rule(column: str, wrong: pl.Expr, problem: str, remedy: str) -> Rule:
        return Rule("courses", courses, column, wrong, problem, remedy)

    module = pl.col("module_number") > pl.col("modules_total")
    yield rule("module_number", module, "is more than modules_total {modules_total}", SWAP)
    level = pl.col("leads_to_cefr").is_not_null() & pl.col("leads_to_language").is_null()
    yield rule("leads_to_cefr", level, "is a level of no language", "Fill in leads_to_language.")
    language = pl.col("leads_to_language").is_not_null() & pl.col("leads_to_cefr").is_null()
    yield rule("leads_to_language", language, "leads to no level", "Fill in leads_to_cefr.")
    crowded = pl.col("taught") > (1 + TOLERANCE) * pl.col("offered")
    problem = "make {taught} hours, but weeks times hours_per_week only {offered}"
    remedy = "Correct the units (45 minutes each), the weeks or the hours a week."
    yield Rule("courses", courses, "teaching_units", crowded, problem, remedy, "warning")


def _prerequisites(region: Region) -> Iterator[Rule]:
    needs = region.table("course_prerequisites")
    for requires, table in REQUIRED.items():
        known = region.table(table)[f"{requires}_id"].unique().implode()
        dangling = (pl.col("requires") == requires) & ~pl.col("required_id").is_in(known)
        remedy = f"Add it to the table {table}, or correct it."
        yield Rule("course_prerequisites", needs, "required_id", dangling, f"is not in the table {table}", remedy)


def _sessions(region: Region) -> Iterator[Rule]:
    lasts = region.table("courses").select("course_id", "weeks", "format")
    span = ((pl.col("end") - pl.col("start")).dt.total_days() + 1) / 7
    sessions = region.table("course_sessions").join(lasts, "course_id", how="left").with_columns(span=span)
    ends = pl.col("end") < pl.col("start")
    yield Rule("course_sessions", sessions, "end", ends, "is before the first day {start}", SWAP)
    closes = pl.col("day_end") <= pl.col("day_start")
    yield Rule("course_sessions", sessions, "day_end", closes, "is no later than day_start {day_start}", SWAP)
    difference = (pl.col("span") - pl.col("weeks")).abs()
    apart = ~ends & (difference > 1) & (difference > TOLERANCE * pl.col("weeks"))
    problem = "first to last day are {span} weeks, the course has {weeks} weeks"
    yield Rule(
        "course_sessions", sessions, "end", apart, problem, "Correct the dates or the course's weeks.", "warning"
    )
    placeless = pl.col("place_id").is_null() & ~pl.col("format").is_in(["online", "hybrid"])
    problem = "a {format} course is held nowhere; empty means online"
    yield Rule("course_sessions", sessions, "place_id", placeless, problem, "Name the learning place.", "warning")
