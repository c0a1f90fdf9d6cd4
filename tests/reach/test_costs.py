# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A month's cost and emissions, computed by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import polars as pl
import pytest

from drehkreuz.reach.asked import JourneyPlanner, Travel
from drehkreuz.reach.asked.costs import Account, Item, account
from drehkreuz.reach.asked.lending import price_of
from drehkreuz.reach.asked.moves import Spot
from drehkreuz.reach.modes import DayType
from drehkreuz.reach.visits import Times
from drehkreuz.region import TABLES, Region
from scattered import scattered

OFFICE = Times(8 * 3600, 16 * 3600 + 1800, DayType.WEEKDAY, DayType.WEEKDAY)
WEEKS = 4.33


def month(region: Region, travel: Travel, days: float = 5, **more: Any) -> Account:
    """Return the account of the nearer home's way to the works."""
    planner = JourneyPlanner(region)
    return account(planner, planner.round_trip(travel, Spot("zones", 0), 0, OFFICE), days, **more)


def item(items: tuple[Item, ...], what: str) -> Item:
    """Return the only item of a name."""
    (found,) = (item for item in items if item.what == what)
    return found


def test_car_by_the_kilometre(small: Region) -> None:
    """8.32 km each way at 0.38 EUR and 215 g, five days in 4.33 weeks."""
    found, km = month(small, Travel.CAR), 2 * 6.4 * 1.3 * 5 * WEEKS
    assert item(found.eur, "car_km").amount == pytest.approx(km, rel=1e-4)
    assert found.eur_month == pytest.approx(km * 0.38, rel=1e-4)
    assert found.co2_kg_month == pytest.approx(km * 0.215, rel=1e-4)
    assert "one person" in item(found.co2, "co2_car_km").source


def test_a_carpool_shares(small: Region) -> None:
    """Two in a car pay and emit half each."""
    alone, shared = month(small, Travel.CAR), month(small, Travel.CARPOOL)
    assert shared.eur_month == pytest.approx((alone.eur_month or 0) / 2)
    assert shared.co2_kg_month == pytest.approx((alone.co2_kg_month or 0) / 2)


def test_tickets(small: Region) -> None:
    """The month's ticket is 63 EUR, the job ticket 44.10 EUR; who has a pass pays nothing; both tell how long they hold."""
    assert month(small, Travel.TRANSIT).eur_month == 63.0
    job = month(small, Travel.TRANSIT, job_ticket=True)
    assert job.eur_month == 44.1
    assert item(job.eur, "transit_job_ticket_month").valid_to == "2026-12-31"
    assert month(small, Travel.TRANSIT, has_pass=True).eur_month == 0.0


def test_single_tickets_where_they_are_cheaper(small: Region) -> None:
    """One day a week by single tickets of 3.50 EUR costs less than the month."""
    row = {
        "tariff_id": "transit_single", "value": 3.5, "unit": "EUR/trip", "valid_from": date(2026, 1, 1), "valid_to": None,
        "source": "test", "checked_on": date(2026, 11, 1),
    }  # fmt: skip
    region = small.with_tables(
        {"tariffs": TABLES["tariffs"].conform(pl.DataFrame([row], schema=TABLES["tariffs"].polars))}
    )
    found = month(region, Travel.TRANSIT, days=1)
    assert item(found.eur, "transit_single").amount == pytest.approx(2 * WEEKS)
    assert found.eur_month == pytest.approx(2 * WEEKS * 3.5)


def test_a_tariff_that_has_run_out_is_unknown(small: Region) -> None:
    """In 2027 nobody knows the ticket's price: no sum is told, while emissions still are."""
    found = month(small.with_manifest(day=date(2027, 2, 1)), Travel.TRANSIT)
    assert item(found.eur, "transit_month").total is None
    assert found.eur_month is None
    assert found.co2_kg_month is not None


def test_rides_are_as_long_as_from_stop_to_stop(small: Region) -> None:
    """Mitte to Werk is 5.8 km each way, at 86 g."""
    found = month(small, Travel.TRANSIT)
    assert found.km["ride"] == pytest.approx(11.6, rel=1e-4)
    assert found.co2_kg_month == pytest.approx(11.6 * 5 * WEEKS * 0.086, rel=1e-4)


def test_walking_costs_and_emits_nothing(small: Region) -> None:
    """On foot the account is empty and its sums are zero."""
    found = month(small, Travel.WALK)
    assert (found.eur_month, found.co2_kg_month) == (0.0, 0.0)


def test_park_and_ride_pays_the_car_park_too(make_region: Callable[..., Region]) -> None:
    """Kilometres to the stop, a ticket, and 1.50 EUR a day at the car park."""
    planner = JourneyPlanner(scattered(make_region, 0))
    for seed in range(10):
        planner = JourneyPlanner(scattered(make_region, seed))
        times = Times(8 * 3600, 16 * 3600, DayType.WEEKDAY, DayType.WEEKDAY)
        ways = (planner.round_trip(Travel.PARK_AND_RIDE, Spot("zones", zone), 0, times) for zone in range(3))
        way = next((way for way in ways if way.out and way.back), None)
        if way:
            break
    assert way
    found = account(planner, way, 5)
    assert item(found.eur, "park_and_ride").total == pytest.approx(1.5 * 5 * WEEKS)
    assert {item.what for item in found.eur} == {"car_km", "transit_month", "park_and_ride"}


