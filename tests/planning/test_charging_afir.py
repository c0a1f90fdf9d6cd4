# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Targets of Regulation (EU) 2023/1804: what is in force when, and roads, nodes, parking and fleets worked by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from drehkreuz.errors import InputError
from drehkreuz.planning.charging.afir import Rule, fleet_targets, in_force, rules
from drehkreuz.planning.charging.assumptions import read_assumptions
from drehkreuz.planning.charging.need import need
from drehkreuz.planning.charging.official import Official
from drehkreuz.planning.charging.pools import Pool, Side, pools, read_sides
from drehkreuz.planning.charging.roads import Checked, check_roads, read_roads, road_table
from drehkreuz.planning.charging.spots import Area, check_spots, read_areas
from drehkreuz.region import Region

MakeRegion = Callable[..., Region]

END_2025, END_2027, END_2030, END_2035 = (date(year, 12, 31) for year in (2025, 2027, 2030, 2035))


def found_rule(day: date, vehicles: str, network: str) -> Rule | None:
    return next((r for r in in_force(day, "pool") if (r.vehicles, r.network) == (vehicles, network)), None)


@pytest.mark.parametrize(
    ("day", "vehicles", "network", "asked"),
    [
        (END_2025, "car", "core", (1.0, 60, 400, 1, 150)),
        (END_2027, "car", "core", (1.0, 60, 600, 2, 150)),
        (END_2027, "car", "comprehensive", (0.5, 60, 300, 1, 150)),
        (END_2030, "car", "comprehensive", (1.0, 60, 300, 1, 150)),
        (END_2035, "car", "comprehensive", (1.0, 60, 600, 2, 150)),
        (END_2025, "truck", "core", (0.15, 120, 1400, 1, 350)),
        (END_2027, "truck", "core", (0.5, 120, 2800, 2, 350)),
        (END_2027, "truck", "comprehensive", (0.5, 120, 1400, 1, 350)),
        (END_2030, "truck", "core", (1.0, 60, 3600, 2, 350)),
        (END_2030, "truck", "comprehensive", (1.0, 100, 1500, 1, 350)),
    ],
)
def test_what_is_asked_by_when(day: date, vehicles: str, network: str, asked: tuple[float, ...]) -> None:
    """Share of length, distance, power of a pool, points and their power are those of the table for the day."""
    rule = found_rule(day, vehicles, network)
    assert rule is not None
    assert (rule.share, rule.max_km, rule.pool_kw, rule.points, rule.point_kw) == asked


def test_targets_begin_on_their_day() -> None:
    """The day before the first date nothing is asked of the comprehensive network for cars."""
    assert found_rule(date(2027, 12, 30), "car", "comprehensive") is None
    assert [rule.id for rule in in_force(date(2024, 12, 30))] == []


def test_every_rule_has_article_source_and_status() -> None:
    """Each target says where it stands and when it was checked; whatever is from memory is unverified."""
    names = {"share", "max_km", "pool_kw", "points", "point_kw", "battery_kw", "plugin_kw", "article"}
    assert len({rule.id for rule in rules()}) == len(rules())
    for rule in rules():
        assert rule.article
        assert rule.source
        assert set(rule.unverified) <= names
        assert rule.status == "unverified" or rule.source != "From memory"


# ------------------------------------------------------------------------------------------------------------ roads


def road_file(folder: Path, network: str = "core", km: int = 200) -> Path:
    """A straight road of some kilometres from west to east, one direction, a corner and 0.01° of longitude for each."""
    path = folder / "roads.csv"
    rows = [f"Modell-A,{network},Ost,50.0,{6 + at / 100},{at}" for at in range(km + 1)]
    path.write_text("\n".join(["road,network,direction,lat,lon,km", *rows]) + "\n", encoding="utf-8")
    return path


def pool(km: float, kw: float, powers: tuple[float, ...], *, vehicles: str = "truck", direction: str = "") -> Pool:
    return Pool(f"km {km:g}", 50.0, 6 + km / 100, (vehicles,), direction, kw, powers)


def checked(path: Path, stand: list[Pool], day: date, vehicles: str) -> Checked:
    return next(one for one in check_roads(read_roads(path), stand, day) if one.rule.vehicles == vehicles)


def test_truck_pools_on_the_core_network_in_2030_by_hand(tmp_path: Path) -> None:
    """200 km with pools at 30, 80 and 170: 30, 50, 90 and 30 km; one stretch is too long and one pool closes it."""
    stand = [pool(km, 3600, (400.0, 400.0, 400.0)) for km in (30, 80, 170)]
    one = checked(road_file(tmp_path), stand, END_2030, "truck")
    assert [(round(s.from_km), round(s.to_km)) for s in one.stretches if s.too_long] == [(80, 170)]
    assert one.covered == pytest.approx((50 / 200, 110 / 200))
    assert (one.verdict, one.add) == ("missing", 1)


