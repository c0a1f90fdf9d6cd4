# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import permutations

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drehkreuz.matching.barriers import Barrier
from drehkreuz.matching.coalitions import certify
from drehkreuz.matching.pairs import EDGES, DenseRelation
from drehkreuz.matching.shapley import barrier_report, shapley
from drehkreuz.matching.working_set import working_set

Market = Callable[..., DenseRelation]


def test_shares_are_the_mean_over_all_orders() -> None:
    """The shares are what a barrier adds when its turn comes, averaged over all 5,040 orders."""
    v = np.random.default_rng(1).integers(1000, size=128).tolist()
    gains = dict.fromkeys(Barrier, 0)
    for order in permutations(Barrier):
        removed = Barrier(0)
        for barrier in order:
            gains[barrier] += v[removed | barrier] - v[removed]
            removed |= barrier
    assert shapley(v) == {barrier: Fraction(gain, 5040) for barrier, gain in gains.items()}


@settings(max_examples=30)
@given(st.lists(st.integers(0, 50), min_size=128, max_size=128))
def test_shares_close_and_are_never_negative_where_v_never_falls(gains: list[int]) -> None:
    """The shares sum to v(all) − v(none) exactly, and none is below zero."""
    v = gains
    for bits in range(128):
        v[bits] = max([v[bits], *(v[bits & ~barrier] for barrier in Barrier)])
    shares = shapley(v)
    assert sum(shares.values()) == v[127] - v[0]
    assert min(shares.values()) >= 0


def test_barriers_that_only_fall_together_share_alike() -> None:
    """Ten jobs that open once reach and hours both fall count half for each, and nothing for the others."""
    v = [10 if bits & Barrier.REACH and bits & Barrier.HOURS else 0 for bits in range(128)]
    assert {barrier: share for barrier, share in shapley(v).items() if share} == {Barrier.REACH: 5, Barrier.HOURS: 5}


def test_anything_but_128_values_is_refused() -> None:
    """Values of six barriers are not values of seven."""
    with pytest.raises(ValueError, match="64 values"):
        shapley(range(64))


def test_the_report_closes_on_both_sides(market: Market) -> None:
    """Openings and people are filled or placed today, kept apart by a barrier, or left over; the table sums to all."""
    relation = market(3, 90, 40)
    certificate = certify(relation, working_set(relation, 1))
    openings = int(relation.capacity.sum())
    report = barrier_report(certificate, openings, 90)
    assert report.exact
    assert report.today + sum(report.shares.values()) + report.no_person_left == openings
    assert report.today + sum(report.shares.values()) + report.no_opening_left == 90
    table = report.table()
    assert table["line"].to_list()[:9] == [
        "filled", "skill", "training", "reach", "hours", "language", "formal", "pay", "no_person_left",
    ]  # fmt: skip
    assert (table["count"] == table["least"]).all()
    assert (table["count"] == table["most"]).all()
    sums = dict(table.group_by("side").agg(pl.col("count").sum()).rows())
    assert sums == pytest.approx({"openings": openings, "people": 90}, abs=1e-9)


@settings(max_examples=10)
@given(st.integers(0, 999))
def test_bounds_of_a_report_stopped_early_hold(market: Market, seed: int) -> None:
    """Every line of the proved report lies between the bounds of the one stopped early, which closes all the same."""
    relation = market(seed, 50, 30, most=2)
    openings = int(relation.capacity.sum())
    stopped = barrier_report(certify(relation, EDGES.to_frame(), add=1, max_rounds=2), openings, 50)
    proved = barrier_report(certify(relation, EDGES.to_frame()), openings, 50).table()
    early = stopped.table()
    assert not stopped.exact
    assert (early["least"] <= proved["count"] + 1e-9).all()
    assert (early["most"] >= proved["count"] - 1e-9).all()
    assert early.filter(side="people")["count"].sum() == pytest.approx(50, abs=1e-9)


def test_a_report_on_too_few_coalitions_or_people_is_refused(market: Market) -> None:
    """A report needs all coalitions, and cannot place more people than there are."""
    relation = market(3, 30, 20)
    edges = working_set(relation, 1)
    with pytest.raises(ValueError, match="all 128 coalitions"):
        barrier_report(certify(relation, edges, (Barrier.SKILL,)), 40, 30)
    with pytest.raises(ValueError, match="cannot find each other"):
        barrier_report(certify(relation, edges), 40, 3)
