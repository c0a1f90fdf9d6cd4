# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""One requirement profile and a block of people, as a problem of its own for the exact search."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from drehkreuz.learning.gap import Gap, measure
from drehkreuz.learning.problem import Problem, pose
from drehkreuz.learning.situation import Situation


@dataclass(frozen=True, slots=True, eq=False)
class Task:
    """
    What there is to solve for one profile.

    Attributes:
        problem: What the profile asks.
        gap: What the people lack of it.
    """

    problem: Problem
    gap: Gap


def task(situation: Situation, r: int) -> Task:
    """Set up profile r for the people of a situation."""
    problem = pose(situation.catalogue, r, np.asarray(situation.held.held.all(axis=0)))
    return Task(problem, measure(situation, problem, r))
