# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Cars of stations: wishes by hand, the fewest cars that serve a day, and what must hold of a plan."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from drehkreuz.planning.sharing.assumed import CARS, Band
from drehkreuz.planning.sharing.cars import Bookings, CarDemand, car_demand, car_plan, needed, served
from drehkreuz.planning.sharing.price import Step
from drehkreuz.region import Region

AN_HOUR = [Step("minute", Decimal("1.25"), interval=30)]


def wished(*spans: tuple[float, float]) -> Bookings:
    """Return wishes by begin and length, minutes."""
    ordered = np.array(sorted(spans), dtype=np.float64).reshape(-1, 2)
    return Bookings(ordered[:, 0], ordered[:, 1])


def test_a_car_that_comes_back_can_be_taken_at_once() -> None:
    """Of three wishes for one car the second overlaps the first; the third begins when the first ends."""
    day = wished((480, 60), (500, 10), (540, 60))
    assert served(day, 1).tolist() == [True, False, True]
    assert served(day, 0).tolist() == [False, False, False]
    assert needed(day) == 2


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 30)), max_size=12))
def test_needed_is_enough_and_no_less(spans: list[tuple[int, int]]) -> None:
    """With as many cars as are needed every wish is served, with one less some wish is not."""
    day = wished(*spans)
    cars = needed(day)
    assert served(day, cars).all()
    assert cars == 0 or not served(day, cars - 1).all()


def place(*near: float) -> CarDemand:
    """Return stations with so many residents near each."""
    n, at = len(near), np.arange(len(near))
    names = tuple("abc"[:n])
    return CarDemand(names, names, np.ones(n, dtype=np.bool_), np.full(n, 50.8), 6.0 + at / 100, np.array(near), True)


def test_plan_of_three_stations() -> None:
    """More residents need more cars, where nobody lives stands none; figures are those of the seed, whoever asks."""
    found, again = (car_plan(place(20_000, 2_000, 0), AN_HOUR, seed=4) for _ in range(2))
    assert found.vehicles[0] > found.vehicles[1] > found.vehicles[2] == 0
    assert found.rides.p10 <= found.rides.p50 <= found.rides.p90
    assert found.hours.p90 <= 24
    assert (again.balance, again.vehicles.tolist()) == (found.balance, found.vehicles.tolist())


def test_income_by_hand() -> None:
    """Where every booking lasts two hours and is free by the kilometre, a day's income is five euros for each."""
    sure = replace(CARS, hours=Band(2, 2, 2), served=1.0)
    found = car_plan(place(20_000), AN_HOUR, assumed=sure)
    assert abs(found.income.p50 - 5 * 365 * found.rides.p50) < 0.02 * found.income.p50


def test_nobody_books_and_nothing_is_paid() -> None:
    """Without members there are no cars, no bookings and no costs."""
    found = car_plan(place(20_000), AN_HOUR, assumed=replace(CARS, members=Band(0, 0, 0)))
    assert (found.vehicles.sum(), found.rides.p90, found.income.p90, found.cost.p90) == (0, 0, 0, 0)


def test_demand_of_the_village(village: Region) -> None:
    """Everybody lives near at most one station, and nobody twice."""
    stops = village.table("stops").select("name", "lat", "lon", id="stop_id")
    found = car_demand(village, stops.head(8))
    assert 0 < found.residents.sum() <= village.table("zones")["population"].sum()
    assert len(car_demand(village, stops.head(0))) == 0
