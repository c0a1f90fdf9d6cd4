# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Every way of getting about that can be asked for."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from drehkreuz.reach.modes import Chain, Mode


class Travel(StrEnum):
    """
    A whole way from door to door. Eight of them are a `Chain`, known of every place; the others are computed when asked for.

    CARPOOL rides along in a car that starts nearby. BIKE_TRANSIT, PEDELEC_TRANSIT and PARK_AND_RIDE leave the vehicle at a stop and
    come back to the same stop; a car is left where table `park_and_ride` has spaces. BIKE_ON_BOARD and
    PEDELEC_ON_BOARD take it along, on trips that are known to allow it. SHARED_PEDELEC takes a pedelec where one stands and gives it back where a dock of the same
    system is free; SHARED_PEDELEC_TRANSIT does so before the first ride, after the last one, or both, wherever that is faster than
    walking. CARSHARING takes a car at a station, keeps it for the shift and brings it back to the same station.
    """

    WALK = "walk"
    BIKE = "bike"
    PEDELEC = "pedelec"
    CAR = "car"
    CARPOOL = "carpool"
    CARSHARING = "carsharing"
    SHARED_PEDELEC = "shared_pedelec"
    TRANSIT = "transit"
    BIKE_TRANSIT = "bike_transit"
    PEDELEC_TRANSIT = "pedelec_transit"
    BIKE_ON_BOARD = "bike_on_board"
    PEDELEC_ON_BOARD = "pedelec_on_board"
    PARK_AND_RIDE = "park_and_ride"
    SHARED_PEDELEC_TRANSIT = "shared_pedelec_transit"

    @property
    def rides(self) -> bool:
        """Whether it goes by public transport."""
        return self not in DIRECT and self not in {Travel.CARSHARING, Travel.SHARED_PEDELEC}

    @classmethod
    def of(cls, chain: Chain) -> Travel:
        """Return the travel that a chain is."""
        return cls[chain.name]


DIRECT: Final = {
    Travel.WALK: Mode.WALK,
    Travel.BIKE: Mode.BIKE,
    Travel.PEDELEC: Mode.PEDELEC,
    Travel.CAR: Mode.CAR,
    Travel.CARPOOL: Mode.CAR,
}
"""Travel by a single mode from door to door."""

LEFT_AT_STOP: Final = {
    Travel.BIKE_TRANSIT: Mode.BIKE,
    Travel.PEDELEC_TRANSIT: Mode.PEDELEC,
    Travel.PARK_AND_RIDE: Mode.CAR,
}
"""Travel that leaves a vehicle of one's own at a stop."""

TAKEN_ALONG: Final = {Travel.BIKE_ON_BOARD: Mode.BIKE, Travel.PEDELEC_ON_BOARD: Mode.PEDELEC}
"""Travel that takes a vehicle along."""
