# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Shares as whole numbers that still add up."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import floor


def whole(rows: Sequence[Sequence[Fraction]], columns: Sequence[int] | None = None) -> list[list[int]]:
    """
    Round a table so that its rows keep their sums, and its columns sum to what is asked.

    A row alone is rounded by largest remainders: each number down, and those with the largest fractions up until the sum
    is reached. Then, where a column has too much and another too little, one is moved in the row that it bends least; no
    number falls below zero by that.

    Args:
        rows: The table; the sum of each row is a whole number.
        columns: What each column is to sum to, the same in all as the rows; None: whatever it comes to.

    Raises:
        ValueError: If a row's sum is no whole number, or the columns sum to something else than the rows.
    """
    table = [_by_largest_remainders(row) for row in rows]
    if columns is None:
        return table
    off = [asked - sum(row[c] for row in table) for c, asked in enumerate(columns)]
    if sum(off):
        message = f"the columns sum to {sum(columns)}, the rows to {sum(map(sum, table))}"
        raise ValueError(message)
    while any(off):
        to, out = off.index(max(off)), off.index(min(off))
        bends = [
            (_bend(row, exact, to, out), r)
            for r, (row, exact) in enumerate(zip(table, rows, strict=True))
            if row[out] > 0
        ]
        row = table[min(bends)[1]]
        row[to], row[out] = row[to] + 1, row[out] - 1
        off[to], off[out] = off[to] - 1, off[out] + 1
    return table


def _by_largest_remainders(row: Sequence[Fraction]) -> list[int]:
    down = [floor(number) for number in row]
    missing = sum(row, Fraction(0)) - sum(down)
    if missing.denominator != 1:
        message = f"a row sums to {float(sum(row)):g}, which is no whole number"
        raise ValueError(message)
    up = sorted(range(len(row)), key=lambda c: (down[c] - row[c], c))[: int(missing)]
    return [number + (c in up) for c, number in enumerate(down)]


def _bend(row: Sequence[int], exact: Sequence[Fraction], to: int, out: int) -> Fraction:
    """Return how much farther, squared, a row is from its exact numbers with one moved from a column to another."""
    more, less = row[to] - exact[to], row[out] - exact[out]
    return 2 * (more - less) + 2
