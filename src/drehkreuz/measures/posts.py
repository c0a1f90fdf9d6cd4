# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Measures on posts: which ones are meant, whose employers take part, what changes in them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

import polars as pl

from drehkreuz.measures.measure import Case, Change
from drehkreuz.measures.terms import Claim, Parameter, Said, Unmet, Values
from drehkreuz.region import Region

PLACES: Final = Parameter(
    "places",
    "ids",
    Said("Arbeitsorte; leer: alle.", "Workplaces; left out: all."),
    default=(),
    ref="places",
)
OCCUPATIONS: Final = Parameter(
    "occupations",
    "ids",
    Said("Berufe; leer: alle.", "Occupations; left out: all."),
    default=(),
    ref="occupations",
)
WHICH: Final = (PLACES, OCCUPATIONS)

OF_POSTS: Final = Said("der Stellen", "of posts")
A_POST: Final = Said("Stelle", "post")

OF_VACANCY: Final = (
    "vacancies", "vacancy_skills", "vacancy_languages", "vacancy_qualifications", "vacancy_licences", "vacancy_places",
)  # fmt: skip
"""Tables about posts."""


def meant(case: Case) -> pl.Series:
    """Return which posts a measure is meant for, bool[v]."""
    vacancies = case.region.table("vacancies")
    return _among(vacancies["place_id"], case["places"]) & _among(vacancies["occupation_id"], case["occupations"])


def _among(values: pl.Series, wanted: tuple[str, ...]) -> pl.Series:
    return values.is_in(list(wanted)) if wanted else pl.repeat(value=True, n=len(values), eager=True)


def no_posts(case: Case) -> Iterator[Unmet]:
    """Yield that no post is meant."""
    if not meant(case).any():
        said = ", ".join((*case["places"], *case["occupations"]))
        parameter = "places" if case["places"] else "occupations"
        remedy = "Name places or occupations that have posts, or leave both out."
        yield Unmet(parameter, said, "there is no post of these occupations at these places", remedy)


def changed(case: Case, asked: pl.Series, *columns: pl.Expr) -> Change:
    """Return posts with columns changed where those asked take part; costs count openings."""
    vacancies = case.region.table("vacancies")
    taking = case.takes(vacancies["vacancy_id"], asked & meant(case))
    when = [pl.when(taking).then(column).otherwise(pl.col(column.meta.output_name())) for column in columns]
    units = vacancies["openings"].filter(taking).sum()
    return Change({"vacancies": vacancies.with_columns(when)}, float(units))


def sets(column: str) -> Callable[[Values], Iterator[Claim]]:
    """Return the claims of a measure that sets a column of posts: at each of its places, else everywhere."""

    def claims(values: Values) -> Iterator[Claim]:
        yield from (Claim(f"vacancies.{column}", place) for place in values["places"] or ("",))

    return claims


def everywhere(region: Region) -> pl.Series:
    """Return true for every post."""
    return pl.repeat(value=True, n=len(region.table("vacancies")), eager=True)
