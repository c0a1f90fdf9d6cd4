# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Who drives today and could come otherwise, by stated rules."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from drehkreuz.commuting.assumed import CommutingParameters
from drehkreuz.commuting.ways import CommuteWays
from drehkreuz.commuting.workforce import Workforce
from drehkreuz.reach.asked import Travel
from drehkreuz.reach.modes import CANNOT

INSTEAD: Final = (
    Travel.WALK,
    Travel.BIKE,
    Travel.PEDELEC,
    Travel.TRANSIT,
    Travel.BIKE_TRANSIT,
    Travel.PARK_AND_RIDE,
)
"""What could take the place of the car."""

RIDDEN: Final = (Travel.TRANSIT, Travel.BIKE_TRANSIT, Travel.PARK_AND_RIDE)
"""Those for which a job ticket is needed, the one most like the car's last."""


@dataclass(frozen=True, slots=True)
class Potential:
    """
    Who could leave the car at home.

    Attributes:
        drivers: int64[g], people who drive alone today.
        could: bool[g, i], whether a group could come by each of `INSTEAD`.
    """

    drivers: NDArray[np.int64]
    could: NDArray[np.bool_]

    def people(self, *travels: Travel) -> int:
        """Return how many drivers could come by one of some ways, by default by any."""
        columns = [INSTEAD.index(travel) for travel in travels or INSTEAD]
        return int(self.drivers[self.could[:, columns].any(axis=1)].sum())

    def by(self, *travels: Travel) -> NDArray[np.int64]:
        """Return which of some ways each group would take: the first that it could; int64[g], -1 for none."""
        columns = [INSTEAD.index(travel) for travel in travels]
        could = self.could[:, columns]
        return np.where(could.any(axis=1), np.array(columns)[could.argmax(axis=1)], -1)


def potential(staff: Workforce, ways: CommuteWays, parameters: CommutingParameters) -> Potential:
    """
    Apply the rule of each way to every group: not longer than so many minutes, and not so much longer than by car.

    Args:
        staff: The people.
        ways: Their ways.
        parameters: The rules, and the share of those who do not say how they come that drives.
    """
    car = ways.of_groups(staff, Travel.CAR).astype(np.int16)
    could = np.zeros((len(staff), len(INSTEAD)), dtype=np.bool_)
    for column, travel in enumerate(INSTEAD):
        minutes, rule = ways.of_groups(staff, travel).astype(np.int16), parameters.rule(travel)
        near = (minutes < CANNOT) & (minutes <= rule.longest_minutes)
        could[:, column] = near & ((car == CANNOT) | (minutes <= car + rule.beyond_car))
    return Potential(staff.drivers(parameters.drivers_of_unknown), could)