def test_a_pool_without_the_power_or_the_points_does_not_count(tmp_path: Path) -> None:
    """3,500 kW, or a single point of 350 kW, or a pool for cars, or one of the other direction: none meets the target."""
    stand = [
        pool(40, 3500, (400.0, 400.0)),
        pool(60, 3600, (350.0, 349.0)),
        pool(80, 3600, (400.0, 400.0), vehicles="car"),
        pool(100, 3600, (400.0, 400.0), direction="West"),
    ]
    one = checked(road_file(tmp_path), stand, END_2030, "truck")
    assert len(one.along) == 2
    assert one.meets == ()
    assert (one.verdict, one.add) == ("missing", 3)


def test_half_of_the_length_is_enough_in_2027(tmp_path: Path) -> None:
    """Two pools 110 km apart cover 55 % of 200 km; 120 km between pools count, 121 km do not."""
    good = (400.0, 400.0)
    met = checked(road_file(tmp_path), [pool(60, 2800, good), pool(170, 2800, good)], END_2027, "truck")
    assert met.covered[0] == pytest.approx(0.55)
    assert met.verdict == "met"
    edge = checked(road_file(tmp_path), [pool(40, 2800, good), pool(160, 2800, good)], END_2027, "truck")
    assert (edge.covered[0], edge.verdict) == (pytest.approx(0.6), "met")
    wide = checked(road_file(tmp_path), [pool(40, 2800, good), pool(161, 2800, good)], END_2027, "truck")
    assert (wide.covered[0], wide.verdict) == (0, "missing")


def test_a_short_piece_of_road_leaves_the_finding_open(tmp_path: Path) -> None:
    """50 km without a pool may lie between two beyond its ends: nothing is proven missing."""
    one = checked(road_file(tmp_path, "comprehensive", 50), [], END_2030, "car")
    assert (one.verdict, one.add, one.covered) == ("open", 0, (0.0, 1.0))


def test_pools_at_both_ends_prove_a_road(tmp_path: Path) -> None:
    """With pools at 0, 60 and 120 km of 120 the target of 60 km is met to the metre."""
    stand = [pool(km, 600, (150.0, 150.0), vehicles="car") for km in (0, 60, 120)]
    one = checked(road_file(tmp_path, km=120), stand, END_2030, "car")
    assert (one.verdict, one.covered) == ("met", (1.0, 1.0))


def test_a_pool_four_kilometres_beside_the_road_is_not_along_it(tmp_path: Path) -> None:
    """Up to three kilometres count."""
    near, far = (Pool("x", 50.0 + d / 111.195, 7.0, ("car",), "", 600, (150.0, 150.0)) for d in (2.9, 4.0))
    assert len(checked(road_file(tmp_path), [near], END_2030, "car").along) == 1
    assert len(checked(road_file(tmp_path), [far], END_2030, "car").along) == 0


def test_each_direction_is_a_row_of_its_own(tmp_path: Path) -> None:
    """Gaps are listed by direction and stretch, with the middle of the stretch as a point."""
    path = tmp_path / "both.csv"
    rows = [f"A,core,{way},50.0,{lon}" for way, lons in (("Ost", (6, 8)), ("West", (8, 6))) for lon in lons]
    path.write_text("\n".join(["road,network,direction,lat,lon", *rows]), encoding="utf-8")
    table = road_table(check_roads(read_roads(path), [], END_2030))
    assert table["direction"].to_list() == ["Ost", "Ost", "West", "West"]
    assert table["vehicles"].to_list() == ["car", "truck", "car", "truck"]
    assert table["km"].to_list() == pytest.approx([142.9] * 4, abs=0.1)
    assert table["lon"].to_list() == pytest.approx([7.0] * 4)


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        (["A,core,Ost,50,6"], "one corner"),
        (["A,core,Ost,50,6", "A,core,Ost,50,6"], "has no length"),
        (["A,main,Ost,50,6", "A,main,Ost,50,7"], "no network"),
        (["A,core,Ost,50,6", "A,comprehensive,Ost,50,7"], "differs from"),
        (["A,core,Ost,50,6", "A,core,Ost,north,7"], "no number"),
        ([",core,Ost,50,6"], "is empty"),
        ([], "names no road"),
    ],
)
def test_a_file_of_roads_names_its_faults(tmp_path: Path, rows: list[str], problem: str) -> None:
    """Each fault is refused with what is wrong."""
    path = tmp_path / "roads.csv"
    path.write_text("\n".join(["road,network,direction,lat,lon", *rows]), encoding="utf-8")
    with pytest.raises(InputError, match=problem):
        read_roads(path)


# ------------------------------------------------------------------------------------------------------------ pools


