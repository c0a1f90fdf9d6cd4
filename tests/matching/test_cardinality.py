# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0

from __future__ import annotations

from collections.abc import Callable

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_bipartite_matching

from drehkreuz.matching.barriers import ALL_BARRIERS, NO_BARRIER, Barrier
from drehkreuz.matching.cardinality import Allocation, largest_allocation
from drehkreuz.matching.pairs import DenseRelation
from drehkreuz.matching.working_set import Wishes, working_set

Market = Callable[..., DenseRelation]

markets = st.tuples(st.integers(0, 9999), st.integers(0, 30), st.integers(0, 20))
coalitions = st.sampled_from([NO_BARRIER, Barrier.SKILL, Barrier.SKILL | Barrier.PAY, ALL_BARRIERS])


def all_wishes(relation: DenseRelation) -> Wishes:
    """Return every pair of the relation as an edge."""
    return Wishes.of(working_set(relation, 99), relation, seed=0)


def admissible(relation: DenseRelation, allowed: Barrier) -> np.ndarray:
    """Return bool[p, v]: the pairs without a barrier outside the coalition."""
    return (relation.mask & np.uint8(~allowed & 0xFF)) == 0


def seats(relation: DenseRelation, allowed: Barrier) -> np.ndarray:
    """Return bool[p, seats], every opening a column of its own."""
    return np.repeat(admissible(relation, allowed), relation.capacity, axis=1)


def check(relation: DenseRelation, allowed: Barrier, found: Allocation) -> None:
    """Assert that the allocation is one, that the cover is one, and that the one is as large as the other is heavy."""
    pairs = admissible(relation, allowed)
    placed = np.flatnonzero(found.vacancy >= 0)
    assert pairs[placed, found.vacancy[placed]].all()
    assert (np.bincount(found.vacancy[placed], minlength=len(relation.capacity)) <= relation.capacity).all()
    assert not (pairs & ~found.covered_people[:, None] & ~found.covered_vacancies).any()
    assert found.value == found.covered_people.sum() + relation.capacity[found.covered_vacancies].sum()


@given(markets, coalitions, st.integers(0, 4))
def test_it_is_as_large_as_scipys_on_single_seats(
    market: Market, size: tuple[int, int, int], allowed: Barrier, most: int
) -> None:
    """With none, one or several openings a vacancy, people are placed as SciPy places them on one column an opening."""
    relation = market(*size, bits=0b1000111, most=most)
    found = largest_allocation(all_wishes(relation), relation.capacity, allowed)
    table = seats(relation, allowed)
    oracle = maximum_bipartite_matching(csr_array(table), perm_type="column") if table.size else np.empty(0)
    assert found.value == np.count_nonzero(oracle >= 0)
    check(relation, allowed, found)


@pytest.mark.parametrize("seed", range(5))
def test_it_is_as_large_as_networkx_says(market: Market, seed: int) -> None:
    """A second oracle, written by others, agrees on a market where most seats are wanted by nobody or by many."""
    relation = market(seed, 60, 40, bits=0b1111111, most=2)
    table = seats(relation, Barrier.SKILL)
    graph = nx.Graph()
    graph.add_nodes_from(range(60), bipartite=0)
    graph.add_edges_from((p, 60 + s) for p, s in np.argwhere(table).tolist())
    oracle = nx.bipartite.hopcroft_karp_matching(graph, range(60))
    assert largest_allocation(all_wishes(relation), relation.capacity, Barrier.SKILL).value == len(oracle) // 2


@given(markets, st.integers(0, 99))
def test_it_may_begin_with_any_allocation(market: Market, size: tuple[int, int, int], seed: int) -> None:
    """From whatever allocation it starts, it ends as large, with a cover as heavy."""
    relation = market(*size, bits=0b101)
    rng, start = np.random.default_rng(seed), np.full(size[1], -1, dtype=np.int32)
    pairs, left = admissible(relation, Barrier.SKILL), relation.capacity.copy()
    for p in rng.permutation(size[1]):
        can = np.flatnonzero(pairs[p] & (left > 0))
        if len(can) and rng.random() < 0.7:
            start[p] = rng.choice(can)
            left[start[p]] -= 1
    wishes = all_wishes(relation)
    found = largest_allocation(wishes, relation.capacity, Barrier.SKILL, start)
    check(relation, Barrier.SKILL, found)
    assert found.value == largest_allocation(wishes, relation.capacity, Barrier.SKILL).value
    assert (found.vacancy[start >= 0] >= 0).all()  # nobody who had a vacancy ends without


def test_the_longest_chain_is_turned_over() -> None:
    """Where each person but the last can move on by one, all do, so that the last finds a place too."""
    n = 300
    reach = np.eye(n, dtype=bool) | np.eye(n, k=1, dtype=bool)
    start = np.append(np.arange(1, n), -1).astype(np.int32)
    relation = DenseRelation.of(
        ~reach, np.zeros((n, n)), np.zeros((n, n)), np.ones(n), [f"p{i}" for i in range(n)], [f"v{i}" for i in range(n)]
    )
    found = largest_allocation(all_wishes(relation), relation.capacity, NO_BARRIER, start)
    assert found.vacancy.tolist() == list(range(n))
    assert found.phases == 1


def test_more_openings_than_people_take_no_seats_in_memory() -> None:
    """A vacancy for two thousand million places those who can have it, and only those."""
    relation = DenseRelation.of(
        [[0], [1], [0]], np.zeros((3, 1)), np.zeros((3, 1)), [2**31 - 1], ["a", "b", "c"], ["v"]
    )
    found = largest_allocation(all_wishes(relation), relation.capacity, NO_BARRIER)
    assert found.vacancy.tolist() == [0, -1, 0]
    assert found.covered_people.tolist() == [True, False, True]


def test_the_order_of_rows_does_not_matter(market: Market, permuted: Market) -> None:
    """Of the many largest allocations the same one is found for the same market in another order."""
    relation = market(12, 60, 30, bits=0b11, levels=2, most=2)
    people, vacancies = np.random.default_rng(0).permutation(60), np.random.default_rng(1).permutation(30)
    other = permuted(relation, people, vacancies, block=13)
    there = largest_allocation(all_wishes(other), other.capacity, NO_BARRIER).vacancy
    here = largest_allocation(all_wishes(relation), relation.capacity, NO_BARRIER).vacancy
    assert [vacancies[v] if v >= 0 else -1 for v in there] == here[people].tolist()
