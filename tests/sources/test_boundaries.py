# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Outlines of municipalities: GeoJSON and GeoPackage alike, what is refused, and who lies where."""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping, Sequence
from datetime import date
from math import cos, pi, sin
from pathlib import Path
from typing import Any, Final

import numpy as np
import polars as pl
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from boundary_files import blob, collection, feature, geopackage, square
from drehkreuz.errors import InputError
from drehkreuz.region import TABLES, Manifest, Provenance, Region
from drehkreuz.region.check import check
from drehkreuz.sources.boundaries import Naming, read_boundaries
from drehkreuz.sources.build import build
from drehkreuz.sources.features import UnfitError
from drehkreuz.sources.located import located
from drehkreuz.sources.recipe import read_recipe
from drehkreuz.sources.wkb import wkb_polygons
from sources.feeds import Pack

KEYS: Final = Naming("AGS", "GEN", digits=8)
SOURCE: Final = Provenance("observed", "Amt", "dl-de/by-2-0", date(2026, 1, 1))
HOLED: Final = square(6, 50).difference(shapely.box(6.4, 50.4, 6.6, 50.6))


def write(folder: Path, *features: Mapping[str, Any], **more: Any) -> Path:
    path = folder / "towns.geojson"
    path.write_text(json.dumps(collection(*features, **more)), encoding="utf-8")
    return path


def town(key: object, area: shapely.Geometry | Mapping[str, Any] | None, name: str | None = None) -> dict[str, Any]:
    return feature({"AGS": key, "GEN": name}, area)


def areas(frame: pl.DataFrame) -> dict[str, shapely.Geometry]:
    return dict(zip(frame["municipality"], shapely.from_wkt(frame["outline"].to_list()), strict=True))


def refused(path: Path, naming: Naming = KEYS, **how: Any) -> str:
    with pytest.raises(InputError) as error:
        read_boundaries(path, naming, **how)
    return str(error.value)


def test_one_municipality_of_several_features(tmp_path: Path) -> None:
    """Features of one key are one municipality; a lost zero comes back, a hole stays a hole, a name is taken."""
    path = write(
        tmp_path, town(5334002, HOLED, "Aachen"), town("05334004", square(8, 50)), town("05334002", square(7, 50))
    )
    tables, findings = read_boundaries(path, KEYS)
    assert tables["boundaries"].select("municipality", "name", "country").rows() == [
        ("05334002", "Aachen", "DE"),
        ("05334004", None, "DE"),
    ]
    assert areas(tables["boundaries"])["05334002"].equals(shapely.union(HOLED, square(7, 50)))
    assert findings == []


def test_only_what_is_wanted(tmp_path: Path) -> None:
    """Features that do not say what `where` asks are left out and counted."""
    path = write(
        tmp_path,
        feature({"level": "municipality", "AGS": "01"}, square(6, 50)),
        feature({"level": "district", "AGS": "02"}, None),
    )
    tables, findings = read_boundaries(path, Naming("AGS", where={"level": "municipality"}))
    assert tables["boundaries"]["municipality"].to_list() == ["01"]
    assert [finding.problem for finding in findings] == [
        "1 of 2 features do not say what `where` asks, and are left out"
    ]
    assert "none of its 2 features says level = 'town'" in refused(path, Naming("AGS", where={"level": "town"}))


CORNER: Final = [6, 50]
RINGS: Final = {
    "has a ring of 3 positions": [[CORNER, [7, 50], CORNER]],
    "does not end where it begins": [[CORNER, [7, 50], [7, 51], [6, 51]]],
    "Self-intersection": [[CORNER, [7, 51], [7, 50], [6, 51], CORNER]],
    "Hole lies outside shell": [
        [CORNER, [7, 50], [7, 51], CORNER],
        [[8, 50], [8.1, 50], [8.1, 50.1], [8, 50]],
    ],
    "is not longitude and latitude": [[CORNER, ["7", 50], [7, 51], CORNER]],
    "no list of rings": {"x": 1},
    "a polygon without a ring": [],
}


