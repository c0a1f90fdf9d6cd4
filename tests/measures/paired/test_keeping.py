# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The largest allocation grown out of an earlier one: against brute force on tiny markets, and in general."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drehkreuz.matching.barriers import ALL_BARRIERS, Barrier
from drehkreuz.matching.coalitions import certify
from drehkreuz.matching.pairs import DenseRelation
from drehkreuz.matching.stable import stable_allocation
from drehkreuz.matching.working_set import working_set
from drehkreuz.measures.paired.keeping import largest_keeping, still_open


def market(seed: int, people: int = 5, vacancies: int = 4, share: float = 0.5, most: int = 2) -> DenseRelation:
    """Return a market in which each pair has a barrier with a chance, in blocks of two people."""
    rng = np.random.default_rng(seed)
    return DenseRelation.of(
        (rng.random((people, vacancies)) < share) * int(Barrier.REACH),
        rng.integers(4, size=(people, vacancies)),
        rng.integers(4, size=(people, vacancies)),
        rng.integers(most + 1, size=vacancies),
        [f"p{i}" for i in range(people)],
        [f"v{i}" for i in range(vacancies)],
        2,
    )


def with_mask(relation: DenseRelation, mask: np.ndarray, capacity: np.ndarray | None = None) -> DenseRelation:
    """Return the market with other barriers, or other openings."""
    openings = relation.capacity if capacity is None else capacity
    return DenseRelation(
        np.ascontiguousarray(mask, dtype=np.uint8),
        relation.utility_person,
        relation.utility_employer,
        np.asarray(openings, dtype=np.int32),
        relation.person_keys,
        relation.vacancy_keys,
        relation.block,
    )


def every_allocation(relation: DenseRelation) -> list[tuple[int, ...]]:
    """Return every allocation of open pairs, by brute force."""
    options = [[-1, *np.flatnonzero(row == 0).tolist()] for row in relation.mask]
    return [
        choice
        for choice in product(*options)
        if all(choice.count(v) <= relation.capacity[v] for v in range(len(relation.capacity)))
    ]


def is_open(relation: DenseRelation, vacancy: np.ndarray) -> bool:
    """Tell whether an allocation takes only open pairs and no more people than there are openings."""
    placed = np.flatnonzero(vacancy >= 0)
    seated = np.bincount(vacancy[placed], minlength=len(relation.capacity))
    return bool((relation.mask[placed, vacancy[placed]] == 0).all() and (seated <= relation.capacity).all())


@settings(max_examples=40)
@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_no_largest_allocation_displaces_fewer(seed: int, other: int) -> None:
    """Of all largest allocations after a change, none leaves more of those placed before in a post."""
    before, drawn = market(seed), market(other)
    had = largest_keeping(before, seed=seed)
    after = with_mask(before, drawn.mask, drawn.capacity)
    found = largest_keeping(after, had.vacancy, seed=seed)
    every = every_allocation(after)
    size = max(sum(v >= 0 for v in choice) for choice in every)
    placed = np.flatnonzero(had.vacancy >= 0)
    kept = max(sum(choice[p] >= 0 for p in placed) for choice in every if sum(v >= 0 for v in choice) == size)
    assert found.exact
    assert found.value == size
    assert is_open(after, found.vacancy)
    assert np.count_nonzero(found.vacancy[placed] >= 0) == kept


@pytest.mark.parametrize("seed", range(5))
def test_nothing_changes_nobody_moves(seed: int) -> None:
    """The same pairs give the same allocation, person by person."""
    relation = market(seed, 60, 25, 0.9, 3)
    had = largest_keeping(relation, seed=seed)
    assert (largest_keeping(relation, had.vacancy, seed=seed).vacancy == had.vacancy).all()


@settings(max_examples=25)
@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_more_pairs_displace_nobody(seed: int, other: int) -> None:
    """Barriers taken away and openings added never take a post from anybody."""
    before = market(seed, 20, 10, 0.85)
    fewer = before.mask & market(other, 20, 10, 0.9).mask
    had = largest_keeping(before)
    found = largest_keeping(with_mask(before, fewer, before.capacity + 1), had.vacancy)
    assert found.value >= had.value
    assert (found.vacancy[had.vacancy >= 0] >= 0).all()


@pytest.mark.parametrize("seed", range(4))
def test_with_all_barriers_away_it_is_the_largest_of_the_complete_relation(seed: int) -> None:
    """All barriers thought away, as many are placed as people or openings allow; the stable size is at least half of it."""
    relation = market(seed, 40, 15, 0.7)
    complete = with_mask(relation, np.zeros_like(relation.mask))
    everything = largest_keeping(relation, largest_keeping(relation).vacancy, ALL_BARRIERS)
    assert everything.value == min(40, int(relation.capacity.sum())) == largest_keeping(complete).value
    today = largest_keeping(relation)
    assert today.value == certify(relation, working_set(relation), (Barrier(0),)).lower[0]
    stable = np.count_nonzero(stable_allocation(relation).vacancy >= 0)
    assert today.value <= 2 * stable <= 2 * today.value


def test_who_is_one_too_many_leaves() -> None:
    """Where openings are cut, as many stay as are left, whatever the order of rows."""
    relation = market(3, 12, 3, 0.0, 4)
    had = np.zeros(12, dtype=np.int32)
    open_now = with_mask(relation, relation.mask, np.array([5, 0, 0]))
    kept = still_open(open_now, had)
    assert np.count_nonzero(kept >= 0) == 5
    turned = DenseRelation(
        np.ascontiguousarray(open_now.mask[::-1]),
        np.ascontiguousarray(open_now.utility_person[::-1]),
        np.ascontiguousarray(open_now.utility_employer[::-1]),
        open_now.capacity,
        np.ascontiguousarray(open_now.person_keys[::-1]),
        open_now.vacancy_keys,
    )
    assert (still_open(turned, had)[::-1] == kept).all()
    assert (largest_keeping(turned, had).vacancy[::-1] == largest_keeping(open_now, had).vacancy).all()
