# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Employers offer the job ticket."""

from __future__ import annotations

from typing import Final

import polars as pl

from drehkreuz.measures.measure import Case, Change, Kind
from drehkreuz.measures.posts import A_POST, OF_POSTS, WHICH, changed, no_posts
from drehkreuz.measures.terms import Band, Said, UnitCost, Uptake


def _apply(case: Case) -> Change:
    without = ~case.region.table("vacancies")["transit_job_ticket"]
    return changed(case, without, pl.lit(value=True).alias("transit_job_ticket"))


KIND: Final = Kind(
    name="job_ticket",
    title=Said("Jobticket", "Job ticket"),
    doc=Said(
        "Betriebe bieten das Jobticket an: Der Monat mit Bus und Bahn kostet weniger.",
        "Employers offer the job ticket: a month by bus and train costs less.",
    ),
    area="fares",
    parameters=WHICH,
    changes=("vacancies",),
    apply=_apply,
    uptake=Uptake(Band(0.3, 0.6, 0.9), OF_POSTS),
    cost=UnitCost(
        unit=A_POST,
        invest=Band(0.0, 0.0, 0.0),
        per_year=Band(189.0, 189.0, 756.0),
        payer="employers",
        source=Said(
            "25 % des Deutschlandtickets für 63 € im Monat, das wenigste, was ein Betrieb zahlt, wenn es für jede Stelle genommen wird; hoch: das ganze Ticket (Tarif von 2026)",
            "25 % of the Deutschlandticket of 63 EUR a month, the least an employer pays, if it is taken for each post; high: the whole ticket (tariff of 2026)",
        ),
    ),
    preconditions=no_posts,
)
