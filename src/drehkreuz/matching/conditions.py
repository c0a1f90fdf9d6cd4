# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""
Which conditions keep people from courses that would open a post, for pairs that somebody asks about.

The relation of a whole region says of a pair only that some condition of the courses is not met (`Reason.TRAINING_CONDITION`):
to name it takes longer than everything else that learning says, and of most pairs nobody asks.
"""

from __future__ import annotations

from concurrent.futures import Executor
from typing import Final

import numpy as np
from numpy.typing import NDArray

from drehkreuz.learning import learning
from drehkreuz.matching.barriers import Reason
from drehkreuz.matching.learned import training_reasons
from drehkreuz.matching.market import Market
from drehkreuz.matching.relation import reachable_sessions
from drehkreuz.progress import SILENT, Progress

Reasons = NDArray[np.uint32]
Rows = NDArray[np.int64]

AT_ONCE: Final = 256
"""People whose plans are held at once."""


def with_conditions(
    market: Market,
    rows: Rows,
    vacancies: Rows,
    reasons: Reasons,
    *,
    executor: Executor | None = None,
    progress: Progress = SILENT,
) -> Reasons:
    """
    Return the reasons of some pairs with the conditions of the courses named.

    Args:
        market: The prepared region.
        rows: int64[m], rows of table `people`.
        vacancies: int64[m], rows of table `vacancies`.
        reasons: uint32[m], bits of `Reason`, as the relation of the region tells them.
        executor: Threads among which profiles are divided; None: here and now.
        progress: Told of every block of people.

    Returns:
        uint32[m]: instead of `TRAINING_CONDITION` the conditions that admit a plan when ignored.
    """
    asked = np.flatnonzero(reasons & np.uint32(Reason.TRAINING_CONDITION))
    asked = asked[np.argsort(rows[asked], kind="stable")]
    profiles = market.requirements.of_vacancy[vacancies[asked]].astype(np.int64)
    told = reasons.copy()
    blocks = range(0, market.n_people if len(asked) else 0, AT_ONCE)
    progress.start("conditions", len(blocks))
    for first in blocks:
        people = range(first, min(first + AT_ONCE, market.n_people))
        some = slice(*np.searchsorted(rows[asked], (people.start, people.stop)))
        at = rows[asked[some]] - first, profiles[some]
        told[asked[some]] &= ~np.uint32(Reason.TRAINING_CONDITION)
        told[asked[some]] |= _told(market, people, at, executor)[at]
        progress.advance()
    progress.finish()
    return told


def _told(market: Market, people: range, at: tuple[Rows, Rows], executor: Executor | None) -> Reasons:
    """Return the reasons of TRAINING of pairs of a block and the profiles, uint32[len(people), profiles]; 0 where not asked."""
    only = np.zeros((len(people), len(market.requirements)), dtype=np.bool_)
    if not len(at[0]):
        return only.astype(np.uint32)
    only[at] = True
    reachable = reachable_sessions(market, people)
    given = (market.region, market.taxonomy, market.profiles, market.requirements, reachable, people, market.learning)
    return training_reasons(learning(*given, executor, only=only).reasons)
