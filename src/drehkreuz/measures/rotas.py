# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Rotas of their own for posts whose times a measure changes: employers share rotas, so the common one stays as it is."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from drehkreuz.measures.measure import Case
from drehkreuz.region import Region


def own_rotas(
    case: Case, taking: pl.Series, change: Callable[[pl.DataFrame], pl.DataFrame], **columns: pl.Expr
) -> dict[str, pl.DataFrame]:
    """
    Return posts that take part with a rota of their own, and the rotas with their shifts.

    Args:
        case: The measure; its title follows the names of the rotas.
        taking: Which posts, bool[v].
        change: Takes the shifts concerned, joined with their rotas, and returns them changed, in the columns of `shifts`.
        columns: Changes of the new rows of `shift_systems`.
    """
    region = case.region
    vacancies, systems, shifts = (region.table(name) for name in ("vacancies", "shift_systems", "shifts"))
    used = vacancies["shift_system_id"].filter(taking).unique().implode()
    new_id = pl.format("{}:{}", pl.lit(case.measure.id), "shift_system_id").alias("shift_system_id")
    mine = systems.filter(pl.col("shift_system_id").is_in(used))
    title = case.measure.kind.title
    named = mine.with_columns(
        new_id,
        pl.format("{} ({})", "label_de", pl.lit(title.de)).alias("label_de"),
        pl.format("{} ({})", pl.coalesce("label_en", "label_de"), pl.lit(title.en)).alias("label_en"),
        **columns,
    )
    worked = shifts.filter(pl.col("shift_system_id").is_in(used))
    rotas = mine.select("shift_system_id", "weeks", "paid_hours")
    moved = change(worked.join(rotas, on="shift_system_id", maintain_order="left")).select(shifts.columns)
    return {
        "shift_systems": pl.concat([systems, named]),
        "shifts": pl.concat([shifts, moved.with_columns(new_id)]),
        "vacancies": vacancies.with_columns(pl.when(taking).then(new_id).otherwise("shift_system_id")),
    }


def paid_hours(region: Region) -> pl.Series:
    """Return the hours that each post's rota pays a week at full time, float[v]."""
    systems = region.table("shift_systems").select("shift_system_id", "paid_hours")
    return region.table("vacancies").join(systems, on="shift_system_id", how="left", maintain_order="left")[
        "paid_hours"
    ]
