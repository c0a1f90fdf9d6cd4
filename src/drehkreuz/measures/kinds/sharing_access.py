# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Shared pedelecs for people who do not use them yet."""

from __future__ import annotations

from typing import Final

from drehkreuz.measures.homes import A_PERSON, OF_PEOPLE, WHO, meant, nobody, weight
from drehkreuz.measures.measure import Case, Change, Kind
from drehkreuz.measures.rows import added
from drehkreuz.measures.terms import Band, Said, UnitCost, Uptake

PEDELEC: Final = "pedelec"


def _apply(case: Case) -> Change:
    people = case.region.table("people")["person_id"]
    members = case.region.table("person_sharing").filter(kind=PEDELEC)["person_id"]
    taking = case.takes(people, meant(case) & ~people.is_in(members.implode()))
    rows = [{"person_id": person, "kind": PEDELEC} for person in people.filter(taking)]
    return Change({"person_sharing": added(case.region, "person_sharing", rows)}, weight(case, taking))


KIND: Final = Kind(
    name="sharing_access",
    title=Said("Zugang zu Leih-Pedelecs", "Access to shared pedelecs"),
    doc=Said(
        "Menschen können an allen Stationen Pedelecs leihen: Konto, Zahlweg, Einweisung. Jede Fahrt zahlen sie selbst. Was Stationen allein "
        "bringen, sagt der Vergleich mit einem Szenario ohne sie.",
        "People can borrow pedelecs at all stations: an account, a way to pay, a first ride together. They pay each ride themselves. What "
        "stations bring by themselves is told by a scenario without them beside it.",
    ),
    area="means",
    parameters=WHO,
    changes=("person_sharing",),
    apply=_apply,
    uptake=Uptake(Band(0.05, 0.15, 0.3), OF_PEOPLE),
    cost=UnitCost(
        unit=A_PERSON,
        invest=Band(10.0, 30.0, 80.0),
        per_year=Band(0.0, 10.0, 30.0),
        source=Said("Einweisung und Helm, danach Beratung", "a first ride together and a helmet, advice from then on"),
    ),
    preconditions=nobody,
)
