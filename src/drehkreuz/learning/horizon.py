# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""How long a block of people would learn in modules that could be designed, and where that is beyond the horizon."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from drehkreuz.learning.designable import TENTHS, least_weeks
from drehkreuz.learning.quick import _kernels
from drehkreuz.learning.situation import Situation


def designable_weeks(situation: Situation, r: int, people: NDArray[np.int64]) -> NDArray[np.float64]:
    """
    Return the fewest weeks in which modules that could be designed close the gap in skills towards a profile.

    The skills' weeks, and `level_weeks` for each level of the European Qualifications Framework that the post's occupation
    lies above the level next to the person's (one level up is what modules are made for).

    Args:
        situation: The catalogue and the people.
        r: The profile.
        people: int64[n], positions in the block.

    Returns:
        float64[n], 0 where there is no gap, infinite beyond the horizon.
    """
    catalogue, parameters = situation.catalogue, situation.catalogue.parameters
    weeks = np.zeros(len(people))
    is_short = situation.standing.short[people, r]
    short = people[is_short]
    if len(short):
        must, skills = catalogue.demands.must.row(r), catalogue.requirements.must.row(r)
        weeks[is_short] = least_weeks(
            worth=situation.standing.worth[short][:, must],
            missing=situation.standing.missing[short, r],
            weeks=catalogue.weeks_to_learn[skills],
            horizon=parameters.horizon_weeks,
        )
        weeks[is_short] += _level_weeks(situation, short, slice(r, r + 1))[:, 0]
        weeks[weeks > parameters.horizon_weeks] = np.inf
    return weeks


def beyond_horizon(situation: Situation) -> NDArray[np.bool_]:
    """
    Return where there is a gap in skills that even designable modules do not close within the horizon, bool[n, r].

    Learning the skills that bring most for their time is a way, not always the shortest; where it is too long, `least_weeks`
    decides.
    """
    standing, horizon = situation.standing, situation.catalogue.parameters.horizon_weeks
    levels = _level_weeks(situation, slice(None), slice(None))
    beyond = standing.short & (levels > horizon)
    doubtful = standing.short & ~beyond & (_weeks_at_most(situation) + levels > horizon)
    for r in np.flatnonzero(doubtful.any(axis=0)).tolist():
        people = np.flatnonzero(doubtful[:, r])
        beyond[people, r] = np.isinf(designable_weeks(situation, r, people))
    return beyond


def _level_weeks(situation: Situation, people: NDArray[np.int64] | slice, profiles: slice) -> NDArray[np.float64]:
    """Return the weeks for levels that posts lie too high for some people, float64[people, profiles]."""
    next_level = situation.eqf[people].astype(np.int64)[:, None] + 1
    above = np.maximum(situation.catalogue.requirements.eqf[profiles].astype(np.int64) - next_level, 0)
    return np.asarray(situation.catalogue.parameters.level_weeks * above)


def _weeks_at_most(situation: Situation) -> NDArray[np.float64]:
    """Return the weeks of learning, one by one, the skills that bring most for their time until the gap is closed."""
    catalogue = situation.catalogue
    demands, must = catalogue.demands, catalogue.demands.must
    tenths = np.ceil(np.round(TENTHS * catalogue.weeks_to_learn[catalogue.requirements.must.indices], 6))
    of_row = np.repeat(np.arange(len(must)), np.diff(must.indptr))
    order = np.lexsort((must.indices, -demands.weight[must.indices] / np.maximum(tenths, 1.0), of_row))
    weeks = np.empty(situation.standing.short.shape)
    _kernels.weeks_at_most(
        (must.indptr, must.indices[order]),
        tenths[order] / TENTHS,
        situation.standing.worth,
        situation.standing.missing,
        weeks,
    )
    return weeks
