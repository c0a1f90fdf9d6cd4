# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What the ways to work emit in a year, as GHG Protocol asks of Scope 3, category 7: by the distance-based method."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from drehkreuz.commuting.assumed import CommutingParameters
from drehkreuz.commuting.ways import CommuteWays
from drehkreuz.commuting.workforce import MODES, UNKNOWN, Workforce
from drehkreuz.reach.asked import JourneyPlanner, Travel
from drehkreuz.reach.asked.costs import account
from drehkreuz.reach.asked.moves import Spot
from drehkreuz.reach.tariffs import Tariffs

FACTOR: Final[Mapping[Travel, str]] = {
    Travel.BIKE: "co2_bike_km",
    Travel.PEDELEC: "co2_pedelec_km",
    Travel.CAR: "co2_car_km",
    Travel.CARPOOL: "co2_car_km",
}
"""Factor of a kilometre by each way without bus or train; walking emits nothing."""

OTHERWISE: Final = "co2_transit_km"
"""Factor of rides that no timetable explains."""


@dataclass(frozen=True, slots=True)
class Line:
    """
    One line of the table of emissions.

    Attributes:
        mode: Way of coming; None: not told, and so not counted.
        factor: Tariff of the factor; empty: emits nothing.
        people: Who come so; of a way with several factors on each of its lines.
        km: Passenger-kilometres in a year.
        grams: Grams a passenger-kilometre; None: unknown on the day.
        source: Where the factor is from, with its year where that is stated.
        tonnes: Tonnes of CO2 equivalents a year; None where the factor is unknown.
    """

    mode: Travel | None
    factor: str
    people: int
    km: float
    grams: float | None
    source: str
    tonnes: float | None


@dataclass
class Distances:
    """
    Kilometres there and back in a day, by factor, asked for one home at a time and kept.

    Attributes:
        planner: Of the region.
        place: Row of table `places`.
        staff: The people; a way by bus and train is that of the first shift of their rota.
        ways: Their ways.
    """

    planner: JourneyPlanner
    place: int
    staff: Workforce
    ways: CommuteWays
    _rides: dict[tuple[int, Travel, int], dict[str, float]] = field(default_factory=dict)

    def of(self, group: int, travel: Travel) -> dict[str, float]:
        """Return kilometres by factor of a group that comes some way; empty for people outside the region and without any way."""
        zone = int(self.staff.zone[group])
        if zone < 0:
            return {}
        car, bike = (float(np.nan_to_num(km[zone])) * 2 for km in (self.ways.car_km, self.ways.bike_km))
        if travel is Travel.WALK:
            return {"": bike}
        if travel in FACTOR:
            shared = self.planner.assumed.carpool_people if travel is Travel.CARPOOL else 1.0
            return {FACTOR[travel]: (bike if travel in {Travel.BIKE, Travel.PEDELEC} else car) / shared}
        key = zone, travel, int(self.staff.rota[group])
        if key not in self._rides:
            self._rides[key] = self._ridden(*key) or {OTHERWISE: car}
        return self._rides[key]

    def _ridden(self, zone: int, travel: Travel, rota: int) -> dict[str, float]:
        one = self.planner.only(Spot("zones", zone))
        way = one.moves(travel, self.place, self.staff.rotas[rota].shifts[0].times)
        if not (way.out and way.back):
            return {}
        a_day = 1 / self.planner.network.parameters.weeks_per_month
        km: dict[str, float] = defaultdict(float)
        for item in account(one, way, a_day).co2:
            km[item.what] += item.amount
        return dict(km)


def grams_a_day(distances: Distances, group: int, travel: Travel, prices: Tariffs) -> float:
    """Return grams there and back in a day; a factor that is unknown counts nothing, and the table of emissions says so."""
    return sum((prices[name].value or 0.0) * km for name, km in distances.of(group, travel).items() if name)


def emissions(
    distances: Distances, prices: Tariffs, drivers: NDArray[np.int64], parameters: CommutingParameters
) -> tuple[Line, ...]:
    """
    Return the table of a year: people × days × kilometres × factor, by way and factor.

    Args:
        distances: Kilometres of a day.
        prices: Factors.
        drivers: int64[g], who drive alone: those who say so, and the assumed share of those who say nothing.
        parameters: Weeks with work in a year.
    """
    staff = distances.staff
    km: dict[tuple[Travel, str], float] = defaultdict(float)
    people: dict[tuple[Travel, str], int] = defaultdict(int)
    for group in range(len(staff)):
        untold = staff.mode[group] == UNKNOWN
        travel = Travel.CAR if untold else MODES[staff.mode[group]]
        count = int(drivers[group] if untold else staff.people[group])
        trips = count * float(staff.days[group]) * parameters.weeks_per_year
        for factor, length in distances.of(group, travel).items() if count else ():
            km[travel, factor] += trips * length
            people[travel, factor] += count
    lines = [_line(travel, factor, people[travel, factor], km[travel, factor], prices) for travel, factor in sorted(km)]
    left = int(staff.people[staff.mode == UNKNOWN].sum() - drivers[staff.mode == UNKNOWN].sum())
    return (*lines, Line(None, "", left, 0.0, None, "", None)) if left else tuple(lines)


def _line(travel: Travel, factor: str, people: int, km: float, prices: Tariffs) -> Line:
    if not factor:
        return Line(travel, "", people, km, 0.0, "", 0.0)
    known = prices[factor]
    return Line(
        travel, factor, people, km, known.value, known.source, None if known.value is None else known.value * km / 1e6
    )
