# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Crèches and schools with their hours, the children who go there, and when their parents and others can work."""

from __future__ import annotations

from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from drehkreuz.model.aachen.area import Area
from drehkreuz.model.aachen.draw import Draws
from drehkreuz.model.aachen.people import DAY, People
from drehkreuz.model.aachen.plane import nearest
from drehkreuz.region import TABLES

Ints = NDArray[np.int64]

CLOSES: Final = {25: 12 * 60 + 30, 35: 14 * 60 + 15, 45: 16 * 60 + 30}
"""When a crèche ends by contract of 25, 35 or 45 hours a week (KiBiz); assumed, minutes after midnight."""
CONTRACTS: Final = (25, 35, 45)
CONTRACT_SHARES: Final = (0.18, 0.38, 0.44)
OPENS: Final = (7 * 60, 7 * 60 + 15, 7 * 60 + 30)
SCHOOL_CLOSES: Final = {25: 11 * 60 + 45, 35: 13 * 60 + 30, 45: 16 * 60}
"""Primary school alone, with supervision until half past one, with all-day care; assumed."""
PEOPLE_PER_PLACE: Final = 12_000
"""Residents for whom one modelled crèche and one modelled school stand."""

WINDOWS: Final = {
    "no nights": tuple((day, 5 * 60, 22 * 60 + 30) for day in range(7)),
    "weekdays": tuple((day, 6 * 60, 18 * 60) for day in range(5)),
    "weekdays early or late": tuple((day, 5 * 60 + 30, 22 * 60 + 30) for day in range(5)),
    "school hours": tuple((day, 7 * 60 + 30, 14 * 60 + 30) for day in range(5)),
    "care hours": tuple((day, 7 * 60, 16 * 60 + 45) for day in range(5)),
}
"""When people can work, by what they say; who says nothing is free at any time."""


def care_places(area: Area) -> pl.DataFrame:
    """Return a crèche and a school for each 12,000 residents of a municipality, at its largest settlements; table `places`."""
    towns = area.settlements.sort("municipality", pl.col("population"), "settlement_id", descending=[False, True, False])
    wanted = area.municipalities.select("municipality", n=(pl.col("population") / PEOPLE_PER_PLACE).ceil().cast(pl.Int64))
    ranked = towns.with_columns(rank=pl.int_range(pl.len()).over("municipality")).join(wanted, on="municipality")
    chosen = ranked.filter(pl.col("rank") < pl.col("n")).sort("municipality", "rank")
    places = [
        chosen.select(
            place_id=f"{kind}-" + pl.col("settlement_id").cast(pl.String),
            name=pl.lit(f"Beispiel-{label} ") + pl.col("name"),
            kind=pl.lit("care"),
            municipality="municipality",
            lat="lat",
            lon="lon",
        )
        for kind, label in (("K", "Kita"), ("G", "Grundschule"))
    ]
    return TABLES["places"].conform(pl.concat(places)).sort("place_id")


def care(people: People, area: Area, places: pl.DataFrame, draws: Draws) -> pl.DataFrame:
    """Return table `care`: one or two children of everybody who has some in care, each at a place near home."""
    stream, sample = draws.stream("care"), people.sample
    parents = np.flatnonzero(sample.care > 0)
    n, school = len(parents), sample.care[parents] == 2  # noqa: PLR2004  # 2 is primary school
    near = {kind: _nearest(people, parents, area, places, kind) for kind in ("K", "G")}
    contract = np.array(CONTRACTS)[stream.choose(CONTRACT_SHARES, n)]
    closes = np.where(school, [SCHOOL_CLOSES[c] for c in contract], [CLOSES[c] for c in contract])
    age = np.where(school, 6 + np.floor(stream.uniform(n) * 4), 1 + np.floor(stream.uniform(n) * 5)).astype(np.int64)
    opens = np.array(OPENS)[stream.choose((0.4, 0.25, 0.35), n)]
    one = pl.DataFrame(
        {
            "person_id": people.table["person_id"].gather(parents),
            "child": np.ones(n, dtype=np.int64),
            "birth_year": DAY.year - age,
            "contracted_hours": contract,
            "opens": opens,
            "closes": closes,
            "place_id": pl.Series(np.where(school, near["G"], near["K"])),
            "closing_days": np.where(school, 30, 25),
            # § 24 (4) SGB VIII: children who begin school from August 2026 on may stay all day, class by class.
            "after_school_from": DAY.year - age + 7,
        }
    )
    two = stream.happens(0.35, n) & ~school
    return TABLES["care"].conform(
        pl.concat([one, one.filter(two).with_columns(child=pl.lit(2, dtype=pl.Int64), birth_year=pl.col("birth_year") - 2)])
    ).sort("person_id", "child")


def _nearest(people: People, who: Ints, area: Area, places: pl.DataFrame, kind: str) -> NDArray[np.str_]:
    """Return the nearest place of a kind to each person's home."""
    of_kind = places.filter(pl.col("place_id").str.starts_with(f"{kind}-"))
    at_cell = nearest(*(frame[c].to_numpy() for frame in (area.cells, of_kind) for c in ("lat", "lon")))
    row = {zone: i for i, zone in enumerate(area.cells["zone_id"])}
    at = np.array([row[zone] for zone in people.table["zone_id"].gather(who)], dtype=np.int64)
    return of_kind["place_id"].to_numpy().astype(str)[at_cell[at]]


def times(people: People, draws: Draws) -> pl.DataFrame:
    """Return table `person_times`: when people can work who cannot at any time."""
    stream, sample = draws.stream("times"), people.sample
    n = len(sample)
    names = ["", *WINDOWS]
    anytime = np.where(people.years_old >= 55, 0.42, 0.60)  # noqa: PLR2004  # nights grow harder with age; assumed
    anytime = np.where(np.char.startswith(people.group, "lignite"), anytime + 0.15, anytime)
    weights = np.zeros((n, len(names)))
    weights[:, 0], weights[:, 1], weights[:, 2], weights[:, 3] = anytime, 0.2, 0.12, 0.08
    parents = sample.care > 0
    weights[parents] = (0.10, 0.05, 0.15, 0.05, 0.35, 0.30)
    weights[parents & (sample.sex == 1)] = (0.35, 0.20, 0.15, 0.10, 0.08, 0.12)
    chosen = stream.choose_each(weights)
    rows = [
        pl.DataFrame(
            {
                "person_id": people.table["person_id"].filter(pl.Series(chosen == i)),
            }
        ).join(pl.DataFrame(WINDOWS[name], schema=["day", "from", "to"], orient="row"), how="cross")
        for i, name in enumerate(names)
        if name
    ]
    return TABLES["person_times"].conform(pl.concat(rows)).sort("person_id", "day", "from")
