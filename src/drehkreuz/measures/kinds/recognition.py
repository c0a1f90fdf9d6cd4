# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Help with the recognition of awards from abroad."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import polars as pl

from drehkreuz.measures.homes import A_PERSON, WHO, meant, weight
from drehkreuz.measures.measure import Case, Change, Kind
from drehkreuz.measures.terms import Band, Parameter, Said, UnitCost, Unmet, Uptake


def _apply(case: Case) -> Change:
    people = case.region.table("people")
    asked = people["person_id"].is_in(_awards(case)["person_id"].implode()) & meant(case)
    taking = case.takes(people["person_id"], asked)
    theirs = _open(case) & pl.col("person_id").is_in(people["person_id"].filter(taking).implode())
    recognised = pl.when(theirs).then(pl.lit("full")).otherwise("recognition")
    awards = case.region.table("person_qualifications").with_columns(recognition=recognised)
    return Change({"person_qualifications": awards}, weight(case, taking))


def _open(case: Case) -> pl.Expr:
    """Return which awards are from abroad and not fully recognised."""
    named = (
        pl.col("qualification_id").is_in(list(case["qualifications"])) if case["qualifications"] else pl.lit(value=True)
    )
    return (pl.col("country") != "DE") & (pl.col("recognition") != "full") & named


def _awards(case: Case) -> pl.DataFrame:
    return case.region.table("person_qualifications").filter(_open(case))


def _nobody(case: Case) -> Iterator[Unmet]:
    people = case.region.table("people")["person_id"].filter(meant(case))
    if not people.is_in(_awards(case)["person_id"].implode()).any():
        said = ", ".join(case["qualifications"])
        remedy = "Name other homes or awards, or leave them out."
        yield Unmet("qualifications", said, "nobody meant holds an award from abroad that is not recognised", remedy)


KIND: Final = Kind(
    name="recognition",
    title=Said("Anerkennung", "Recognition"),
    doc=Said(
        "Wer einen Abschluss aus dem Ausland hat, wird durch die Anerkennung begleitet und erhält sie samt Anpassungslehrgang.",
        "Who holds an award from abroad is helped through recognition and gets it, adaptation course included.",
    ),
    area="recognition",
    parameters=(
        *WHO,
        Parameter(
            "qualifications",
            "ids",
            Said("Abschlüsse; leer: alle.", "Awards; left out: all."),
            default=(),
            ref="qualifications",
        ),
    ),
    changes=("person_qualifications",),
    apply=_apply,
    uptake=Uptake(Band(0.1, 0.3, 0.5), Said("derer mit solchem Abschluss", "of those with such an award")),
    cost=UnitCost(
        unit=A_PERSON,
        invest=Band(1_000.0, 3_500.0, 9_000.0),
        per_year=Band(0.0, 0.0, 0.0),
        source=Said(
            "Gebühren, Übersetzungen, Beratung; hoch mit Anpassungslehrgang",
            "fees, translations, advice; high with an adaptation course",
        ),
    ),
    preconditions=_nobody,
)
