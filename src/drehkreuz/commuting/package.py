# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What a firm could do, side by side: cost, effect and interval of each measure, and of all of them together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from drehkreuz.commuting.assumed import Band, CommutingParameters
from drehkreuz.commuting.carpools import Pairing
from drehkreuz.commuting.emissions import Distances, grams_a_day
from drehkreuz.commuting.offers import JobTicket, Lease
from drehkreuz.commuting.parking import spaces
from drehkreuz.commuting.potential import INSTEAD, RIDDEN, Potential
from drehkreuz.commuting.workforce import Workforce
from drehkreuz.reach.asked import Travel
from drehkreuz.reach.tariffs import Tariffs

Name = Literal["job_ticket", "pedelec", "carpool", "start_times", "together"]

MONTHS: Final = 12


@dataclass(frozen=True, slots=True)
class Step:
    """
    A measure before anybody takes part.

    Attributes:
        name: What it is.
        share: float64[g], share of each group's drivers who could take part.
        grams: float64[g], grams a day saved by each who does.
        eur: float64[g], EUR a year that each who does is better off; NaN: unknown.
        uptake: Share of those who could that do.
        fixed: EUR a year, whoever takes part.
        each: EUR a year for each who takes part; None: unknown on the day.
    """

    name: Name
    share: NDArray[np.float64]
    grams: NDArray[np.float64]
    eur: NDArray[np.float64]
    uptake: Band
    fixed: float
    each: float | None


@dataclass(frozen=True, slots=True)
class Measure:
    """
    What a measure costs and does in a year, at low, middle and high uptake.

    Attributes:
        name: What it is; `together`: all that are not `start_times`, one after the other in their order.
        could: Drivers who could take part.
        uptake: Share of them that does; of all together there is none.
        people: Drivers who leave the car at home.
        spaces: Parking spaces freed at the busiest minute.
        tonnes: Tonnes of CO2 equivalents saved.
        cost: EUR that the firm pays; None where a price is unknown on the day.
        relief: EUR that freed parking spaces save the firm, by the assumed cost of a space.
        eur_each: EUR a year that each who takes part is better off, on the mean of the middle; None where unknown.
    """

    name: Name
    could: int
    uptake: Band | None
    people: Band
    spaces: Band
    tonnes: Band
    cost: Band | None
    relief: Band
    eur_each: float | None

    @property
    def eur_per_tonne(self) -> float | None:
        """What the firm pays for a tonne, at the middle; what parking saves is not taken off."""
        return self.cost.mid / self.tonnes.mid if self.cost is not None and self.tonnes.mid > 0 else None


