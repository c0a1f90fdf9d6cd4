# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Tariffs: valid on the day, or openly unknown."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from drehkreuz.reach import tariffs
from drehkreuz.reach.tariffs import defaults
from drehkreuz.region import TABLES, Region

Build = Callable[..., Region]
GERMANY = [{"zone_id": "z", "lat": 50.0, "lon": 6.0, "country": "DE"}]


def row(tariff_id: str, value: float, begin: date, end: date | None = None) -> dict[str, Any]:
    """Return a row of table `tariffs`."""
    facts = {"unit": "EUR/month", "source": f"source of {value}", "checked_on": date(2026, 1, 1)}
    return {"tariff_id": tariff_id, "value": value, "valid_from": begin, "valid_to": end} | facts


def test_defaults_on_a_day_of_2026(make_region: Build) -> None:
    """In 2026 the ticket is 63 €, the job ticket 44.10 €, a kilometre by car 0.38 €, each with its source."""
    found = tariffs(make_region(zones=GERMANY), date(2026, 11, 23))
    assert (found["transit_month"].value, found["transit_month"].unit) == (63.0, "EUR/month")
    assert found["transit_job_ticket_month"].value == 44.1
    assert found["car_km"].value == 0.38
    assert "Assumed" in found["car_km"].source
    assert found["co2_car_km"].unit == "g/pkm"
    assert not found["transit_single"].known
    assert set(found) == set(TABLES["tariffs"].columns["tariff_id"].allowed or ())


@pytest.mark.parametrize(
    ("day", "known"),
    [(date(2025, 12, 31), False), (date(2026, 1, 1), True), (date(2026, 12, 31), True), (date(2027, 1, 1), False)],
)
def test_a_value_never_outlives_its_day(make_region: Build, day: date, known: bool) -> None:
    """From its first to its last day a value holds; before and after it is unknown, with the source to ask."""
    ticket = tariffs(make_region(zones=GERMANY), day)["transit_month"]
    assert ticket.known == known
    assert (ticket.value is not None) == known
    assert ticket.source


def test_the_regions_own_table_goes_before(make_region: Build) -> None:
    """A tariff that the region names is answered by the region alone, even where its value has run out."""
    own = [
        row("transit_month", 50.0, date(2024, 1, 1), date(2024, 12, 31)),
        row("transit_single", 3.4, date(2024, 1, 1)),
    ]
    found = tariffs(make_region(zones=GERMANY, tariffs=own), date(2026, 11, 23))
    assert not found["transit_month"].known
    assert found["transit_month"].source == "source of 50.0"
    assert found["transit_single"].value == 3.4
    assert found["car_km"].value == 0.38


def test_the_value_that_began_last_holds(make_region: Build) -> None:
    """Of two values valid on a day the later one holds; one that has not begun does not."""
    own = [
        row("transit_month", 49.0, date(2023, 5, 1)),
        row("transit_month", 58.0, date(2025, 1, 1)),
        row("transit_month", 70.0, date(2028, 1, 1)),
    ]
    assert tariffs(make_region(zones=GERMANY, tariffs=own), date(2026, 11, 23))["transit_month"].value == 58.0


def test_no_german_prices_abroad(make_region: Build) -> None:
    """Where nobody lives in Germany, German tariffs are no default."""
    brazil = [{"zone_id": "z", "lat": -30.0, "lon": -51.0, "country": "BR"}]
    assert not any(tariff.known for tariff in tariffs(make_region(zones=brazil), date(2026, 11, 23)).values())


def test_defaults_fit_the_schema() -> None:
    """Every shipped value has an allowed id and unit, a source and the day somebody looked."""
    schema = TABLES["tariffs"]
    for tariff in defaults().iter_rows(named=True):
        assert tariff["tariff_id"] in (schema.columns["tariff_id"].allowed or ())
        assert tariff["unit"] in (schema.columns["unit"].allowed or ())
        assert tariff["source"]
        assert tariff["checked_on"] >= tariff["valid_from"]
