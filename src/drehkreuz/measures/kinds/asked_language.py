# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Posts that ask less of a language."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import polars as pl

from drehkreuz.measures.lessons import CEFR, LANGUAGES
from drehkreuz.measures.measure import Case, Change, Kind
from drehkreuz.measures.posts import A_POST, OF_POSTS, WHICH, meant
from drehkreuz.measures.terms import Band, Parameter, Said, UnitCost, Unmet, Uptake


def _apply(case: Case) -> Change:
    vacancies, asked = case.region.table("vacancies"), case.region.table("vacancy_languages")
    higher = asked.filter(_higher(case))["vacancy_id"]
    taking = case.takes(vacancies["vacancy_id"], vacancies["vacancy_id"].is_in(higher.implode()) & meant(case))
    mine = _higher(case) & pl.col("vacancy_id").is_in(vacancies["vacancy_id"].filter(taking).implode())
    lowered = asked.with_columns(
        cefr=pl.when(mine).then(pl.lit(case["level"])).otherwise("cefr"), certified=pl.col("certified") & ~mine
    )
    return Change({"vacancy_languages": lowered}, float(vacancies["openings"].filter(taking).sum()))


def _higher(case: Case) -> pl.Expr:
    """Return which demands are for the language at a higher level."""
    above = CEFR[CEFR.index(case["level"]) + 1 :]
    return pl.col("cefr").is_in(above) & pl.col("language").is_in([case["language"]])


def _none_asked(case: Case) -> Iterator[Unmet]:
    posts = case.region.table("vacancies")["vacancy_id"].filter(meant(case)).implode()
    demands = case.region.table("vacancy_languages").filter(_higher(case) & pl.col("vacancy_id").is_in(posts))
    if demands.is_empty():
        remedy = "Name a lower level, another language or other posts."
        yield Unmet("level", case["level"], f"none of these posts asks more of {case['language']!r}", remedy)


KIND: Final = Kind(
    name="asked_language",
    title=Said("Sprache beim Arbeiten lernen", "Language learned at work"),
    doc=Said(
        "Stellen verlangen zu Beginn ein niedrigeres Niveau und kein Zertifikat; der Rest wird bei der Arbeit gelernt.",
        "Posts ask a lower level to begin with and no certificate; the rest is learned at work.",
    ),
    area="language",
    parameters=(
        *WHICH,
        Parameter("language", "choice", Said("Sprache.", "Language."), default="de", allowed=LANGUAGES),
        Parameter("level", "choice", Said("Höchstens verlangt.", "Asked at most."), default="A2", allowed=CEFR),
    ),
    changes=("vacancy_languages",),
    apply=_apply,
    uptake=Uptake(Band(0.1, 0.3, 0.5), OF_POSTS),
    cost=UnitCost(
        unit=A_POST,
        invest=Band(300.0, 1_500.0, 4_000.0),
        per_year=Band(0.0, 0.0, 0.0),
        payer="employers",
        source=Said(
            "Anweisungen in einfachen Worten und jemand zum Fragen", "instructions in plain words and somebody to ask"
        ),
    ),
    preconditions=_none_asked,
)
