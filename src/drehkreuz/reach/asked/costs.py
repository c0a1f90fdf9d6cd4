# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What a way costs and emits in a month, item by item, each with its tariff."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from drehkreuz.reach.asked.lending import lent
from drehkreuz.reach.asked.moves import MODE, By, Move, RoundTrip
from drehkreuz.reach.asked.planner import JourneyPlanner
from drehkreuz.reach.points import Points
from drehkreuz.reach.tariffs import Tariff, Tariffs, tariffs
from drehkreuz.reach.timetable import DAY

EUR_PER_KM: Final[Mapping[By, str]] = {"bike": "bike_km", "pedelec": "pedelec_km", "car": "car_km", "carpool": "car_km"}
"""Tariff of a kilometre with a vehicle of one's own, or in a car whose costs are shared."""

GRAMS_PER_KM: Final[Mapping[By, str]] = {
    "bike": "co2_bike_km",
    "pedelec": "co2_pedelec_km",
    "shared_pedelec": "co2_pedelec_km",
    "car": "co2_car_km",
    "carpool": "co2_car_km",
    "carsharing": "co2_car_km",
}
"""Factor of a kilometre; walking emits nothing, a ride what its line does."""

RAIL: Final = ((2, 3), (100, 200))
TRAM: Final = ((0, 2), (400, 500), (900, 1000))
"""GTFS route types, from the first to before the second; all others count as buses."""


@dataclass(frozen=True, slots=True)
class Item:
    """
    One line of a month's account.

    Attributes:
        what: Tariff, or `park_and_ride` for the fee of a car park, `sharing` for a plan of a sharing system.
        amount: How much of it in a month: tickets, kilometres, days, rides.
        total: EUR or kilograms; None where the tariff is unknown on the day: then people are told to ask.
        source: Where the value is from, with year and load of a factor where the source names them; empty where there is none.
        valid_to: Last day of the value in ISO form, empty where no end is known.
    """

    what: str
    amount: float
    total: float | None
    source: str
    valid_to: str = ""


@dataclass(frozen=True, slots=True)
class Account:
    """
    What a way costs and emits in a month.

    Attributes:
        km: Length of the way out and back, by how it is made; rides straight from stop to stop.
        eur: Items of cost.
        co2: Items of emissions, kilograms.
    """

    km: Mapping[By, float]
    eur: tuple[Item, ...]
    co2: tuple[Item, ...]

    @property
    def eur_month(self) -> float | None:
        """EUR a month, None where something that matters is unknown."""
        return _sum(self.eur)

    @property
    def co2_kg_month(self) -> float | None:
        """Kilograms a month, None where a factor is unknown."""
        return _sum(self.co2)


def account(
    planner: JourneyPlanner, way: RoundTrip, days: float, *, job_ticket: bool = False, has_pass: bool = False
) -> Account:
    """
    Add up a month of one way out and back.

    Public transport is paid by the cheaper of a month's ticket and single tickets.

    Args:
        planner: Of the region; its day decides which tariffs hold.
        way: Moves out and back.
        days: Days a week.
        job_ticket: The employer offers a job ticket.
        has_pass: A month's ticket is there already.
    """
    prices, month = tariffs(planner.region), days * planner.network.parameters.weeks_per_month
    km = _kilometres(planner, way)
    people = planner.assumed.carpool_people
    eur = [
        _by_use(prices[name], km[by] * month / (people if by == "carpool" else 1))
        for by, name in EUR_PER_KM.items()
        if by in km
    ]
    if "ride" in km and not has_pass:
        ways = sum(any(move.by == "ride" for move in moves) for moves in way)
        eur.append(_tickets(prices, ways * month, job_ticket=job_ticket))
    eur += _parked(planner, way, month) + _lent(planner, way, month)
    co2 = [
        _by_use(prices[name], km[by] * month / (people if by == "carpool" else 1), unit=1000)
        for by, name in GRAMS_PER_KM.items()
        if by in km
    ]
    co2 += [_by_use(tariff, ridden * month, unit=1000) for tariff, ridden in _ridden(planner, way, prices)]
    return Account(dict(km), tuple(eur), tuple(co2))