@pytest.mark.parametrize(("problem", "rings"), RINGS.items())
def test_what_is_no_area(tmp_path: Path, problem: str, rings: object) -> None:
    """A ring that is open, short, crossing or none ends a strict reading with its place; a lenient one leaves the feature out."""
    path = write(tmp_path, town("01", {"type": "Polygon", "coordinates": rings}), town("02", square(6, 50)))
    naming = Naming("AGS")
    told = refused(path, naming)
    assert told.startswith("towns.geojson:feature 1: AGS '01': ")
    assert problem in told
    tables, findings = read_boundaries(path, naming, lenient=True)
    assert tables["boundaries"]["municipality"].to_list() == ["02"]
    assert len(findings) == 1


def test_a_ring_that_touches_itself(tmp_path: Path) -> None:
    """Where a ring comes back to a position it has passed, the area is cut there: the same area in two parts."""
    ring = [CORNER, [8, 50], [7, 51], [8, 52], [6, 52], [7, 51], CORNER]
    tables, findings = read_boundaries(write(tmp_path, town("1", {"type": "Polygon", "coordinates": [ring]})), KEYS)
    [found] = areas(tables["boundaries"]).values()
    assert (found.area, len(found.geoms), found.is_valid) == (2, 2, True)
    assert findings == []


def test_features_without_an_area_or_a_key(tmp_path: Path) -> None:
    """Points, features without a geometry, and those whose key is missing or too long are faults, each of its own words."""
    point = {"type": "Point", "coordinates": CORNER}
    path = write(
        tmp_path, town("1", point), town("2", None), town(None, square(6, 50)), town("123456789", square(6, 50)),
        town("3", square(6, 50)),
    )  # fmt: skip
    tables, findings = read_boundaries(path, KEYS, lenient=True)
    assert tables["boundaries"]["municipality"].to_list() == ["00000003"]
    assert [(finding.row, finding.problem) for finding in findings] == [
        ("feature 1", "is a Point, not an area"),
        ("feature 2", "has no geometry"),
        ("feature 3", "has no key"),
        ("feature 4", "is no key of 8 digits"),
    ]


def test_other_reference_systems(tmp_path: Path) -> None:
    """A file in metres is refused as a whole, by what it names or by its numbers, and told how to turn it; degrees by an old name are read."""
    metres = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::25832"}}
    told = refused(write(tmp_path, town("1", square(6, 50)), crs=metres))
    assert "'urn:ogc:def:crs:EPSG::25832', not in degrees" in told
    assert "ogr2ogr -t_srs EPSG:4326" in told
    path = write(tmp_path, town("1", square(294_000, 5_628_000, 1000)))
    assert "are no longitude and latitude in degrees" in refused(path)
    with pytest.raises(InputError):
        read_boundaries(path, KEYS, lenient=True)
    degrees = {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}
    tables, _ = read_boundaries(write(tmp_path, town("1", square(6, 50)), crs=degrees), KEYS)
    assert len(tables["boundaries"]) == 1


def test_other_files(tmp_path: Path) -> None:
    """What is no collection of features, or has not the property named, is said with what is there instead."""
    path = tmp_path / "a.json"
    path.write_text('{"type": "Topology", "objects": {}}')
    assert "is TopoJSON: it holds no features" in refused(path)
    path.write_text("[1]")
    assert "is no GeoJSON" in refused(path)
    told = refused(write(tmp_path, feature({"ags": "01", "name": "x"}, square(6, 50))))
    assert "none of its 1 features has the property 'AGS'. Its properties are ags, name." in told
    assert "digits = 0 is no number of digits" in refused(path, Naming("AGS", digits=0))


SHAPES: Final = (square(6, 50), HOLED, shapely.MultiPolygon([HOLED, square(8, 50)]), shapely.force_3d(HOLED))


