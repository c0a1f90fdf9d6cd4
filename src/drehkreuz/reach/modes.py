# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The ways of getting about: single modes, chains of them, and the kinds of day a timetable knows."""

from __future__ import annotations

from datetime import date
from enum import IntEnum
from typing import Final

CANNOT: Final = 255
"""Byte for a way that does not exist or is longer than 254 minutes."""


class Mode(IntEnum):
    """One way of moving on streets; each has its own speed and its own streets."""

    WALK = 0
    BIKE = 1
    PEDELEC = 2
    CAR = 3


class Chain(IntEnum):
    """
    A whole way from door to door; the last axis of `Minutes.out` and `Minutes.back`.

    TRANSIT walks to and from the stops. BIKE_TRANSIT rides to a stop, leaves the bicycle there, walks from the last stop and
    comes back to the same stop. The last two are known only where somebody uses shared pedelecs (`lent`): SHARED_PEDELEC takes one at
    a station and gives it back at another; SHARED_PEDELEC_TRANSIT does so before the first ride, after the last one, or both, wherever that is
    faster than walking.
    """

    WALK = 0
    BIKE = 1
    PEDELEC = 2
    CAR = 3
    TRANSIT = 4
    BIKE_TRANSIT = 5
    SHARED_PEDELEC = 6
    SHARED_PEDELEC_TRANSIT = 7


class DayType(IntEnum):
    """Kind of day, as timetables tell them apart."""

    WEEKDAY = 0
    SATURDAY = 1
    SUNDAY = 2

    @classmethod
    def of_weekday(cls, day: int) -> DayType:
        """Return the kind of a day of the week, 0 Monday to 6 Sunday."""
        return {5: cls.SATURDAY, 6: cls.SUNDAY}.get(day, cls.WEEKDAY)

    def stands_for(self, day: date) -> bool:
        """Whether a date may stand for this kind of day; Mondays and Fridays have runs of their own."""
        return day.weekday() in {DayType.WEEKDAY: (1, 2, 3), DayType.SATURDAY: (5,), DayType.SUNDAY: (6,)}[self]
