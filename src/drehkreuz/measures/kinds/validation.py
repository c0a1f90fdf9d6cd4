# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Skills of long work shown and certified without a course."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import polars as pl

from drehkreuz.measures.homes import A_PERSON, WHO, meant, weight
from drehkreuz.measures.measure import Case, Change, Kind
from drehkreuz.measures.rows import added
from drehkreuz.measures.terms import Band, Parameter, Said, UnitCost, Unmet, Uptake


def _apply(case: Case) -> Change:
    people, found = case.region.table("people"), _worked_without(case)
    asked = people["person_id"].is_in(found["person_id"].implode()) & meant(case)
    taking = case.takes(people["person_id"], asked)
    theirs = found.filter(pl.col("person_id").is_in(people["person_id"].filter(taking).implode()))
    rows = [
        {"person_id": person, "qualification_id": award, "validated": True}
        for person, award in theirs.sort("person_id", "qualification_id").iter_rows()
    ]
    return Change({"person_qualifications": added(case.region, "person_qualifications", rows)}, weight(case, taking))


def _worked_without(case: Case) -> pl.DataFrame:
    """Return who has worked long enough in an occupation of which they hold no award: person and award."""
    region = case.region
    awards = region.table("qualifications").filter(
        (pl.col("kind") == "vocational") & pl.col("occupation_id").is_not_null()
    )
    worked = region.table("person_occupations").filter(pl.col("years") >= case["years"])
    pairs = worked.join(awards, on="occupation_id").select("person_id", "qualification_id").unique()
    return pairs.join(region.table("person_qualifications"), on=["person_id", "qualification_id"], how="anti")


def _nobody(case: Case) -> Iterator[Unmet]:
    people = case.region.table("people")["person_id"].filter(meant(case))
    if not people.is_in(_worked_without(case)["person_id"].implode()).any():
        remedy = "Name fewer years or other homes."
        yield Unmet("years", case["years"], "nobody meant has worked so long without the award", remedy)


KIND: Final = Kind(
    name="validation",
    title=Said("Können feststellen", "Skills validated"),
    doc=Said(
        "Wer lange in einem Beruf gearbeitet hat, lässt das Können feststellen und hat damit einen Nachweis wie den Abschluss.",
        "Who has long worked in an occupation has the skills validated, and with that a proof equal to the award.",
    ),
    area="recognition",
    parameters=(
        *WHO,
        Parameter(
            "years",
            "float",
            Said("Jahre im Beruf, mindestens.", "Years in the occupation, at least."),
            default=5.0,
            unit="years",
            min=1,
            max=40,
        ),
    ),
    changes=("person_qualifications",),
    apply=_apply,
    uptake=Uptake(
        Band(0.05, 0.15, 0.3),
        Said("derer, die dafür lang genug gearbeitet haben", "of those who have worked long enough"),
    ),
    cost=UnitCost(
        unit=A_PERSON,
        invest=Band(800.0, 1_500.0, 3_000.0),
        per_year=Band(0.0, 0.0, 0.0),
        source=Said(
            "Beratung und ein Verfahren von zwei Tagen bei einer Kammer",
            "advice and a procedure of two days at a chamber",
        ),
    ),
    preconditions=_nobody,
)