@pytest.mark.parametrize("envelope", [0, 1])
def test_geopackage_and_geojson_say_the_same(tmp_path: Path, envelope: int) -> None:
    """The same areas in both formats give the same table; heights are left out."""
    told = [({"AGS": f"{at}", "GEN": f"Ort {at}"}, shape) for at, shape in enumerate(SHAPES)]
    package = geopackage(
        tmp_path / "a.gpkg", {"towns": [(about, blob(area, envelope=envelope)) for about, area in told]}
    )
    found, findings = read_boundaries(package, KEYS)
    expected, _ = read_boundaries(write(tmp_path, *(feature(about, area) for about, area in told)), KEYS)
    assert found["boundaries"].equals(expected["boundaries"])
    assert findings == []


@given(st.lists(st.sampled_from(SHAPES), min_size=1, max_size=3), st.sampled_from([0, 1]))
def test_wkb_reads_what_shapely_writes(shapes: Sequence[shapely.Polygon], order: int) -> None:
    """In both byte orders, with heights and without, polygons come back position for position."""
    parts = [part for shape in shapes for part in shapely.get_parts(shape)]
    one = parts[0] if len(parts) == 1 else shapely.MultiPolygon([shapely.force_2d(part) for part in parts])
    found = wkb_polygons(shapely.to_wkb(one, flavor="iso", byte_order=order))
    for polygon, part in zip(found, shapely.get_parts(one), strict=True):
        for ring, known in zip(polygon, (part.exterior, *part.interiors), strict=True):
            assert np.array_equal(ring, shapely.get_coordinates(known))


NESTED: Final = struct.pack("<BII", 1, 6, 1) * 200_000


@pytest.mark.parametrize(
    "data", [NESTED, b"", b"\1", struct.pack("<BII", 1, 3, 2**32 - 1), struct.pack("<BI", 1, 99_999)]
)
def test_wkb_made_to_harm(data: bytes) -> None:
    """Collections within collections, counts beyond the end and types beyond the standard are refused at once."""
    with pytest.raises(UnfitError):
        wkb_polygons(data)


def test_what_a_geopackage_may_be_refused_for(tmp_path: Path) -> None:
    """Another reference system, several layers, a wrong one, a file cut short: each is said, with what to write instead."""
    rows = [({"AGS": "1"}, blob(square(6, 50)))]
    metres = geopackage(tmp_path / "metres.gpkg", {"towns": rows}, ("EPSG", 25832))
    assert "is in the reference system EPSG:25832, not in degrees" in refused(metres)
    several = geopackage(tmp_path / "several.gpkg", {"gem": rows, "krs": rows})
    assert 'holds the layers gem, krs. Name one below its path: layer = "gem"' in refused(several)
    assert "has no layer 'gen'. Name one of gem, krs." in refused(several, layer="gen")
    assert len(read_boundaries(several, Naming("AGS"), layer="gem")[0]["boundaries"]) == 1
    etrs = geopackage(tmp_path / "etrs.gpkg", {"towns": rows}, ("EPSG", 4258))
    assert len(read_boundaries(etrs, Naming("AGS"))[0]["boundaries"]) == 1
    cut = tmp_path / "cut.gpkg"
    cut.write_bytes(metres.read_bytes()[:5000])
    assert "cannot be read as a GeoPackage" in refused(cut)


@pytest.mark.parametrize(("names", "told"), [(("a.shp", "a.dbf"), "is a shapefile"), (("a.gpkg",), "is packed")])
def test_packed_otherwise(pack: Pack, names: Sequence[str], told: str) -> None:
    """A zipped shapefile or GeoPackage is told by its name, with what to do."""
    assert told in refused(pack(dict.fromkeys(names, "x"), "a.zip"))


