# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drehkreuz.matching.allocations.auction import possible_allocation
from drehkreuz.matching.allocations.congestion import SHOWN, congestion, favourites, gini, spread
from drehkreuz.matching.allocations.search import Habits, swept
from drehkreuz.matching.allocations.surplus import Surplus
from drehkreuz.matching.allocations.three import three_allocations
from drehkreuz.matching.barriers import NO_BARRIER
from drehkreuz.matching.cardinality import largest_allocation
from drehkreuz.matching.pairs import DenseRelation, salted, ties
from drehkreuz.matching.stable import stable_allocation
from drehkreuz.matching.working_set import Wishes, working_set

Market = Callable[..., DenseRelation]

UNIT = Surplus(employer=1.0)


def crowded(seed: int = 0, n_people: int = 200, n_vacancies: int = 100) -> DenseRelation:
    """Return a market in which all agree, but for a little, on which posts are best."""
    rng = np.random.default_rng(seed)
    common = 300 * rng.random(n_vacancies)
    return DenseRelation.of(
        rng.random((n_people, n_vacancies)) < 0.5,
        1000 + common + 60 * rng.random((n_people, n_vacancies)),
        rng.random((n_people, n_vacancies)),
        np.ones(n_vacancies),
        [f"person {i}" for i in range(n_people)],
        [f"vacancy {i}" for i in range(n_vacancies)],
    )


@settings(max_examples=30)
@given(st.integers(0, 999), st.integers(1, 25), st.integers(1, 12), st.integers(1, 6))
def test_favourites_are_the_best_of_all_pairs(
    market: Market, seed: int, n_people: int, n_vacancies: int, shown: int
) -> None:
    """From the working set everybody is shown what is best for them of every admissible pair, best first, ties by hash."""
    relation = market(seed, n_people, n_vacancies, bits=0b11)
    lists = favourites(working_set(relation, shown), relation, shown=shown)
    hashes = ties(salted(relation.person_keys, 0)[:, None], relation.vacancy_keys)
    for p in range(n_people):
        ready = np.flatnonzero(relation.mask[p] == 0)
        best = sorted(ready, key=lambda v, p=p: (relation.utility_person[p, v], hashes[p, v]))[::-1][:shown]
        assert lists.filter(person=p)["vacancy"].to_list() == best


@settings(max_examples=30)
@given(st.integers(0, 999), st.integers(1, 25), st.integers(1, 12), st.integers(1, 6))
def test_nobodys_best_option_is_hidden(market: Market, seed: int, n_people: int, n_vacancies: int, shown: int) -> None:
    """The list by prices begins with the person's favourite, is as long, and goes on by worth less price."""
    relation = market(seed, n_people, n_vacancies, bits=0b11)
    found = possible_allocation(relation, working_set(relation, 6), surplus=UNIT)
    price = found.prices.price
    lists = spread(found.edges, relation, price, surplus=UNIT, shown=shown)
    liked = favourites(found.edges, relation, shown=shown)
    assert lists.group_by("person").first().sort("person").equals(liked.group_by("person").first().sort("person"))
    assert lists["person"].equals(liked["person"])
    assert not lists.select("person", "vacancy").is_duplicated().any()
    left = lists.with_columns(
        left=UNIT.of(lists["utility_person"].to_numpy(), lists["utility_employer"].to_numpy())
        - price[lists["vacancy"].to_numpy()]
    )
    for _, theirs in left.group_by("person", maintain_order=True):
        assert theirs["left"][1:].is_sorted(descending=True)


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_the_spread_ranking_reaches_more(seed: int) -> None:
    """Where all like the same posts, prices show more of the others: more are seen, more people are placed, the Gini falls."""
    relation = crowded(seed)
    found = possible_allocation(relation, working_set(relation))
    before = congestion(favourites(found.edges, relation), found.edges, relation)
    after = congestion(spread(found.edges, relation, found.prices.price), found.edges, relation)
    most = largest_allocation(Wishes.of(found.edges, relation, 0), relation.capacity, NO_BARRIER).value
    assert before.vacancies == after.vacancies == 100
    assert after.gini < before.gini
    assert after.unseen < before.unseen
    assert before.reached < after.reached <= most


def test_congestion_counts_by_hand() -> None:
    """Three people who all see one post of one opening, another seen by nobody: one is placed, one post unseen."""
    relation = DenseRelation.of(
        np.zeros((3, 2)), [[2, 1]] * 3, [[1, 1], [2, 2], [3, 3]], [1, 1], ["a", "b", "c"], ["x", "y"]
    )
    edges = working_set(relation)
    crowd = congestion(favourites(edges, relation, shown=1), edges, relation)
    assert (crowd.unseen, crowd.vacancies, crowd.reached) == (1, 2, 1)
    assert crowd.gini == pytest.approx(0.5)
    assert congestion(favourites(edges, relation, shown=2), edges, relation).reached == 2


def test_the_gini_is_half_the_mean_difference() -> None:
    """It is that of all pairs of openings, each counted by itself; of nothing shown it is 0."""
    values, weights = np.array([0.0, 3.0, 1.0, 1.0]), np.array([2, 1, 3, 1])
    each = np.repeat(values, weights)
    by_pairs = np.abs(each[:, None] - each).mean() / 2 / each.mean()
    assert gini(values, weights) == pytest.approx(by_pairs)
    assert gini(np.zeros(3), np.ones(3, dtype=int)) == 0
    assert gini(np.ones(3), np.array([1, 2, 3])) == pytest.approx(0)


def test_three_allocations_stand_side_by_side() -> None:
    """What is likely is worth less than what is possible, what is possible no more than its bound, and the search is swept."""
    relation = crowded(5)
    edges = working_set(relation)
    habits = Habits(applications=5, noise=20.0)
    found = three_allocations(relation, edges, stable_allocation(relation), habits=habits)
    assert found.likely.worth < found.possible.worth <= found.bound
    assert found.stable.worth <= found.bound
    assert found.coordination.worth == found.possible.worth - found.likely.worth
    assert [ways for ways, _ in found.swept] == swept(habits)
    assert habits not in swept(habits)
    assert found.shown == SHOWN


def test_without_people_nothing_is_shown() -> None:
    """An empty region has no exposure, and that is no error."""
    relation = DenseRelation.of(np.zeros((0, 2)), np.zeros((0, 2)), np.zeros((0, 2)), [1, 1], [], ["x", "y"])
    found = three_allocations(relation, working_set(relation), stable_allocation(relation))
    assert (found.likely.placed, found.possible.placed, found.gap) == (0, 0, 0)
    assert (found.spread.gini, found.spread.vacancies) == (0, 0)
    assert isinstance(found.bound, float)
    assert pl.DataFrame(favourites(working_set(relation), relation)).is_empty()
