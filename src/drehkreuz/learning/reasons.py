# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Why no course fits: the conditions a plan has to meet."""

from __future__ import annotations

from enum import IntFlag
from typing import Final


class TrainingReason(IntFlag):
    """
    What keeps a person from learning what can be learned; also the conditions that a plan may be asked to ignore.

    In the result of `learning`, a condition stands where ignoring it alone admits a plan. Where no single one does, a minimal
    set stands: ignoring all of it admits a plan, ignoring all but any one of it does not.
    """

    NO_COURSE = 1  # no courses of the region together teach it
    FORMAT = 2  # hours a week, time of day, or online
    PLACE = 4  # learning place out of reach
    DATE = 8  # before the region's day, after the horizon, no session, or sessions that overlap
    SEATS = 16  # full
    ENTRY = 32  # level, language or other things needed to begin
    UNFUNDED = 64  # more to pay than the person can
    UNTOLD = 128  # some of the conditions; nobody asked which


NOTHING: Final = TrainingReason(0)
CONDITIONS: Final = (
    TrainingReason.FORMAT,
    TrainingReason.PLACE,
    TrainingReason.SEATS,
    TrainingReason.ENTRY,
    TrainingReason.UNFUNDED,
    TrainingReason.DATE,
)
"""The conditions a plan has to meet. Dates come last: without them a plan is found, or none proved, soonest."""
ALL_CONDITIONS: Final = TrainingReason(sum(CONDITIONS))
