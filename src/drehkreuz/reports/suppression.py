# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Small counts of people that a table does not show, and those left out with them so that no sum gives them away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

LEAST: Final = 5
"""Counts of people from one up to below this are not shown."""

Cell = tuple[int, int]


def hidden(table: Sequence[Sequence[int]]) -> list[list[bool]]:
    """
    Return which cells of a table of counts are not shown.

    Cells from 1 to 4 are hidden. Where a row or a column would then have a single hidden cell, subtraction would give it
    back: its smallest other cell is hidden with it, until no row or column has just one.

    Args:
        table: Counts with their sums: the last row and the last column are sums, both hidden by the same rule.
    """
    cells = [[0 < count < LEAST for count in row] for row in table]
    while alone := next(_alone(table, cells), None):
        row, column = alone
        cells[row][column] = True
    return cells


def _alone(table: Sequence[Sequence[int]], cells: Sequence[Sequence[bool]]) -> Iterator[Cell]:
    """Yield the cell to be hidden next in each row and column with a single hidden cell."""
    rows = [[(r, c) for c in range(len(row))] for r, row in enumerate(table)]
    columns = [list(line) for line in zip(*rows, strict=True)]
    for line in [*rows, *columns]:
        shown = [(table[r][c], (r, c)) for r, c in line if not cells[r][c]]
        if len(line) - len(shown) == 1 and shown:
            yield min(shown, key=lambda cell: (cell[0] == 0, cell))[1]
