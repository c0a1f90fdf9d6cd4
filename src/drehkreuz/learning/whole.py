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


def whole(offers: Offers | Kinds, sessions: Sessions) -> arrays.Catalogue:
    """Return offers, or their kinds, as the kernels take the part of the catalogue that matters for one profile."""
    nothing = np.empty(0, dtype=np.int32)
    return (
        pair(offers.gives),
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
    given = asks(demands), whole(kinds, sessions)
    starts = np.zeros(len(demands.must) + 1, dtype=np.int64)
    counts, nothing = np.zeros(len(demands.must), dtype=np.int64), np.empty(0, dtype=np.int32)
    total = _kernels.shortlist(*given, False, starts, nothing, counts)  # noqa: FBT003  # kernels take values by position
    starts[1:] = np.cumsum(counts)
    listed, gives = np.empty(total, dtype=np.int32), np.empty(total, dtype=np.int64)
    _kernels.shortlist(*given, True, starts, listed, gives)  # noqa: FBT003  # same
    return starts, listed, gives


def pair(rows: Csr) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """Return rows of integers as the kernels take them."""
    return rows.indptr, rows.indices