def test_a_view_that_never_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file whose layer is a question without end is stopped by the clock and refused."""
    import sqlite3  # noqa: PLC0415  # only here

    monkeypatch.setattr("drehkreuz.sources.geopackage.SECONDS", 0.2)
    path = geopackage(tmp_path / "a.gpkg", {"towns": [({"AGS": "1"}, None)]})
    with sqlite3.connect(path) as database:
        database.execute("DROP TABLE towns")
        endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x FROM n WHERE x < 0"
        database.execute(f"CREATE VIEW towns AS {endless}")
    database.close()
    assert "interrupted" in refused(path)


# ---------------------------------------------------------------------------------------------------- who lies where


def inside(lon: float, lat: float, ring: Sequence[Sequence[float]]) -> bool:
    """Return whether a point lies within a ring: how often a line to the east crosses it."""
    crossed = False
    for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
        if (y1 > lat) != (y2 > lat) and lon < x1 + (lat - y1) * (x2 - x1) / (y2 - y1):
            crossed = not crossed
    return crossed


@st.composite
def stars(draw: st.DrawFn) -> list[list[float]]:
    """A star of any arms around a point of the region: no ring of it crosses itself."""
    lon, lat = draw(st.floats(6, 7)), draw(st.floats(50, 51))
    arms = draw(st.lists(st.floats(0.05, 0.4), min_size=3, max_size=12))
    turns = [2 * pi * at / len(arms) for at in range(len(arms))]
    ring = [[round(lon + r * cos(a), 6), round(lat + r * sin(a), 6)] for r, a in zip(arms, turns, strict=True)]
    return [*ring, ring[0]]


def zones(points: Sequence[tuple[float, float]], own: Sequence[str | None] | None = None) -> pl.DataFrame:
    named = own or [None] * len(points)
    rows = [
        {"zone_id": f"z{at}", "lon": lon, "lat": lat, "municipality": key}
        for at, ((lon, lat), key) in enumerate(zip(points, named, strict=True))
    ]
    return TABLES["zones"].conform(pl.DataFrame(rows, schema_overrides={"municipality": pl.String}))


def outlines(*rings: Sequence[Sequence[float]]) -> pl.DataFrame:
    return TABLES["boundaries"].conform(
        pl.DataFrame(
            {
                "municipality": [f"m{at}" for at in range(len(rings))],
                "outline": [shapely.MultiPolygon([(ring, [])]).wkt for ring in rings],
            }
        )
    )


@given(
    st.lists(stars(), min_size=1, max_size=4),
    st.lists(st.tuples(st.floats(5.6, 7.4), st.floats(49.6, 51.4)), min_size=1, max_size=20),
)
@settings(max_examples=40)
def test_in_which_municipality_a_zone_lies(rings: list[list[list[float]]], points: list[tuple[float, float]]) -> None:
    """Every zone gets the first municipality whose ring a line from it crosses an odd number of times, and else none."""
    edges = shapely.MultiLineString(rings)
    clear = [point for point in points if edges.distance(shapely.Point(point)) > 1e-9]
    if not clear or not all(shapely.Polygon(ring).is_valid for ring in rings):
        return
    parts, _ = located({"zones": [(zones(clear), SOURCE)], "boundaries": [(outlines(*rings), SOURCE)]})
    expected = [next((f"m{at}" for at, ring in enumerate(rings) if inside(*point, ring)), None) for point in clear]
    assert parts["zones"][0][0]["municipality"].to_list() == expected
    named = sorted({key for key in expected if key})
    assert parts["boundaries"][0][0]["municipality"].to_list() == named


def test_what_a_table_says_itself_stays() -> None:
    """A zone keeps the municipality that its table names; of zones outside all outlines the count is told."""
    ring = shapely.get_coordinates(square(6, 50)).tolist()
    told = zones([(6.5, 50.5), (6.6, 50.5), (9.0, 50.0)], ["own", None, None])
    parts, findings = located({"zones": [(told, SOURCE)], "boundaries": [(outlines(ring), SOURCE)]})
    assert parts["zones"][0][0]["municipality"].to_list() == ["own", "m0", None]
    assert [finding.problem.partition(" ")[0] for finding in findings] == ["1", "1"]
    [(listed, provenance)] = parts["municipalities"]
    assert listed.select("municipality", "name", "study_area").rows() == [("m0", "m0", True)]
    assert provenance == SOURCE


def test_without_outlines_nothing_changes() -> None:
    """A region without boundaries is as it was read."""
    parts = {"zones": [(zones([(6.5, 50.5)]), SOURCE)]}
    assert located(parts) == (parts, [])


def test_the_check_tells_of_outlines_that_are_none() -> None:
    """An outline in a table of one's own that cannot be read or crosses itself is an error, and no traceback before."""
    bad = ["MULTIPOLYGON (((1 2)))", "MULTIPOLYGON (((6 50, 7 51, 7 50, 6 51, 6 50)))", "MULTIPOLYGON ((("]
    table = outlines(*[shapely.get_coordinates(square(6, 50)).tolist()] * 3).with_columns(outline=pl.Series(bad))
    parts, _ = located({"zones": [(zones([(6.5, 50.5)]), SOURCE)], "boundaries": [(table, SOURCE)]})
    assert parts["zones"][0][0]["municipality"].to_list() == [None]
    region = Region(Manifest("a", "A", date(2026, 1, 1), "de", {"boundaries": SOURCE}), {"boundaries": table})
    wrong = [one.row for one in check(region) if one.where == "boundaries" and "is no area" in one.problem]
    assert wrong == ["m0", "m1", "m2"]


