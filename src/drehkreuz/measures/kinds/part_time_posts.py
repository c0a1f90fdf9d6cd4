# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Posts at part time, with shorter shifts."""

from __future__ import annotations

from typing import Final

import polars as pl

from drehkreuz.measures.measure import Case, Change, Kind
from drehkreuz.measures.posts import A_POST, OF_POSTS, WHICH, meant, no_posts, sets
from drehkreuz.measures.rotas import own_rotas, paid_hours
from drehkreuz.measures.terms import Band, Parameter, Said, UnitCost, Uptake

QUARTER: Final = 15
"""Shifts end on the quarter of an hour."""


def _apply(case: Case) -> Change:
    vacancies, hours = case.region.table("vacancies"), case["hours"]
    longer = (vacancies["kind"] == "job") & (vacancies["hours_max"] > hours) & (paid_hours(case.region) > hours)
    taking = case.takes(vacancies["vacancy_id"], longer & meant(case))

    def shortened(shifts: pl.DataFrame) -> pl.DataFrame:
        length = (pl.col("end") - pl.col("start")) * hours / pl.col("paid_hours") / QUARTER
        return shifts.with_columns(end=pl.col("start") + (length.ceil() * QUARTER).cast(pl.Int32))

    tables = own_rotas(case, taking, shortened, paid_hours=pl.lit(hours))
    share = hours / pl.col("hours_max")
    paid = pl.when(pl.col("pay_period") == "hour").then(1.0).otherwise(share)
    changes = {
        "pay_min": pl.col("pay_min") * paid,
        "pay_max": pl.col("pay_max") * paid,
        "premiums_tax_free_eur_month": pl.col("premiums_tax_free_eur_month") * share,
        "hours_min": pl.lit(hours),
        "hours_max": pl.lit(hours),
    }
    tables["vacancies"] = tables["vacancies"].with_columns(
        **{name: pl.when(taking).then(value).otherwise(pl.col(name)) for name, value in changes.items()}
    )
    return Change(tables, float(vacancies["openings"].filter(taking).sum()))


KIND: Final = Kind(
    name="part_time_posts",
    title=Said("Teilzeitstellen", "Part-time posts"),
    doc=Said(
        "Ein Teil der Vollzeitstellen wird zu Teilzeitstellen mit kürzeren Diensten; wer Vollzeit sucht, findet diese Stellen nicht mehr.",
        "Some full-time posts become part-time posts with shorter shifts; who looks for full time no longer finds these.",
    ),
    area="posts",
    parameters=(
        *WHICH,
        Parameter(
            "hours", "float", Said("Wochenstunden.", "Hours a week."), default=25.0, unit="hours/week", min=10, max=35
        ),
    ),
    changes=("vacancies", "shift_systems", "shifts"),
    apply=_apply,
    uptake=Uptake(Band(0.1, 0.2, 0.4), OF_POSTS),
    cost=UnitCost(
        unit=A_POST,
        invest=Band(0.0, 500.0, 2_000.0),
        per_year=Band(0.0, 300.0, 1_000.0),
        payer="employers",
        source=Said("zwei Verträge statt eines, und Übergaben", "two contracts instead of one, and handing over"),
    ),
    preconditions=no_posts,
    claims=sets("shift_system_id"),
)
