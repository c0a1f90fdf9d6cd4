# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What cars need to charge: a small region worked by hand, and what holds of any."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drehkreuz.errors import InputError
from drehkreuz.planning.charging.assumptions import VARIANTS, read_assumptions
from drehkreuz.planning.charging.existing import existing
from drehkreuz.planning.charging.need import DESTINATION, FAST, HOME, NEAR_HOME, WORK, Need, need
from drehkreuz.planning.charging.official import Official, read_official
from drehkreuz.planning.charging.siting import charging_sites, missing
from drehkreuz.region import TABLES, Region

MakeRegion = Callable[..., Region]

TOWNS: list[dict[str, object]] = [
    {"municipality": "1", "name": "Beispielstadt", "lat": 50.8, "lon": 6.1, "population": 2000},
    {"municipality": "2", "name": "Beispieldorf", "lat": 50.8, "lon": 6.2, "population": 200},
]
ZONES: list[dict[str, object]] = [
    {"zone_id": "a", "municipality": "1", "lat": 50.80, "lon": 6.10, "population": 2000},
    {"zone_id": "b", "municipality": "2", "lat": 50.80, "lon": 6.20, "population": 200},
    {"zone_id": "c", "municipality": "2", "lat": 50.81, "lon": 6.20, "population": 0},
]
WORKPLACE: dict[str, object] = {"place_id": "w", "name": "W", "kind": "workplace", "lat": 50.81, "lon": 6.2}
COMMUTES: list[dict[str, object]] = [
    {"home_country": "DE", "home": "1", "work_country": "DE", "work": "1", "commuters": 300},
    {"home_country": "DE", "home": "1", "work_country": "DE", "work": "2", "commuters": 100},
]
DAILY = 12_300 / 365 * 0.20
"""kWh of a battery-electric car on a mean day, middle assumptions."""


@pytest.fixture(scope="module")
def region(make_region: MakeRegion) -> Region:
    return make_region(municipalities=TOWNS, zones=ZONES, places=[WORKPLACE], commuting=COMMUTES)


@pytest.fixture(scope="module")
def found(region: Region) -> Need:
    return need(region, 2030, read_assumptions())


def test_the_need_of_a_town_and_a_village_by_hand(found: Need) -> None:
    """Cars, electricity by use and points are what a person reckons from the table of assumptions."""
    mid = found.by["mid"]
    cars = np.array([2000 * 0.48, 200 * 0.68, 0])
    driven = cars * (0.12 + 0.035 * 0.35)
    assert mid.cars == pytest.approx(cars)
    assert mid.battery == pytest.approx(cars * 0.12)
    assert mid.kwh[HOME] == pytest.approx(driven * DAILY * np.array([0.45 * 0.75, 0.9 * 0.75, 0]))
    assert mid.kwh[NEAR_HOME] == pytest.approx(driven * DAILY * np.array([0.55 * 0.45, 0.1 * 0.45, 0]))
    work = driven * DAILY * np.array([0.45 * 0.1 + 0.55 * 0.2, 0.9 * 0.1 + 0.1 * 0.2, 0])
    assert mid.kwh[WORK] == pytest.approx([work[0] * 0.75, 0, work[0] * 0.25 + work[1]])
    fast = driven * DAILY * np.array([0.45 * 0.08 + 0.55 * 0.2, 0.9 * 0.08 + 0.1 * 0.2, 0])
    assert mid.kwh[FAST] == pytest.approx([fast[0], fast[1] / 2, fast[1] / 2])
    assert mid.points[NEAR_HOME] == pytest.approx(mid.kwh[NEAR_HOME] / 30)
    assert mid.points[HOME][0] == pytest.approx(960 * (0.12 + 0.035) * 0.45)


def test_nothing_is_lost_between_cells(found: Need) -> None:
    """With visitors in balance, what all cells charge is what all cars use."""
    mid = found.by["mid"]
    assert mid.kwh.sum() == pytest.approx((mid.battery + 0.35 * mid.plugin).sum() * DAILY)


def test_low_middle_and_high_are_in_this_order(found: Need) -> None:
    """In every cell the low variant needs no more public points than the middle one, and that no more than the high one."""
    low, mid, high = (found.by[variant].public() for variant in VARIANTS)
    assert (low <= mid).all()
    assert (mid <= high).all()


