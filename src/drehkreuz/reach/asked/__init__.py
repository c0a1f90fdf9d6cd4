# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Ways that are asked for one place at a time: every way of getting about, leg by leg, with what it costs and emits."""

from drehkreuz.reach.asked.assumed import ASSUMED, AskedParameters
from drehkreuz.reach.asked.planner import JourneyPlanner, Spans
from drehkreuz.reach.asked.travel import Travel

__all__ = ["ASSUMED", "AskedParameters", "JourneyPlanner", "Spans", "Travel"]
