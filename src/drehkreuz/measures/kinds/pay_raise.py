# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Better pay."""

from __future__ import annotations

from typing import Final

import polars as pl

from drehkreuz.matching.pay import gross_per_month
from drehkreuz.measures.measure import Case, Change, Kind
from drehkreuz.measures.posts import OF_POSTS, WHICH, changed, everywhere, no_posts
from drehkreuz.measures.terms import Band, Parameter, Said, UnitCost, Uptake

MIDDLE: Final = 0.5
"""Where in the range advertised pay is counted for the costs."""


def _apply(case: Case) -> Change:
    factor = 1.0 + case["percent"] / 100.0
    change = changed(case, everywhere(case.region), pl.col("pay_min") * factor, pl.col("pay_max") * factor)
    before, after = (_yearly(frame) for frame in (case.region.table("vacancies"), change.tables["vacancies"]))
    return Change(change.tables, after - before)


def _yearly(vacancies: pl.DataFrame) -> float:
    months = (vacancies["pay_months"] * vacancies["openings"]).to_numpy()
    return float((gross_per_month(vacancies, MIDDLE) * months).sum())


KIND: Final = Kind(
    name="pay_raise",
    title=Said("Höherer Lohn", "Better pay"),
    doc=Said("Betriebe zahlen für ihre Stellen mehr.", "Employers pay more for their posts."),
    area="posts",
    parameters=(
        *WHICH,
        Parameter(
            "percent", "float", Said("Mehr als bisher.", "More than before."), default=5.0, unit="%", min=0.5, max=50
        ),
    ),
    changes=("vacancies",),
    apply=_apply,
    uptake=Uptake(Band(0.2, 0.5, 1.0), OF_POSTS),
    cost=UnitCost(
        unit=Said("Euro Bruttolohn im Jahr", "euro of gross pay in a year"),
        invest=Band(0.0, 0.0, 0.0),
        per_year=Band(1.19, 1.21, 1.23),
        payer="employers",
        source=Said(
            "Bruttolohn mit den Beiträgen des Betriebs, etwa einem Fünftel; zählt für die offenen Stellen, nicht für die, die dort schon arbeiten",
            "gross pay with the employer's contributions, about a fifth; counts for the posts that are open, not for those who work there already",
        ),
    ),
    preconditions=no_posts,
)
