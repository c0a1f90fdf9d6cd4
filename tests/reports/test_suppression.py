# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Small counts that a table does not show."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from drehkreuz.reports.suppression import LEAST, hidden


@st.composite
def tables(draw: st.DrawFn) -> list[list[int]]:
    """Draw tables of counts with their sums."""
    width = draw(st.integers(1, 6))
    rows = draw(st.lists(st.lists(st.integers(0, 12), min_size=width, max_size=width), min_size=1, max_size=6))
    summed = [[*row, sum(row)] for row in rows]
    return [*summed, [sum(column) for column in zip(*summed, strict=True)]]


@given(tables())
def test_no_small_count_is_shown_or_follows_from_a_sum(table: list[list[int]]) -> None:
    """Counts from one to four are hidden, and no row or column has a single hidden cell."""
    cells = hidden(table)
    for row, hides in zip(table, cells, strict=True):
        assert all(hide for count, hide in zip(row, hides, strict=True) if 0 < count < LEAST)
        assert sum(hides) != 1
    assert all(sum(column) != 1 for column in zip(*cells, strict=True))


def test_a_table_without_small_counts_is_shown_whole() -> None:
    """Zeros and counts from five stay."""
    assert hidden([[0, 5, 5], [7, 0, 7], [7, 5, 12]]) == [[False] * 3] * 3


def test_the_smallest_other_count_is_hidden_with_it() -> None:
    """A small count takes the smallest cell of its row and of its column along."""
    table = [[3, 9, 20, 32], [8, 30, 40, 78], [11, 39, 60, 110]]
    cells = hidden(table)
    assert [[int(hide) for hide in row] for row in cells] == [[1, 1, 0, 0], [1, 1, 0, 0], [0, 0, 0, 0]]
