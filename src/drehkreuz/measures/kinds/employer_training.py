# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Employers teach on the job what is missing."""

from __future__ import annotations

from typing import Final

import polars as pl

from drehkreuz.measures.measure import Case, Change, Kind
from drehkreuz.measures.posts import A_POST, OF_POSTS, WHICH, changed, no_posts
from drehkreuz.measures.terms import Band, Parameter, Said, UnitCost, Uptake


def _apply(case: Case) -> Change:
    vacancies = case.region.table("vacancies")
    less = (vacancies["kind"] == "job") & (vacancies["trainable_share"] < case["share"])
    return changed(
        case,
        less,
        pl.lit(case["share"]).alias("trainable_share"),
        pl.max_horizontal("trainable_weeks", pl.lit(case["weeks"])).alias("trainable_weeks"),
        pl.lit(value=True).alias("employer_trains_career_changers"),
    )


KIND: Final = Kind(
    name="employer_training",
    title=Said("Einarbeitung im Betrieb", "Training on the job"),
    doc=Said(
        "Betriebe lehren einen größeren Teil des Verlangten selbst und nehmen Menschen aus anderen Berufen.",
        "Employers teach a larger share of what they ask themselves and take people from other trades.",
    ),
    area="posts",
    parameters=(
        *WHICH,
        Parameter(
            "share",
            "float",
            Said("Anteil, den der Betrieb lehrt.", "Share that the employer teaches."),
            default=0.3,
            min=0.05,
            max=1,
        ),
        Parameter("weeks", "float", Said("Zeit dafür.", "Time for it."), default=8.0, unit="weeks", min=1, max=156),
    ),
    changes=("vacancies",),
    apply=_apply,
    uptake=Uptake(Band(0.2, 0.4, 0.6), OF_POSTS),
    cost=UnitCost(
        unit=A_POST,
        invest=Band(1_500.0, 5_000.0, 12_000.0),
        per_year=Band(0.0, 0.0, 0.0),
        payer="employers",
        source=Said(
            "Zeit derer, die anlernen, und der Person, bis sie allein arbeitet",
            "time of those who teach and of the person until the work is done alone",
        ),
    ),
    preconditions=no_posts,
)
