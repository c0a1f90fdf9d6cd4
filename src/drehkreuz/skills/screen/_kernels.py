# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
# ruff: noqa: PLR0917  # compiled functions are given flat arrays by position
"""The compiled inside of the search screen: columns of a sparse matrix, weighted and added up, and the largest sums kept."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from drehkreuz.region.kernels import inner_kernel, kernel

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Floats = NDArray[np.float32]
Int = int | np.integer[Any]


@inner_kernel("void(int32[::1], float32[::1], int64, int64, int32, float32)")
def sink(who: Ints, product: Floats, size: Int, at: Int, row: Int, found: np.float32) -> None:
    """Put a row in at a place of a heap whose root is the worst: the smallest product, of equals the last row."""
    while 2 * at + 1 < size:
        down = 2 * at + 1
        if down + 1 < size and (
            product[down + 1] < product[down] or (product[down + 1] == product[down] and who[down + 1] > who[down])
        ):
            down += 1
        if found < product[down] or (found == product[down] and row > who[down]):
            break
        who[at], product[at] = who[down], product[down]
        at = down
    who[at], product[at] = row, found


@inner_kernel("void(int32[::1], float32[::1], int64)")
def best_first(who: Ints, product: Floats, size: Int) -> None:
    """Sort a heap of `sink`: the worst goes to the end, again and again."""
    for end in range(size - 1, 0, -1):
        row, found = who[end], product[end]
        who[end], product[end] = who[0], product[0]
        sink(who, product, end, 0, row, found)


@kernel(
    "void(int64, int64, int64[::1], int32[::1], float32[::1], int64[::1], int32[::1], float32[::1], "
    "float32[::1], int32[::1], int32[:, ::1], float32[:, ::1])"
)
def nearest_rows(
    first: int,
    last: int,
    starts: Longs,
    columns: Ints,
    values: Floats,
    column_starts: Longs,
    rows: Ints,
    column_values: Floats,
    total: Floats,
    touched: Ints,
    who: Ints,
    product: Floats,
) -> None:
    """
    Find the rows of one matrix whose products with each row of another are largest.

    Positions are read without sign, which spares the compiled code a test for negative ones at each.

    Args:
        first: First row asked for.
        last: One behind the last.
        starts: int64[n + 1], where each row asked for begins in the next two.
        columns: int32[m].
        values: float32[m], above 0.
        column_starts: int64[c + 1], where each column of the other matrix begins in the next two.
        rows: int32[k].
        column_values: float32[k], above 0.
        total: float32[r], zeros; zeros again afterwards.
        touched: int32[r + 1], anything.
        who: int32[n, top], written: rows, best first, equals by row; -1 where there are no more.
        product: float32[n, top], written; 0 where there are no more.
    """
    top = who.shape[1]
    for i in range(first, last):
        size = np.uint64(0)
        for entry in range(starts[i], starts[i + 1]):
            weight = values[entry]
            begin, end = column_starts[columns[entry]], column_starts[columns[entry] + 1]
            for at in range(np.uint64(begin), np.uint64(end)):
                row = np.uint64(rows[at])
                before = total[row]
                touched[size] = rows[at]
                size += np.uint64(before == np.float32(0))
                total[row] = before + weight * column_values[at]
        best, worth = who[i], product[i]
        best[:], worth[:] = -1, np.float32(0)  # emptiness is the worst: nothing is less than a product
        for n in range(size):
            row = np.uint64(touched[n])
            found = total[row]
            total[row] = np.float32(0)
            if found > worth[0] or (found == worth[0] and touched[n] < best[0]):
                sink(best, worth, top, 0, touched[n], found)
        best_first(best, worth, top)
