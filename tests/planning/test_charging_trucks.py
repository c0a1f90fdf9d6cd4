# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What heavy trucks need, and what the grid must carry, worked by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from drehkreuz.errors import InputError
from drehkreuz.planning.charging.assumptions import VARIANTS, read_assumptions
from drehkreuz.planning.charging.grid import BEYOND, screened, voltage
from drehkreuz.planning.charging.trucks import Depot, read_depots, truck_need
from drehkreuz.region import Region

MakeRegion = Callable[..., Region]

DEPOT = Depot("D", "Depot", 50.8, 6.1, 100.0)


@pytest.fixture(scope="module")
def region(make_region: MakeRegion) -> Region:
    place = {"kind": "workplace", "municipality": "1", "lat": 50.8, "lon": 6.1}
    post = {
        "start": date(2026, 1, 1), "hours_min": 40.0, "hours_max": 40.0, "shift_system_id": "s", "pay_min": 1.0, "pay_max": 1.0,
    }  # fmt: skip
    posts = [("v1", "truck", "p1", 3), ("v2", "store", "p2", 1), ("v3", "bus", "p2", 9)]
    return make_region(
        municipalities=[
            {"municipality": "1", "name": "Stadt", "lat": 50.8, "lon": 6.1, "jobs": 300},
            {"municipality": "2", "name": "Dorf", "lat": 50.9, "lon": 6.1, "jobs": 100},
            {"municipality": "3", "name": "Fern", "lat": 51.9, "lon": 6.1, "jobs": 900, "study_area": False},
        ],
        zones=[
            {"zone_id": "a", "municipality": "1", "lat": 50.8, "lon": 6.1, "population": 20_000},
            {"zone_id": "b", "municipality": "2", "lat": 50.9, "lon": 6.1, "population": 0},
            {"zone_id": "c", "municipality": "3", "lat": 51.9, "lon": 6.1, "population": 90_000},
        ],
        places=[{"place_id": f"p{n}", "name": f"Ort {n}", **place} for n in (1, 2)],
        occupations=[
            {"occupation_id": "truck", "kldb2010": "52122"},
            {"occupation_id": "store", "isco08": "4321"},
            {"occupation_id": "bus", "kldb2010": "52132"},
        ],
        vacancies=[
            {"vacancy_id": v, "title": v, "occupation_id": o, "place_id": p, "openings": n, **post}
            for v, o, p, n in posts
        ],
        street_nodes=[{"node": 0, "lat": 50.9, "lon": 6.1}, {"node": 1, "lat": 50.9, "lon": 6.2}],
        street_edges=[
            {"edge": n, "from_node": n % 2, "to_node": 1 - n % 2, "length_m": 7000.0, "walk": False, "bike": False, "car": True, "car_kmh": kmh}
            for n, kmh in enumerate((110.0, 110.0, 50.0))
        ],
    )  # fmt: skip


def test_a_listed_depot_by_hand(region: Region) -> None:
    """100 trucks in 2030, 8 % electric, 280 km at 1.2 kWh: 2,688 kWh, three quarters of it in nine hours at the depot."""
    found = truck_need(region, 2030, read_assumptions(), [DEPOT])
    depot = found.sites.row(0, named=True)
    assert (found.trucks["mid"], found.battery["mid"]) == (100, pytest.approx(8))
    assert found.kwh["mid"] == pytest.approx(2688)
    assert (depot["use"], depot["kwh"], depot["battery"]) == ("depot", pytest.approx(2016), pytest.approx(8))
    assert depot["points"] == pytest.approx(2016 / 300)
    assert depot["kw"] == pytest.approx(2016 / 9)
    assert depot["grid"] == "low"
    assert depot["eur"] == pytest.approx(224 * 200)
    assert (depot["kwh_low"] < depot["kwh"]) & (depot["kwh"] < depot["kwh_high"])


