# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Shifts of workplaces begin earlier or later."""

from __future__ import annotations

from typing import Final

import polars as pl

from drehkreuz.measures.measure import Case, Change, Kind
from drehkreuz.measures.posts import OCCUPATIONS, meant, no_posts, sets
from drehkreuz.measures.rotas import own_rotas
from drehkreuz.measures.terms import Band, Parameter, Said, UnitCost

DAY: Final = 24 * 60


def _apply(case: Case) -> Change:
    def moved(shifts: pl.DataFrame) -> pl.DataFrame:
        length = pl.col("end") - pl.col("start")
        begin = ((pl.col("week") - 1) * 7 + pl.col("day")) * DAY + pl.col("start") + case["minutes"]
        return (
            shifts.with_columns(begin=begin % (pl.col("weeks") * 7 * DAY), length=length)
            .with_columns(
                week=pl.col("begin") // (7 * DAY) + 1, day=pl.col("begin") // DAY % 7, start=pl.col("begin") % DAY
            )
            .with_columns(end=pl.col("start") + pl.col("length"))
        )

    tables = own_rotas(case, case.takes(case.region.table("vacancies")["vacancy_id"], meant(case)), moved)
    return Change(tables, float(len(case["places"])))


KIND: Final = Kind(
    name="shift_start",
    title=Said("Schichtbeginn verschoben", "Start of shifts moved"),
    doc=Said(
        "Alle Schichten von Arbeitsorten beginnen und enden früher oder später, etwa passend zum ersten Bus.",
        "All shifts of workplaces begin and end earlier or later, to fit the first bus for instance.",
    ),
    area="posts",
    parameters=(
        Parameter("places", "ids", Said("Arbeitsorte.", "Workplaces."), min=1, ref="places"),
        OCCUPATIONS,
        Parameter(
            "minutes",
            "int",
            Said("Später; mit Minus früher.", "Later; with a minus sign earlier."),
            unit="min",
            min=-240,
            max=240,
        ),
    ),
    changes=("vacancies", "shift_systems", "shifts"),
    apply=_apply,
    cost=UnitCost(
        unit=Said("Arbeitsort", "workplace"),
        invest=Band(0.0, 3_000.0, 15_000.0),
        per_year=Band(0.0, 0.0, 0.0),
        payer="employers",
        source=Said(
            "Vereinbarung mit dem Betriebsrat und neue Pläne", "agreement with the works council and change of plans"
        ),
    ),
    preconditions=no_posts,
    claims=sets("shift_system_id"),
)
