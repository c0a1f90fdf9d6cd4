# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Rows of integers are what their pairs say."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from drehkreuz.region.csr import Csr

PAIRS = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 9)), max_size=30)


@given(PAIRS)
def test_from_pairs(pairs: list[tuple[int, int]]) -> None:
    """Each row holds its values once, ascending, whatever the order of the pairs."""
    built = Csr.from_pairs([row for row, _ in pairs], [value for _, value in pairs], 7)
    assert len(built) == 7
    assert (built.indptr.dtype, built.indices.dtype) == (np.int64, np.int32)
    for row in range(7):
        assert built.row(row).tolist() == sorted({value for r, value in pairs if r == row})
    assert built.indptr[-1] == len(built.indices) == len(set(pairs))


def test_nothing() -> None:
    """No rows and no pairs are fine."""
    assert len(Csr.from_pairs([], [], 0)) == 0
    assert Csr.from_pairs([], [], 2).row(1).tolist() == []


@pytest.mark.parametrize(("row", "named"), [(-1, "-1"), (3, "3")])
def test_row_outside(row: int, named: str) -> None:
    """A row that is not one of the rows is named."""
    with pytest.raises(IndexError, match=f"row {named} is not one of 3 rows"):
        Csr.from_pairs([0, row], [1, 1], 3)
