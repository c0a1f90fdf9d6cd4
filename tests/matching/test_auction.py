# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import LinearConstraint, linear_sum_assignment, milp

from drehkreuz.matching.allocations.auction import auction, possible_allocation
from drehkreuz.matching.allocations.surplus import SURPLUS, Surplus
from drehkreuz.matching.barriers import ALL_BARRIERS, NO_BARRIER, Barrier
from drehkreuz.matching.pairs import EDGES, DenseRelation
from drehkreuz.matching.working_set import Wishes, working_set

Market = Callable[..., DenseRelation]

UNIT = Surplus(employer=1.0)
EXACT = 1e-9

markets = st.tuples(st.integers(0, 9999), st.integers(0, 25), st.integers(0, 12))
coalitions = st.sampled_from([NO_BARRIER, Barrier.REACH, Barrier.REACH | Barrier.PAY, ALL_BARRIERS])


def worths(relation: DenseRelation, allowed: Barrier, surplus: Surplus = UNIT) -> np.ndarray:
    """Return what each pair is worth, 0 for what may not be."""
    admissible = (relation.mask & np.uint8(~allowed & 0xFF)) == 0
    worth = surplus.of(relation.utility_person, relation.utility_employer)
    return np.where(admissible, np.maximum(worth, 0), 0).astype(np.float64)


def best_by_assignment(relation: DenseRelation, allowed: Barrier) -> float:
    """Return what the best allocation is worth, by SciPy on one column an opening; a pair worth nothing is staying alone."""
    worth = np.repeat(worths(relation, allowed), relation.capacity, axis=1)
    return float(worth[linear_sum_assignment(worth, maximize=True)].sum())


def best_by_programme(relation: DenseRelation, allowed: Barrier) -> float:
    """Return the same by HiGHS, with openings as capacities."""
    worth = worths(relation, allowed)
    people, vacancies = worth.shape
    per_person = np.kron(np.eye(people), np.ones(vacancies))
    per_vacancy = np.kron(np.ones(people), np.eye(vacancies))
    most = np.concatenate([np.ones(people), relation.capacity])
    found = milp(
        -worth.ravel(),
        integrality=np.ones(worth.size),
        constraints=LinearConstraint(np.vstack([per_person, per_vacancy]), -np.inf, most),
    )
    return float(-found.fun)


def check(relation: DenseRelation, vacancy: np.ndarray, allowed: Barrier) -> None:
    """Check that everybody placed holds an admissible opening of its own."""
    placed = np.flatnonzero(vacancy >= 0)
    assert not (relation.mask[placed, vacancy[placed]] & np.uint8(~allowed & 0xFF)).any()
    assert (np.bincount(vacancy[placed], minlength=len(relation.capacity)) <= relation.capacity).all()


@settings(max_examples=60)
@given(markets, coalitions, st.sampled_from([EXACT, 0.01, 0.3]), st.booleans())
def test_it_is_the_best_within_the_gap_it_proves(
    market: Market, size: tuple[int, int, int], allowed: Barrier, gap: float, few_levels: bool
) -> None:
    """From one pair a row and mask it comes as near to SciPy's assignment as asked, and its bound is never below it."""
    relation = market(*size, bits=0b1000101, levels=3 if few_levels else 1000)
    found = possible_allocation(relation, working_set(relation, 1), allowed, surplus=UNIT, gap=gap)
    best = best_by_assignment(relation, allowed)
    check(relation, found.prices.vacancy, allowed)
    assert found.prices.gap <= gap
    assert found.prices.value <= best * (1 + 1e-9)
    assert found.prices.bound >= best * (1 - 1e-9)
    placed = np.flatnonzero(found.prices.vacancy >= 0)
    assert worths(relation, allowed)[placed, found.prices.vacancy[placed]].sum() == pytest.approx(found.prices.value)


@settings(max_examples=10)
@given(st.integers(0, 9999), st.integers(1, 12), st.integers(1, 6))
def test_openings_are_capacities(market: Market, seed: int, n_people: int, n_vacancies: int) -> None:
    """HiGHS, which is told how many openings a vacancy has, finds no allocation worth more."""
    relation = market(seed, n_people, n_vacancies, bits=0b1, levels=50, most=5)
    found = possible_allocation(relation, EDGES.to_frame(), surplus=UNIT, gap=EXACT)
    assert found.prices.value == pytest.approx(best_by_programme(relation, NO_BARRIER), rel=1e-6, abs=1e-6)


