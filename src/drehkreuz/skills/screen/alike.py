# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The search screen: for very many sets of skills, those of very many others that are most alike."""

from __future__ import annotations

from concurrent.futures import Executor
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from drehkreuz.region.csr import Csr
from drehkreuz.skills.pieces import unit_rows
from drehkreuz.skills.screen._kernels import nearest_rows

ROWS: Final = 4096
"""Rows answered by one piece of work."""


class Nearest(NamedTuple):
    """
    The most alike of each row.

    Attributes:
        who: int32[n, top], rows of the others, most alike first, equals by row; -1 where there are no more.
        alike: float32[n, top], their products, 0 where there are no more.
    """

    who: NDArray[np.int32]
    alike: NDArray[np.float32]


def vectors(skills: Csr, idf: NDArray[np.float64]) -> sparse.csr_array[Any]:
    """
    Return sets of skills as vectors of length 1 whose products are the IDF-weighted cosine; an empty set stays empty.

    Args:
        skills: Rows of skills, each at most once.
        idf: float64[s], above 0.
    """
    ones = np.ones(len(skills.indices))
    return unit_rows(sparse.csr_array((ones, skills.indices, skills.indptr), shape=(len(skills), len(idf))), idf)


def nearest(
    asked: sparse.csr_array[Any], among: sparse.csr_array[Any], top: int = 50, *, executor: Executor | None = None
) -> Nearest:
    """
    Return for each row the rows of another matrix with the largest products, exactly.

    Args:
        asked: float32[n, s], no entry below 0.
        among: float32[m, s], the same.
        top: How many at most, at least 1; rows with no column in common are never listed.
        executor: Threads; None: here and now. The answer is the same.

    Raises:
        ValueError: If columns differ, an entry is not above 0, or nothing is asked for.
    """
    if asked.shape[1] != among.shape[1] or top < 1 or min(asked.data.min(initial=1), among.data.min(initial=1)) <= 0:
        message = (
            f"{asked.shape} and {among.shape}, top {top}: columns must agree, entries be above 0, and top at least 1"
        )
        raise ValueError(message)
    columns = among.tocsc()
    starts, column_starts = asked.indptr.astype(np.int64), columns.indptr.astype(np.int64)
    who, alike = np.empty((asked.shape[0], top), np.int32), np.empty((asked.shape[0], top), np.float32)

    def answer(first: int) -> None:
        nearest_rows(
            first,
            min(first + ROWS, asked.shape[0]),
            starts,
            asked.indices.astype(np.int32, copy=False),
            asked.data.astype(np.float32, copy=False),
            column_starts,
            columns.indices.astype(np.int32, copy=False),
            columns.data.astype(np.float32, copy=False),
            np.zeros(among.shape[0], dtype=np.float32),
            np.empty(among.shape[0] + 1, dtype=np.int32),
            who,
            alike,
        )

    firsts = range(0, asked.shape[0], ROWS)
    list(map(answer, firsts) if executor is None else executor.map(answer, firsts))
    return Nearest(who, alike)
