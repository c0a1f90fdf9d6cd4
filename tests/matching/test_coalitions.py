# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_bipartite_matching

from drehkreuz.matching.barriers import ALL_BARRIERS, NO_BARRIER, Barrier
from drehkreuz.matching.coalitions import ALL_COALITIONS, Certificate, certify
from drehkreuz.matching.pairs import EDGES, DenseRelation
from drehkreuz.matching.working_set import working_set
from drehkreuz.progress import Silent

Market = Callable[..., DenseRelation]


def values(relation: DenseRelation, coalitions: tuple[Barrier, ...] = ALL_COALITIONS) -> list[int]:
    """Return v of each coalition from the complete relation, by SciPy on one column an opening."""
    found = []
    for coalition in coalitions:
        pairs = np.repeat((relation.mask & np.uint8(~coalition & 0xFF)) == 0, relation.capacity, axis=1)
        found.append(np.count_nonzero(maximum_bipartite_matching(csr_array(pairs), perm_type="column") >= 0))
    return found


@pytest.mark.parametrize(("seed", "bits"), [(1, 127), (2, 0b1010110), (3, 127)])
def test_all_128_values_are_those_of_the_complete_relation(market: Market, seed: int, bits: int) -> None:
    """From one pair a row and mask, 200 people and 100 vacancies reach the values that solving every pair gives."""
    relation = market(seed, 200, 100, bits=bits, block=64)
    found = certify(relation, working_set(relation, 1), add=1)
    assert found.exact
    assert found.open_pairs == 0
    assert found.lower.tolist() == values(relation)
    assert len(found.edges) == len(working_set(relation, 1)) + found.added


@settings(max_examples=25)
@given(st.integers(0, 9999), st.integers(1, 30), st.integers(1, 20), st.integers(0, 3), st.integers(1, 3))
def test_any_working_set_leads_to_the_same_values(
    market: Market, seed: int, n_people: int, n_vacancies: int, most: int, add: int
) -> None:
    """Even from no pair at all the certificate finds the pairs it needs; no coalition places fewer than a part of it."""
    relation = market(seed, n_people, n_vacancies, most=most, bits=0b1100011)
    found = certify(relation, EDGES.to_frame(), add=add, seed=seed)
    assert found.exact
    assert found.lower.tolist() == values(relation)
    for bits in range(128):
        assert all(found.lower[bits] >= found.lower[bits & ~barrier] for barrier in Barrier)


@settings(max_examples=25)
@given(st.integers(0, 9999), st.integers(1, 3))
def test_a_run_stopped_early_brackets_the_truth(market: Market, seed: int, rounds: int) -> None:
    """Whenever it stops, the value lies between what was found and what a cover of all pairs weighs."""
    relation = market(seed, 60, 40, bits=0b1110011, most=2)
    found = certify(relation, EDGES.to_frame(), add=1, max_rounds=rounds)
    truth = np.array(values(relation))
    assert found.rounds <= rounds
    assert (found.lower <= truth).all()
    assert (truth <= found.upper).all()
    assert found.exact or found.open_pairs > 0


def test_each_value_has_its_allocation(market: Market) -> None:
    """The people a coalition places hold admissible vacancies, none more often than it has openings."""
    relation = market(5, 80, 30)
    found = certify(relation, working_set(relation, 1))
    for coalition, vacancy, value in zip(ALL_COALITIONS, found.vacancy, found.lower, strict=True):
        placed = np.flatnonzero(vacancy >= 0)
        assert len(placed) == value
        assert not (relation.mask[placed, vacancy[placed]] & ~np.uint8(coalition)).any()
        assert (np.bincount(vacancy[placed], minlength=30) <= relation.capacity).all()


def test_some_coalitions_can_be_asked_for_alone(market: Market) -> None:
    """The values of a few coalitions are the same as among all of them, in the order asked for."""
    relation, some = market(6, 80, 30), (ALL_BARRIERS, NO_BARRIER, Barrier.REACH)
    found = certify(relation, working_set(relation, 1), some)
    assert found.coalitions == some
    assert found.lower.tolist() == values(relation, some)


def same(one: Certificate, other: Certificate) -> bool:
    """Tell whether two certificates prove the same with the same effort."""
    return one.lower.tolist() == other.lower.tolist() and (one.rounds, one.added) == (other.rounds, other.added)


def test_neither_the_order_of_rows_nor_blocks_matter(market: Market, permuted: Market) -> None:
    """The same market in another order takes the same rounds, the same pairs and gives everybody the same vacancy."""
    relation = market(7, 80, 40, levels=2)
    people, vacancies = np.random.default_rng(0).permutation(80), np.random.default_rng(1).permutation(40)
    other = permuted(relation, people, vacancies, block=33)
    here, there = (certify(market, working_set(market, 1), add=1) for market in (relation, other))
    assert here.rounds > 1
    assert same(here, there)
    renamed = np.where(there.vacancy >= 0, vacancies[there.vacancy], -1)
    assert np.array_equal(renamed, here.vacancy[:, people])


def test_people_that_only_a_bus_keeps_from_work() -> None:
    """Three people, two posts: one reaches hers, one would with a bus, and nobody is left for a third opening."""
    relation = DenseRelation.of(
        [[0, Barrier.SKILL], [Barrier.REACH, Barrier.SKILL], [Barrier.SKILL | Barrier.REACH, Barrier.FORMAL]],
        np.zeros((3, 2)),
        np.zeros((3, 2)),
        [2, 1],
        ["Ada", "Ben", "Cem"],
        ["nurse", "driver"],
    )
    value = dict(zip(ALL_COALITIONS, certify(relation, working_set(relation)).lower.tolist(), strict=True))
    assert value[NO_BARRIER] == 1
    assert value[Barrier.REACH] == 2
    assert value[Barrier.SKILL] == 2
    assert value[Barrier.REACH | Barrier.FORMAL] == 3
    assert value[ALL_BARRIERS] == 3


@pytest.mark.parametrize(("n_people", "n_vacancies"), [(0, 3), (3, 0), (0, 0)])
def test_an_empty_side_places_nobody(market: Market, n_people: int, n_vacancies: int) -> None:
    """Without people, or without vacancies, every value is 0 and proved."""
    relation = market(0, n_people, n_vacancies)
    found = certify(relation, working_set(relation))
    assert found.exact
    assert not found.lower.any()


def test_progress_is_told_of_each_round(market: Market) -> None:
    """Whoever watches sees one step a scan of the relation."""

    class Counted(Silent):
        steps = 0

        def advance(self, steps: int = 1) -> None:
            self.steps += steps

    watcher, relation = Counted(), market(8, 50, 30)
    assert certify(relation, EDGES.to_frame(), add=1, progress=watcher).rounds == watcher.steps > 1