RECIPE: Final = """\
name = "kreis"
title = "Kreis"
day = 2026-11-02
provenance = { kind = "modelled", source = "Beispiel", licence = "CC0-1.0", date = 2026-11-02 }
[[source]]
kind = "table"
table = "zones"
path = "zones.csv"
[[source]]
kind = "boundaries"
path = "towns.geojson"
key = "AGS"
name = "GEN"
digits = 8
provenance = { kind = "observed", source = "Vermessungsamt", licence = "dl-de/by-2-0", date = 2026-01-01 }
"""


def test_a_region_with_boundaries(tmp_path: Path) -> None:
    """A recipe that names boundaries gives zones their municipality, lists municipalities and keeps their outlines alone."""
    (tmp_path / "region.toml").write_text(RECIPE, encoding="utf-8")
    (tmp_path / "zones.csv").write_text("plz;breite;länge\n99901;50,5;6,5\n99902;50,5;7,5\n", encoding="utf-8")
    write(tmp_path, *(town(at, square(5 + at, 50), f"Ort {at}") for at in range(9)))
    report = build(read_recipe(tmp_path / "region.toml"), tmp_path / "region")
    region = report.region
    assert region.table("zones")["municipality"].to_list() == ["00000001", "00000002"]
    assert region.table("municipalities").select("name", "lat", "lon").rows() == [
        ("Ort 1", 50.5, 6.5),
        ("Ort 2", 50.5, 7.5),
    ]
    assert len(region.table("boundaries")) == 2
    assert region.manifest.provenance["boundaries"].source == "Vermessungsamt"
    assert not [finding for finding in check(region) if finding.where in {"boundaries", "municipalities"}]


@pytest.mark.data
def test_published_boundaries(data: Path) -> None:
    """Of the seven districts 65 municipalities are read, of the Netherlands 343, five of them crossing themselves."""
    path = data / "geo" / "vg5000-2021" / "rheinisches_revier_gem_krs_wgs84.geojson"
    tables, _ = read_boundaries(path, Naming("AGS", "GEN", where={"level": "municipality"}, digits=8))
    rows = tables["boundaries"]
    assert len(rows) == 65
    assert areas(rows)["05334002"].covers(shapely.Point(6.0839, 50.7753))
    dutch, findings = read_boundaries(
        data / "geo" / "nl_gemeenten_2023.geojson.gz", Naming("gemeentecode", country="NL"), lenient=True
    )
    assert (len(dutch["boundaries"]), len(findings)) == (338, 5)
