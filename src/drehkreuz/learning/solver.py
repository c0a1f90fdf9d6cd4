# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Cheapest plans for one requirement profile and some people of a block."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from drehkreuz.learning.arrays import DEAR
from drehkreuz.learning.gap import Gap
from drehkreuz.learning.labels import _kernels as labels
from drehkreuz.learning.problem import Problem
from drehkreuz.learning.reasons import ALL_CONDITIONS, CONDITIONS, NOTHING, TrainingReason
from drehkreuz.learning.search import _kernels as search
from drehkreuz.learning.situation import Situation
from drehkreuz.learning.whole import pair

Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Solved:
    """
    Cheapest plans.

    Attributes:
        there: bool[n], whether there is a plan.
        offers: int32[n, steps], offers of the catalogue in the order in which they are taken, -1 after the last.
        sessions: int32[n, steps], rows of `Sessions`, -1 after the last.
        proven: bool[n], the search came to its end: the plan is a cheapest, or there is none.
        gap: int64[n], by how much another plan may be cheaper at most, own fees and weeks at their worth, cents; 0 where proven,
            DEAR where nothing is known.
    """

    there: NDArray[np.bool_]
    offers: NDArray[np.int32]
    sessions: NDArray[np.int32]
    proven: NDArray[np.bool_]
    gap: NDArray[np.int64]


def solve(
    situation: Situation,
    problem: Problem,
    gap: Gap,
    people: Rows,
    ignoring: TrainingReason | NDArray[np.uint8] = NOTHING,
    *,
    any_will_do: bool = False,
    sets: int | None = None,
) -> Solved:
    """
    Find a cheapest plan for each of some people.

    A plan is a sequence of sessions of different offers, each beginning on or after the last day of the one before, that
    closes the gap; what a course needs is held or given before it begins; what the person pays in sum is within the budget.
    Cheapest is the least sum of own fees and weeks at their worth; among these the plan that ends first. The search over
    sets of offers comes first; where it stops without a proof, the one along the calendar goes on from its plan.

    Args:
        situation: The catalogue and the people.
        problem: What the profile asks.
        gap: What the people lack of it.
        people: int64[n], positions in the block.
        ignoring: Conditions that the plans need not meet: the same for all, or one value each.
        any_will_do: Stop at the first plan, whatever it costs.
        sets: Sets of offers that the first search looks at, at most; None: `most_sets`.
    """
    steps = situation.catalogue.parameters.max_steps
    offers = np.empty((len(people), steps), dtype=np.int32)
    sessions = np.empty_like(offers)
    costs, proven = np.empty(len(people), dtype=np.int64), np.empty(len(people), dtype=np.bool_)
    bounds = np.full(len(people), -DEAR, dtype=np.int64)
    parameters = situation.catalogue.parameters
    grain, limit = max(1, int(np.gcd.reduce(problem.cost))), parameters.most_sets if sets is None else sets
    posed = (
        pair(problem.gives),
        pair(problem.needs),
        pair(problem.givers),
        pair(problem.sessions),
        problem.own,
        problem.cost,
        situation.catalogue.sessions.start,
        situation.catalogue.sessions.end,
        problem.line_offers,
        problem.line_sessions,
    )
    ignored = np.broadcast_to(np.asarray(ignoring, dtype=np.uint8), len(people))
    for row, p in enumerate(people):
        person = (
            posed,
            int(ignored[row]),
            gap.held[p],
            gap.worth[p],
            gap.missing[p],
            gap.asked[p],
            situation.obstacles[p],
            situation.budget[p],
            offers[row],
            sessions[row],
            proven[row : row + 1],
        )
        costs[row] = search.cheapest(grain, any_will_do, limit, *person)
        if not (any_will_do or proven[row]):
            costs[row] = labels.cheapest(grain, parameters.most_labels, *person, bounds[row : row + 1])
    there = costs < DEAR
    cheaper = np.where(proven, 0, np.minimum(costs - bounds, DEAR))
    if len(problem.offers):
        offers = np.where(offers < 0, -1, problem.offers[offers])
    return Solved(there, offers, sessions, proven, cheaper)


def hurdles(situation: Situation, problem: Problem, gap: Gap, people: Rows) -> NDArray[np.uint8]:
    """
    Return the conditions that keep people from any plan who would have one without all of them.

    Those that admit a plan when ignored alone; where no single one does, a minimal set: beginning with all, each condition
    is put back, in order of `CONDITIONS`, if a plan remains. These searches only tell why; each looks at `quick_sets` sets
    at most, and a condition counts as needed where none was found by then.

    Returns:
        uint8[n], bits of `TrainingReason`.
    """
    quick = situation.catalogue.parameters.quick_sets
    found = np.zeros(len(people), dtype=np.uint8)
    for condition in CONDITIONS:
        solved = solve(situation, problem, gap, people, condition, any_will_do=True, sets=quick)
        found[solved.there] |= np.uint8(condition)
    together = np.flatnonzero(found == 0)
    ignored = np.full(len(together), ALL_CONDITIONS, dtype=np.uint8)
    for condition in CONDITIONS:
        fewer = ignored & ~np.uint8(condition)
        solved = solve(situation, problem, gap, people[together], fewer, any_will_do=True, sets=quick)
        ignored = np.where(solved.there, fewer, ignored)
    found[together] = ignored
    return found
