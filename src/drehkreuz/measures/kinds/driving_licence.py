# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Driving licences for people who have none of the class."""

from __future__ import annotations

from typing import Final

import polars as pl

from drehkreuz.matching.formal import INCLUDES
from drehkreuz.measures.homes import A_PERSON, OF_PEOPLE, WHO, meant, nobody, weight
from drehkreuz.measures.measure import Case, Change, Kind
from drehkreuz.measures.rows import added
from drehkreuz.measures.terms import Band, Parameter, Said, UnitCost, Uptake

BUILT_ON_B: Final = ("BE", "C1", "C", "CE", "D1", "D", "DE")
"""Classes for which class B is needed (§ 9 FeV)."""

CODE95: Final = ("C1", "C", "CE", "D1", "D", "DE")
"""Classes with which goods or passengers are carried for a living, which needs code 95 (BKrFQG)."""


def _apply(case: Case) -> Change:
    people, wanted = case.region.table("people"), case["licence"]
    asked = meant(case) & ~_holds(case, wanted)
    if wanted in BUILT_ON_B:
        asked &= _holds(case, "B")
    taking = case.takes(people["person_id"], asked)
    expires = pl.select(pl.lit(max(case.measure.start, case.region.manifest.day)).dt.offset_by("5y")).item()
    code95 = expires if case["code95"] and wanted in CODE95 else None
    rows = [
        {"person_id": person, "licence": wanted, "code95_expires": code95}
        for person in people["person_id"].filter(taking)
    ]
    return Change({"person_licences": added(case.region, "person_licences", rows)}, weight(case, taking))


def _holds(case: Case, licence: str) -> pl.Series:
    """Return who may drive a class, bool[people]."""
    classes = [licence, *(held for held, included in INCLUDES.items() if licence in included)]
    holders = case.region.table("person_licences").filter(pl.col("licence").is_in(classes))["person_id"]
    return case.region.table("people")["person_id"].is_in(holders.implode())


KIND: Final = Kind(
    name="driving_licence",
    title=Said("Führerschein", "Driving licence"),
    doc=Said(
        "Wer die Klasse nicht hat, bekommt den Führerschein bezahlt, auf Wunsch mit der Qualifikation für Berufskraftfahrer.",
        "Who does not have the class has the licence paid, if wished with the professional driver's qualification.",
    ),
    area="means",
    parameters=(
        Parameter("licence", "choice", Said("Klasse.", "Class."), default="B", allowed=("B", *BUILT_ON_B)),
        Parameter(
            "code95",
            "bool",
            Said("Mit Schlüsselzahl 95, wo sie gebraucht wird.", "With code 95 where it is needed."),
            default=True,
        ),
        *WHO,
    ),
    changes=("person_licences",),
    apply=_apply,
    uptake=Uptake(Band(0.05, 0.1, 0.25), OF_PEOPLE),
    cost=UnitCost(
        unit=A_PERSON,
        invest=Band(2_500.0, 3_500.0, 12_000.0),
        per_year=Band(0.0, 0.0, 0.0),
        source=Said(
            "niedrig und mittel Klasse B, hoch eine Klasse für Busse mit Schlüsselzahl 95",
            "low and mid class B, high a class for buses with code 95",
        ),
    ),
    preconditions=nobody,
)
