# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Charging in the model region of Aachen with the real register of 2019: figures a planner would believe."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from drehkreuz.model.aachen.area import area
from drehkreuz.model.aachen.draw import Draws
from drehkreuz.model.aachen.flows import commuting
from drehkreuz.model.aachen.workplaces import workplaces
from drehkreuz.model.core import market
from drehkreuz.planning.charging.assumptions import read_assumptions
from drehkreuz.planning.charging.existing import existing
from drehkreuz.planning.charging.need import Need, need
from drehkreuz.region import TABLES, Manifest, Provenance, Region
from drehkreuz.sources.charging_register import read_charging_register

NATIONAL_2030 = (384_000, 681_000)
"""Public points that Germany needs in 2030 (Nationale Leitstelle Ladeinfrastruktur, 2024)."""

RESIDENTS = 83.5e6


@pytest.fixture(scope="module")
def region() -> Region:
    ground = area()
    tables = {
        "municipalities": _known("municipalities", ground.municipalities),
        "zones": _known("zones", ground.cells),
        "places": workplaces(ground, market(), Draws(1)).places,
        "commuting": commuting(ground),
    }
    known = Provenance("modelled", "test", "Apache-2.0", date(2026, 11, 2))
    return Region(Manifest("test", "Test", date(2026, 11, 2), "de", dict.fromkeys(tables, known)), tables)


def _known(name: str, frame: pl.DataFrame) -> pl.DataFrame:
    columns = [column for column in frame.columns if column in TABLES[name].columns]
    return TABLES[name].conform(frame.select(columns))


@pytest.fixture(scope="module")
def in_2030(region: Region) -> Need:
    return need(region, 2030, read_assumptions())


def test_the_region_needs_its_share_of_the_nation(region: Region, in_2030: Need) -> None:
    """Per resident the middle need of public points lies within the national estimates for 2030; the frame reaches beyond them."""
    towns = in_2030.municipalities(region.table("municipalities"))
    share = towns["residents"].sum() / RESIDENTS
    low, high = (share * points for points in NATIONAL_2030)
    needed = {
        end: float(towns[f"normal_need{end}"].sum() + towns[f"fast_need{end}"].sum()) for end in ("_low", "", "_high")
    }
    assert low < needed[""] < high
    assert needed["_low"] < low
    assert high < needed["_high"]


def test_every_municipality_is_of_the_same_order(region: Region, in_2030: Need) -> None:
    """From the city to the smallest commune, between three and eight public points are needed for 1,000 residents."""
    towns = in_2030.municipalities(region.table("municipalities"))
    rate = 1000 * (towns["normal_need"] + towns["fast_need"]) / towns["residents"]
    assert len(towns) == 46
    assert rate.is_between(3, 8).all()
    kwh = towns["kwh"] / towns["battery"]
    assert kwh.is_between(5, 10).all()  # a car's 6.7 kWh a day, more where commuters charge


def test_the_register_of_2019_in_cells(region: Region, data: Path) -> None:
    """430 points stood in the study area in July 2019, ten of them fast; four sites of Kevelaer at 51.0, 6.0 are no such; most of the need of 2030 is missing."""
    tables, _ = read_charging_register(data / "charging" / "ladesaeulen_2019-07-19.csv.gz", postcodes=("4", "5"))
    lent = region.with_tables(tables)
    stands = existing(lent)
    found = need(lent, 2030, read_assumptions())
    assert (found.existing.points[:, found.studied].sum(axis=1)).tolist() == [420, 10]
    assert (stands.away > 0, stands.vague) == (True, 4)
    towns = found.municipalities(region.table("municipalities"))
    assert 0.8 < towns["normal_gap"].sum() / towns["normal_need"].sum() < 1
