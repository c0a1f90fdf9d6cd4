# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A monthly pass for people, paid for them."""

from __future__ import annotations

from typing import Final

import polars as pl

from drehkreuz.measures.homes import A_PERSON, OF_PEOPLE, WHO, meant, nobody, weight
from drehkreuz.measures.measure import Case, Change, Kind
from drehkreuz.measures.terms import Band, Said, UnitCost, Uptake


def _apply(case: Case) -> Change:
    people = case.region.table("people")
    taking = case.takes(people["person_id"], meant(case) & ~people["transit_pass"])
    return Change({"people": people.with_columns(pl.col("transit_pass") | taking)}, weight(case, taking))


KIND: Final = Kind(
    name="transit_pass",
    title=Said("Bezahlte Monatskarte", "Monthly pass paid"),
    doc=Said(
        "Menschen bekommen eine Monatskarte bezahlt, etwa in Ausbildung oder auf Arbeitssuche.",
        "People have a monthly pass paid, apprentices or those looking for work for instance.",
    ),
    area="fares",
    parameters=WHO,
    changes=("people",),
    apply=_apply,
    uptake=Uptake(Band(0.4, 0.6, 0.9), OF_PEOPLE),
    cost=UnitCost(
        unit=A_PERSON,
        invest=Band(0.0, 0.0, 0.0),
        per_year=Band(567.0, 756.0, 756.0),
        source=Said(
            "Deutschlandticket für 63 € im Monat; niedrig: ein Viertel weniger (Tarif von 2026, der Nachlass angenommen)",
            "Deutschlandticket of 63 EUR a month; low: a quarter less (tariff of 2026, the discount assumed)",
        ),
    ),
    preconditions=nobody,
)
