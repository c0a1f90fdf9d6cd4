# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A shuttle to a business park: one line for one shift and one direction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil
from typing import Final

import numpy as np

from drehkreuz.commuting.assumed import Band, CommutingParameters
from drehkreuz.commuting.ways import CommuteWays
from drehkreuz.commuting.workforce import Shift
from drehkreuz.reach.asked import JourneyPlanner
from drehkreuz.reach.modes import Mode

MOST_STOPS: Final = 8
"""Areas that one run collects people in (assumed)."""

RUN_DAYS: Final = 250
"""Days a year on which a shuttle runs (assumed: weekdays without holidays)."""


@dataclass(frozen=True, slots=True)
class Shuttle:
    """
    One line for one shift.

    Attributes:
        shift: The shift.
        bearing: Degrees from north, middle of the corridor seen from the workplace.
        stops: Rows of table `zones`, from the first stop to the last.
        people: Who live there, drive today or do not say how they come, and cannot come by bus and train.
        km: Length of one run from the first stop to the workplace.
        minutes: How long it takes.
        seats: Of the vehicle.
        riders: Low, middle and high uptake, no more than seats.
        cost: EUR a year: there and back before the shift and after it, empty runs included.
        car_km: Kilometres a year that riders do not drive, at the middle.
    """

    shift: Shift
    bearing: int
    stops: tuple[int, ...]
    people: int
    km: float
    minutes: int
    seats: int
    riders: Band
    cost: float
    car_km: float

    @property
    def eur_per_ride(self) -> float:
        """What a ride costs at the middle uptake."""
        return self.cost / (self.riders.mid * 2 * RUN_DAYS)


def shuttle(
    planner: JourneyPlanner,
    place: int,
    shift: Shift,
    bearing: int,
    people: Mapping[int, float],
    ways: CommuteWays,
    parameters: CommutingParameters,
) -> Shuttle | None:
    """
    Return the line of a corridor that costs least a ride; None where none fills enough of the smallest vehicle.

    Areas are taken in the order of their people, each where it keeps the run within the limit; stops are served from the farthest to the
    nearest.

    Args:
        planner: Of the region.
        place: Row of table `places`: where it goes.
        shift: The shift it serves.
        bearing: Degrees from north, middle of the corridor seen from the workplace.
        people: Who could take it, by row of table `zones`.
        ways: Ways to the workplace.
        parameters: What is assumed.
    """
    best: Shuttle | None = None
    stops: list[int] = []
    for zone in sorted(people, key=lambda zone: (-people[zone], zone)):
        tried = sorted([*stops, zone], key=lambda row: (-float(ways.car_km[row]), row))
        km, seconds = _run(planner, place, tried)
        seconds += parameters.carpool_stop_seconds * len(tried)
        if seconds > parameters.bearable_minutes * 60 or len(stops) == MOST_STOPS:
            continue
        stops = tried
        near = sum(people[stop] for stop in stops)
        asked = Band(*(near * share for share in _levels(parameters.shuttle_uptake)))
        fitting = [size for size in range(len(parameters.shuttle_seats)) if parameters.shuttle_seats[size] >= asked.mid]
        size = fitting[0] if fitting else len(parameters.shuttle_seats) - 1
        seats = parameters.shuttle_seats[size]
        if asked.mid < parameters.shuttle_load * parameters.shuttle_seats[0]:
            continue
        riders = Band(*(min(float(seats), one) for one in _levels(asked)))
        mean_km = sum(people[stop] * float(ways.car_km[stop]) for stop in stops) / near
        line = Shuttle(
            shift=shift,
            bearing=bearing,
            stops=tuple(stops),
            people=round(near),
            km=km,
            minutes=ceil(seconds / 60),
            seats=seats,
            riders=riders,
            cost=4 * km * RUN_DAYS * parameters.shuttle_eur_km[size],
            car_km=riders.mid * 2 * mean_km * RUN_DAYS,
        )
        if best is None or line.eur_per_ride < best.eur_per_ride:
            best = line
    return best


def _levels(band: Band) -> tuple[float, float, float]:
    return band.low, band.mid, band.high


def _run(planner: JourneyPlanner, place: int, stops: Sequence[int]) -> tuple[float, float]:
    """Return kilometres and seconds of driving from stop to stop and to the workplace."""
    net = planner.network
    rows = np.array(stops, dtype=np.int64)
    site = net.places.take(np.array([place]))
    last = net.ways.inward(site, net.zones.take(rows[-1:]), Mode.CAR, planner.longest)
    metres, seconds = float(last.metres[0, 0]), float(last.seconds[0, 0])
    for one, other in pairwise(rows.tolist()):
        way = net.ways.outward(
            net.zones.take(np.array([one])), net.zones.take(np.array([other])), Mode.CAR, planner.longest
        )
        metres, seconds = metres + float(way.metres[0, 0]), seconds + float(way.seconds[0, 0])
    return metres / 1000, seconds