@settings(max_examples=15)
@given(st.lists(st.integers(0, 5000), min_size=3, max_size=3), st.integers(2026, 2040))
def test_no_figure_is_negative_and_more_people_need_more(make_region: MakeRegion, people: list[int], year: int) -> None:
    """Whatever lives where, nothing is negative, and no cell of the region needs less when one more person lives in the village."""
    zones = [{**zone, "population": n} for zone, n in zip(ZONES, people, strict=True)]
    first = need(make_region(municipalities=TOWNS, zones=zones), year, read_assumptions()).by["mid"]
    assert min(first.kwh.min(), first.points.min(), first.cars.min()) >= 0
    zones[2] = {**zones[2], "population": people[2] + 1}
    more = need(make_region(municipalities=TOWNS, zones=zones), year, read_assumptions()).by["mid"]
    if np.array_equal(np.digitize(people[2], (300, 1500)), np.digitize(people[2] + 1, (300, 1500))):
        assert more.kwh.sum() > first.kwh.sum()


def test_what_stands_is_taken_off_in_its_class_and_town(region: Region) -> None:
    """A fast site fills no gap up to 22 kW, a surplus none of another town, a closed or far site, or one at whole degrees, none at all."""
    site = {"lat": 50.8, "lon": 6.1, "points": 4, "power_kw": 88.0}
    far = {"lat": 51.8, "lon": 6.1, "points": 4, "power_kw": 88.0}
    sites = [
        {"site_id": "n", **site, "fast": False},
        {"site_id": "f", **site, "points": 2, "power_kw": 300.0},
        {"site_id": "closed", **site, "in_service": False},
        {"site_id": "far", **far},
        {"site_id": "rounded", **site, "lat": 51.0, "lon": 6.0},
    ]
    with_sites = region.with_tables(_tables(sites))
    stands = existing(with_sites)
    assert stands.points.tolist() == [[4, 0, 0], [2, 0, 0]]
    assert stands.kw.tolist() == [[88, 0, 0], [300, 0, 0]]
    assert (stands.closed, stands.vague, stands.away) == (1, 1, 1)
    before, after = (need(one, 2030, read_assumptions()) for one in (region, with_sites))
    names = region.table("municipalities")
    old, new = (
        {row["municipality"]: row for row in one.municipalities(names).iter_rows(named=True)} for one in (before, after)
    )
    assert new["1"]["normal_gap"] == pytest.approx(old["1"]["normal_gap"] - 4)
    assert new["1"]["fast_gap"] == max(0, old["1"]["fast_gap"] - 2)
    assert new["2"]["normal_gap"] == old["2"]["normal_gap"]


def _tables(sites: list[dict[str, object]]) -> dict[str, pl.DataFrame]:
    schema = {name: TABLES["charging_sites"].polars[name] for name in dict.fromkeys(k for s in sites for k in s)}
    return {"charging_sites": TABLES["charging_sites"].conform(pl.DataFrame(sites, schema=schema))}


def test_official_counts_replace_and_anchor(region: Region) -> None:
    """A count of the year is taken as it is; an older one of battery cars grows as the assumed share does; a later one is not used."""
    rows = (
        Official("1", 2026, "cars", 1000, "x"),
        Official("1", 2026, "battery_cars", 82, "x"),
        Official("2", 2031, "cars", 9, "x"),
    )
    found = need(region, 2030, read_assumptions(), rows)
    assert found.by["mid"].cars.tolist() == pytest.approx([1000, 136, 0])
    assert found.by["mid"].battery[0] == pytest.approx(82 * 0.12 / 0.041)
    assert found.by["high"].battery[0] == pytest.approx(82 * 0.2 / 0.041)
    assert found.counted == ("1",)
    assert need(region, 2026, read_assumptions(), rows).by["low"].battery[0] == pytest.approx(82)


def test_an_official_file_names_its_faults(tmp_path: Path) -> None:
    """A wrong municipality, quantity, number or an empty source is refused with its line."""
    path = tmp_path / "cars.csv"
    head = "municipality;year;quantity;value;source\n"
    path.write_text(head + "1;2026;cars;1000;KBA\n", encoding="utf-8")
    assert read_official(path, ["1"]) == (Official("1", 2026, "cars", 1000.0, "KBA"),)
    for row, problem in (
        ("9;2026;cars;1;KBA", "no municipality"),
        ("1;2026;bikes;1;KBA", "no quantity"),
        ("1;2026;cars;many;KBA", "no number"),
        ("1;2026;cars;1;", "is empty"),
        ("1;2026;cars;1;KBA\n1;2026;cars;2;KBA", "given twice"),
    ):
        path.write_text(head + row + "\n", encoding="utf-8")
        with pytest.raises(InputError, match=problem):
            read_official(path, ["1"])
    path.write_text("municipality\n1\n", encoding="utf-8")
    with pytest.raises(InputError, match="has no column year"):
        read_official(path, ["1"])


