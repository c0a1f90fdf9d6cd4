# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Figures as multiples of a 1,024th, so that what goes in and out balances to the last bit, in whatever order it is summed."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

GRAIN: Final = 1024.0
"""Parts of one person or post; a power of two, of which doubles hold every multiple below 2⁴³ people exactly."""

LARGEST_REMAINDER: Final = 1
"""The level that takes what rounding leaves: skilled people, of whom there are most."""


def grained(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return values rounded to a 1,024th."""
    return np.rint(values * GRAIN) / GRAIN


def split(totals: NDArray[np.float64], shares: NDArray[np.float64]) -> NDArray[np.float64]:
    """
    Return totals shared out so that the parts sum to them exactly.

    Args:
        totals: Multiples of a 1,024th, float64[n].
        shares: They sum to about 1 along the last axis, float64[k] or [n, k].
    """
    parts = grained(totals[:, None] * shares)
    parts[:, LARGEST_REMAINDER] += totals - parts.sum(axis=1)
    return parts
