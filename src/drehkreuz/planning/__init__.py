# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Where to put stations, chargers or learning places: who is served, in which order to build, and how far from the best."""

from drehkreuz.planning.effort import EFFORT, Effort
from drehkreuz.planning.maximal_cover import maximal_cover, mean_minutes, p_median
from drehkreuz.planning.placement import Placement
from drehkreuz.planning.set_cover import Cover, set_cover
from drehkreuz.planning.siting import Siting

__all__ = [
    "EFFORT",
    "Cover",
    "Effort",
    "Placement",
    "Siting",
    "maximal_cover",
    "mean_minutes",
    "p_median",
    "set_cover",
]
