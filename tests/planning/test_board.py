# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The compiled moves, beside plain twins that count everything anew."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from drehkreuz.planning.board import Board
from drehkreuz.planning.ground import Ground, turned
from drehkreuz.planning.relaxation import knapsack
from drehkreuz.region.csr import Csr
from sitings import drawn


def worths(ground: Ground) -> NDArray[np.float64]:
    """Return what each site is worth to each demand, dense."""
    dense = np.zeros((len(ground), len(ground.weight)))
    for site in range(len(ground)):
        some = slice(ground.rows.indptr[site], ground.rows.indptr[site + 1])
        demand = ground.rows.indices[some]
        dense[site, demand] = ground.weight[demand] * (ground.shares[some] if len(ground.shares) else 1.0)
    return dense


def value(dense: NDArray[np.float64], opened: NDArray[np.bool_]) -> float:
    """Return what open sites are worth together."""
    return float(dense[opened].max(axis=0, initial=0.0).sum())


@given(
    st.integers(0, 10_000),
    st.booleans(),
    st.lists(st.integers(0, 7), max_size=20),
)
@settings(max_examples=40)
def test_gains_and_losses_stay_true(seed: int, graded: bool, moves: list[int]) -> None:
    """After any openings and closings, gain and loss are what counting anew gives."""
    ground = Ground.of(drawn(seed, *(("shares",) if graded else ()), "near"))
    board, dense = Board(ground, np.inf, 1000), worths(ground)
    for site in moves:
        (board.close if board.opened[site] else board.open)(site)
    now = value(dense, board.opened)
    assert board.value == pytest.approx(now)
    for site in range(len(ground)):
        other = board.opened.copy()
        other[site] = not other[site]
        change = value(dense, other) - now
        assert (board.gain[site] if other[site] else -board._loss[site]) == pytest.approx(change, abs=1e-9)
        assert board._blocked[site] == board.opened[ground.near.row(site)].sum()


@given(st.integers(0, 10_000), st.booleans(), st.integers(1, 4))
@settings(max_examples=25)
def test_after_mending_no_exchange_is_better(seed: int, graded: bool, budget: int) -> None:
    """Neither adding a site nor exchanging one for one serves more, within budget and spacing."""
    ground = Ground.of(drawn(seed, *(("shares",) if graded else ()), "near", "cost"), 2.0 * budget)
    board, dense = Board(ground, 2.0 * budget, 10**6), worths(ground)
    board.mend(np.arange(len(ground)))
    near = [set(ground.near.row(site).tolist()) for site in range(len(ground))]
    for out, new in product([None, *np.flatnonzero(board.opened)], np.flatnonzero(~board.opened)):
        other = board.opened.copy()
        other[new] = True
        if out is not None:
            other[out] = False
        stand = set(np.flatnonzero(other).tolist())
        if ground.cost[other].sum() <= 2.0 * budget and not near[new] & stand:
            assert value(dense, other) <= board.value + 1e-6


def test_forcing_a_site_keeps_budget_and_spacing() -> None:
    """Whatever is forced in, the budget holds and nothing stands too near."""
    for seed in range(20):
        ground = Ground.of(drawn(seed, "near", "cost"), 6.0)
        board = Board(ground, 6.0, 1000)
        for site in range(len(ground)):
            board.force(site)
            opened = np.flatnonzero(board.opened)
            assert board.opened[site]
            assert ground.cost[opened].sum() <= 6.0
            assert not any(np.isin(ground.near.row(int(s)), opened).any() for s in opened)


def test_turning_twice_gives_the_same_rows() -> None:
    """Rows by demand and back by site are the rows one began with, shares beside them."""
    rows = Csr.from_pairs([0, 0, 1, 3], [2, 0, 2, 1], 4)
    shares = np.array([0.25, 0.5, 0.75, 1.0])
    back, again = turned(*turned(rows, shares, 3), 4)
    assert back.indptr.tolist() == rows.indptr.tolist()
    assert back.indices.tolist() == rows.indices.tolist()
    assert again.tolist() == shares.tolist()


def test_a_knapsack_takes_the_best_for_their_cost() -> None:
    """Parts where costs differ, whole items where they are equal; what is worth nothing beside costs nothing."""
    parts, rate = knapsack(np.array([6.0, 10.0, 3.0]), np.array([1.0, 4.0, 3.0]), 3.0)
    assert parts.tolist() == [1.0, 0.5, 0.0]
    assert rate == 2.5
    parts, rate = knapsack(np.array([6.0, 10.0, 3.0]), np.full(3, 2.0), 5.0)
    assert parts.tolist() == [1.0, 1.0, 0.0]
    assert rate == 3.0
    assert knapsack(np.array([1.0]), np.array([2.0]), 9.0) == (np.array([1.0]), 0.0)
