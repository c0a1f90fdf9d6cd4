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
        """Build from pairs in any order; each row comes out ascending, a pair given twice stands once."""
        pairs = np.unique(
            np.stack([np.asarray(rows, dtype=np.int64), np.asarray(values, dtype=np.int64)], axis=1), axis=0
        )
        if len(pairs) and not 0 <= pairs[0, 0] <= pairs[-1, 0] < n_rows:
            message = f"row {pairs[0, 0] if pairs[0, 0] < 0 else pairs[-1, 0]} is not one of {n_rows} rows"
            raise IndexError(message)
        indptr = np.zeros(n_rows + 1, dtype=np.int64)
        np.cumsum(np.bincount(pairs[:, 0], minlength=n_rows), out=indptr[1:])
        return cls(indptr, pairs[:, 1].astype(np.int32))

    def __len__(self) -> int:
        return len(self.indptr) - 1

    def row(self, i: int) -> NDArray[np.int32]:
        """Return row i, a view."""
        return self.indices[self.indptr[i] : self.indptr[i + 1]]