def sites_region(make_region: MakeRegion) -> Region:
    lat, lon = 50.8, 6.1
    return make_region(
        municipalities=[{"municipality": "1", "name": "Stadt", "lat": lat, "lon": lon}],
        zones=[{"zone_id": "a", "municipality": "1", "lat": lat, "lon": lon, "population": 100}],
        charging_sites=[
            {"site_id": "s1", "lat": lat, "lon": lon, "power_kw": 300.0, "points": 2},
            {"site_id": "s2", "lat": lat + 0.001, "lon": lon, "power_kw": 300.0, "points": 1},
            {"site_id": "s3", "lat": lat + 0.03, "lon": lon, "points": 2},
            {"site_id": "s4", "lat": lat, "lon": lon, "points": 9, "in_service": False},
        ],
        charging_points=[
            {"point_id": "s1*1", "site_id": "s1", "power_kw": 200.0},
            {"point_id": "s3*1", "site_id": "s3", "power_kw": 1000.0},
            {"point_id": "s3*2", "site_id": "s3", "power_kw": 120.0},
        ],
        charging_plugs=[{"point_id": "s3*1", "plug": "1", "standard": "MCS"}],
    )


def test_sites_beside_each_other_are_one_pool(make_region: MakeRegion) -> None:
    """111 m apart: one pool of 600 kW; a point without power has the rest of its site's; a megawatt plug makes a truck's pool."""
    cars, trucks = sorted(pools(sites_region(make_region)), key=lambda one: one.vehicles)
    assert (cars.kw, cars.powers, cars.vehicles) == (600.0, (300.0, 200.0, 100.0), ("car",))
    assert (trucks.kw, trucks.powers, trucks.vehicles) == (1120.0, (1000.0, 120.0), ("truck",))


def test_sides_say_what_no_register_knows(make_region: MakeRegion, tmp_path: Path) -> None:
    """A site that serves one direction is no pool together with its neighbour; wrong ids and kinds are refused."""
    region, path = sites_region(make_region), tmp_path / "sides.csv"
    path.write_text("site_id,vehicles,direction\ns1,both,Ost\n", encoding="utf-8")
    sides = read_sides(path, region)
    assert sides == {"s1": Side("both", "Ost")}
    one = next(pool for pool in pools(region, sides) if pool.direction)
    assert (one.kw, one.vehicles) == (300.0, ("car", "truck"))
    assert one.serves("truck", "Ost")
    assert not one.serves("truck", "West")
    for row, problem in (("s9,car,", "no charging site"), ("s1,bus,", "no kind"), ("s1,car,\ns1,car,", "named twice")):
        path.write_text(f"site_id,vehicles,direction\n{row}\n", encoding="utf-8")
        with pytest.raises(InputError, match=problem):
            read_sides(path, region)


def test_a_node_and_a_parking_area_by_hand(make_region: MakeRegion, tmp_path: Path) -> None:
    """The node has one truck point from 150 kW, 1,000 of 1,800 kW; the area by it has two of four points from 100 kW."""
    region = sites_region(make_region)
    path = tmp_path / "areas.csv"
    path.write_text("name,lat,lon\nRastplatz,50.83,6.1\nAnderswo,50.9,6.1\n", encoding="utf-8")
    areas = read_areas(path)
    assert areas[0] == Area("Rastplatz", 50.83, 6.1)
    table = check_spots(region, ["1"], areas, pools(region), END_2030)
    assert table.select("name", "asked", "stands", "missing", "verdict").rows() == [
        ("Stadt", 1800.0, 1000.0, 800.0, "missing"),
        ("Rastplatz", 4.0, 2.0, 2.0, "missing"),
        ("Anderswo", 4.0, 0.0, 4.0, "missing"),
    ]
    early = check_spots(region, ["1"], areas, pools(region), END_2027)
    assert early["verdict"].to_list() == ["met", "met", "missing"]
    path.write_text("name,lat,lon\n,1,1\n", encoding="utf-8")
    with pytest.raises(InputError, match="is empty"):
        read_areas(path)


def test_the_fleet_by_hand(make_region: MakeRegion) -> None:
    """100 battery cars and 50 plug-in hybrids ask 1.3 · 100 + 0.8 · 50 = 170 kW; 600 + 1,120 kW stand, nothing is missing."""
    region = sites_region(make_region)
    counts = [
        Official("1", 2026, "cars", 1000, "x"),
        Official("1", 2026, "battery_cars", 100, "x"),
        Official("1", 2026, "plugin_cars", 50, "x"),
    ]
    found = need(region, 2026, read_assumptions(), counts)
    row = fleet_targets(found, region.table("municipalities"), date(2026, 12, 31)).row(0, named=True)
    assert row["target_kw"] == pytest.approx(170)
    assert row["existing_kw"] == pytest.approx(1720)
    assert row["gap_kw"] == 0
    empty = region.with_tables({"charging_sites": region.table("charging_sites").clear()})
    bare = fleet_targets(need(empty, 2026, read_assumptions(), counts), region.table("municipalities"), END_2030)
    assert bare["gap_kw"].to_list() == pytest.approx([170])
    assert len(fleet_targets(found, region.table("municipalities"), date(2024, 12, 30))) == 0
