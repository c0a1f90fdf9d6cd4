# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Demand, days and fleets: three stations by hand, and what must hold of every day."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drehkreuz.planning.sharing.assumed import ASSUMED, Band
from drehkreuz.planning.sharing.day import Wishes, levels, run, wishes
from drehkreuz.planning.sharing.demand import Demand, demand
from drehkreuz.planning.sharing.fleet import plan
from drehkreuz.planning.sharing.price import Step
from drehkreuz.planning.sharing.trains import by_train
from drehkreuz.reach.ways import FAR
from drehkreuz.region import Region

STEPS = [Step("trip", Decimal(1))]


def line(commuters: list[list[float]]) -> Demand:
    """Return stations on a line, ten minutes from each to the next, with one shift from 8:00 to 16:30."""
    n = len(commuters)
    at = np.arange(n)
    away = np.abs(at[:, None] - at[None, :])
    return Demand(
        stations=tuple("abcdefg"[:n]),
        names=tuple("ABCDEFG"[:n]),
        existing=np.ones(n, dtype=np.bool_),
        lat=np.full(n, 50.8),
        lon=6.0 + at / 100,
        commuters=np.array(commuters, dtype=np.float64),
        to_train=np.zeros((n, n)),
        from_train=np.zeros((n, n)),
        seconds=np.where(away > 0, 600 * away, FAR).astype(np.int32),
        metres=3000.0 * away,
        shifts=np.array([[480, 990]], dtype=np.int32),
        mix=np.ones((n, 1)),
        usual=np.ones(1),
        assumed_ways=True,
    )


def wished(*people: tuple[int, int, float, float]) -> Wishes:
    """Return wishes of people: station near home, near work, setting out, leaving work."""
    home, work, out, back = (np.array(column) for column in zip(*people, strict=True))
    return Wishes(home.astype(np.int64), work.astype(np.int64), out.astype(np.float64), back.astype(np.float64))


def test_a_day_by_hand() -> None:
    """Two set out from a station with one vehicle: the second goes without, and does not ride home; the first does."""
    found = run(line([[0, 1], [0, 0]]), wished((0, 1, 400, 990), (0, 1, 401, 991)), np.array([1, 0]), np.array([1, 1]))
    assert (found.rides.tolist(), found.missed, found.diverted) == ([[0, 1], [1, 0]], 1, 0)
    assert found.left.tolist() == [1, 0]


def test_a_full_station_by_hand() -> None:
    """A vehicle whose station is full goes on to the nearest with a place; who rode it finds none at work in the evening."""
    place = line([[0, 0, 0], [0, 0, 0], [0, 0, 0]])
    found = run(place, wished((0, 1, 400, 990), (0, 1, 401, 990)), np.array([2, 0, 0]), np.array([2, 1, 1]))
    assert (found.diverted, found.missed, found.left.tolist()) == (1, 1, [2, 0, 0])


def test_a_vehicle_that_comes_is_there_for_who_leaves() -> None:
    """A vehicle that arrives in the very minute somebody sets out can be taken."""
    place = line([[0, 0], [0, 0]])
    assert levels(place, wished((0, 1, 400, 990), (1, 0, 410, 980)))[0].tolist() == [1, 0]


@settings(max_examples=25)
@given(st.integers(0, 2**32 - 1), st.integers(2, 5), st.floats(1, 400))
def test_levels_are_enough_and_no_more(seed: int, n: int, people: float) -> None:
    """With the vehicles and places that a day needs nobody goes without and no station is full; with one less anywhere somebody does."""
    commuters = np.full((n, n), people)
    np.fill_diagonal(commuters, 0)
    place = line(commuters.tolist())
    wish = wishes(place, 0.02, ASSUMED, np.random.default_rng(seed))
    need, room = levels(place, wish)
    found = run(place, wish, need, need + room)
    assert (found.missed, found.diverted, len(found.rides)) == (0, 0, 2 * len(wish.home))
    assert found.left.tolist() == need.tolist()  # who rode out rode home
    for station in np.flatnonzero(need)[:2].tolist():
        fewer = need.copy()
        fewer[station] -= 1
        assert run(place, wish, fewer, need + room).missed > 0
    for station in np.flatnonzero(room)[:2].tolist():
        narrow = need + room
        narrow[station] -= 1
        assert run(place, wish, need, narrow).diverted > 0


def test_plan_of_a_line() -> None:
    """Vehicles stand where people live and places where they work; the figures are those of the seed, whoever asks."""
    place = line([[0, 2000, 0], [0, 0, 0], [0, 2000, 0]])
    found = plan(place, STEPS, seed=3)
    assert found.vehicles[1] == 0 < min(found.vehicles[0], found.vehicles[2])
    assert found.places[1] >= found.vehicles[0]
    assert found.rides.p10 <= found.rides.p50 <= found.rides.p90
    assert found.income.p50 == pytest.approx(found.rides.p50 * ASSUMED.working_days, rel=0.05)
    again = plan(place, STEPS, seed=3)
    assert (again.balance, again.vehicles.tolist()) == (found.balance, found.vehicles.tolist())


def test_who_takes_a_train_rides_to_the_nearest_rail_stop() -> None:
    """Of three stations the middle one is at a rail stop: who lives at the others rides there, who works there rides from it, nobody rides from it to itself."""
    seconds = line([[0, 0, 0]] * 3).seconds
    leaving, arriving = np.array([10.0, 20.0, 30.0]), np.array([1.0, 2.0, 3.0])
    to_train, from_train = by_train(leaving, arriving, seconds, np.array([False, True, False]))
    assert to_train.tolist() == [[0, 10, 0], [0, 0, 0], [0, 30, 0]]
    assert from_train.tolist() == [[0, 0, 0], [1, 0, 3], [0, 0, 0]]
    nothing, _ = by_train(leaving, arriving, seconds, np.zeros(3, dtype=np.bool_))
    assert not nothing.any()


def test_a_train_ride_lies_between_the_ride_and_the_shift() -> None:
    """Who rides to a train sets out by its minutes earlier than for work beside the rail stop, and comes back as much later."""
    sure = replace(ASSUMED, scatter_minutes=0.0, train_minutes=40)
    place = replace(line([[0, 0], [0, 0]]), to_train=np.array([[0.0, 900.0], [0.0, 0.0]]))
    wish = wishes(place, 0.03, sure, np.random.default_rng(1))
    assert len(wish.out) > 5
    assert set(wish.out) == {480 - 5 - 10 - 40}
    assert set(wish.back) == {990 + 40}


def test_certain_costs() -> None:
    """Where nothing is uncertain and nobody rides, the cost is what stands on paper."""
    sure = replace(ASSUMED, uptake=Band(0, 0, 0), vehicle_eur_year=Band(1, 1, 1))
    found = plan(line([[0, 1], [1, 0]]), STEPS, assumed=sure)
    assert (found.rides.p90, found.income.p90, found.cost.p90) == (0, 0, 0)


def test_demand_of_the_village(village: Region) -> None:
    """Who could ride are some of those who work; nobody rides where there is no way, and the shifts of a station add up to all."""
    stops = village.table("stops").select("name", "lat", "lon", id="stop_id")
    found = demand(village, "pedelec", stops.head(8))
    workers = ASSUMED.employed * village.table("zones")["population"].sum()
    assert 0 < found.commuters.sum() <= workers
    assert not found.existing.any()
    assert np.all(found.commuters[found.seconds == FAR] == 0)
    assert np.allclose(found.mix.sum(axis=1)[found.commuters.sum(axis=0) > 0], 1)
    assert len(demand(village, "bike", stops.head(0))) == 0
