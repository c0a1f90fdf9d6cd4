# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Random draws that give the same values on every version of Python and NumPy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtri


@dataclass(frozen=True, slots=True)
class Draws:
    """
    Independent streams of uniform numbers, one for each purpose.

    Only the raw output of PCG64 is used, which NumPy keeps the same between versions; its distributions may change. A
    stream depends on the seed and its purpose alone, so that a draw added to one part of the model changes nothing
    elsewhere.

    Attributes:
        seed: Seed of the whole region.

    Source:
        O'Neill: PCG, a family of simple fast space-efficient statistically good algorithms for random number generation
        (2014); NumPy Enhancement Proposal 19.
    """

    seed: int

    def stream(self, purpose: str) -> Stream:
        """Return the stream of a purpose, at its beginning."""
        key = blake2b(f"{self.seed}:{purpose}".encode(), digest_size=16).digest()
        return Stream(np.random.PCG64(int.from_bytes(key, "little")))


@dataclass(frozen=True, slots=True)
class Stream:
    """
    Uniform numbers, and what is drawn with them.

    Attributes:
        bits: Source of 64 random bits at a time.
    """

    bits: np.random.PCG64

    def uniform(self, n: int) -> NDArray[np.float64]:
        """Return float64[n], uniform in [0, 1) with 53 bits."""
        raw = np.asarray(self.bits.random_raw(n), dtype=np.uint64)
        return (raw >> np.uint64(11)).astype(np.float64) * 2.0**-53

    def between(self, low: ArrayLike, high: ArrayLike, n: int) -> NDArray[np.float64]:
        """Return float64[n], uniform from `low` to `high`, each one for all or [n]."""
        low, high = np.asarray(low), np.asarray(high)
        return np.asarray(low + (high - low) * self.uniform(n))

    def integers(self, first: ArrayLike, last: ArrayLike, n: int) -> NDArray[np.int64]:
        """Return int64[n], whole numbers from `first` to `last`, both included and each one for all or [n]."""
        first, last = np.asarray(first), np.asarray(last)
        return np.asarray(first + np.floor(self.uniform(n) * (last - first + 1)).astype(np.int64))

    def normal(self, n: int) -> NDArray[np.float64]:
        """Return float64[n], standard normal, rounded to nine digits so that no library's last bit shows."""
        return np.round(ndtri(self.uniform(n) * (1 - 2e-12) + 1e-12), 9)

    def happens(self, share: ArrayLike, n: int) -> NDArray[np.bool_]:
        """Return bool[n]: true with the given share, one for all or one for each."""
        return np.asarray(self.uniform(n) < np.asarray(share))

    def choose(self, weights: ArrayLike, n: int) -> NDArray[np.int64]:
        """Return int64[n], positions drawn with probabilities in proportion to `weights` [m], with replacement."""
        bounds = np.cumsum(np.asarray(weights, dtype=np.float64))
        drawn = np.searchsorted(bounds, self.uniform(n) * bounds[-1], side="right")
        return np.asarray(np.minimum(drawn, len(bounds) - 1), dtype=np.int64)

    def choose_each(self, weights: NDArray[np.float64]) -> NDArray[np.int64]:
        """Return int64[n]: for each row of `weights` [n, m] a column drawn in proportion to the row."""
        bounds = np.cumsum(weights, axis=1)
        drawn = (bounds <= (self.uniform(len(weights)) * bounds[:, -1])[:, None]).sum(axis=1)
        return np.asarray(np.minimum(drawn, weights.shape[1] - 1), dtype=np.int64)

    def pick(self, table: Sequence[tuple[Any, float]], n: int) -> NDArray[Any]:
        """Return n values drawn from (value, weight), with replacement."""
        return np.array([value for value, _ in table])[self.choose([weight for _, weight in table], n)]

    def permutation(self, n: int) -> NDArray[np.int64]:
        """Return int64[n], a random order of 0 … n - 1."""
        return np.argsort(self.uniform(n), kind="stable")

    def apportion(self, weights: ArrayLike, total: int) -> NDArray[np.int64]:
        """
        Return int64[m], whole numbers that sum to `total` and follow `weights` as closely as systematic rounding can.

        Source:
            Madow (1949), systematic sampling: one random start, so every count is within one of its share.
        """
        reached = np.cumsum(np.asarray(weights, dtype=np.float64))
        bounds = np.floor(reached / reached[-1] * total + self.uniform(1)[0] - 1e-9).astype(np.int64)
        bounds = np.where(reached < reached[-1], np.clip(bounds, 0, total), total)
        return np.asarray(np.diff(bounds, prepend=0))
