# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Ways by a single mode between places and all homes, which take the same time at any hour and whatever the timetable says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from drehkreuz.reach.modes import CANNOT, Mode
from drehkreuz.reach.parameters import Parameters
from drehkreuz.reach.ways import Sites, Ways, whole_seconds

MEASURED: Final = (Mode.BIKE, Mode.CAR)
"""Modes whose kilometres are told: the others cost nothing by the kilometre, or go the way of the bicycle."""


@dataclass(frozen=True, slots=True)
class Direct:
    """
    Ways by every single mode between places and all zones.

    Attributes:
        out: uint8[places, z, modes], minutes from zone to place, rounded up; the car with parking.
        back: uint8[places, z, modes], minutes from place to zone.
        walk_out: int32[places, z], whole seconds on foot from zone to place, `ways.FAR` where there is no way.
        walk_back: int32[places, z], whole seconds on foot from place to zone.
        km: float32[places, 2, z], by bicycle and by car, mean of both directions, NaN where there is no way.
    """

    out: NDArray[np.uint8]
    back: NDArray[np.uint8]
    walk_out: NDArray[np.int32]
    walk_back: NDArray[np.int32]
    km: NDArray[np.float32]


def direct_ways(ways: Ways, zones: Sites, places: Sites, parameters: Parameters) -> Direct:
    """
    Return the ways between some places and all zones.

    Args:
        ways: Streets or straight lines.
        zones: Homes.
        places: Workplaces and learning places.
        parameters: What is assumed.
    """
    shape, limit = (len(places), len(zones)), parameters.longest_minutes * 60
    found = Direct(
        out=np.full((*shape, len(Mode)), CANNOT, dtype=np.uint8),
        back=np.full((*shape, len(Mode)), CANNOT, dtype=np.uint8),
        walk_out=np.empty(shape, dtype=np.int32),
        walk_back=np.empty(shape, dtype=np.int32),
        km=np.empty((len(places), len(MEASURED), len(zones)), dtype=np.float32),
    )
    for place in range(len(places)):
        site = places.take(np.array([place]))
        for mode in Mode:
            extra = parameters.car_extra_seconds if mode is Mode.CAR else 0
            there = ways.inward(site, zones, mode, limit)
            home = ways.outward(site, zones, mode, limit)
            out, back = whole_seconds(there.seconds[0] + extra), whole_seconds(home.seconds[0] + extra)
            found.out[place, :, mode] = as_minutes(out, parameters.longest_minutes)
            found.back[place, :, mode] = as_minutes(back, parameters.longest_minutes)
            if mode is Mode.WALK:
                found.walk_out[place], found.walk_back[place] = out, back
            if mode in MEASURED:
                both = (there.metres[0] + home.metres[0]) / 2000
                found.km[place, MEASURED.index(mode)] = np.where(np.isfinite(both), both, np.nan)
    return found


def as_minutes(seconds: NDArray[np.int32], longest: int) -> NDArray[np.uint8]:
    """Round seconds up to whole minutes; more than the longest become `CANNOT`."""
    whole = -(-seconds // 60)
    return np.where(whole > longest, CANNOT, whole).astype(np.uint8)
