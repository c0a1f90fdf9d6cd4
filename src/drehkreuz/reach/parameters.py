# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What reach assumes where no table says it: speeds, limits, worth of time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from drehkreuz.reach.modes import Mode


@dataclass(frozen=True, slots=True)
class Parameters:
    """
    Assumed values, all in one place; none is measured in the region. Change them with `dataclasses.replace`.

    Attributes:
        walk_kmh: Walking speed, a common planning value.
        bike_kmh: Bicycle, door to door in town.
        pedelec_kmh: Pedelec; assisted to 25 km/h, slower on the mean.
        car_speed_share: Share of the free-flow speed that traffic and junctions leave.
        car_kmh_unknown: Free-flow speed of a street for cars that names none.
        car_extra_seconds: Parking and walking from the car park, each way.
        detour: Way ÷ straight line, where the region has no streets.
        car_bands: Without streets: (km up to which, km/h), the way is driven through the bands one after the other.
        snap_metres: A point farther than this from every street cannot be reached.
        snap_share: Streets cut off from the rest are passed over in snapping when they hold a smaller share of the junctions.
        minimum_change_seconds: Least time between two rides, at the same stop or with a walk.
        footpath_seconds: Longest walk between two rides.
        access_walk_seconds: Longest walk from home to the first stop and from the last stop to the door.
        access_bike_seconds: Longest ride from home to the stop where the bicycle is left.
        max_rides: Most rides of one way.
        longest_minutes: Longest way that is looked for; more than a byte can hold is "cannot".
        window_days: Days from which a date stands for its kind of day.
        value_of_time_eur_hour: Worth of an hour on the way, used only to choose between a person's own ways.
        weeks_per_month: Weeks in a month of work.
        access_minutes: Limits of reachability tables, minutes, the slower of out and back.
        access_half_minutes: Minutes after which an opportunity counts half in gravity and spatial availability.
        service_visit: Begin and end of a visit to a service or to care, minutes after midnight of a weekday.
    """

    walk_kmh: float = 4.8
    bike_kmh: float = 15.0
    pedelec_kmh: float = 20.0
    car_speed_share: float = 0.85
    car_kmh_unknown: float = 30.0
    car_extra_seconds: int = 300
    detour: float = 1.3
    car_bands: tuple[tuple[float, float], ...] = ((10.0, 35.0), (30.0, 60.0), (float("inf"), 85.0))
    snap_metres: float = 1000.0
    snap_share: float = 0.05
    minimum_change_seconds: int = 120
    footpath_seconds: int = 600
    access_walk_seconds: int = 1200
    access_bike_seconds: int = 900
    max_rides: int = 4
    longest_minutes: int = 254
    window_days: int = 28
    value_of_time_eur_hour: float = 8.0
    weeks_per_month: float = 4.33
    access_minutes: tuple[int, ...] = (30, 45, 60)
    access_half_minutes: float = 20.0
    service_visit: tuple[int, int] = (540, 600)

    def metres_per_second(self, mode: Mode) -> float:
        """Return the speed of a mode that moves at one speed everywhere: all but the car."""
        return {Mode.WALK: self.walk_kmh, Mode.BIKE: self.bike_kmh, Mode.PEDELEC: self.pedelec_kmh}[mode] / 3.6


PARAMETERS: Final = Parameters()
