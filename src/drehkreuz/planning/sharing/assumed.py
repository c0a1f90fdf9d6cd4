# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What a fleet of shared vehicles is reckoned with: nothing of it is measured in the region."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np


@dataclass(frozen=True, slots=True)
class Band:
    """A value that is not known: the least, the likeliest and the most."""

    low: float
    mid: float
    high: float

    def draw(self, rng: np.random.Generator) -> float:
        """Return a value of the triangle over the three."""
        return float(rng.triangular(self.low, self.mid, self.high)) if self.low < self.high else self.low


@dataclass(frozen=True, slots=True)
class SharingParameters:
    """
    Assumed values, all in one place. Change them with `dataclasses.replace`.

    Attributes:
        walk_minutes: As far as people walk to a station, and from one.
        least_ride_minutes: Shorter rides are walked.
        longest_ride_minutes: Longer rides are not taken.
        lending_seconds: Taking a vehicle, and giving it back, each.
        employed: Share of residents who work, where the region has no commuters of a municipality.
        present: Share of them who go to work on a day: the others are ill, on leave or at home.
        uptake: Share of those with a station at both ends who ride on a day; wide, since nobody has counted it in the region.
        train_share: Share of those who work in another municipality that goes there by train.
        train_minutes: From the rail stop near home to the door of work, and back.
        rail_walk_minutes: A station within such a walk of a rail stop serves its trains.
        scatter_minutes: Standard deviation of when people set out, around being there in time.
        early_minutes: Before the shift they are at the door.
        start: Begin of a shift at places of which no post tells one, minutes after midnight.
        end: Its end.
        served: Share of days on which a station is to run neither empty nor full.
        working_days: Days of a year.
        vehicle_eur_year: What a vehicle costs: its price spread over its life, upkeep, insurance, battery.
        station_eur_year: What a station costs: places spread over their life, power, ground.
        place_eur_year: What each place of it costs.
        van_vehicles: Vehicles that one van trip moves.
        van_eur: What a van trip costs, driver included.
        overhead: Share that office, telephone and software add.
    """

    walk_minutes: int = 10
    least_ride_minutes: int = 4
    longest_ride_minutes: int = 30
    lending_seconds: int = 60
    employed: float = 0.45
    present: float = 0.8
    uptake: Band = Band(0.005, 0.015, 0.03)
    train_share: float = 0.1
    train_minutes: int = 40
    rail_walk_minutes: int = 5
    scatter_minutes: float = 10.0
    early_minutes: int = 5
    start: int = 480
    end: int = 990
    served: float = 0.9
    working_days: int = 220
    vehicle_eur_year: Band = Band(700.0, 1000.0, 1500.0)
    station_eur_year: Band = Band(500.0, 1000.0, 2000.0)
    place_eur_year: Band = Band(60.0, 120.0, 240.0)
    van_vehicles: int = 8
    van_eur: Band = Band(25.0, 40.0, 60.0)
    overhead: float = 0.15


ASSUMED: Final = SharingParameters()


@dataclass(frozen=True, slots=True)
class CarParameters:
    """
    Assumed values of cars that are booked by the hour and brought back to their station. Change them with `dataclasses.replace`.

    Attributes:
        walk_minutes: As far as members walk to a station.
        members: Share of residents within the walk who are members. The high one is what cambio Aachen had in all of the city (14,000
            customers in February 2023, of some 250,000 residents); the others are assumed.
        bookings_month: Bookings of a member in a month, few, since cambio Aachen had 58 customers to a car.
        start: When a booking begins, minutes after midnight.
        hours: How long it lasts.
        km_hour: Kilometres driven for each hour booked, standing included.
        served: Share of days on which every wish finds a car.
        car_eur_year: What a car costs: its price spread over its life, insurance, upkeep, electricity, cleaning.
        place_eur_year: What its place costs.
        overhead: Share that office, telephone and software add.
    """

    walk_minutes: int = 10
    members: Band = Band(0.005, 0.02, 0.056)
    bookings_month: Band = Band(0.25, 0.5, 1.0)
    start: Band = Band(360.0, 840.0, 1320.0)
    hours: Band = Band(1.0, 3.0, 12.0)
    km_hour: float = 8.0
    served: float = 0.9
    car_eur_year: Band = Band(4500.0, 6500.0, 9000.0)
    place_eur_year: Band = Band(100.0, 400.0, 1200.0)
    overhead: float = 0.2


CARS: Final = CarParameters()
