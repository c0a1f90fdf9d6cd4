# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Cars of stations: booked for some hours and brought back to where they were taken; how many are needed, what they cost and earn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from heapq import heappush, heapreplace
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from drehkreuz.planning.covers import joined
from drehkreuz.planning.sharing.assumed import CARS, CarParameters
from drehkreuz.planning.sharing.demand import NOWHERE, nearest, proposed_points
from drehkreuz.planning.sharing.fleet import DAYS, SIZING_DAYS, WORLDS, Figure
from drehkreuz.planning.sharing.price import Step, cents
from drehkreuz.reach.access import residents
from drehkreuz.reach.network import streets
from drehkreuz.reach.parameters import PARAMETERS, Parameters
from drehkreuz.reach.points import Points
from drehkreuz.region import Region

KIND: Final = "carsharing"
YEAR: Final = 365
"""Days: cars are booked on all of them."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class CarDemand:
    """
    Who could book cars.

    Attributes:
        stations: Key of each, existing ones first.
        names: What people call them.
        existing: bool[s], whether it stands already.
        lat: float64[s], degrees.
        lon: float64[s], degrees.
        residents: float64[s], who live within the walk, each at the nearest station.
        assumed_ways: Whether ways were assumed from straight lines, since the region has no streets.
    """

    stations: tuple[str, ...]
    names: tuple[str, ...]
    existing: NDArray[np.bool_]
    lat: Floats
    lon: Floats
    residents: Floats
    assumed_ways: bool

    def __len__(self) -> int:
        return len(self.stations)


@dataclass(frozen=True, slots=True)
class Bookings:
    """
    What members of one station want on one day, in the order of the begin.

    Attributes:
        start: float64[n], minutes after midnight.
        minutes: float64[n], how long the car is kept.
    """

    start: Floats
    minutes: Floats


@dataclass(frozen=True, slots=True)
class CarPlan:
    """
    Cars and what comes of them.

    Attributes:
        vehicles: int64[s], at each station; each has a place of its own.
        rides: Bookings of a day.
        missed: Wishes of a day for which no car was free.
        hours: Hours of a day that a car is under way, the mean of all.
        income: Euros a year.
        cost: Euros a year.
        balance: Income less cost, euros a year.
        ridden: float64[s], bookings at each station, mean of a day.
    """

    vehicles: NDArray[np.int64]
    rides: Figure
    missed: Figure
    hours: Figure
    income: Figure
    cost: Figure
    balance: Figure
    ridden: Floats


def car_demand(
    region: Region,
    proposed: pl.DataFrame | None = None,
    assumed: CarParameters = CARS,
    parameters: Parameters = PARAMETERS,
) -> CarDemand:
    """
    Return who lives near stations.

    Args:
        region: With cells and stations.
        proposed: Further stations: `id`, `name`, `lat`, `lon`.
        assumed: What is assumed.
        parameters: What reach assumes.
    """
    table = region.table("sharing_stations").with_row_index("row").filter(kind=KIND)
    known = Points.of(region, "sharing_stations").take(table["row"].to_numpy().astype(np.int64))
    facts, points = table.select(pl.col("station_id").alias("id"), "name", "lat", "lon"), known
    if proposed is not None and len(proposed):
        facts = pl.concat([facts, proposed.select(facts.columns)])
        points = joined(known, proposed_points(proposed))
    ways = streets(region, parameters)
    home = nearest(ways, ways.locate(points), Points.of(region, "zones"), assumed.walk_minutes)
    there = home != NOWHERE
    return CarDemand(
        stations=tuple(facts["id"]),
        names=tuple(facts["name"].fill_null("")),
        existing=np.arange(len(points)) < len(known),
        lat=facts["lat"].to_numpy(),
        lon=facts["lon"].to_numpy(),
        residents=np.bincount(home[there], weights=residents(region)[there], minlength=len(points)).astype(np.float64),
        assumed_ways=ways.assumed,
    )


def bookings(mean: float, assumed: CarParameters, rng: np.random.Generator) -> Bookings:
    """Draw the wishes of a day at a station: so many on the mean, each with a begin and a length of its own."""
    n = int(rng.poisson(mean))
    start = np.sort([assumed.start.draw(rng) for _ in range(n)])
    return Bookings(
        start.astype(np.float64), np.array([60 * assumed.hours.draw(rng) for _ in range(n)], dtype=np.float64)
    )


def served(wished: Bookings, cars: int) -> NDArray[np.bool_]:
    """Return which wishes find a car, bool[n]: who comes first has it, a car that comes back can be taken at once."""
    found = np.zeros(len(wished.start), dtype=np.bool_)
    back: list[float] = []
    for number, (start, minutes) in enumerate(zip(wished.start.tolist(), wished.minutes.tolist(), strict=True)):
        if len(back) < cars:
            heappush(back, start + minutes)
        elif back and back[0] <= start:
            heapreplace(back, start + minutes)
        else:
            continue
        found[number] = True
    return found


def needed(wished: Bookings) -> int:
    """Return the fewest cars with which every wish is served: the most that are under way at one moment."""
    back = np.sort(wished.start + wished.minutes)
    returned = np.searchsorted(back, wished.start, side="right")
    return int((np.arange(1, len(back) + 1) - returned).max(initial=0))


def car_plan(demand: CarDemand, steps: Sequence[Step], *, seed: int = 0, assumed: CarParameters = CARS) -> CarPlan:
    """
    Choose how many cars stand where, and try them.

    Each station gets the cars that the share `served` of days needs at the likeliest number of members and bookings. The cars are
    then tried in worlds of their own members, bookings and costs.

    Args:
        demand: Who could book.
        steps: Price of a booking.
        seed: Of everything drawn.
        assumed: What is assumed.
    """
    rng = np.random.default_rng([seed, 0])
    likely = demand.residents * _a_day(assumed.members.mid, assumed.bookings_month.mid)
    days = [[needed(bookings(mean, assumed, rng)) for mean in likely.tolist()] for _ in range(SIZING_DAYS)]
    vehicles = np.ceil(np.quantile(np.array(days).reshape(SIZING_DAYS, -1), assumed.served, axis=0)).astype(np.int64)
    worlds = [
        _world(demand, vehicles, steps, np.random.default_rng([seed, 1, number]), assumed) for number in range(WORLDS)
    ]
    names = ("rides", "missed", "hours", "income", "cost", "balance")
    figures = {name: Figure.of([world[name] for world, _ in worlds]) for name in names}
    return CarPlan(vehicles=vehicles, ridden=np.mean([ridden for _, ridden in worlds], axis=0), **figures)


def _a_day(members: float, bookings_month: float) -> float:
    """Return the bookings of a day for each resident."""
    return members * bookings_month * 12 / YEAR


def _world(
    demand: CarDemand,
    vehicles: NDArray[np.int64],
    steps: Sequence[Step],
    rng: np.random.Generator,
    assumed: CarParameters,
) -> tuple[dict[str, float], Floats]:
    """Return the means of some days in a world, and the bookings at each station."""
    mean = demand.residents * _a_day(assumed.members.draw(rng), assumed.bookings_month.draw(rng))
    cost = (assumed.car_eur_year.draw(rng) + assumed.place_eur_year.draw(rng)) * int(vehicles.sum())
    ridden, wishes, minutes, earned = np.zeros(len(demand)), 0, 0.0, 0
    for _ in range(DAYS):
        for station, expected in enumerate(mean.tolist()):
            wished = bookings(expected, assumed, rng)
            taken = wished.minutes[served(wished, int(vehicles[station]))]
            ridden[station] += len(taken)
            wishes += len(wished.minutes)
            minutes += float(taken.sum())
            earned += sum(
                cents(steps, round(60 * kept), round(kept / 60 * assumed.km_hour * 1000)) for kept in taken.tolist()
            )
    income, cost = earned / 100 / DAYS * YEAR, cost * (1 + assumed.overhead)
    figures = {
        "rides": float(ridden.sum()) / DAYS,
        "missed": (wishes - float(ridden.sum())) / DAYS,
        "hours": minutes / 60 / DAYS / max(1, int(vehicles.sum())),
        "income": income,
        "cost": cost,
        "balance": income - cost,
    }
    return figures, ridden / DAYS