def test_bays_follow_jobs_and_have_no_connection_of_their_own(region: Region) -> None:
    """A tenth is charged at loading bays, shared out by jobs of the study area."""
    bays = truck_need(region, 2030, read_assumptions(), [DEPOT]).sites.filter(use="truck_destination")
    assert bays["name"].to_list() == ["Stadt", "Dorf"]
    assert bays["kwh"].to_list() == pytest.approx([201.6, 67.2])
    assert bays["grid"].to_list() == [None, None]


def test_roads_count_the_traffic_on_them(region: Region) -> None:
    """7 km of trunk road, both directions, 8,000 trucks a day: 8 % of 67,200 kWh, a fifth of it along the road; slow roads do not count."""
    found = truck_need(region, 2030, read_assumptions(), [DEPOT])
    road = found.sites.filter(use="en_route").row(0, named=True)
    assert found.trunk_km == pytest.approx(7)
    assert (road["name"], road["kwh"]) == ("Dorf", pytest.approx(7 * 8000 * 0.08 * 1.2 * 0.2))
    assert road["kw"] == 400  # one point


def test_without_a_list_trucks_stand_where_freight_posts_are(region: Region) -> None:
    """Five trucks per 1,000 residents of the study area, by openings of truck drivers and storekeepers; buses are no trucks."""
    found = truck_need(region, 2030, read_assumptions())
    depots = found.sites.filter(use="depot")
    assert not found.listed
    assert found.trucks["mid"] == pytest.approx(100)
    assert dict(depots.select("id", "trucks").iter_rows()) == pytest.approx({"p1": 75, "p2": 25})
    assert [found.trucks[variant] for variant in VARIANTS] == pytest.approx([80, 100, 120])


def test_depots_come_first_and_the_largest_of_them(region: Region) -> None:
    """Rows are ordered by use, then by need."""
    sites = truck_need(region, 2035, read_assumptions()).sites
    assert sites["use"].unique(maintain_order=True).to_list() == ["depot", "truck_destination", "en_route"]
    assert sites.filter(use="depot")["id"].to_list() == ["p1", "p2"]


def test_nothing_says_where_trucks_stand(make_region: MakeRegion) -> None:
    """Without a list and without freight posts, the error names the option that helps."""
    zones = [{"zone_id": "a", "lat": 50.8, "lon": 6.1, "population": 10}]
    with pytest.raises(InputError, match="--freight"):
        truck_need(make_region(zones=zones), 2030, read_assumptions())


def test_a_list_of_depots_names_its_faults(tmp_path: Path) -> None:
    """No name, a negative number or no row: refused with the line."""
    path = tmp_path / "depots.csv"
    path.write_text("name,lat,lon,trucks\nDepot,50.8,6.1,100\n", encoding="utf-8")
    assert read_depots(path) == [Depot("Depot", "Depot", 50.8, 6.1, 100.0)]
    for row, problem in ((",50.8,6.1,1", "is empty"), ("x,50.8,6.1,-1", "no number"), ("", "lists no depot")):
        path.write_text(f"name,lat,lon,trucks\n{row}\n", encoding="utf-8")
        with pytest.raises(InputError, match=problem):
            read_depots(path)


@pytest.mark.parametrize(
    ("kw", "name"), [(0, "low"), (250, "low"), (250.1, "medium"), (10_000, "medium"), (10_001, "high"), (200_000, None)]
)
def test_the_class_of_the_grid_by_power(kw: float, name: str | None) -> None:
    """A limit belongs to the lower voltage; what no class carries has none."""
    found = voltage(kw, read_assumptions().grid)
    assert (found and found.name) == name


def test_screening_keeps_low_with_low_and_high_with_high() -> None:
    """Cost is low power at the low price up to high power at the high one; no power, no screening; too much, no figure."""
    sites = pl.DataFrame({"kw_low": [100.0, None, 1.0], "kw": [1000.0, None, 2e5], "kw_high": [2000.0, None, 3e5]})
    table = screened(sites, read_assumptions().grid)
    assert table["grid"].to_list() == ["medium", None, BEYOND]
    assert table.row(0)[4:] == (1.0, 2.0, 3.0, 15_000.0, 250_000.0, 900_000.0)
    assert table["eur"].to_list() == [250_000.0, None, None]
