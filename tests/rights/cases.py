# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""One person at one closing site, made of the facts that matter."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any, Final

import polars as pl

from drehkreuz.region import TABLES, Manifest, Region
from drehkreuz.rights import Option, Rule, staying

DAY: Final = date(2026, 11, 2)

ME: Final[dict[str, Any]] = {
    "person_id": "me",
    "zone_id": "DE",
    "employment_status": "employed",
    "employer_group": "lignite_operator",
    "closure_id": "x-plant",
    "birth_year_from": 1970,
    "birth_year_to": 1970,
    "tenure_years": 33.0,
    "employed_on_2019_09_30": True,
    "contract_end": None,
    "net_today_eur_month": 3000.0,
    "available_from": date(2029, 1, 1),
}
"""An operator's employee, 58 on the last day, 31 December 2028."""

CLOSURE: Final[dict[str, Any]] = {
    "project_id": "x-plant",
    "label": "Ende des Beispielkraftwerks",
    "kind": "closure",
    "posts": -10,
    "status": "announced",
    "probability_delay": 0.2,
    "source": "test",
    "source_date": DAY,
}


@cache
def site(*years: int, day: date = DAY) -> Region:
    """Return a region whose plant closes in some years; its zones are named by the country they lie in."""
    zones = [{"zone_id": country, "country": country, "lat": 50.8, "lon": 6.2} for country in ("DE", "NL", "BE")]
    steps = [CLOSURE | {"year": year} for year in years]
    tables = {"zones": pl.DataFrame(zones)} | ({"projects": pl.DataFrame(steps)} if steps else {})
    return Region(
        Manifest("test", "Test", day, "de", {}),
        {name: TABLES[name].conform(frame) for name, frame in tables.items()},
    )


def ask(
    *, years: Sequence[int] = (2028,), day: date = DAY, rules: Sequence[Rule] | None = None, **facts: object
) -> dict[str, Option]:
    """Return the options by code of a person who differs from `ME` in some facts."""
    found = staying(site(*years, day=day), ME | facts, rules)
    return {option.rule.rule_id: option for option in found.options}
