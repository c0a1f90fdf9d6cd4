# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Crèches and schools with their hours, the children who go there, and when their parents and others can work."""

from __future__ import annotations

from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from drehkreuz.model.aachen.area import Area
from drehkreuz.model.aachen.draw import Draws, Stream
from drehkreuz.model.aachen.people import DAY, People
from drehkreuz.model.aachen.plane import nearest
from drehkreuz.model.aachen.population import CARES, SEXES, assumed
from drehkreuz.region import TABLES

Ints = NDArray[np.int64]

PRESCHOOL, SCHOOL = (CARES.index(name) for name in ("preschool", "school"))

CONTRACTS: Final = ((25, 0.18), (35, 0.38), (45, 0.44))
"""Hours a week of care contracts (KiBiz), and how often; assumed."""
CLOSES: Final = {25: 12 * 60 + 30, 35: 14 * 60 + 15, 45: 16 * 60 + 30}
"""When a crèche ends by contract, minutes after midnight; assumed."""
SCHOOL_CLOSES: Final = {25: 11 * 60 + 45, 35: 13 * 60 + 30, 45: 16 * 60}
"""Primary school alone, with supervision until half past one, with all-day care; assumed."""
OPENS: Final = ((7 * 60, 0.40), (7 * 60 + 15, 0.25), (7 * 60 + 30, 0.35))
"""When care begins, and how often; assumed."""
CLOSING_DAYS, SCHOOL_CLOSING_DAYS = 25, 30
"""Days a year without care: 20 to 30 (KiBiz); of schools, with care in half of the holidays; assumed."""
AGES: Final = {PRESCHOOL: (1, 5), SCHOOL: (6, 9)}
"""Age of children in care, first and last, reached this year."""
SECOND_CHILD: Final = 0.6
"""Share of parents whose child at a crèche may have a younger sibling there who bring two; assumed."""
SIBLINGS_APART: Final = 2
BEGINS_SCHOOL: Final = 6
ENTITLED_FROM: Final = 2026
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
    """Return a crèche and a school for each 12,000 residents, at a town's largest settlements; table `places`."""
    towns = area.settlements.sort(
        "municipality", pl.col("population"), "settlement_id", descending=[False, True, False]
    )
    wanted = area.municipalities.select(
        "municipality", n=(pl.col("population") / PEOPLE_PER_PLACE).ceil().cast(pl.Int64)
    )
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
    stream = draws.stream("care")
    parents = np.flatnonzero(people.sample.care)
    n, school = len(parents), people.sample.care[parents] == SCHOOL
    near = {kind: _nearest(people, parents, area, places, kind) for kind in ("K", "G")}
    contract = stream.pick(CONTRACTS, n)
    closes = np.where(school, [SCHOOL_CLOSES[hours] for hours in contract], [CLOSES[hours] for hours in contract])
    least, age = _childs_age(people, parents, stream)
    two = ~school & (age - SIBLINGS_APART >= least) & stream.happens(SECOND_CHILD, n)
    one = pl.DataFrame(
        {
            "person_id": people.table["person_id"].gather(parents),
            "child": np.ones(n, dtype=np.int64),
            "birth_year": DAY.year - age,
            "contracted_hours": contract,
            "opens": stream.pick(OPENS, n),
            "closes": closes,
            "place_id": np.where(school, near["G"], near["K"]),
            "closing_days": np.where(school, SCHOOL_CLOSING_DAYS, CLOSING_DAYS),
        }
    )
    return (
        TABLES["care"]
        .conform(_entitled(pl.concat([one, _second(one.filter(pl.Series(two)))])))
        .sort("person_id", "child")
    )


def _childs_age(people: People, parents: Ints, stream: Stream) -> tuple[Ints, Ints]:
    """Return the least age of each parent's children, and that of the first: no mother too old, no parent too young."""
    bounds, sample = assumed()["parents"], people.sample
    first, last = np.array([AGES[care] for care in sample.care[parents]]).T
    old, mother = people.years_old[parents], sample.sex[parents] == SEXES.index("f")
    last = np.minimum(last, old - bounds["least_years_older"])
    first = np.where(mother, np.maximum(first, old - bounds["most_years_older_mother"]), first)
    return first, stream.integers(first, last, len(parents))


def _second(first: pl.DataFrame) -> pl.DataFrame:
    """Return the younger sibling of some children, at the same crèche."""
    return first.with_columns(child=pl.lit(2, dtype=pl.Int64), birth_year=pl.col("birth_year") + SIBLINGS_APART)


def _entitled(children: pl.DataFrame) -> pl.DataFrame:
    """Add the first year of an entitlement to all-day school, of who begins it from August 2026 (§ 24 (4) SGB VIII)."""
    begins = pl.col("birth_year") + BEGINS_SCHOOL
    return children.with_columns(after_school_from=pl.when(begins >= ENTITLED_FROM).then(begins))


def _nearest(people: People, who: Ints, area: Area, places: pl.DataFrame, kind: str) -> NDArray[np.str_]:
    """Return the nearest place of a kind to each person's home."""
    of_kind = places.filter(pl.col("place_id").str.starts_with(f"{kind}-"))
    at_cell = nearest(*(frame[c].to_numpy() for frame in (area.cells, of_kind) for c in ("lat", "lon")))
    row = {zone: i for i, zone in enumerate(area.cells["zone_id"])}
    at = np.array([row[zone] for zone in people.table["zone_id"].gather(who)], dtype=np.int64)
    return of_kind["place_id"].to_numpy().astype(str)[at_cell[at]]


FREE_AT_ANY_TIME: Final = ("", *WINDOWS)
OF_OTHERS: Final = (0.60, 0.20, 0.12, 0.08, 0.0, 0.0)
OF_OLDER: Final = (0.42, 0.20, 0.12, 0.08, 0.0, 0.0)
OF_LIGNITE: Final = (0.75, 0.20, 0.12, 0.08, 0.0, 0.0)
OF_MOTHERS: Final = (0.10, 0.05, 0.15, 0.05, 0.35, 0.30)
OF_FATHERS: Final = (0.35, 0.20, 0.15, 0.10, 0.08, 0.12)
"""Weight of each window, any time first: nights grow harder with age, who works shifts is used to them; assumed."""
OLDER_FROM: Final = 55


def times(people: People, draws: Draws) -> pl.DataFrame:
    """Return table `person_times`: when people can work who cannot at any time."""
    sample = people.sample
    parent, mother = sample.care > 0, sample.sex == SEXES.index("f")
    kinds = [parent & mother, parent, np.char.startswith(people.group, "lignite"), people.years_old >= OLDER_FROM]
    kind = np.select(kinds, range(len(kinds)), len(kinds))
    weights = np.array([OF_MOTHERS, OF_FATHERS, OF_LIGNITE, OF_OLDER, OF_OTHERS])[kind]
    chosen = draws.stream("times").choose_each(weights)
    person = people.table["person_id"]
    parts = [
        pl.DataFrame({"person_id": person.filter(pl.Series(chosen == i))}).join(
            pl.DataFrame(WINDOWS[name], schema=["day", "from", "to"], orient="row"), how="cross"
        )
        for i, name in enumerate(FREE_AT_ANY_TIME)
        if name
    ]
    return TABLES["person_times"].conform(pl.concat(parts)).sort("person_id", "day", "from")
