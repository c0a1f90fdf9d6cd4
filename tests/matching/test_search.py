# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drehkreuz.matching.allocations.search import Habits, likely_allocation
from drehkreuz.matching.barriers import ALL_BARRIERS, NO_BARRIER, Barrier
from drehkreuz.matching.cardinality import largest_allocation
from drehkreuz.matching.pairs import DenseRelation, salted, ties
from drehkreuz.matching.stable import stable_allocation
from drehkreuz.matching.working_set import Wishes, working_set

Market = Callable[..., DenseRelation]

markets = st.tuples(st.integers(0, 999), st.integers(0, 25), st.integers(0, 12))
coalitions = st.sampled_from([NO_BARRIER, Barrier.REACH, ALL_BARRIERS])
habits = st.builds(Habits, st.integers(1, 6), st.sampled_from([0.0, 1.0, 50.0]), st.integers(1, 3), st.integers(1, 3))


def told_plainly(relation: DenseRelation, allowed: Barrier, ways: Habits, seed: int) -> list[int]:
    """Return who finds each other, person by person and offer by offer."""
    n_people, n_vacancies = relation.mask.shape
    salts = salted(relation.person_keys, seed)
    tie = ties(salts[:, None], relation.vacancy_keys)
    own, other = relation.utility_person.astype(float), relation.utility_employer
    found, free = [-1] * n_people, relation.capacity.tolist()
    for number in range(ways.rounds):
        draws = (ties(salted(salts, number + 1)[:, None], relation.vacancy_keys) >> np.uint64(11)).astype(float)
        seems = (own - ways.noise * np.log(-np.log((draws + 0.5) / 2**53))).astype(np.float32)
        written = {
            p: sorted(
                (v for v in range(n_vacancies) if free[v] > 0 and not int(relation.mask[p, v]) & ~allowed),
                key=lambda v, p=p: (seems[p, v], tie[p, v]),
            )[-ways.applications :]
            for p in range(n_people)
            if found[p] < 0
        }
        for _ in range(ways.calls):
            offers: dict[int, list[int]] = {}
            for v in range(n_vacancies):
                applicants = [p for p in written if v in written[p]]
                for p in sorted(applicants, key=lambda p, v=v: (other[p, v], tie[p, v]))[::-1][: free[v]]:
                    offers.setdefault(p, []).append(v)
            for p, theirs in offers.items():
                found[p] = max(theirs, key=lambda v, p=p: (own[p, v], tie[p, v]))
                free[found[p]] -= 1
                del written[p]
    return found


@settings(max_examples=60)
@given(markets, coalitions, habits, st.integers(0, 9))
def test_it_is_what_comes_of_people_and_offers_one_by_one(
    market: Market, size: tuple[int, int, int], allowed: Barrier, ways: Habits, seed: int
) -> None:
    """A plain account of every application and every offer ends with the same posts for the same people."""
    relation = market(*size, bits=0b101)
    found = likely_allocation(relation, allowed, ways, seed=seed)
    assert found.vacancy.tolist() == told_plainly(relation, allowed, ways, seed)
    placed = np.flatnonzero(found.vacancy >= 0)
    assert found.edges["person"].to_list() == placed.tolist()
    assert not (relation.mask[placed, found.vacancy[placed]] & np.uint8(~allowed & 0xFF)).any()
    assert (np.bincount(found.vacancy[placed], minlength=size[2]) <= relation.capacity).all()


def test_draws_follow_the_logit() -> None:
    """Of many alike people with one application each, the shares are those of the logit."""
    people, worth = 4000, np.array([0.0, 300.0, 500.0])
    relation = DenseRelation.of(
        np.zeros((people, 3)),
        np.tile(worth, (people, 1)),
        np.zeros((people, 3)),
        [people] * 3,
        [f"person {i}" for i in range(people)],
        ["x", "y", "z"],
    )
    found = likely_allocation(relation, habits=Habits(applications=1, noise=250.0, calls=1, rounds=1))
    shares = np.bincount(found.vacancy, minlength=3) / people
    logit = np.exp(worth / 250.0) / np.exp(worth / 250.0).sum()
    assert np.abs(shares - logit).max() < 0.02


def test_with_all_applications_and_calls_a_round_fills_what_can_be_filled(market: Market) -> None:
    """Whoever applies everywhere and is asked until nobody is left leaves no admissible pair of a free seat and a free person."""
    relation = market(4, 40, 20, bits=0b1)
    found = likely_allocation(relation, habits=Habits(applications=20, noise=0.0, calls=40, rounds=1)).vacancy
    free = np.bincount(found[found >= 0], minlength=20) < relation.capacity
    assert not ((relation.mask == 0) & (found < 0)[:, None] & free).any()


def test_less_is_found_than_is_possible(market: Market) -> None:
    """Few applications without knowing of one another place fewer than the largest allocation, and people refuse offers."""
    relation = market(11, 120, 60, bits=0, levels=100, most=1)
    everything = Wishes.of(working_set(relation, 99), relation, seed=0)
    possible = largest_allocation(everything, relation.capacity, NO_BARRIER).value
    few = likely_allocation(relation, habits=Habits(applications=3, noise=10.0, calls=1, rounds=1))
    assert np.count_nonzero(few.vacancy >= 0) < possible
    assert few.applications == 3 * 120
    assert few.refused > 0


def test_the_order_of_rows_does_not_matter(market: Market, permuted: Market) -> None:
    """The same market in another order and in other blocks gives everybody the same post."""
    relation = market(8, 60, 20, bits=0b11, levels=2)
    people, vacancies = np.random.default_rng(0).permutation(60), np.random.default_rng(1).permutation(20)
    here = likely_allocation(relation).vacancy
    there = likely_allocation(permuted(relation, people, vacancies, block=13)).vacancy
    assert [vacancies[v] if v >= 0 else -1 for v in there] == here[people].tolist()


def test_where_employers_agree_it_is_stable() -> None:
    """Where all employers and all people agree on who and what is best, offers that do not wait do no harm."""
    likes = np.arange(30)
    relation = DenseRelation.of(
        np.zeros((30, 10)),
        np.tile(np.arange(10), (30, 1)),
        np.tile(likes[:, None], (1, 10)),
        [1] * 10,
        [f"person {i}" for i in range(30)],
        [f"vacancy {i}" for i in range(10)],
    )
    found = likely_allocation(relation, habits=Habits(applications=10, noise=0.0, calls=10, rounds=1)).vacancy
    assert found.tolist() == stable_allocation(relation).vacancy.tolist()


@pytest.mark.parametrize("wrong", [Habits(applications=0), Habits(calls=0), Habits(rounds=0), Habits(noise=-1.0)])
def test_no_search_is_refused(market: Market, wrong: Habits) -> None:
    """Without an application, a call or a round nothing is likely, and nobody sees less than nothing wrongly."""
    with pytest.raises(ValueError, match="no search"):
        likely_allocation(market(0, 3, 3), habits=wrong)
