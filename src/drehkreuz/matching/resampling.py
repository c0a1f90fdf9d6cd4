# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""How often each row counts in a bootstrap."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, factorial
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from drehkreuz.matching.headcount import Headcount, headcount
from drehkreuz.matching.pairs import id_keys, salted, splitmix

POISSON: Final = np.cumsum([exp(-1.0) / factorial(n) for n in range(20)])
"""Distribution function of the Poisson variable of mean 1 at 0, 1, 2, …"""


def resampled(people: pl.DataFrame, seed: int) -> Headcount:
    """Return who is counted in a bootstrap: the people of each row of table `people` as often as `times` says."""
    return headcount(people.with_columns(pl.col("weight") * pl.Series(times(seed, people["person_id"].to_list()))))


def times(seed: int, ids: Sequence[str]) -> NDArray[np.int64]:
    """
    Return how often each row counts in a bootstrap: a Poisson variable of mean 1, drawn from a hash of seed and id.

    So no row's number depends on the others or on their order, and who or what is there with a measure and without counts as
    often in both.

    Source:
        Chamandy, Muralidharan, Najmi, Naidu: Estimating uncertainty for massive data streams (2012), on the Poisson bootstrap.
    """
    uniform = splitmix(salted(id_keys(ids), seed)) / 2.0**64
    return np.searchsorted(POISSON, uniform, side="right").astype(np.int64)
