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
