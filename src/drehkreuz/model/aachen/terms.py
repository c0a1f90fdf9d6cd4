# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Terms of whole months, as contracts and certificates run."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def last_day(start: np.datetime64 | NDArray[np.datetime64], months: NDArray[np.int64]) -> NDArray[np.datetime64]:
    """
    Return the last day of each term, datetime64[D][n].

    Args:
        start: First day, one for all or [n]; a term counts from the first of its month.
        months: int64[n], how long; 0 and less: the term ended before that month.
    """
    after = start.astype("datetime64[M]") + months.astype("timedelta64[M]")
    return np.asarray(after.astype("datetime64[D]") - np.timedelta64(1, "D"))
