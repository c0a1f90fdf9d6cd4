# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Flows of commuters: residents and jobs kept, the usual way to work, few across borders."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
import polars as pl
import pytest

from aachen_region import made
from drehkreuz.model.aachen.area import area
from drehkreuz.model.aachen.flows import EMPLOYED, MEDIAN_KM, commuting, distance_table, distances, median


@pytest.fixture(scope="module")
def flows() -> pl.DataFrame:
    """The flows with their distances."""
    return made().tables["commuting"].join(distance_table(area()), on=["home", "work"])


def test_residents_and_jobs_are_met(flows: pl.DataFrame) -> None:
    """Every municipality's residents at work leave it once each, and the study area's jobs are filled, within one percent."""
    towns = area().municipalities
    for side, asked in (("home", pl.col("population") * EMPLOYED), ("work", pl.col("jobs").cast(pl.Float64))):
        got = flows.group_by(municipality=side).agg(pl.col("commuters").sum())
        both = towns.with_columns(asked=asked).join(got, on="municipality")
        both = both.filter("study_area") if side == "work" else both
        assert len(both) == (46 if side == "work" else len(towns))
        assert ((both["commuters"] - both["asked"]).abs() <= both["asked"] * 0.01 + len(towns) / 2).all()


def test_the_usual_way(flows: pl.DataFrame) -> None:
    """Of the study area's residents the median way is 11 km within one, and about 70 % have no more than 20 km."""
    study = area().municipalities.filter("study_area")["municipality"].implode()
    ours = flows.filter(pl.col("home").is_in(study)).sort("km")
    people = np.repeat(ours["km"].to_numpy(), ours["commuters"].to_numpy())
    assert np.median(people) == pytest.approx(MEDIAN_KM, abs=1)
    assert (people <= 20).mean() == pytest.approx(0.70, abs=0.08)


def test_few_cross_a_border(flows: pl.DataFrame) -> None:
    """Across borders commute some, but less than two percent of all."""
    across = flows.filter(pl.col("home_country") != pl.col("work_country"))["commuters"].sum()
    assert 0.001 < across / flows["commuters"].sum() < 0.02


def test_distances_are_symmetric_and_positive() -> None:
    """The way there is the way back, is longer than nought within a municipality, and longer to others than on a bird's wings."""
    towns = area().municipalities.sort("municipality")
    km = distances(area(), towns)
    assert np.allclose(km, km.T)
    assert (km > 0).all()
    aachen, koeln = (towns["name"].to_list().index(name) for name in ("Aachen", "Köln"))
    assert 60 <= km[aachen, koeln] <= 90


def test_median_by_hand() -> None:
    """The median distance is where half of the people are reached."""
    assert median(np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[1.0, 7.0], [5.0, 9.0]])) == 7.0


def test_each_flow_once() -> None:
    """Flows are whole people, each pair of municipalities once, and the same every time."""
    first = commuting(area())
    seen: dict[tuple[str, str], int] = defaultdict(int)
    for home, work in first.select("home", "work").iter_rows():
        seen[home, work] += 1
    assert set(seen.values()) == {1}
    assert (first["commuters"] > 0).all()
    assert first.equals(commuting(area()))
