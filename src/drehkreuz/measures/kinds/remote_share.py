# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Work from home where work is done at a desk."""

from __future__ import annotations

from typing import Final

import polars as pl

from drehkreuz.measures.measure import Case, Change, Kind
from drehkreuz.measures.posts import A_POST, OF_POSTS, WHICH, changed, no_posts
from drehkreuz.measures.terms import Band, Parameter, Said, UnitCost, Uptake


def _apply(case: Case) -> Change:
    vacancies, share = case.region.table("vacancies"), case["share"]
    desk = (vacancies["physical"] == "light").fill_null(value=False) & (vacancies["remote_share"] < share)
    return changed(case, desk, pl.lit(share).alias("remote_share"))


KIND: Final = Kind(
    name="remote_share",
    title=Said("Arbeit von zu Hause", "Work from home"),
    doc=Said(
        "Stellen ohne schwere Arbeit lassen einen Anteil von zu Hause zu; der Weg fällt an diesen Tagen weg, bei 1 ganz.",
        "Posts without heavy work admit a share from home; on those days there is no way to work, at 1 never.",
    ),
    area="posts",
    parameters=(
        *WHICH,
        Parameter(
            "share", "float", Said("Anteil der Arbeitszeit.", "Share of working time."), default=0.4, min=0.05, max=1
        ),
    ),
    changes=("vacancies",),
    apply=_apply,
    uptake=Uptake(Band(0.2, 0.4, 0.6), OF_POSTS),
    cost=UnitCost(
        unit=A_POST,
        invest=Band(300.0, 800.0, 2_000.0),
        per_year=Band(0.0, 100.0, 400.0),
        payer="employers",
        source=Said("Ausstattung eines zweiten Arbeitsplatzes", "equipment of a second desk"),
    ),
    preconditions=no_posts,
)
