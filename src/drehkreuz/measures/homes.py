# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Measures for people: who is meant by home and by what they do today, and who of them takes part."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import polars as pl

from drehkreuz.measures.measure import Case
from drehkreuz.measures.terms import Parameter, Said, Unmet
from drehkreuz.region import TABLES

ZONES: Final = Parameter(
    "zones", "ids", Said("Wohnorte; leer: alle.", "Homes; left out: all."), default=(), ref="zones"
)
MUNICIPALITIES: Final = Parameter(
    "municipalities",
    "ids",
    Said("Wohngemeinden; leer: alle.", "Municipalities of the homes; left out: all."),
    default=(),
    ref="municipalities",
)
STATUS: Final = Parameter(
    "status",
    "choices",
    Said("Was die Menschen heute tun; leer: gleich was.", "What people do today; left out: whatever it is."),
    default=(),
    allowed=tuple(TABLES["people"].columns["employment_status"].allowed or ()),
)
WHO: Final = (ZONES, MUNICIPALITIES, STATUS)

OF_PEOPLE: Final = Said("der Angesprochenen", "of those it is meant for")
A_PERSON: Final = Said("Person", "person")


def meant(case: Case) -> pl.Series:
    """Return whom a measure is meant for, bool[people]."""
    zones = case.region.table("zones").select("zone_id", "municipality")
    people = case.region.table("people").join(zones, on="zone_id", how="left", maintain_order="left")
    asked = pl.lit(value=True)
    for column, name in (("zone_id", "zones"), ("municipality", "municipalities"), ("employment_status", "status")):
        if case[name]:
            asked &= pl.col(column).is_in(list(case[name]))
    return people.select(asked=asked.fill_null(value=False) & pl.col("person_id").is_not_null())["asked"]


def nobody(case: Case) -> Iterator[Unmet]:
    """Yield that nobody is meant."""
    if not meant(case).any():
        name = next((name for name in ("zones", "municipalities", "status") if case[name]), "zones")
        yield Unmet(name, ", ".join(case[name]), "nobody of the region is meant", "Name other homes, or leave it out.")


def weight(case: Case, taking: pl.Series) -> float:
    """Return how many people those taking part stand for."""
    return float(case.region.table("people")["weight"].filter(taking).sum())
