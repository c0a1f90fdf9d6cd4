# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What is assumed of ways that are asked for one place at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class AskedParameters:
    """
    Assumed values beyond those of `reach.Parameters`; none is measured in the region. Change them with `dataclasses.replace`.

    Attributes:
        access_car_seconds: Longest drive from home to the stop where the car is left, parking included.
        carpool_seconds: Meeting and detour of a carpool, each way.
        carpool_people: People in the car of a carpool, the driver among them: they share cost and emissions.
        lending_seconds: Taking a shared vehicle, and giving it back, each.
        station_walk_seconds: Longest walk between a door or stop and a station of shared vehicles.
        shared_access_seconds: Longest way between a door and a stop with a shared vehicle, walks and lending included.
        care_seconds: Bringing a child to care, or fetching it.
    """

    access_car_seconds: int = 1800
    carpool_seconds: int = 300
    carpool_people: float = 2.0
    lending_seconds: int = 60
    station_walk_seconds: int = 600
    shared_access_seconds: int = 1200
    care_seconds: int = 300


ASSUMED: Final = AskedParameters()
