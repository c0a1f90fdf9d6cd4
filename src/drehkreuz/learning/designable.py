# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""How long it takes at least to learn enough in modules that could be designed, whatever courses there are."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

TENTHS: Final = 10  # weeks are counted in tenths, begun tenths in full


def least_weeks(
    worth: NDArray[np.float64], missing: NDArray[np.float64], weeks: NDArray[np.float64], horizon: float
) -> NDArray[np.float64]:
    """
    Return the fewest weeks in which each person gains what is missing, learning skills one by one.

    The 0-1 knapsack, exact by dynamic programming over the weeks, for all people at once.

    Args:
        worth: float64[n, m], weight that each person gains by learning each skill.
        missing: float64[n], weight to be gained.
        weeks: float64[m], weeks to learn each.
        horizon: Longest time asked about, weeks.

    Returns:
        float64[n], weeks, rounded up to tenths for each skill; infinite where the horizon is too short.
    """
    tenths = [math.ceil(round(TENTHS * each, 6)) for each in weeks]
    unit = math.gcd(*tenths) or 1
    state, of_person = np.unique(np.column_stack([worth, missing]), axis=0, return_inverse=True)
    gained = np.zeros((len(state), int(horizon * TENTHS) // unit + 1))  # by weeks at most
    for s, length in enumerate(each // unit for each in tenths):
        before = gained[:, : max(0, gained.shape[1] - length)] + state[:, s, None]
        gained[:, length:] = np.maximum(gained[:, length:], before)
    enough = gained >= state[:, -1:]
    least = np.where(enough.any(axis=1), enough.argmax(axis=1) * unit / TENTHS, np.inf)
    return least[of_person.reshape(-1)]
