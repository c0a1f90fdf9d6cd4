# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Rows of integers of different length, as two flat arrays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray


@dataclass(frozen=True, slots=True)
class Csr:
    """
    Compressed sparse rows: row i holds `indices[indptr[i]:indptr[i + 1]]`.

    Attributes:
        indptr: int64[n + 1], rising from 0.
        indices: int32[m].
    """

    indptr: NDArray[np.int64]
    indices: NDArray[np.int32]

    @classmethod
    def from_pairs(cls, rows: ArrayLike, values: ArrayLike, n_rows: int) -> Csr:
        """
        Build from pairs in any order; each row comes out ascending, a pair given twice stands once.

        Raises:
            IndexError: If a row is not one of `n_rows`.
        """
        row, value = np.asarray(rows, dtype=np.int64), np.asarray(values, dtype=np.int32)
        for outside in row[(row < 0) | (row >= n_rows)][:1]:
            message = f"row {outside} is not one of {n_rows} rows"
            raise IndexError(message)
        order = np.lexsort((value, row))
        row, value = row[order], value[order]
        first = np.ones(len(row), dtype=bool)
        first[1:] = (row[1:] != row[:-1]) | (value[1:] != value[:-1])
        indptr = np.zeros(n_rows + 1, dtype=np.int64)
        np.cumsum(np.bincount(row[first], minlength=n_rows), out=indptr[1:])
        return cls(indptr, value[first])

    def __len__(self) -> int:
        return len(self.indptr) - 1

    def row(self, i: int) -> NDArray[np.int32]:
        """Return row i, a view."""
        return self.indices[self.indptr[i] : self.indptr[i + 1]]
