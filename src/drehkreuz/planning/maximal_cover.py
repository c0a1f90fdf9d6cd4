# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Serve as much demand as a budget allows, or as well as it allows."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from drehkreuz.errors import Finding, InputError
from drehkreuz.planning.effort import EFFORT, Effort
from drehkreuz.planning.exact import exact
from drehkreuz.planning.ground import Ground
from drehkreuz.planning.placement import Placement, placement
from drehkreuz.planning.search import search
from drehkreuz.planning.siting import Siting


def maximal_cover(siting: Siting, budget: float, effort: Effort = EFFORT) -> Placement:
    """
    Choose new sites that serve most weight within the budget.

        max Σ_d weight_d · served_d     served_d = max over open sites s of share_sd     Σ_s cost_s · open_s ≤ budget

    Capacities and floors go to the exact solver, in one piece; everything else is searched, bounded, and what the bound leaves open
    is solved exactly where it is small. Of equal choices, the one with lower rows is not always the one taken: the same input gives
    the same answer, its rows in another order may give another of the same kind.

    Args:
        siting: What is to be decided.
        budget: What new sites may cost together; without costs, how many there may be.
        effort: How hard to search.

    Raises:
        InputError: If the budget is no number from 0, or capacities, floors and spacing allow no choice.

    Source:
        Church, ReVelle: The maximal covering location problem. Papers of the Regional Science Association 32 (1974).
    """
    if not budget >= 0:
        problem, remedy = "is not a number from 0", "Say what new sites may cost together, or how many there may be."
        raise InputError(Finding("siting", "", "budget", str(budget), problem, remedy))
    if siting.odd:
        solved = exact(siting, budget, effort.nodes)
        return placement(siting, solved.chosen, solved.bound, solved.served)
    ground = Ground.of(siting, budget)
    found = search(ground, budget, effort)
    return placement(siting, ground.site[found.chosen], ground.base + found.bound)


def p_median(
    siting: Siting, minutes: NDArray[np.float64], beyond: float, budget: float, effort: Effort = EFFORT
) -> Placement:
    """
    Choose new sites so that the weighted sum of minutes to the nearest open one is least.

    An entry of `minutes` counts as share 1 − minutes / beyond, so that most weight served is fewest minutes spent: the mean over all
    demand is `mean_minutes`, demand without an open site counts as `beyond`.

    Args:
        siting: Who can be served from where; its shares are not read.
        minutes: float64[m], beside the entries of `siting.covers`.
        beyond: Minutes that count where no open site serves; entries as long or longer count the same.
        budget: As in `maximal_cover`.
        effort: How hard to search.

    Raises:
        InputError: As `maximal_cover`, and if there is a floor, minutes are negative or `beyond` is not above 0.

    Source:
        Hakimi: Optimum locations of switching centers. Operations Research 12 (1964).
    """
    if siting.floor is not None:
        remedy = "Leave it out, or ask for a maximal cover."
        raise InputError(Finding("siting", "", "floor", "", "is not known to a p-median", remedy))
    if not beyond > 0:
        remedy = "Say how many minutes count where no site serves."
        raise InputError(Finding("siting", "", "beyond", str(beyond), "is not above 0", remedy))
    if len(minutes) and not minutes.min() >= 0:
        worst = str(minutes.min())
        raise InputError(Finding("siting", "", "minutes", worst, "is not a number from 0", "Correct the minutes."))
    return maximal_cover(replace(siting, shares=np.maximum(1.0 - minutes / beyond, 0.0)), budget, effort)


def mean_minutes(found: Placement, beyond: float) -> tuple[float, float]:
    """Return the mean minutes of a `p_median` over all weight, and what no choice can fall below."""
    total = float(found.siting.weight.sum())
    if not total:
        return 0.0, 0.0
    return beyond * (1.0 - found.value / total), beyond * (1.0 - found.bound / total)
