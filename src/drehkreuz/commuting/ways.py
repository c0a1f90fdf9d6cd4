# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Door to door between every home and one workplace, by every way of coming, for every shift, out and back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from drehkreuz.commuting.workforce import Shift, Workforce
from drehkreuz.errors import Finding
from drehkreuz.reach.asked import JourneyPlanner, Travel
from drehkreuz.reach.direct import as_minutes
from drehkreuz.reach.modes import CANNOT, Mode
from drehkreuz.region import TABLES, Region

WAYS: Final = (
    Travel.WALK,
    Travel.BIKE,
    Travel.PEDELEC,
    Travel.CAR,
    Travel.TRANSIT,
    Travel.BIKE_TRANSIT,
    Travel.PARK_AND_RIDE,
)
"""Ways that are looked at; the third axis of `CommuteWays.minutes`."""

WORKPLACE: Final = "workplace"
"""Id of a workplace that is named by its coordinates."""


@dataclass(frozen=True, slots=True)
class CommuteWays:
    """
    The ways to one workplace.

    Attributes:
        shifts: The shifts.
        minutes: uint8[s, z, w, 2], whole minutes out and back, waiting included; `CANNOT` where there is no way.
        bike_km: float64[z], mean of both directions by bicycle, NaN without a way.
        car_km: float64[z], the same by car.
        assumed: Whether ways were assumed from straight lines, since the region has no streets.
        findings: What stands in the way of an answer: a workplace off every street.
    """

    shifts: tuple[Shift, ...]
    minutes: NDArray[np.uint8]
    bike_km: NDArray[np.float64]
    car_km: NDArray[np.float64]
    assumed: bool
    findings: tuple[Finding, ...]

    def slower(self, travel: Travel) -> NDArray[np.uint8]:
        """Return the slower of both directions, uint8[s, z]."""
        return np.asarray(self.minutes[:, :, WAYS.index(travel)].max(axis=2), dtype=np.uint8)

    def of_groups(self, staff: Workforce, travel: Travel) -> NDArray[np.uint8]:
        """Return the slowest way of each group over both directions and all shifts of its rota, uint8[g]; outside the region `CANNOT`."""
        slower = self.slower(travel)
        works = staff.works()
        rows = [self.shifts.index(shift) for shift in staff.shifts]
        worst = np.zeros(len(staff), dtype=np.uint8)
        for column, row in enumerate(rows):
            worst = np.where(works[:, column], np.maximum(worst, slower[row, staff.zone]), worst)
        return np.where(staff.zone < 0, CANNOT, worst).astype(np.uint8)


def commute_ways(planner: JourneyPlanner, place: int, shifts: Sequence[Shift]) -> CommuteWays:
    """
    Compute all ways to a workplace.

    Args:
        planner: Of the region.
        place: Row of table `places`.
        shifts: When to be there.
    """
    net = planner.network
    found = np.empty((len(shifts), len(net.zones), len(WAYS), 2), dtype=np.uint8)
    for row, shift in enumerate(shifts):
        for column, travel in enumerate(WAYS):
            spans = planner.spans(travel, place, shift.times)
            for direction, seconds in enumerate((spans.out, spans.back)):
                found[row, :, column, direction] = as_minutes(seconds, net.parameters.longest_minutes)
    site = net.places.take(np.array([place]))
    lost = tuple(finding for finding in net.places.findings if finding.row == net.places.points.ids[place])
    km = []
    for mode in (Mode.BIKE, Mode.CAR):
        there = net.ways.inward(site, net.zones, mode, planner.longest).metres[0]
        home = net.ways.outward(site, net.zones, mode, planner.longest).metres[0]
        both = (there + home) / 2000
        km.append(np.where(np.isfinite(both), both, np.nan))
    return CommuteWays(tuple(shifts), found, km[0], km[1], net.ways.assumed, lost)


def with_workplace(region: Region, lat: float, lon: float, name: str) -> tuple[Region, int]:
    """Return a region with one workplace more, in memory, and the row of the workplace."""
    places = region.table("places")
    row = {"place_id": WORKPLACE, "name": name, "kind": "workplace", "lat": lat, "lon": lon}
    added = TABLES["places"].conform(pl.DataFrame([row]))
    return region.with_tables({"places": pl.concat([places, added])}), len(places)
