# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Halves and bootstrap intervals, the same for every figure of quality."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

T = TypeVar("T")

SEED = 7
DRAWS = 2000


def halves(items: Sequence[T]) -> tuple[list[T], list[T]]:
    """Return a tuning half and a half held back, drawn once from the sorted items by the stated seed."""
    order = np.random.default_rng(SEED).permutation(len(items))
    cut = len(items) // 2
    return [items[i] for i in sorted(order[:cut])], [items[i] for i in sorted(order[cut:])]


def mean(values: ArrayLike) -> float:
    """Return the mean."""
    return float(np.asarray(values, dtype=np.float64).mean())


def interval(values: ArrayLike) -> str:
    """Return the 95 % bootstrap interval of a mean, in words."""
    array: NDArray[np.float64] = np.asarray(values, dtype=np.float64)
    rows = np.random.default_rng(SEED).integers(len(array), size=(DRAWS, len(array)))
    low, high = np.quantile(array[rows].mean(axis=1), [0.025, 0.975])
    return f"95 % {low:.3f} to {high:.3f}, n = {len(array)}"
