# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Posts that may be done in fewer hours."""

from __future__ import annotations

from typing import Final

import polars as pl

from drehkreuz.measures.measure import Case, Change, Kind
from drehkreuz.measures.posts import A_POST, OF_POSTS, WHICH, changed, no_posts
from drehkreuz.measures.terms import Band, Parameter, Said, UnitCost, Uptake


def _apply(case: Case) -> Change:
    more = case.region.table("vacancies")["hours_min"] > case["hours"]
    return changed(case, more, pl.lit(case["hours"]).alias("hours_min"))


KIND: Final = Kind(
    name="flexible_hours",
    title=Said("Wählbare Stunden", "Hours to choose"),
    doc=Said(
        "Stellen lassen weniger Wochenstunden zu als bisher; die Schichten bleiben, es werden weniger davon gearbeitet.",
        "Posts admit fewer hours a week than before; the shifts stay, fewer of them are worked.",
    ),
    area="posts",
    parameters=(
        *WHICH,
        Parameter(
            "hours",
            "float",
            Said("Wenigste Wochenstunden.", "Fewest hours a week."),
            default=25.0,
            unit="hours/week",
            min=5,
            max=40,
        ),
    ),
    changes=("vacancies",),
    apply=_apply,
    uptake=Uptake(Band(0.2, 0.4, 0.7), OF_POSTS),
    cost=UnitCost(
        unit=A_POST,
        invest=Band(0.0, 200.0, 1_000.0),
        per_year=Band(0.0, 200.0, 800.0),
        payer="employers",
        source=Said(
            "Dienstplanung mit Verträgen verschiedener Stunden", "planning of shifts with contracts of different hours"
        ),
    ),
    preconditions=no_posts,
)
