# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Digital skills: what posts ask by year and level, what courses teach by year and kind of school."""

from __future__ import annotations

from typing import Final

import polars as pl

from drehkreuz.matching.teaching.calendar import provider_kind
from drehkreuz.region import Region
from drehkreuz.skills import Requirements, Taxonomy

DIGITAL: Final = "digital"
"""Class of skills asked about."""

ALL: Final = "all"
"""Stands for digital skills of any sort: a post or a seat counts once, however many it asks or teaches."""

UNKNOWN: Final = "unknown"
"""Level of an occupation that names none."""


def digital(region: Region, taxonomy: Taxonomy, requirements: Requirements) -> pl.DataFrame:
    """
    Set digital skills asked against those taught.

    Posts know no school: what they ask stands by the level of their occupation (Anforderungsniveau), what is taught by the kind of
    school, as the provider's name tells it (`calendar.KINDS`).

    Args:
        region: The region.
        taxonomy: Its taxonomy.
        requirements: What its posts ask.

    Returns:
        `skill_id` (`ALL` for all together), `year` (of the first day), `side` (`asked`, `taught`), `group` (level 1 to 4 or `UNKNOWN`; kind of
        school) and `number`: openings that ask it, or seats of sessions that teach it.
    """
    skills = region.table("skills").filter(pl.col("class") == DIGITAL)["skill_id"].implode()
    posts = _posts(region, taxonomy, requirements).filter(pl.col("skill_id").is_in(skills))
    level = region.table("occupations").select(
        "occupation_id", group=pl.col("level").cast(pl.String).fill_null(UNKNOWN)
    )
    asked = posts.join(level, on="occupation_id", how="left").with_columns(
        side=pl.lit("asked"), number="openings", id="vacancy_id"
    )
    courses = region.table("courses").select("course_id", group=provider_kind("provider"))
    taught = (
        region.table("course_skills")
        .filter(pl.col("skill_id").is_in(skills))
        .join(courses, on="course_id")
        .join(region.table("course_sessions"), on="course_id")
        .with_columns(side=pl.lit("taught"), number="seats", id="session_id")
    )
    columns = ["skill_id", "side", "group", "number", "id", pl.col("start").dt.year().alias("year")]
    each = pl.concat([asked.select(columns), taught.select(columns)], how="vertical_relaxed")
    once = each.unique(["side", "id"]).with_columns(skill_id=pl.lit(ALL))
    key = ["skill_id", "year", "side", "group"]
    return pl.concat([once, each]).group_by(key).agg(pl.col("number").sum().cast(pl.Int64)).sort(key)


def _posts(region: Region, taxonomy: Taxonomy, requirements: Requirements) -> pl.DataFrame:
    """Return a row for each post and skill that it asks."""
    must = requirements.must
    asked = pl.DataFrame(
        {
            "profile": [r for r in range(len(must)) for _ in must.row(r)],
            "skill_id": [taxonomy.skill_ids[s] for s in must.indices.tolist()],
        },
        schema={"profile": pl.Int32, "skill_id": pl.String},
    )
    posts = region.table("vacancies").select("vacancy_id", "occupation_id", "openings", "start")
    return posts.with_columns(profile=pl.Series(requirements.of_vacancy, dtype=pl.Int32)).join(asked, on="profile")
