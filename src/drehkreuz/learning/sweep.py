# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Good plans for all pairs of a block of people and all profiles, by the quick search."""

from __future__ import annotations

from concurrent.futures import Executor
from dataclasses import dataclass, fields
from enum import IntEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from drehkreuz.learning.quick import _kernels
from drehkreuz.learning.reasons import CONDITIONS
from drehkreuz.learning.situation import Situation
from drehkreuz.learning.whole import asks, whole


class Outcome(IntEnum):
    """What the quick search says of a pair."""

    NOT_OPEN = _kernels.NOT_OPEN  # nothing to look for
    PLAN = _kernels.PLAN
    NO_COURSE = _kernels.NO_COURSE  # no plan, and none if every condition is ignored
    HINDERED = _kernels.HINDERED  # no plan, but one if some conditions are ignored
    UNDECIDED = _kernels.UNDECIDED  # the exact search must say


@dataclass(frozen=True, slots=True, eq=False)
class Sweep:
    """
    What the quick search says of n people and r profiles.

    Attributes:
        outcome: uint8[n, r], `Outcome`.
        reasons: uint8[n, r], bits of `TrainingReason`, where HINDERED; 0 where nobody asked why.
        offers: int32[n, r, steps], the plan's offers in the order in which they are taken, -1 after the last; where HINDERED
            of the one that ignores all conditions.
        sessions: int32[n, r, steps], their sessions.
    """

    outcome: NDArray[np.uint8]
    reasons: NDArray[np.uint8]
    offers: NDArray[np.int32]
    sessions: NDArray[np.int32]


def sweep(
    situation: Situation,
    is_open: NDArray[np.bool_],
    people: range,
    executor: Executor | None = None,
    *,
    none_fits: bool = False,
    why: bool = True,
) -> Sweep:
    """
    Look for good plans for all open pairs of some people.

    A plan found is one, though not always the cheapest; that there is none is said only where it is proved. What is
    neither found nor proved is `UNDECIDED`.

    Args:
        situation: The catalogue and the people.
        is_open: bool[block, r], pairs to look at.
        people: Positions in the block.
        executor: Threads among which the profiles are divided; None: here and now.
        none_fits: It is known of all these pairs that there is no plan; only what stands in the way is looked for.
        why: Tell which conditions stand in the way; else only that some do, in a third of the time.
    """
    if executor is None:
        return _swept(situation, is_open, people, none_fits=none_fits, why=why)
    # Neighbouring profiles are alike and take alike: every n-th one to each thread.
    turn = np.arange(is_open.shape[1]) % PARTS
    parts = list(
        executor.map(
            lambda part: _swept(situation, is_open & (turn == part), people, none_fits=none_fits, why=why), range(PARTS)
        )
    )
    found = parts[0]
    for part, other in enumerate(parts):
        for field in fields(Sweep):
            getattr(found, field.name)[:, turn == part] = getattr(other, field.name)[:, turn == part]
    return found


PARTS: Final = 4
"""Pieces of work that the profiles are divided into among threads; each costs a set of arrays."""


def _swept(situation: Situation, is_open: NDArray[np.bool_], people: range, *, none_fits: bool, why: bool) -> Sweep:
    known, standing, rows = situation.catalogue, situation.standing, slice(people.start, people.stop)
    shape, steps = (len(people), is_open.shape[1]), known.parameters.max_steps
    found = Sweep(
        outcome=np.empty(shape, dtype=np.uint8),
        reasons=np.empty(shape, dtype=np.uint8),
        offers=np.empty((*shape, steps), dtype=np.int32),
        sessions=np.empty((*shape, steps), dtype=np.int32),
    )
    _kernels.learn(
        known.parameters.region_sets,
        known.parameters.quick_sets,
        none_fits,
        why,
        whole(known.offers, known.sessions),
        whole(known.kinds, known.sessions),
        known.shortlists,
        known.kinds.of_offer,
        known.kinds.offer_of_session,
        asks(known.demands),
        situation.held.held[rows],
        standing.worth[rows],
        standing.wanted[rows],
        situation.budget[rows],
        situation.obstacles[rows],
        standing.missing[rows],
        is_open[rows],
        np.array([int(condition) for condition in CONDITIONS], dtype=np.uint8),
        found.outcome,
        found.reasons,
        found.offers,
        found.sessions,
    )
    return found