def _lent(planner: JourneyPlanner, way: RoundTrip, month: float) -> list[Item]:
    """Return what shared vehicles cost, by the plan of the system that lends them; a car is kept for the whole shift."""
    moves = [move for moves in way for move in moves if move.by in {"shared_pedelec", "carsharing"}]
    if not moves:
        return []
    rides = [((move.arrive - move.leave) / 60, kilometres(planner, move)) for move in moves]
    if moves[0].by == "carsharing":
        away = (moves[-1].arrive - moves[0].leave) % DAY / 60
        rides = [(away, sum(km for _, km in rides))]
    station = next(spot.row for spot in (moves[0].origin, moves[0].target) if spot.table == "sharing_stations")
    system = planner.region.table("sharing_stations")["system"][station]
    price, source = lent(planner.region, system or "", rides)
    return [Item("sharing", month, None if price is None else price * month, source)]


def kilometres(planner: JourneyPlanner, move: Move) -> float:
    """Return the length of a move: the fastest way of its mode; rides straight from stop to stop."""
    if move.by == "care" or move.origin == move.target:
        return 0.0
    if move.by == "ride":
        xyz = Points.of(planner.region, "stops").xyz[[spot.row for spot in move.calls]]
        return float(np.linalg.norm(np.diff(xyz, axis=0), axis=1).sum()) / 1000
    origin, target = (planner.site(spot) for spot in (move.origin, move.target))
    metres = planner.network.ways.outward(origin, target, MODE[move.by], planner.longest).metres
    return float(metres[0, 0]) / 1000


def _kilometres(planner: JourneyPlanner, way: RoundTrip) -> dict[By, float]:
    km: dict[By, float] = defaultdict(float)
    for moves in way:
        for move in moves:
            if move.by != "care":
                km[move.by] += kilometres(planner, move)
    return km


def _ridden(planner: JourneyPlanner, way: RoundTrip, prices: Tariffs) -> list[tuple[Tariff, float]]:
    """Return kilometres of rides by the factor of their line; that of all public transport where its own is unknown."""
    km: dict[str, float] = defaultdict(float)
    types = dict(planner.region.table("routes").select("route_id", "mode").iter_rows())
    routes = planner.region.table("trips")["route_id"]
    for moves in way:
        for move in moves:
            if move.by == "ride":
                factor = _factor(types[routes[move.trip]])
                km[factor if prices[factor].known else "co2_transit_km"] += kilometres(planner, move)
    return [(prices[name], km[name]) for name in sorted(km)]


def _factor(route_type: int) -> str:
    """Return the factor of a line by its GTFS route type."""
    for name, ranges in (("co2_rail_km", RAIL), ("co2_tram_km", TRAM)):
        if any(first <= route_type < last for first, last in ranges):
            return name
    return "co2_transit_km"


def _by_use(tariff: Tariff, amount: float, unit: float = 1) -> Item:
    """Return an item paid by use; `unit` divides the total: grams in a kilogram."""
    total = None if tariff.value is None else tariff.value * amount / unit
    return Item(tariff.tariff_id, amount, total, tariff.source, _iso(tariff))


def _tickets(prices: Tariffs, ways: float, *, job_ticket: bool) -> Item:
    """Return the cheaper of a month's ticket and single ones; of what is unknown the other."""
    names = (
        ("transit_job_ticket_month",) if job_ticket and prices["transit_job_ticket_month"].known else ("transit_month",)
    )
    offers = [_by_use(prices[name], 1.0) for name in names] + [_by_use(prices["transit_single"], ways)]
    known = [item for item in offers if item.total is not None]
    return min(known, key=lambda item: item.total or 0.0) if known else offers[0]


def _parked(planner: JourneyPlanner, way: RoundTrip, month: float) -> list[Item]:
    """Return the fee where a car is left at a stop."""
    stops = [a.target.row for a, b in pairwise(way.out) if a.by == "car" and b.by == "ride"]
    if not stops:
        return []
    ids = planner.region.table("stops")["stop_id"]
    row = planner.region.table("park_and_ride").filter(stop_id=ids[stops[0]])
    fee = row["fee"][0]
    provenance = planner.region.manifest.provenance.get("park_and_ride")
    return [Item("park_and_ride", month, None if fee is None else fee * month, provenance.source if provenance else "")]


def _sum(items: tuple[Item, ...]) -> float | None:
    totals = [item.total for item in items]
    return None if None in totals else float(sum(total or 0.0 for total in totals))


def _iso(tariff: Tariff) -> str:
    return "" if tariff.valid_to is None else tariff.valid_to.isoformat()
