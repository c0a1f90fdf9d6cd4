# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Reachability tables: cases worked by hand, sums that must close, and a plain twin."""

from __future__ import annotations

import dataclasses

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from drehkreuz.reach import CANNOT, Chain, Minutes, minutes, triples
from drehkreuz.reach.access import (
    Access,
    Opportunities,
    access,
    access_table,
    jobs,
    learning_places,
    residents,
    service_triples,
    services,
    worth_of_minutes,
)
from drehkreuz.reach.parameters import PARAMETERS
from drehkreuz.region import Region
from drehkreuz.region.csr import Csr


def ways(out: NDArray[np.uint8], back: NDArray[np.uint8]) -> Minutes:
    """Return minutes [triples, zones], the same by every chain."""
    nothing = np.zeros((0, out.shape[1]), dtype=np.float32)
    both = (np.repeat(way[:, :, None], len(Chain), axis=2) for way in (out, back))
    return Minutes(*both, bike_km=nothing, car_km=nothing, assumed_ways=False, findings=())


def one_each(weight: list[float]) -> Opportunities:
    """Return opportunities with one triple each."""
    rows = np.arange(len(weight))
    return Opportunities(np.array(weight, dtype=np.float64), Csr.from_pairs(rows, rows, len(rows)), every=True)


def measured(minutes_of: list[list[int]], weight: list[float], people: list[float]) -> Access:
    """Return access where both ways take the same minutes, given by opportunity and zone."""
    both = np.array(minutes_of, dtype=np.uint8).reshape(len(weight), len(people))
    return access(one_each(weight), ways(both, both), np.array(people, dtype=np.float64))


def test_cumulative_counts_up_to_the_very_minute() -> None:
    """Thirty minutes are within thirty; 31 are not; what cannot be reached is never within."""
    found = measured([[30, 31, CANNOT], [45, 60, 61]], [2, 5], [1, 1, 1])
    assert found.within[:, Chain.BIKE].tolist() == [[2, 0, 0], [7, 2, 0], [7, 7, 0]]


def test_gravity_halves() -> None:
    """A job here counts whole, one at the half-time half, one at twice that a quarter."""
    half = int(PARAMETERS.access_half_minutes)
    found = measured([[0, half, 2 * half, CANNOT]], [8], [1, 1, 1, 1])
    assert found.gravity[Chain.CAR].tolist() == [8, 4, 2, 0]


def test_competition_by_hand() -> None:
    """
    Thirty jobs among two villages of 100 and 50 people, the larger one at half the worth of the smaller one.

    Both ask alike, 100 × 1/2 = 50 × 1, so each gets fifteen; a third village without a way gets none.
    """
    found = measured([[int(PARAMETERS.access_half_minutes), 0, CANNOT]], [30], [100, 50, 80])
    assert found.share[Chain.TRANSIT].tolist() == [15, 15, 0]


def test_nobody_there() -> None:
    """Jobs that only an empty village reaches are given to nobody; without any opportunity there is nothing."""
    assert measured([[0, CANNOT]], [3], [0, 5]).share.sum() == 0
    nothing = measured([], [], [1, 2])
    assert nothing.within.sum() == nothing.gravity.sum() == nothing.share.sum() == 0


@given(data=st.data(), n=st.integers(1, 4), zones=st.integers(1, 5))
def test_each_job_is_given_out_once(data: st.DataObject, n: int, zones: int) -> None:
    """The shares of all zones add up to the jobs that anybody can reach."""
    both = [data.draw(st.lists(st.integers(0, CANNOT), min_size=zones, max_size=zones)) for _ in range(n)]
    weight = data.draw(st.lists(st.integers(1, 50), min_size=n, max_size=n))
    people = data.draw(st.lists(st.integers(0, 1000), min_size=zones, max_size=zones))
    found = measured(both, [float(w) for w in weight], [float(p) for p in people])
    reached = [any(m < CANNOT and p for m, p in zip(row, people, strict=True)) for row in both]
    assert found.share[0].sum() == pytest.approx(sum(w for w, yes in zip(weight, reached, strict=True) if yes))


