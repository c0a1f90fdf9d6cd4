# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The map of the region, and the areas that it draws."""

from __future__ import annotations

from math import isclose
from typing import Any

import polars as pl
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from drehkreuz.region import Provenance, Region
from drehkreuz.reports.words import Words
from drehkreuz_web.planner.atlas import CLASSES, LAYERS, WIDTH, Map, _class_width, _shade, draw
from drehkreuz_web.planner.compute import areas

SHOWN = {"01": 103, "02": 16}


def drawn(region: Region, report: dict[str, Any], layer: int) -> Map:
    return draw(region, report, LAYERS[layer], SHOWN, Words("de"))


def test_circles_are_as_large_as_their_counts(village: Region, report: dict[str, Any]) -> None:
    """Areas of circles are as the counts, the largest is drawn first, and all lie on the map."""
    found = drawn(village, report, 0)
    large, small = found.circles
    assert isclose((large.r / small.r) ** 2, 103 / 16, rel_tol=0.05)
    assert large.title == "Sonnenfeld: 103"
    assert all(0 <= circle.x <= WIDTH and 0 <= circle.y <= found.height for circle in found.circles)


def test_reach_colours_municipalities_without_areas(village: Region, report: dict[str, Any]) -> None:
    """Where homes are no cells, what is in reach colours dots of one size."""
    assert report["areas"] == {}
    found = drawn(village, report, 2)
    assert len({circle.r for circle in found.circles}) == 1
    assert all(1 <= circle.shade <= CLASSES for circle in found.circles)


def test_reach_colours_areas(village: Region, report: dict[str, Any]) -> None:
    """Where they are, areas have the colours, and the legend says what for."""
    square = [[[6.3, 50.85], [6.34, 50.85], [6.34, 50.88], [6.3, 50.88], [6.3, 50.85]]]
    found = drawn(village, report | {"areas": {"01": [square], "02": [square]}}, 3)
    assert [area.shade for area in found.areas] == [5, 1]
    assert not found.circles
    assert found.legend[0].text == "0–24"


@given(st.integers(0, 10**6))
def test_classes_hold_everything(most: int) -> None:
    """The largest figure is in the last class or before, and no class is narrower than one."""
    width = _class_width(most)
    assert width >= 1
    assert most <= CLASSES * width
    assert 1 <= _shade(most, width) <= CLASSES


def grid(columns: int, rows: int) -> pl.DataFrame:
    """Return zones that are cells of a kilometre, the western half of one municipality, the eastern of another."""
    cells = [(x, y) for x in range(columns) for y in range(rows)]
    return pl.DataFrame(
        {
            "zone_id": [f"Z{x}-{y}" for x, y in cells],
            "municipality": ["01" if x < columns / 2 else "03" for x, _ in cells],
            "lat": [round(50.8 + 0.008993 * y, 6) for _, y in cells],
            "lon": [round(6.1 + 0.014225 * x, 6) for x, _ in cells],
        }
    )


def test_areas_are_made_of_cells(village: Region) -> None:
    """Cells of a municipality make one polygon of its corners; those outside the study area are one area without a name."""
    from town import with_towns  # noqa: PLC0415  # only here

    found = areas(with_towns(village).with_tables({"zones": grid(6, 3)}))
    assert sorted(found) == ["", "01"]
    ((ring,),) = found["01"]
    assert len(ring) == 5
    assert ring[0] == ring[-1]
    assert sorted({lon for lon, _ in ring}) == pytest.approx([6.0929, 6.1356], abs=1e-4)


def with_boundaries(region: Region) -> Region:
    """Return the village with a wavy border between two municipalities, the second outside the study area."""
    border = [(6.4 + 0.00001 * (at % 2), 50.7 + 0.2 * at / 400) for at in range(401)]
    west, east = ([*border, (lon, 50.9), (lon, 50.7)] for lon in (6.2, 6.6))
    outlines = [shapely.MultiPolygon([(ring, [])]).wkt for ring in (west, east)]
    told = Provenance("observed", "Vermessungsamt", "dl-de/by-2-0", region.manifest.day)
    known = region.with_manifest(provenance={**region.manifest.provenance, "boundaries": told})
    return known.with_tables({"boundaries": pl.DataFrame({"municipality": ["01", "03"], "outline": outlines})})


def test_areas_are_as_boundaries_tell(village: Region, report: dict[str, Any]) -> None:
    """Where a region has boundaries they are drawn, as coarse as a map shows, neighbours with one border, and the map names their source."""
    from town import with_towns  # noqa: PLC0415  # only here

    region = with_boundaries(with_towns(village))
    found = areas(region)
    assert sorted(found) == ["", "01"]
    ((inside,),), ((outside,),) = found["01"], found[""]
    assert len(inside) == len(outside) < 50
    common = set(inside) & set(outside)
    assert (
        common == {(lon, lat) for lon, lat in inside if lon > 6.3} == {(lon, lat) for lon, lat in outside if lon < 6.5}
    )
    assert inside[0] == inside[-1]
    shown = drawn(region, report | {"areas": found}, 3)
    assert shown.borders == "Vermessungsamt, dl-de/by-2-0"
    assert len(shown.areas) == 1
    assert shown.outside
    assert drawn(village, report, 3).borders == ""


def test_homes_that_are_no_cells_make_no_areas(village: Region) -> None:
    """Villages strewn over a fine grid are not drawn as squares."""
    from town import with_towns  # noqa: PLC0415  # only here

    assert areas(with_towns(village)) == {}
    assert areas(village) == {}
