# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Pedelecs or bicycles for people who have none."""

from __future__ import annotations

from typing import Final

import polars as pl

from drehkreuz.measures.homes import A_PERSON, OF_PEOPLE, WHO, meant, nobody, weight
from drehkreuz.measures.measure import Case, Change, Kind
from drehkreuz.measures.terms import Band, Parameter, Said, UnitCost, Uptake


def _apply(case: Case) -> Change:
    people, vehicle = case.region.table("people"), case["vehicle"]
    taking = case.takes(people["person_id"], meant(case) & ~people[vehicle])
    return Change({"people": people.with_columns(pl.col(vehicle) | taking)}, weight(case, taking))


KIND: Final = Kind(
    name="cycle_leasing",
    title=Said("Rad oder Pedelec", "Bicycle or pedelec"),
    doc=Said(
        "Wer keines hat, bekommt günstig ein Fahrrad oder Pedelec, und fährt damit so weit wie bisher angegeben.",
        "Who has none gets a bicycle or pedelec at a low price, and rides as long as said before.",
    ),
    area="means",
    parameters=(
        Parameter(
            "vehicle",
            "choice",
            Said("Was gegeben wird.", "What is given."),
            default="pedelec",
            allowed=("pedelec", "bike"),
        ),
        *WHO,
    ),
    changes=("people",),
    apply=_apply,
    uptake=Uptake(Band(0.03, 0.08, 0.2), OF_PEOPLE),
    cost=UnitCost(
        unit=A_PERSON,
        invest=Band(0.0, 0.0, 0.0),
        per_year=Band(200.0, 500.0, 900.0),
        source=Said("öffentlicher Anteil an Leasingrate und Wartung", "public share of a leasing rate and of upkeep"),
    ),
    preconditions=nobody,
)
