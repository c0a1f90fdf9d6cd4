# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Shares as whole numbers that still add up."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drehkreuz.reports.rounding import whole


@st.composite
def tables(draw: st.DrawFn) -> list[list[Fraction]]:
    """Draw tables of fractions of 420 whose rows sum to whole numbers."""
    width = draw(st.integers(1, 7))
    rows = draw(st.lists(st.lists(st.integers(0, 4000), min_size=width, max_size=width), min_size=1, max_size=8))
    return [[*(Fraction(n, 420) for n in row), Fraction(-sum(row) % 420, 420)] for row in rows]


@given(tables())
def test_rows_and_columns_add_up(table: list[list[Fraction]]) -> None:
    """Rows keep their sums, columns get theirs, and nothing falls below zero."""
    (columns,) = whole([[sum(column, Fraction(0)) for column in zip(*table, strict=True)]])
    rounded = whole(table, columns)
    assert [sum(row) for row in rounded] == [sum(row) for row in table]
    assert [sum(column) for column in zip(*rounded, strict=True)] == columns
    assert min(min(row) for row in rounded) >= 0


@given(tables())
def test_a_row_alone_is_off_by_less_than_one(table: list[list[Fraction]]) -> None:
    """Without columns to meet, every number is rounded up or down."""
    for row, exact in zip(whole(table), table, strict=True):
        assert all(abs(number - share) < 1 for number, share in zip(row, exact, strict=True))


def test_largest_remainders_go_up() -> None:
    """Of thirds and sixths that sum to two, those nearest to the next number go up."""
    assert whole([[Fraction(5, 6), Fraction(2, 3), Fraction(1, 2)]]) == [[1, 1, 0]]


def test_sums_that_are_not_whole_are_refused() -> None:
    """A row that sums to a half cannot be rounded so that it adds up."""
    with pytest.raises(ValueError, match="no whole number"):
        whole([[Fraction(1, 2)]])


def test_columns_that_sum_to_something_else_are_refused() -> None:
    """Columns must ask for as many as the rows hold."""
    with pytest.raises(ValueError, match="the columns sum to 3, the rows to 2"):
        whole([[Fraction(1), Fraction(1)]], [2, 1])
