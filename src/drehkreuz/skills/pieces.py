# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Words in pieces of two to five letters, weighted by rarity: what titles and texts are compared by."""

from __future__ import annotations

from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from scipy import sparse

from drehkreuz.skills._kernels import add_columns

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

SHORTEST_PIECE: Final = 2
LONGEST_PIECE: Final = 5


class Pieces:
    """
    The pieces of a collection of texts, and how much each tells.

    A text becomes a vector of length 1: for each piece (1 + ln count) · rarity, with rarity 1 + ln((1 + n) / (1 + texts with
    the piece)), n texts. The product of two vectors is their cosine.

    Source:
        Salton, Buckley: Term-weighting approaches in automatic text retrieval. Inf. Process. Manag. 24 (1988).
    """

    def __init__(self, counts: sparse.csr_array[Any], columns: Mapping[str, int]) -> None:
        """
        Weigh the pieces.

        Args:
            counts: How often each text (row) has each piece (column).
            columns: Column of each piece.
        """
        self._columns = columns
        self._rarity = rarity(counts)
        self._never_seen = float(np.log(1 + counts.shape[0]) + 1)

    def rows(self, counts: sparse.csr_array[Any]) -> Rows:
        """Return texts as vectors."""
        return Rows(unit_rows(counts, self._rarity))

    def query(self, spelt: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Return the columns of the known pieces of some words and their weights; unknown ones lengthen the vector."""
        counts = Counter(chain.from_iterable(map(split, spelt)))
        known = [(self._columns[piece], count) for piece, count in counts.items() if piece in self._columns]
        columns, number = np.array(known, dtype=np.int64).reshape(-1, 2).T
        weights = (1 + np.log(number)) * self._rarity[columns]
        unknown = np.array([count for piece, count in counts.items() if piece not in self._columns], dtype=np.float64)
        length = np.sqrt(np.sum(weights**2) + np.sum(((1 + np.log(unknown)) * self._never_seen) ** 2))
        return columns, (weights / length).astype(np.float32)


class Rows:
    """Vectors of texts, ready to be compared with one query after the other."""

    def __init__(self, vectors: sparse.csr_array[Any]) -> None:
        by_column = vectors.tocsc()
        self._starts = by_column.indptr.astype(np.int64)
        self._rows = by_column.indices.astype(np.int32)
        self._values = by_column.data.astype(np.float32)
        self._length = vectors.shape[0]

    def cosines(self, columns: NDArray[np.int64], weights: NDArray[np.float32]) -> NDArray[np.float64]:
        """Return the cosine of each text with a query, given as `Pieces.query` does."""
        total = np.zeros(self._length)
        add_columns(self._starts, self._rows, self._values, np.ascontiguousarray(columns), weights, total)
        return total


def split(word: str) -> Iterable[str]:
    """Yield the pieces of a word, its begin and end marked by a blank; a short word is a piece of its own."""
    marked = f" {word} "
    for size in range(SHORTEST_PIECE, LONGEST_PIECE + 1):
        if size >= len(marked):
            yield marked
            return
        for start in range(len(marked) - size + 1):
            yield marked[start : start + size]


def count_words(texts: Sequence[Sequence[str]]) -> tuple[sparse.csr_array[Any], dict[str, int]]:
    """Return how often each text (row) has each word (column), and the columns of the words."""
    columns: dict[str, int] = {}
    return _counts([[columns.setdefault(word, len(columns)) for word in text] for text in texts]), columns


def count_pieces(texts: Sequence[Sequence[str]]) -> tuple[sparse.csr_array[Any], dict[str, int]]:
    """Return how often each text (row), given as words, has each piece (column), and the columns of the pieces."""
    in_texts, spelling = count_words(texts)
    in_words, columns = count_words([list(split(word)) for word in spelling])
    return (in_texts @ in_words).tocsr(), columns


def rarity(counts: sparse.csr_array[Any]) -> NDArray[np.float64]:
    """Return 1 + ln((1 + n) / (1 + rows that have it)) of each column, n rows."""
    rows, columns = counts.shape
    holders = np.bincount(counts.indices, minlength=columns)
    return np.asarray(np.log((1 + rows) / (1 + holders)) + 1, dtype=np.float64)


def unit_rows(counts: sparse.csr_array[Any], weights: NDArray[np.float64]) -> sparse.csr_array[Any]:
    """Return the rows as (1 + ln count) · weight, each of length 1; an empty row stays empty."""
    raw = (1 + np.log(counts.data)) * weights[counts.indices]
    rows = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))
    lengths = np.sqrt(np.bincount(rows, raw**2, minlength=counts.shape[0]))
    data = (raw / lengths[rows]).astype(np.float32)
    return sparse.csr_array((data, counts.indices, counts.indptr), shape=counts.shape)


def _counts(rows: Sequence[Sequence[int]]) -> sparse.csr_array[Any]:
    """Return the sparse matrix of how often each row holds each number."""
    ends = np.cumsum([0, *(len(row) for row in rows)])
    values = np.fromiter(chain.from_iterable(rows), dtype=np.int32, count=int(ends[-1]))
    shape = (len(rows), int(values.max(initial=-1)) + 1)
    counted = sparse.csr_array((np.ones(len(values), dtype=np.float32), values, ends), shape=shape)
    counted.sum_duplicates()
    return counted
