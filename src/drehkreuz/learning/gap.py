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
        related: bool[n, must skills], not held, but a sibling is.
        asked: bool[n, items], items beside skills that are lacking and that courses of the region give.
    """

    held: Flags
    related: Flags
    asked: Flags


def measure(situation: Situation, problem: Problem) -> Gap:
    """Compare what people hold with what the problem asks."""
    asked = np.zeros((len(situation.eqf), len(problem.items)), dtype=np.bool_)
    asked[:, problem.asked] = situation.standing.wanted[:, problem.items[problem.asked]]
    return Gap(
        held=np.ascontiguousarray(situation.held.held[:, problem.items]),
        related=np.ascontiguousarray(situation.held.related[:, problem.items[: len(problem.weight)]]),
        asked=asked,
    )
