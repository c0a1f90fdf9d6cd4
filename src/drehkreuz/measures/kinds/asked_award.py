# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Posts that no longer ask an award on paper."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import polars as pl

from drehkreuz.measures.measure import Case, Change, Kind
from drehkreuz.measures.posts import A_POST, OF_POSTS, WHICH, meant
from drehkreuz.measures.terms import Band, Parameter, Said, UnitCost, Unmet, Uptake


def _apply(case: Case) -> Change:
    vacancies, asked = case.region.table("vacancies"), case.region.table("vacancy_qualifications")
    droppable = _droppable(case)
    asks = vacancies["vacancy_id"].is_in(asked.filter(droppable)["vacancy_id"].implode())
    taking = case.takes(vacancies["vacancy_id"], asks & meant(case))
    mine = pl.col("vacancy_id").is_in(vacancies["vacancy_id"].filter(taking).implode())
    kept = asked.filter(~(droppable & mine))
    return Change({"vacancy_qualifications": kept}, float(vacancies["openings"].filter(taking).sum()))


def _droppable(case: Case) -> pl.Expr:
    """Return which demands an employer may drop: no law asks the award, neither for the task nor for the profession."""
    region = case.region
    free = region.table("qualifications").filter(~pl.col("regulated"))["qualification_id"]
    professions = region.table("occupations").filter("regulated")["occupation_id"]
    bound = region.table("vacancies").filter(pl.col("occupation_id").is_in(professions.implode()))["vacancy_id"]
    named = (
        pl.col("qualification_id").is_in(list(case["qualifications"])) if case["qualifications"] else pl.lit(value=True)
    )
    return pl.col("qualification_id").is_in(free.implode()) & ~pl.col("vacancy_id").is_in(bound.implode()) & named


def _none_asked(case: Case) -> Iterator[Unmet]:
    posts = case.region.table("vacancies")["vacancy_id"].filter(meant(case)).implode()
    demands = case.region.table("vacancy_qualifications")
    if demands.filter(_droppable(case) & pl.col("vacancy_id").is_in(posts)).is_empty():
        remedy = "Name awards that no law asks, or other posts."
        said = ", ".join(case["qualifications"])
        yield Unmet("qualifications", said, "none of these posts asks an award that it may go without", remedy)


KIND: Final = Kind(
    name="asked_award",
    title=Said("Können statt Zeugnis", "Skills instead of papers"),
    doc=Said(
        "Stellen verlangen keinen Abschluss mehr auf dem Papier; das Können zählt weiter. Was ein Gesetz verlangt, bleibt.",
        "Posts no longer ask an award on paper; skills count as before. What a law asks stays.",
    ),
    area="posts",
    parameters=(
        *WHICH,
        Parameter(
            "qualifications",
            "ids",
            Said("Abschlüsse; leer: alle.", "Awards; left out: all."),
            default=(),
            ref="qualifications",
        ),
    ),
    changes=("vacancy_qualifications",),
    apply=_apply,
    uptake=Uptake(Band(0.1, 0.3, 0.5), OF_POSTS),
    cost=UnitCost(
        unit=A_POST,
        invest=Band(0.0, 300.0, 1_000.0),
        per_year=Band(0.0, 0.0, 0.0),
        payer="employers",
        source=Said(
            "ein Tag Probearbeit statt eines Blicks in Papiere", "a day of trial work instead of looking at papers"
        ),
    ),
    preconditions=_none_asked,
)
