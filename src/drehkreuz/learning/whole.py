# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The catalogue as compiled searches take it, in its own numbers."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from drehkreuz.learning import arrays
from drehkreuz.learning.bitwise import _kernels
from drehkreuz.learning.demands import Demands
from drehkreuz.learning.kinds import Kinds
from drehkreuz.learning.offers import Offers, Sessions
from drehkreuz.region.csr import Csr


def whole(demands: Demands, offers: Offers | Kinds, sessions: Sessions) -> arrays.Catalogue:
    """Return offers, or their kinds, as the kernels take the part of the catalogue that matters for one profile."""
    nothing = np.empty(0, dtype=np.int32)
    return (
        demands.weight,
        demands.part,
        pair(offers.gives),
        pair(offers.lights),
        pair(offers.needs),
        pair(offers.givers),
        pair(offers.sessions),
        offers.own,
        offers.cost,
        sessions.start,
        sessions.end,
        nothing,
        nothing,
    )


def asks(demands: Demands) -> _kernels.Demands:
    """Return what profiles ask, as the kernels take it."""
    return pair(demands.must), pair(demands.asked), demands.target


def shortlists(demands: Demands, kinds: Kinds, sessions: Sessions) -> _kernels.Shortlists:
    """Return the kinds that can matter to each profile."""
    given = asks(demands), whole(demands, kinds, sessions), pair(kinds.lighters)
    starts = np.zeros(len(demands.must) + 1, dtype=np.int64)
    counts, nothing = np.zeros(len(demands.must), dtype=np.int64), np.empty(0, dtype=np.int32)
    total = _kernels.shortlist(*given, False, starts, nothing, counts, starts.copy())  # noqa: FBT003  # kernels take values by position
    starts[1:] = np.cumsum(counts)
    listed, gives = np.empty(total, dtype=np.int32), np.empty(total, dtype=np.int64)
    lights = np.empty_like(gives)
    _kernels.shortlist(*given, True, starts, listed, gives, lights)  # noqa: FBT003  # same
    return starts, listed, gives, lights


def pair(rows: Csr) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """Return rows of integers as the kernels take them."""
    return rows.indptr, rows.indices