@settings(max_examples=40)
@given(markets, st.sampled_from([1e-6, 0.1]))
def test_prices_clear(market: Market, size: tuple[int, int, int], gap: float) -> None:
    """A seat nobody took costs nothing, no price is below 0, and everybody has what is best for them within ε."""
    relation = market(*size, bits=0b101, levels=20)
    wishes = Wishes.of(working_set(relation, 99), relation, seed=0)
    found = auction(wishes, relation, surplus=UNIT, gap=gap)
    taken = np.bincount(found.vacancy[found.vacancy >= 0], minlength=len(relation.capacity))
    assert (found.price >= 0).all()
    assert not found.price[taken < np.minimum(relation.capacity, size[1])].any()
    worth = worths(relation, NO_BARRIER)
    open_to = (worth > 0) & (relation.capacity > 0)
    gain = np.where(open_to, worth - found.price, 0).max(axis=1, initial=0.0)
    assert np.allclose(gain, found.gain)
    for p, v in enumerate(found.vacancy):
        assert gain[p] - (worth[p, v] - found.price[v] if v >= 0 else 0.0) <= found.epsilon * (1 + 1e-9)


@pytest.mark.parametrize("rounds", [1, 2])
def test_a_run_stopped_early_proves_what_it_has(market: Market, rounds: int) -> None:
    """Whenever it stops, the best allocation over all pairs lies between what was found and the bound."""
    relation = market(3, 60, 40, bits=0b11, levels=100)
    found = possible_allocation(relation, working_set(relation, 1), surplus=UNIT, gap=EXACT, max_rounds=rounds)
    best = best_by_assignment(relation, NO_BARRIER)
    assert found.rounds <= rounds
    assert found.prices.value <= best + 1e-6
    assert best <= found.prices.bound + 1e-6
    assert found.prices.gap > EXACT
    assert found.underpriced > 0


def test_the_order_of_rows_does_not_matter(market: Market, permuted: Market) -> None:
    """The same market in another order and in other blocks gives everybody the same vacancy, to the last digit of the bound."""
    relation = market(8, 60, 20, bits=0b11, levels=2)
    people, vacancies = np.random.default_rng(0).permutation(60), np.random.default_rng(1).permutation(20)
    other = permuted(relation, people, vacancies, block=13)
    here = possible_allocation(relation, working_set(relation, 2), surplus=UNIT).prices
    there = possible_allocation(other, working_set(other, 2), surplus=UNIT).prices
    assert [vacancies[v] if v >= 0 else -1 for v in there.vacancy] == here.vacancy[people].tolist()
    assert (here.value, here.bound) == (there.value, there.bound)


def test_who_is_wanted_least_stays_alone() -> None:
    """Two people for one seat: it goes to whom it is worth more together with the employer, for no less than the other would give."""
    relation = DenseRelation.of(np.zeros((2, 1)), [[300], [200]], [[0.1], [0.9]], [1], ["a", "b"], ["x"])
    found = possible_allocation(relation, working_set(relation), surplus=SURPLUS, gap=1e-6).prices
    assert found.vacancy.tolist() == [-1, 0]
    assert 300 + 0.1 * SURPLUS.employer - found.epsilon <= found.price[0] <= 200 + 0.9 * SURPLUS.employer
    assert found.value == pytest.approx(200 + 0.9 * SURPLUS.employer)


def test_what_is_worth_nothing_is_left_alone() -> None:
    """A pair that costs more than it brings is not made, and an opening that nobody has is no opening."""
    relation = DenseRelation.of(np.zeros((1, 2)), [[-50, 50]], [[0, 0]], [1, 0], ["a"], ["x", "y"])
    found = possible_allocation(relation, working_set(relation)).prices
    assert found.vacancy.tolist() == [-1]
    assert (found.value, found.bound, found.gap) == (0, 0, 0)


def test_a_gap_of_nothing_is_refused(market: Market) -> None:
    """No steps of a finite size prove it."""
    with pytest.raises(ValueError, match="above 0"):
        possible_allocation(market(0, 3, 3), EDGES.to_frame(), gap=0)
