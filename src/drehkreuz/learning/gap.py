# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What lies between a block of people and one requirement profile, in the numbers of its learning problem."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from drehkreuz.learning.problem import Problem
from drehkreuz.learning.situation import Situation

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Gap:
    """
    What each of n people holds and lacks of one problem.

    Attributes:
        held: bool[n, items of the problem].
        worth: float64[n, must skills], weight that learning each of them adds.
        missing: float64[n], weight to be gained.
        asked: bool[n, items], items beside skills that are lacking and that courses of the region give.
    """

    held: Flags
    worth: NDArray[np.float64]
    missing: NDArray[np.float64]
    asked: Flags


def measure(situation: Situation, problem: Problem, r: int) -> Gap:
    """Compare what people hold with what the problem of profile r asks."""
    asked = np.zeros((len(situation.eqf), len(problem.items)), dtype=np.bool_)
    asked[:, problem.asked] = situation.standing.wanted[:, problem.items[problem.asked]]
    return Gap(
        held=np.ascontiguousarray(situation.held.held[:, problem.items]),
        worth=np.ascontiguousarray(situation.standing.worth[:, problem.items[: problem.n_must]]),
        missing=np.ascontiguousarray(situation.standing.missing[:, r]),
        asked=asked,
    )
