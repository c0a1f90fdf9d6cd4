# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The compiled inside of title linking: a few columns of a sparse matrix, weighted and added up."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from drehkreuz.region.kernels import kernel

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]


@kernel("void(int64[::1], int32[::1], float32[::1], int64[::1], float32[::1], float64[::1])")
def add_columns(starts: Longs, rows: Ints, values: Floats, columns: Longs, weights: Floats, total: Doubles) -> None:
    """
    Add weighted columns to a total.

    Args:
        starts: int64[c + 1], where each column begins in the next two.
        rows: int32[m], rows that a column fills.
        values: float32[m], beside `rows`.
        columns: int64[k], columns to add.
        weights: float32[k], beside `columns`.
        total: float64[r], added to.
    """
    for k in range(len(columns)):
        weight = weights[k]
        for entry in range(starts[columns[k]], starts[columns[k] + 1]):
            total[rows[entry]] += weight * values[entry]
