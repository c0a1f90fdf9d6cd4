# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""An employer's mobility: who can come how, what would change that, at what cost, and what it emits."""

from drehkreuz.commuting.assumed import ASSUMED, Band, CommutingParameters
from drehkreuz.commuting.ways import WAYS, CommuteWays, commute_ways, with_workplace
from drehkreuz.commuting.workforce import MODES, UNKNOWN, Rota, Shift, Workforce, shift

__all__ = [
    "ASSUMED",
    "MODES",
    "UNKNOWN",
    "WAYS",
    "Band",
    "CommuteWays",
    "CommutingParameters",
    "Rota",
    "Shift",
    "Workforce",
    "commute_ways",
    "shift",
    "with_workplace",
]
