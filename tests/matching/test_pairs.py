# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from drehkreuz.matching import _kernels as kernels
from drehkreuz.matching.pairs import EDGES, DenseRelation, allocated_pairs, id_keys, salted, splitmix, ties

Market = Callable[..., DenseRelation]


def test_splitmix_is_the_published_generator() -> None:
    """The first outputs from state 0 are those of the generator's reference implementation."""
    states = np.arange(3, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    assert [hex(x) for x in splitmix(states)] == ["0xe220a8397b1dcdaf", "0x6e789e6aa1b965f4", "0x6c45d188009454f"]


def test_the_compiled_tie_is_the_plain_one() -> None:
    """The kernel mixes a pair to the same 64 bits as its plain twin."""
    salts, keys = salted(id_keys(["a", "b", "c"]), 5), id_keys(["x", "y"])
    plain = ties(salts[:, None], keys)
    assert [[kernels.tie(salt, key) for key in keys] for salt in salts] == plain.tolist()


def test_no_two_pairs_of_a_row_or_column_tie() -> None:
    """One person's hashes differ from vacancy to vacancy, one vacancy's from person to person, and so do seeds."""
    salts, keys = salted(id_keys([f"p{i}" for i in range(80)]), 1), id_keys([f"v{i}" for i in range(60)])
    hashes = ties(salts[:, None], keys)
    assert all(len(np.unique(row)) == len(row) for row in (*hashes, *hashes.T))
    assert not np.array_equal(hashes, ties(salted(id_keys([f"p{i}" for i in range(80)]), 2)[:, None], keys))


def test_an_id_that_stands_twice_is_refused() -> None:
    """Two rows of one id could only be told apart by their order."""
    with pytest.raises(ValueError, match="stands twice"):
        id_keys(["a", "b", "a"])


@pytest.mark.parametrize(("mask", "utility", "capacity"), [(128, 0.0, 1), (0, np.nan, 1), (0, np.inf, 1), (0, 0.0, -1)])
def test_a_relation_that_kernels_could_not_read_is_refused(mask: int, utility: float, capacity: int) -> None:
    """An eighth bit, a utility that is not finite and a negative capacity are errors."""
    with pytest.raises(ValueError, match=r"seven bits|finite|negative"):
        DenseRelation.of([[mask]], [[utility]], [[0.0]], [capacity], ["p"], ["v"])


def test_a_held_relation_says_the_same(market: Market) -> None:
    """Holding a relation in memory changes none of its pairs, however it is cut into blocks."""
    relation = market(3, 20, 9, block=6)
    held = DenseRelation.held(relation)
    assert [block.first for block in relation.blocks()] == [0, 6, 12, 18]
    for name in ("mask", "utility_person", "utility_employer", "capacity", "person_keys", "vacancy_keys"):
        assert np.array_equal(getattr(held, name), getattr(relation, name))


def test_the_pairs_of_an_allocation(market: Market) -> None:
    """An allocation becomes edges with the mask and the utilities of the relation."""
    relation = market(4, 9, 4, block=4)
    edges = allocated_pairs(relation, np.array([-1, 2, -1, -1, 0, 2, -1, -1, 3], dtype=np.int32))
    assert edges.schema == EDGES
    assert edges.select("person", "vacancy").rows() == [(1, 2), (4, 0), (5, 2), (8, 3)]
    for person, vacancy, *values in edges.rows():
        arrays = relation.mask, relation.utility_person, relation.utility_employer
        assert values == [array[person, vacancy] for array in arrays]


def test_a_market_without_people_or_vacancies_has_no_pairs() -> None:
    """An empty side is a relation like any other."""
    nobody = DenseRelation.of([], [], [], [1], [], ["v"])
    nothing = DenseRelation.of([[]], [[]], [[]], [], ["p"], [])
    assert list(nobody.blocks()) == []
    assert [block.mask.shape for block in nothing.blocks()] == [(1, 0)]
    assert DenseRelation.held(nobody).mask.shape == (0, 1)
