# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""How many vehicles and places each station needs, and what a year of them costs and earns, with intervals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Final

import numpy as np
from numpy.typing import NDArray

from drehkreuz.planning.sharing.assumed import ASSUMED, SharingParameters
from drehkreuz.planning.sharing.day import Day, levels, run, wishes
from drehkreuz.planning.sharing.demand import Demand
from drehkreuz.planning.sharing.price import Step, cents

SIZING_DAYS: Final = 60
"""Days at the likeliest uptake from which the fleet is chosen."""

WORLDS: Final = 100
"""Worlds of uptake and cost in which it is tried."""

DAYS: Final = 3
"""Days of each."""

QUANTILES: Final = (0.1, 0.5, 0.9)

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure over the worlds: the values that one, five and nine tenths of them lie below."""

    p10: float
    p50: float
    p90: float

    @classmethod
    def of(cls, values: Sequence[float]) -> Figure:
        """Return the quantiles of some values."""
        return cls(*(float(value) for value in np.quantile(np.asarray(values, dtype=np.float64), QUANTILES)))


@dataclass(frozen=True, slots=True)
class Plan:
    """
    A fleet and what comes of it.

    Attributes:
        vehicles: int64[s], at each station when the day begins.
        places: int64[s], at each station.
        rides: Rides of a working day.
        missed: Of them, those for which no vehicle stood there.
        diverted: Rides that ended at another station, since theirs was full.
        moved: Vehicles brought back in the night.
        vans: Van trips for it.
        income: Euros a year.
        cost: Euros a year.
        balance: Income less cost, euros a year.
        ridden: float64[s], rides that began at each station, mean of a working day.
    """

    vehicles: Ints
    places: Ints
    rides: Figure
    missed: Figure
    diverted: Figure
    moved: Figure
    vans: Figure
    income: Figure
    cost: Figure
    balance: Figure
    ridden: Floats


def plan(demand: Demand, steps: Sequence[Step], *, seed: int = 0, assumed: SharingParameters = ASSUMED) -> Plan:
    """
    Choose a fleet and try it.

    At each station so many vehicles stand in the morning, and so many places are free beyond them, as the share `served` of days needs at
    the likeliest uptake. The fleet is then tried in worlds of their own uptake and cost; every night all vehicles are brought back.

    Args:
        demand: Who could ride.
        steps: Price of a ride.
        seed: Of everything drawn.
        assumed: What is assumed.
    """
    sizing = np.random.default_rng([seed, 0])
    days = [levels(demand, wishes(demand, assumed.uptake.mid, assumed, sizing)) for _ in range(SIZING_DAYS)]
    vehicles, room = (
        np.ceil(np.quantile(np.stack(each), assumed.served, axis=0)).astype(np.int64)
        for each in zip(*days, strict=True)
    )
    places = vehicles + room
    fare = _fares(demand, steps)
    worlds = [
        _World.of(demand, vehicles, places, fare, np.random.default_rng([seed, 1, n]), assumed) for n in range(WORLDS)
    ]
    figures = {
        name: Figure.of([getattr(world, name) for world in worlds])
        for name in ("rides", "missed", "diverted", "moved", "vans", "income", "cost", "balance")
    }
    ridden = np.mean([world.ridden for world in worlds], axis=0)
    return Plan(vehicles=vehicles, places=places, ridden=ridden, **figures)


@dataclass(frozen=True, slots=True)
class _World:
    """What comes of a fleet where uptake and costs are what they are in one world; means of its days."""

    rides: float
    missed: float
    diverted: float
    moved: float
    vans: float
    income: float
    cost: float
    ridden: Floats

    @property
    def balance(self) -> float:
        return self.income - self.cost

    @classmethod
    def of(
        cls,
        demand: Demand,
        vehicles: Ints,
        places: Ints,
        fare: Ints,
        rng: np.random.Generator,
        assumed: SharingParameters,
    ) -> _World:
        uptake = assumed.uptake.draw(rng)
        vehicle, station, place, van = (
            band.draw(rng)
            for band in (assumed.vehicle_eur_year, assumed.station_eur_year, assumed.place_eur_year, assumed.van_eur)
        )
        drawn = [wishes(demand, uptake, assumed, rng) for _ in range(DAYS)]
        days = [run(demand, wish, vehicles, places) for wish in drawn]
        moved = [int(np.maximum(vehicles - day.left, 0).sum()) for day in days]
        vans = float(np.mean([ceil(count / assumed.van_vehicles) for count in moved]))
        standing = int(np.count_nonzero(places))
        running = vehicle * int(vehicles.sum()) + station * standing + place * int(places.sum())
        return cls(
            rides=float(np.mean([len(day.rides) for day in days])),
            missed=float(np.mean([day.missed for day in days])),
            diverted=float(np.mean([day.diverted for day in days])),
            moved=float(np.mean(moved)),
            vans=vans,
            income=float(np.mean([_earned(day, fare) for day in days])) * assumed.working_days,
            cost=(running + van * vans * assumed.working_days) * (1 + assumed.overhead),
            ridden=np.mean([np.bincount(day.rides[:, 0], minlength=len(demand)) for day in days], axis=0),
        )


def _earned(day: Day, fare: Ints) -> float:
    """Return the euros that the rides of a day bring; one that was diverted costs what the way to its own station would."""
    return float(fare[day.rides[:, 0], day.rides[:, 1]].sum()) / 100


def _fares(demand: Demand, steps: Sequence[Step]) -> Ints:
    """Return the price of a ride between any two stations in cents, int64[s, s]."""
    fares = np.zeros(demand.seconds.shape, dtype=np.int64)
    for origin, target in np.argwhere(demand.riders + demand.riders.T > 0).tolist():
        fares[origin, target] = cents(steps, int(demand.seconds[origin, target]), round(demand.metres[origin, target]))
    return fares