def steps(*rows: tuple[str, int, int | None, int, float]) -> list[dict[str, Any]]:
    """Return the steps of a plan."""
    return [dict(zip(("per", "start", "end", "interval", "price"), row, strict=True)) for row in rows]


@pytest.mark.parametrize(
    ("minutes", "price"), [(5, 1.0), (30, 1.0), (31, 1.1), (40, 2.0), (60, 4.0), (61, 9.0), (200, 9.0)]
)
def test_a_plan_by_the_minute(minutes: float, price: float) -> None:
    """One euro to unlock, ten cents from the 31st minute to the hour, then five euros once."""
    plan = steps(("trip", 0, None, 0, 1.0), ("minute", 30, 60, 1, 0.1), ("minute", 60, None, 0, 5.0))
    assert price_of(plan, minutes, 3.0) == pytest.approx(price)


def test_a_plan_by_the_kilometre() -> None:
    """Every five kilometres begun cost two euros."""
    plan = steps(("km", 0, None, 5, 2.0))
    assert [price_of(plan, 10, km) for km in (0.5, 5.0, 5.1, 12.0)] == [2.0, 2.0, 4.0, 6.0]


def shared(make_region: Callable[..., Region], prices: list[dict[str, Any]]) -> Account:
    """Return the account of a shared pedelec where one serves both ways."""
    for seed in range(10):
        region = scattered(make_region, seed)
        stations = region.table("sharing_stations").with_columns(system=pl.lit("A"), vehicles=3, capacity=9)
        frame = TABLES["sharing_prices"].conform(pl.DataFrame(prices)) if prices else TABLES["sharing_prices"].empty()
        stations = TABLES["sharing_stations"].conform(stations)
        planner = JourneyPlanner(region.with_tables({"sharing_stations": stations, "sharing_prices": frame}))
        for zone in range(3):
            way = planner.round_trip(Travel.SHARED_PEDELEC, Spot("zones", zone), 0, OFFICE)
            if way.out and way.back:
                return account(planner, way, 5)
    message = "no seed gives a way"
    raise AssertionError(message)


def test_sharing_by_its_plan_or_please_ask(make_region: Callable[..., Region]) -> None:
    """Two rides a day at one euro to unlock; without a plan, or with tax to come, the price is unknown."""
    plan = {"plan_id": "A:p", "per": "trip", "price": 1.0, "currency": "EUR", "system": "A", "name": "Plan"}
    assert shared(make_region, [plan]).eur_month == pytest.approx(2 * 5 * WEEKS)
    assert shared(make_region, []).eur_month is None
    assert shared(make_region, [{**plan, "taxed_later": True}]).eur_month is None


@pytest.mark.parametrize(
    ("route_type", "grams"), [(3, 86), (700, 86), (2, 60), (106, 60), (0, 55), (402, 55), (900, 55)]
)
def test_trains_and_trams_emit_less(small: Region, route_type: int, grams: float) -> None:
    """A ride emits what its line does, by the GTFS type of the route."""
    routes = small.table("routes").with_columns(mode=pl.lit(route_type, dtype=pl.Int32))
    found = month(small.with_tables({"routes": routes}), Travel.TRANSIT)
    assert found.co2_kg_month == pytest.approx(11.6 * 5 * WEEKS * grams / 1000, rel=1e-4)


def test_a_shared_car_is_paid_for_the_whole_shift(make_region: Callable[..., Region]) -> None:
    """From taking it in the morning to giving it back in the evening, the minutes run."""
    plan = {
        "plan_id": "A:p",
        "per": "minute",
        "start": 0,
        "interval": 1,
        "price": 0.01,
        "currency": "EUR",
        "system": "A",
    }
    prices = TABLES["sharing_prices"].conform(pl.DataFrame([{**plan, "name": "Plan"}]))
    for seed in range(10):
        region = scattered(make_region, seed)
        stations = TABLES["sharing_stations"].conform(region.table("sharing_stations").with_columns(system=pl.lit("A")))
        planner = JourneyPlanner(region.with_tables({"sharing_stations": stations, "sharing_prices": prices}))
        for zone in range(3):
            way = planner.round_trip(Travel.CARSHARING, Spot("zones", zone), 0, OFFICE)
            if way.out and way.back:
                minutes = -(-(way.back[0].arrive - way.out[1].leave) // 60)
                assert minutes > 8.5 * 60
                assert account(planner, way, 5).eur_month == pytest.approx(minutes * 0.01 * 5 * WEEKS)
                return
    pytest.fail("no seed gives a way")
