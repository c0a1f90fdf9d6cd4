# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from drehkreuz.region.csr import Csr
from drehkreuz.skills.screen import alike, nearest, vectors


def sets(random: np.random.Generator, rows: int, skills: int, share: float) -> Csr:
    """Draw sets of skills."""
    return Csr.from_pairs(*np.nonzero(random.random((rows, skills)) < share), rows)


def told_plainly(products: np.ndarray, top: int) -> list[list[int]]:
    """Return the rows with the largest products above 0, best first, equals by row."""
    return [[int(r) for r in np.lexsort((np.arange(len(row)), -row)) if row[r] > 0][:top] for row in products]


@settings(max_examples=40)
@given(st.integers(0, 9999), st.integers(0, 30), st.integers(0, 40), st.integers(1, 12), st.sampled_from([0.05, 0.5]))
def test_it_finds_the_largest_products(seed: int, asked: int, among: int, top: int, share: float) -> None:
    """Looking at all products finds the same rows in the same order, the same products, and nothing that has nothing in common."""
    random = np.random.default_rng(seed)
    idf = random.integers(1, 4, 9).astype(float)
    ours, theirs = (vectors(sets(random, rows, 9, share), idf) for rows in (asked, among))
    found = nearest(ours, theirs, top)
    products = np.zeros((asked, among), dtype=np.float32)
    for column in range(9):  # one after the other, as the sum is formed
        products += ours[:, [column]].toarray() * theirs[:, [column]].toarray().T
    assert [row[row >= 0].tolist() for row in found.who] == told_plainly(products, top)
    for row, who, worth in zip(products, found.who, found.alike, strict=True):
        assert np.allclose(worth, np.where(who >= 0, row[who] if among else 0, 0), rtol=1e-6)


def test_threads_find_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cut into pieces for a pool of threads, the answer is the same to the last bit."""
    random = np.random.default_rng(1)
    ours, theirs = (vectors(sets(random, rows, 30, 0.2), np.ones(30)) for rows in (50, 40))
    whole = nearest(ours, theirs, 7)
    monkeypatch.setattr(alike, "ROWS", 16)
    with ThreadPoolExecutor(2) as executor:
        cut = nearest(ours, theirs, 7, executor=executor)
    assert np.array_equal(whole.who, cut.who)
    assert np.array_equal(whole.alike, cut.alike)


def test_everybody_is_most_alike_to_themselves() -> None:
    """Among different sets the nearest to each is itself, by 1."""
    idf = np.array([1.0, 2.0, 3.0])
    different = vectors(Csr.from_pairs([0, 1, 2, 2], [0, 1, 1, 2], 3), idf)
    found = nearest(different, different, 1)
    assert found.who[:, 0].tolist() == [0, 1, 2]
    assert found.alike[:, 0] == pytest.approx(1)


@pytest.mark.parametrize(("columns", "entry", "top"), [(4, 1.0, 5), (3, -1.0, 5), (3, 0.0, 5), (3, 1.0, 0)])
def test_what_cannot_be_screened_is_refused(columns: int, entry: float, top: int) -> None:
    """Other columns, entries not above 0 and lists of nothing are no search."""
    one = sparse.csr_array((np.array([1.0], np.float32), ([0], [0])), shape=(1, 3))
    other = sparse.csr_array((np.array([entry], np.float32), ([0], [0])), shape=(1, columns))
    with pytest.raises(ValueError, match="above 0"):
        nearest(one, other, top)