def test_years_and_regions_that_cannot_be_asked(region: Region, make_region: MakeRegion) -> None:
    """A year beyond the table and a region without cells are refused in a sentence."""
    with pytest.raises(InputError, match="2026 to 2040"):
        need(region, 2050, read_assumptions())
    with pytest.raises(InputError, match="there is no cell"):
        need(make_region(municipalities=TOWNS), 2030, read_assumptions())


def test_assumptions_of_ones_own(tmp_path: Path) -> None:
    """A file replaces what it names; what is unknown or makes no sense is refused by name."""
    path = tmp_path / "own.toml"
    path.write_text("[parameters.car_kwh]\nmid = 19\n", encoding="utf-8")
    own = read_assumptions(path)
    assert own.of("mid")["car_kwh"] == 19
    assert own.of("low") == read_assumptions().of("low")
    for text, problem in (
        ("[parameters.car_kwhs]\nmid = 17", "Did you mean"),
        ("[parameters.point_fast]\nlow = 0", "point_fast.low"),
        ("[parameters.visitors]\nlow = true", "visitors.low"),
        ("[parameters.car_kwh]\nmid = 17", "does not lie between low"),
        ("[fleet.battery]\nyears = []", "no rising years"),
        ("[split.own_place]\nhome = 0.9", "sum to 1"),
        ("[fleet.battery]\nmid = [0.1]", "one share a year"),
        ("[grid.low]\nup_to_kw = 20000", "no rising powers"),
        ("[grid.low]\nyears = [1]", "three numbers"),
        ("split = 3", "another kind"),
        ("[grid.low]\nkind = 'guessed'", "a kind that is none of"),
        ("[fleet.truck]\nde = 3", "words that are no text"),
        ("=", "is no TOML"),
    ):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(InputError, match=problem):
            read_assumptions(path)
    with pytest.raises(InputError, match="cannot be read"):
        read_assumptions(tmp_path / "none.toml")


def test_every_assumption_says_what_it_is_and_when_it_was_checked() -> None:
    """Each entry has words in both languages, a kind, a source and a day."""
    for section in read_assumptions().entries.values():
        for entry in section.values():
            assert entry["de"]
            assert entry["en"]
            assert entry["kind"] in {"observed", "secondary", "assumed"}
            assert entry["source_de"]
            assert entry["source_en"]
            assert entry["checked_on"].year >= 2026


def test_sites_are_built_where_most_is_missing(region: Region, found: Need) -> None:
    """The first site lies in the town; a cell's points are built once; the power decides the grid's class."""
    lacking = missing(found, "normal")
    sited = charging_sites(region, found, read_assumptions(), "normal", 2, within=5)
    assert sited.asked.sites[sited.placed.sites[0]] == "a"
    assert sited.points[0] == int(np.ceil(lacking[0]))
    assert sited.points.sum() <= np.ceil(lacking).sum()
    assert sited.grid["kw"].to_list() == [11.0 * n for n in sited.points]
    assert sited.grid["grid"].to_list() == ["low", "low"]
    assert sited.placed.gap == 0


def test_nothing_missing_is_said(region: Region) -> None:
    """Where enough stands, there is nothing to site."""
    plenty = [
        {"site_id": str(row), "lat": zone["lat"], "lon": zone["lon"], "points": 900, "fast": False}
        for row, zone in enumerate(ZONES)
    ]
    full = region.with_tables(_tables(plenty))
    with pytest.raises(InputError, match="no normal point is missing in 2030"):
        charging_sites(full, need(full, 2030, read_assumptions()), read_assumptions(), "normal", 2)


def test_destinations_follow_residents_and_workplaces(found: Need) -> None:
    """Half of what is charged at destinations of the village is charged beside its workplace, where nobody lives."""
    kwh = found.by["mid"].kwh[DESTINATION]
    assert kwh[1] == pytest.approx(kwh[2])
    assert kwh[2] > 0
