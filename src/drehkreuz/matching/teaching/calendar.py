# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""One calendar of everything that can be learned in a region, by kind of provider."""

from __future__ import annotations

from typing import Final

import polars as pl

from drehkreuz.matching.utility import TRAINING_KINDS
from drehkreuz.region import Region

KINDS: Final = (
    ("vocational_school", r"Berufskolleg|Berufsschule|Berufsfachschule|MBO|ROC\b"),
    ("adult_education", r"Volkshochschule|\bVHS\b"),  # before the other sort of Hochschule
    ("university", r"Hochschule|Universität|University|RWTH|\bFH\b"),
    ("chamber", r"Kammer|Innung|\bIHK\b|\bHWK\b"),
    ("health_school", r"Pflegeschule|Schule für|Gesundheitsschule"),
)
"""
Kinds of provider and the words in a name by which they are known; of several the first. Others are training companies (assumed:
no table says what a provider is).
"""

TRAINER: Final = "training_company"
"""Who is known by no word."""

FIRM: Final = "firm"
"""Who teaches an apprentice, or a student beside the job."""

COLUMNS: Final = (
    "start", "end", "provider_kind", "provider", "title", "id", "place_id", "format", "hours_per_week", "seats", "min_participants",
    "fee_eur", "azav",
)  # fmt: skip


def provider_kind(provider: str) -> pl.Expr:
    """
    Return what kind of provider a column names.

    Args:
        provider: The column.
    """
    found = pl.lit(TRAINER)
    for kind, words in reversed(KINDS):
        found = pl.when(pl.col(provider).str.contains(f"(?i){words}")).then(pl.lit(kind)).otherwise(found)
    return found


def offers(region: Region) -> pl.DataFrame:
    """
    Return all offers of a region in order of their first day, one row for each session of a course and each training post.

    Args:
        region: The region.

    Returns:
        `COLUMNS`; `id` is a session_id or a vacancy_id, `end` is null where a training post names no length, `hours_per_week`, `fee_eur`
        and `azav` are null for training posts.
    """
    courses = region.table("courses").select(
        "course_id", "title", "provider", "format", "hours_per_week", "fee_eur", "azav"
    )
    taught = (
        region.table("course_sessions")
        .join(courses, on="course_id", how="left", maintain_order="left")
        .with_columns(id=pl.col("session_id"), provider_kind=provider_kind("provider"))
    )
    months = pl.format("{}mo", pl.col("months_normal").round().cast(pl.Int64))
    posts = (
        region.table("vacancies")
        .filter(pl.col("kind").is_in(TRAINING_KINDS))
        .select(
            "title",
            "place_id",
            "start",
            id="vacancy_id",
            provider="employer",
            format="kind",
            seats="openings",
            provider_kind=pl.lit(FIRM),
            end=pl.when(pl.col("months_normal").is_not_null()).then(pl.col("start").dt.offset_by(months)),
        )
    )
    both = pl.concat([taught.select(COLUMNS), posts], how="diagonal_relaxed")
    return both.select(COLUMNS).sort("start", "provider_kind", "provider", "id")
