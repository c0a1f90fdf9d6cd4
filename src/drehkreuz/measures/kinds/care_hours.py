# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Longer hours of care."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import polars as pl

from drehkreuz.measures.measure import Case, Change, Kind
from drehkreuz.measures.terms import Band, Parameter, Said, UnitCost, Unmet, Uptake

DAYS_A_YEAR: Final = 220
"""Days on which care is open, closing days left out (assumed)."""


def _apply(case: Case) -> Change:
    care = case.region.table("care")
    opens = pl.min_horizontal("opens", pl.lit(case["opens"], dtype=pl.Int32))
    closes = pl.max_horizontal("closes", pl.lit(case["closes"], dtype=pl.Int32))
    longer = care.with_columns(opens=opens, closes=closes)
    differs = (longer["opens"] < care["opens"]) | (longer["closes"] > care["closes"])
    taking = case.takes(care["person_id"], differs & _meant(case))
    changed = care.with_columns(
        pl.when(taking).then(longer[name]).otherwise(pl.col(name)).alias(name) for name in ("opens", "closes")
    )
    weights = case.region.table("people").select("person_id", "weight")
    hours = (care["opens"] - changed["opens"] + changed["closes"] - care["closes"]) / 60
    weighed = care.select("person_id").join(weights, on="person_id", how="left", maintain_order="left")["weight"]
    return Change({"care": changed}, float((hours * weighed).sum()) * DAYS_A_YEAR)


def _meant(case: Case) -> pl.Series:
    places = case.region.table("care")["place_id"]
    if not case["places"]:
        return pl.repeat(value=True, n=len(places), eager=True)
    return places.is_in(list(case["places"])).fill_null(value=False)


def _nothing(case: Case) -> Iterator[Unmet]:
    if case["opens"] is None and case["closes"] is None:
        yield Unmet("opens", "", "neither opens nor closes is named", "Name one of the two, or both.")
    if not _meant(case).any():
        yield Unmet(
            "places", ", ".join(case["places"]), "nobody takes a child there", "Name other places, or leave it out."
        )


KIND: Final = Kind(
    name="care_hours",
    title=Said("Längere Betreuung", "Longer care"),
    doc=Said(
        "Kita oder Ganztag öffnen früher oder schließen später; ein Teil der Eltern nimmt die Zeit dazu.",
        "Day care opens earlier or closes later; some of the parents take the time.",
    ),
    area="care",
    parameters=(
        Parameter(
            "places",
            "ids",
            Said("Kitas und Schulen; leer: alle.", "Places of care; left out: all."),
            default=(),
            ref="places",
        ),
        Parameter("opens", "clock", Said("Öffnet spätestens.", "Opens at the latest."), optional=True),
        Parameter("closes", "clock", Said("Schließt frühestens.", "Closes at the earliest."), optional=True),
    ),
    changes=("care",),
    apply=_apply,
    uptake=Uptake(Band(0.2, 0.4, 0.7), Said("der Eltern dort", "of the parents there")),
    cost=UnitCost(
        unit=Said("Betreuungsstunde eines Kindes im Jahr", "hour of care of a child in a year"),
        invest=Band(0.0, 0.0, 0.0),
        per_year=Band(5.0, 8.0, 14.0),
        source=Said(
            "eine Betreuungskraft für mehrere Kinder am Rand des Tages",
            "a carer for several children at the edges of the day",
        ),
    ),
    preconditions=_nothing,
)
