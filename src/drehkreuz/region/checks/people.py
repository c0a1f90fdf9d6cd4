# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Rules about people and what they bring."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import polars as pl

from drehkreuz.region.checks.rule import Rule
from drehkreuz.region.region import Region

WORKING_AGE: Final = 14
SWAP: Final = "Swap the two, or correct one."


def rules(region: Region) -> Iterator[Rule]:
    """Yield the rules of people, their occupations, qualifications, times and children."""
    yield from _people(region)
    yield from _occupations(region)
    yield from _qualifications(region)
    yield from _times(region)


def _people(region: Region) -> Iterator[Rule]:
    day = region.manifest.day
    people = region.table("people").with_columns(age=day.year - pl.col("birth_year_from"))

    def rule(column: str, wrong: pl.Expr, problem: str, remedy: str) -> Rule:
        return Rule("people", people, column, wrong, problem, remedy)

    born = pl.col("birth_year_from") > pl.col("birth_year_to")
    yield rule("birth_year_from", born, "is after birth_year_to {birth_year_to}", SWAP)
    hours = pl.col("hours_min") > pl.col("hours_max")
    yield rule("hours_min", hours, "is more than hours_max {hours_max}", SWAP)
    tenure = pl.col("tenure_years") > pl.col("age") - WORKING_AGE
    yield rule(
        "tenure_years", tenure, "is more than a person of {age} can have worked", "Correct it or the birth years."
    )
    available = pl.col("available_from")
    absurd = (available.dt.offset_by("5y") < day) | (available.dt.offset_by("-10y") > day)
    problem = f"is more than 5 years before or 10 years after the region's day {day}"
    yield rule("available_from", absurd, problem, "Correct the year.")
    real = pl.col("origin") == "consented"
    problem = "a region folder holds no real person"
    remedy = "Keep consented profiles in the database and lay them over the region in memory."
    yield rule("origin", real, problem, remedy)
    closures = region.table("projects").filter(pl.col("kind") == "closure")["project_id"]
    projects = region.table("projects")["project_id"]
    closed = pl.col("closure_id")
    no_closure = closed.is_in(projects.unique().implode()) & ~closed.is_in(closures.unique().implode())
    yield rule("closure_id", no_closure, "is a project that closes nothing", "Name a closure, or leave it empty.")


def _occupations(region: Region) -> Iterator[Rule]:
    year = region.manifest.day.year
    born = region.table("people").select("person_id", "birth_year_from")
    held = region.table("person_occupations").join(born, "person_id", how="left")
    held = held.with_columns(age=year - pl.col("birth_year_from"))
    years = pl.col("years") > pl.col("age") - WORKING_AGE
    problem = "is more than a person of {age} can have worked"
    yield Rule("person_occupations", held, "years", years, problem, "Correct it or the birth years.")
    future = pl.col("last_year") > year
    problem = f"is after the region's day {region.manifest.day}"
    yield Rule("person_occupations", held, "last_year", future, problem, "Correct the year, or leave it empty: still.")


def _qualifications(region: Region) -> Iterator[Rule]:
    awards = region.table("person_qualifications")

    def rule(column: str, wrong: pl.Expr, problem: str, remedy: str) -> Rule:
        return Rule("person_qualifications", awards, column, wrong, problem, remedy)

    done = pl.col("modules_done") > pl.col("modules_total")
    yield rule("modules_done", done, "is more than modules_total {modules_total}", SWAP)
    expired = pl.col("expires").dt.year() < pl.col("year")
    yield rule("expires", expired, "is before the award in {year}", "Correct one of the two.")
    future = pl.col("year") > region.manifest.day.year
    yield rule("year", future, f"is after the region's day {region.manifest.day}", "Correct the year.")


def _times(region: Region) -> Iterator[Rule]:
    windows = region.table("person_times")
    empty = pl.col("to") <= pl.col("from")
    remedy = "Correct it; a night's end counts on, over 24:00."
    yield Rule("person_times", windows, "to", empty, "is no later than from {from}", remedy)
    care = region.table("care")
    shut = pl.col("closes") <= pl.col("opens")
    yield Rule("care", care, "closes", shut, "is no later than opens {opens}", SWAP)
    unborn = pl.col("birth_year") > region.manifest.day.year + 1
    problem = f"the child is born long after the region's day {region.manifest.day}"
    yield Rule("care", care, "birth_year", unborn, problem, "Correct the year.")