@given(
    out=st.lists(st.lists(st.integers(0, 70) | st.just(CANNOT), min_size=3, max_size=3), min_size=4, max_size=4),
    back=st.lists(st.lists(st.integers(0, 70) | st.just(CANNOT), min_size=3, max_size=3), min_size=4, max_size=4),
    rows=st.lists(st.sets(st.integers(0, 3)), min_size=1, max_size=4),
    every=st.booleans(),
)
def test_equals_its_plain_twin(out: list[list[int]], back: list[list[int]], rows: list[set[int]], every: bool) -> None:
    """Loops over zones, posts and shifts say the same."""
    people, weight = [10.0, 0.0, 7.0], [float(i + 1) for i in range(len(rows))]
    pairs = [(i, t) for i, row in enumerate(rows) for t in sorted(row)]
    triples_of = Csr.from_pairs([i for i, _ in pairs], [t for _, t in pairs], len(rows))
    found = access(
        Opportunities(np.array(weight), triples_of, every=every),
        ways(np.array(out, dtype=np.uint8), np.array(back, dtype=np.uint8)),
        np.array(people),
    )
    worth = worth_of_minutes(PARAMETERS)
    time = [
        [(max if every else min)((max(out[t][z], back[t][z]) for t in row), default=0) for z in range(3)]
        for row in rows
    ]
    for z in range(3):
        for k, limit in enumerate(PARAMETERS.access_minutes):
            assert found.within[k, 0, z] == sum(w for w, row in zip(weight, time, strict=True) if row[z] <= limit)
        assert found.gravity[0, z] == pytest.approx(sum(w * worth[row[z]] for w, row in zip(weight, time, strict=True)))
        share = 0.0
        for w, row in zip(weight, time, strict=True):
            wanted = sum(people[i] * worth[row[i]] for i in range(3))
            share += w * people[z] * worth[row[z]] / wanted if wanted else 0
        assert found.share[0, z] == pytest.approx(share)


def test_a_region_by_hand(small: Region) -> None:
    """
    The near home, 6.5 km from the works, gets there by car within thirty minutes and never on foot.

    The office, the crew and the remote post count one each by car; on foot the remote one alone. The apprentice needs firm and school.
    """
    where = triples(small)
    posts = jobs(small, where)
    assert posts.weight.tolist() == [1, 1, 1, 1]
    found = access(posts, minutes(small, where), residents(small))
    assert found.within[0, Chain.CAR, 0] == 4
    assert found.within[0, Chain.WALK, 0] == 1
    assert learning_places(where).weight.tolist() == [1]


def test_services(small: Region) -> None:
    """Places of care and service are visited, workplaces and schools are not."""
    places = small.table("places").with_columns(kind=pl.Series(["care", "learning"]))
    region = small.with_tables({"places": places})
    where = service_triples(region)
    assert (where.place.tolist(), where.start.tolist(), where.end.tolist()) == ([0], [540], [600])
    assert len(services(where).weight) == 1
    assert not len(service_triples(small))


def test_residents_are_counted_or_summed(small: Region) -> None:
    """Where no zone says how many live there, people weigh; one that says nothing beside others that do is empty."""
    people = pl.DataFrame({"person_id": ["a", "b"], "zone_id": ["nah", "nah"], "weight": [2.0, 0.5]})
    assert residents(small.with_tables({"people": people})).tolist() == [2.5, 0]
    zones = small.table("zones").with_columns(population=pl.Series([None, 40], dtype=pl.Int32))
    assert residents(small.with_tables({"zones": zones})).tolist() == [0, 40]


def test_table(small: Region) -> None:
    """One row per zone and chain, in order of the zones, with a column for every limit."""
    parameters = dataclasses.replace(PARAMETERS, access_minutes=(15, 90))
    shape = (2, 6)  # nobody uses shared vehicles
    found = Access(np.zeros((2, *shape[::-1])), np.zeros(shape[::-1]), np.arange(12.0).reshape(shape[::-1]))
    table = access_table(small, found, parameters)
    assert table.columns == ["zone_id", "chain", "within_15", "within_90", "gravity", "share"]
    assert table.select("zone_id", "chain", "share").row(7) == ("fern", "bike", 3.0)
