# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from drehkreuz.matching.pairs import EDGES, DenseRelation, salted, ties
from drehkreuz.matching.working_set import Wishes, with_pairs, working_set

Market = Callable[..., DenseRelation]
Pairs = set[tuple[int, int]]

markets = st.tuples(st.integers(0, 999), st.integers(0, 25), st.integers(0, 15))


def best(relation: DenseRelation, k: int, seed: int) -> Pairs:
    """Return the k best pairs of each row and mask of either side, the plain way."""
    hashes = ties(salted(relation.person_keys, seed)[:, None], relation.vacancy_keys)
    rows = defaultdict(list)
    for p, v in np.ndindex(relation.mask.shape):
        mask = relation.mask[p, v]
        rows["person", p, mask].append((relation.utility_person[p, v], hashes[p, v], (p, v)))
        rows["vacancy", v, mask].append((relation.utility_employer[p, v], hashes[p, v], (p, v)))
    return {pair for row in rows.values() for _, _, pair in sorted(row, reverse=True)[:k]}


def pairs_of(edges: pl.DataFrame) -> list[tuple[int, int]]:
    """Return person and vacancy of each edge."""
    return edges.select("person", "vacancy").rows()


@given(markets, st.integers(1, 4), st.integers(0, 9))
def test_it_holds_the_best_few_of_each_mask_on_both_sides(
    market: Market, size: tuple[int, int, int], k: int, seed: int
) -> None:
    """The working set is what sorting every row by utility and hash within each mask would keep."""
    relation = market(*size, bits=0b0100101)
    edges = working_set(relation, k, seed)
    assert edges.schema == EDGES
    assert pairs_of(edges) == sorted(best(relation, k, seed))
    for person, vacancy, *values in edges.rows():
        arrays = relation.mask, relation.utility_person, relation.utility_employer
        assert values == [array[person, vacancy] for array in arrays]


def test_a_mask_keeps_its_pairs_however_poor_they_are(market: Market) -> None:
    """A pair behind barriers is kept although every pair without any is worth more to both."""
    relation = market(1, 30, 10, bits=0)
    relation.mask[3, 4] = 0b1000011
    relation.utility_person[3, 4] = relation.utility_employer[3, 4] = -1e6
    assert (3, 4) in pairs_of(working_set(relation, 1))


def test_the_order_of_rows_does_not_matter(market: Market, permuted: Market) -> None:
    """The same people and vacancies in another order, in other blocks, have the same working set."""
    relation = market(2, 40, 20, levels=2)
    people, vacancies = np.random.default_rng(0).permutation(40), np.random.default_rng(1).permutation(20)
    edges = working_set(permuted(relation, people, vacancies, block=11), 2, seed=7)
    renamed = edges.with_columns(
        pl.Series("person", people[edges["person"]], pl.Int32),
        pl.Series("vacancy", vacancies[edges["vacancy"]], pl.Int32),
    )
    assert_frame_equal(renamed.sort("person", "vacancy"), working_set(relation, 2, seed=7))


def test_only_ties_depend_on_the_seed(market: Market) -> None:
    """Where no utility occurs twice every seed gives the same set; where all are equal, another one."""
    relation = market(5, 40, 20, bits=1, levels=10**6)
    assert_frame_equal(working_set(relation, 2, seed=1), working_set(relation, 2, seed=2))
    alike = market(5, 40, 20, bits=1, levels=1)
    assert pairs_of(working_set(alike, 2, seed=1)) != pairs_of(working_set(alike, 2, seed=2))


def test_to_keep_nothing_is_refused(market: Market) -> None:
    """Keeping no pair of a mask would lose what the mask is about."""
    with pytest.raises(ValueError, match="at least one"):
        working_set(market(0, 3, 3), 0)


def test_pairs_added_stand_once_and_in_order(market: Market) -> None:
    """Adding pairs, some of which are there already, gives the sorted union."""
    relation = market(6, 20, 10)
    few, many = working_set(relation, 1, seed=1), working_set(relation, 2, seed=2)
    assert pairs_of(with_pairs(few, many)) == sorted(set(pairs_of(few)) | set(pairs_of(many)))


def test_wishes_fall_from_the_best(market: Market) -> None:
    """Each person's wishes are the person's edges by falling utility, equals by falling hash."""
    relation = market(7, 25, 12, levels=2)
    edges = working_set(relation, 2, seed=3)
    wishes = Wishes.of(edges, relation, seed=3)
    hashes = ties(salted(relation.person_keys, 3)[:, None], relation.vacancy_keys)
    for p in range(25):
        mine = slice(wishes.indptr[p], wishes.indptr[p + 1])
        theirs = [(u, hashes[p, v], v) for q, v, _, u, _ in edges.rows() if q == p]
        assert wishes.vacancy[mine].tolist() == [v for _, _, v in sorted(theirs, reverse=True)]
        assert np.array_equal(wishes.ties[mine], hashes[p, wishes.vacancy[mine]])
        assert np.array_equal(wishes.mask[mine], relation.mask[p, wishes.vacancy[mine]])
    assert wishes.wishers.tolist() == [edges.filter(vacancy=v).height for v in range(12)]
