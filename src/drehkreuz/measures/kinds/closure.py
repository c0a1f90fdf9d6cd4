# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A workplace closes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from drehkreuz.measures.measure import Case, Change, Kind, Step
from drehkreuz.measures.posts import OF_VACANCY, WHICH, meant, no_posts
from drehkreuz.measures.rows import without
from drehkreuz.measures.terms import Said, Unmet


def _apply(case: Case) -> Change:
    vacancies = case.region.table("vacancies").filter(meant(case))
    tables = without(case.region, "vacancy_id", vacancies["vacancy_id"].to_list(), OF_VACANCY)
    return Change(tables, float(vacancies["openings"].sum()))


def _everything(case: Case) -> Iterator[Unmet]:
    if not case["places"] and not case["occupations"]:
        yield Unmet("places", "", "every post of the region would go", "Name places, occupations, or both.")
    else:
        yield from no_posts(case)


KIND: Final = Kind(
    name="closure",
    title=Said("Schließung", "Closure"),
    doc=Said(
        "Arbeitsorte suchen niemanden mehr: Ihre offenen Stellen fallen weg. Wer dort arbeitet, bleibt, wie die Region es kennt.",
        "Workplaces no longer look for anybody: their open posts go. Who works there stays as the region knows it.",
    ),
    area="site",
    parameters=WHICH,
    changes=OF_VACANCY,
    apply=_apply,
    preconditions=_everything,
    step=Step.GOES,
)
