# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""One requirement profile and a block of people: what is asked, what is lacking, for whom a plan is looked for."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from drehkreuz.learning.designable import least_weeks
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
        designable_weeks: float64[n], fewest weeks in which modules that could be designed close the gap in skills, the
            levels below the post's included; 0 where there is none, infinite beyond the horizon.
        skill: bool[n], there is a gap in skills, and those weeks are beyond the horizon.
        fits_now: bool[n], nothing is lacking.
        open: bool[n], something is lacking that can be learned, and skills are no barrier: a plan is looked for.
    """

    problem: Problem
    gap: Gap
    designable_weeks: NDArray[np.float64]
    skill: NDArray[np.bool_]
    fits_now: NDArray[np.bool_]
    open: NDArray[np.bool_]


def task(situation: Situation, r: int) -> Task:
    """Set up profile r for the people of a situation."""
    problem = pose(situation.catalogue, r, np.asarray(situation.held.held.all(axis=0)))
    gap = measure(situation, problem)
    weeks = _designable_weeks(situation, problem, gap, r)
    skill = np.isinf(weeks)
    return Task(
        problem=problem,
        gap=gap,
        designable_weeks=weeks,
        skill=skill,
        fits_now=~gap.short & gap.meets_all,
        open=~skill & (gap.short | np.asarray(gap.asked.any(axis=1))),
    )


def _designable_weeks(situation: Situation, problem: Problem, gap: Gap, r: int) -> NDArray[np.float64]:
    """
    Return the fewest weeks of designable modules.

    The skills' weeks, and `level_weeks` for each level of the European Qualifications Framework that the post's occupation
    lies above the level next to the person's (one level up is what modules are made for).
    """
    catalogue, parameters = situation.catalogue, situation.catalogue.parameters
    weeks = np.zeros(len(gap.short))
    short = np.flatnonzero(gap.short)
    if len(short):
        skills = catalogue.requirements.must.row(r)
        position = {int(s): i for i, s in enumerate(skills)}
        beside = [[position[t] for t in catalogue.taxonomy.related.row(s).tolist() if t in position] for s in skills]
        weeks[short] = least_weeks(
            held=gap.held[short, : len(skills)],
            related=gap.related[short],
            weight=problem.weight,
            part=problem.part,
            weeks=catalogue.weeks_to_learn[skills],
            siblings=beside,
            target=problem.target,
            horizon=parameters.horizon_weeks,
        )
        levels = np.maximum(int(catalogue.requirements.eqf[r]) - 1 - situation.eqf[short].astype(np.int64), 0)
        weeks[short] += parameters.level_weeks * levels
        weeks[short[weeks[short] > parameters.horizon_weeks]] = np.inf
    return weeks
