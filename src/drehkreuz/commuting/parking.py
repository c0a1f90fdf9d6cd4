# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""How many parking spaces are taken at the busiest minute of a working day."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from drehkreuz.commuting.assumed import CommutingParameters
from drehkreuz.commuting.workforce import Shift, Workforce
from drehkreuz.reach.modes import DayType

MINUTES: Final = 1440


def spaces(staff: Workforce, cars: NDArray[np.float64], parameters: CommutingParameters) -> float:
    """
    Return the most cars that stand there at once on a weekday, on average.

    Who works five days a week is there every weekday; where a rota has shifts at weekends too, seven days share the days worked. Who works
    in turn is on each of the weekday's shifts for a share. At the handover the cars of two shifts stand there together.

    Args:
        staff: The people.
        cars: float64[g], cars of each group.
        parameters: How long before and after a shift a car stands there.
    """
    taken = np.zeros(MINUTES)
    on_weekdays = [sum(_on_weekday(shift) for shift in rota.shifts) for rota in staff.rotas]
    week = [5 if all(_on_weekday(shift) for shift in rota.shifts) else 7 for rota in staff.rotas]
    in_turn, length_of_week = np.maximum(on_weekdays, 1)[staff.rota], np.array(week)[staff.rota]
    there = cars * np.minimum(staff.days / length_of_week, 1.0) / in_turn
    for shift, on_it in zip(staff.shifts, staff.works().T, strict=True):
        if _on_weekday(shift):
            first = shift.times.start // 60 - parameters.presence_minutes
            length = (shift.times.end - shift.times.start) // 60 % MINUTES + 2 * parameters.presence_minutes
            taken[np.arange(first, first + min(length, MINUTES)) % MINUTES] += float(there[on_it].sum())
    return float(taken.max())


def _on_weekday(shift: Shift) -> bool:
    return shift.times.day_out is DayType.WEEKDAY