@dataclass(frozen=True, slots=True)
class Inputs:
    """What every measure is computed from."""

    staff: Workforce
    drivers: NDArray[np.int64]
    distances: Distances
    prices: Tariffs
    parameters: CommutingParameters

    @property
    def car_grams(self) -> NDArray[np.float64]:
        """Grams a day of each group that drives."""
        return self.grams(np.full(len(self.staff), -1))

    @property
    def car_eur(self) -> NDArray[np.float64]:
        """EUR a year that driving costs each of a group; NaN where a kilometre's cost is unknown."""
        km = np.array(
            [sum(self.distances.of(group, Travel.CAR).values()) for group in range(len(self.staff))], dtype=np.float64
        )
        per_km = self.prices["car_km"].value
        return km * self.staff.days * self.parameters.weeks_per_year * (np.nan if per_km is None else per_km)

    def grams(self, column: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return grams a day of each group by one of `INSTEAD`, by car where that is -1; nothing of groups without drivers."""
        return np.array(
            [
                grams_a_day(self.distances, group, INSTEAD[instead] if instead >= 0 else Travel.CAR, self.prices)
                if self.drivers[group]
                else 0.0
                for group, instead in enumerate(column.tolist())
            ]
        )


def ticket_step(asked: Inputs, found: Potential, ticket: JobTicket, name: Name = "job_ticket") -> Step:
    """Return the job ticket for drivers who could come by bus and train; who drives to the stop still pays for that."""
    column = found.by(*RIDDEN)
    could = column >= 0
    grams = np.where(could, asked.car_grams - asked.grams(column), 0.0)
    employee = np.nan if ticket.employee is None else ticket.employee * MONTHS
    return Step(
        name=name,
        share=could.astype(np.float64),
        grams=grams,
        eur=asked.car_eur - employee - _driven_to_stop(asked, column),
        uptake=asked.parameters.ticket_uptake,
        fixed=0.0,
        each=None if ticket.firm is None else ticket.firm * MONTHS,
    )


def _driven_to_stop(asked: Inputs, column: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return EUR a year of the part driven to the stop."""
    per_km, ridden = asked.prices["car_km"].value or 0.0, INSTEAD.index(Travel.PARK_AND_RIDE)
    km = [
        asked.distances.of(group, Travel.PARK_AND_RIDE).get("co2_car_km", 0.0)
        if instead == ridden and asked.drivers[group]
        else 0.0
        for group, instead in enumerate(column.tolist())
    ]
    return np.array(km) * asked.staff.days * asked.parameters.weeks_per_year * per_km


def pedelec_step(asked: Inputs, found: Potential, leased: Lease) -> Step:
    """Return leased pedelecs for drivers who could ride."""
    parameters = asked.parameters
    could = found.could[:, INSTEAD.index(Travel.PEDELEC)]
    column = np.where(could, INSTEAD.index(Travel.PEDELEC), -1)
    employee = np.nan if leased.employee is None else leased.employee * MONTHS
    return Step(
        name="pedelec",
        share=could.astype(np.float64),
        grams=np.where(could, asked.car_grams - asked.grams(column), 0.0),
        eur=asked.car_eur - employee,
        uptake=parameters.pedelec_uptake,
        fixed=0.0,
        each=leased.firm * MONTHS + parameters.pedelec_parking_eur,
    )


def carpool_step(asked: Inputs, pairs: Sequence[Pairing]) -> Step:
    """Return carpools: of each pair one leaves the car at home, and both have half of what they save."""
    riders, km = np.zeros(len(asked.staff)), np.zeros(len(asked.staff))
    for pair in pairs:
        riders[pair.rider] += pair.pairs
        km[pair.rider] += pair.pairs * pair.km
    with np.errstate(invalid="ignore"):  # groups without riders have no share
        share = np.nan_to_num(riders / asked.drivers)
        each_km = np.nan_to_num(km / riders)
    year = asked.staff.days * asked.parameters.weeks_per_year
    per_km = asked.prices["car_km"].value
    return Step(
        name="carpool",
        share=share,
        grams=each_km * (asked.prices["co2_car_km"].value or 0.0),
        eur=each_km / 2 * year * (np.nan if per_km is None else per_km),
        uptake=asked.parameters.carpool_uptake,
        fixed=asked.parameters.carpool_fixed_eur,
        each=0.0,
    )


def measure(asked: Inputs, steps: Sequence[Step], name: Name) -> Measure:
    """Return the effect of steps one after the other: who left the car at home by one is not there for the next."""
    levels = [_at(asked, steps, level) for level in range(3)]
    bands = [Band(*(level[row] for level in levels)) for row in range(5)]
    people, freed, tonnes, cost, relief = bands
    known = all(step.each is not None for step in steps)
    only = steps[0] if len(steps) == 1 else None
    taking = np.zeros(0) if only is None else asked.drivers * only.share
    each = None
    if only is not None and taking.sum() > 0:
        mean = float(np.average(only.eur, weights=taking))
        each = mean if np.isfinite(mean) else None
    could = 1.0 - np.prod([1.0 - step.share for step in steps], axis=0)
    return Measure(
        name=name,
        could=round(float((asked.drivers * could).sum())),
        uptake=None if only is None else only.uptake,
        people=people,
        spaces=freed,
        tonnes=tonnes,
        cost=cost if known else None,
        relief=relief,
        eur_each=each,
    )


def _at(asked: Inputs, steps: Sequence[Step], level: int) -> tuple[float, float, float, float, float]:
    """Return people, spaces, tonnes, cost and relief at a level of uptake: 0 low, 1 middle, 2 high."""
    parameters = asked.parameters
    left = asked.drivers.astype(np.float64)
    year = asked.staff.days * parameters.weeks_per_year
    tonnes = cost = 0.0
    for step in steps:
        moved = left * step.share * _level(step.uptake, level)
        tonnes += float((moved * step.grams * year).sum()) / 1e6
        cost += step.fixed + float(moved.sum()) * (step.each or 0.0)
        left = left - moved
    before = asked.drivers.astype(np.float64)
    freed = spaces(asked.staff, before, parameters) - spaces(asked.staff, left, parameters)
    return float((before - left).sum()), freed, tonnes, cost, freed * _level(parameters.space_eur_year, level)


def _level(band: Band, level: int) -> float:
    return (band.low, band.mid, band.high)[level]


def ranked(measures: Sequence[Measure]) -> tuple[Measure, ...]:
    """Return measures by what the firm pays for a tonne; those that save nothing or whose cost is unknown come last."""
    return tuple(sorted(measures, key=lambda one: (one.eur_per_tonne is None, one.eur_per_tonne or 0.0, one.name)))
