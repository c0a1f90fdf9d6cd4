# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Outlines of cells: every point of the map is inside exactly where the nearest site is."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from drehkreuz.reach.cells import Cells, Polygon

KM_LAT = 1 / 111.195
KM_LON = KM_LAT / np.cos(np.radians(50.8))


def grid(rows: list[str]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return latitude and longitude of the crosses of a drawing, 1 km apart, north above."""
    spots = [(len(rows) - y, x) for y, row in enumerate(rows) for x, letter in enumerate(row) if letter == "x"]
    lat, lon = np.array(spots, dtype=np.float64).T
    return 50.8 + (lat - lat.mean()) * KM_LAT, 6.2 + lon * KM_LON


def inside(polygons: list[Polygon], lon: float, lat: float) -> bool:
    """Count the borders to the right of a point; holes count too."""
    crossings = 0
    for polygon in polygons:
        for ring in polygon:
            for (x0, y0), (x1, y1) in pairwise(ring):
                crossings += (y0 > lat) != (y1 > lat) and lon < x0 + (lat - y0) / (y1 - y0) * (x1 - x0)
    return crossings % 2 == 1


def area(polygons: list[Polygon]) -> float:
    """Return square kilometres, holes taken off."""
    total = 0.0
    for polygon in polygons:
        for ring in polygon:
            x, y = np.array(ring).T
            total += float((x[:-1] * y[1:] - x[1:] * y[:-1]).sum()) / 2
    return total / (KM_LAT * KM_LON)


def test_homes_on_a_grid_have_its_squares() -> None:
    """Nine homes in a block have one outline of four corners and nine square kilometres."""
    lat, lon = grid(["xxx", "xxx", "xxx"])
    outline = Cells.of(lat, lon).outline(np.ones(9, dtype=np.bool_))
    assert [len(ring) for polygon in outline for ring in polygon] == [5]
    assert area(outline) == pytest.approx(9.0, rel=1e-3)


def test_a_hole_belongs_to_the_outline_round_it() -> None:
    """A home out of reach in the middle is a hole, clockwise, of the outline that counter-clockwise goes round it."""
    lat, lon = grid(["xxx", "xxx", "xxx"])
    chosen = np.arange(9) != 4
    ((shell, hole),) = Cells.of(lat, lon).outline(chosen)
    assert area([[shell]]) == pytest.approx(9.0, rel=1e-3)
    assert area([[hole]]) == pytest.approx(-1.0, rel=1e-3)


def test_cells_that_touch_at_a_corner_stay_apart() -> None:
    """Two cells with a corner in common have an outline each."""
    lat, lon = grid(["xx", "xx"])
    outline = Cells.of(lat, lon).outline(np.array([True, False, False, True]))
    assert [len(polygon) for polygon in outline] == [1, 1]
    assert area(outline) == pytest.approx(2.0, rel=1e-3)


def test_one_home_and_no_home() -> None:
    """One home alone has a cell about a kilometre wide; of no home there is no outline."""
    cells = Cells.of([50.8], [6.2])
    assert area(cells.outline(np.array([True]))) == pytest.approx(1.0, rel=0.01)
    assert cells.outline(np.array([False])) == []


def test_homes_at_one_point_share_a_cell() -> None:
    """Two homes at the same point are in reach as soon as one is."""
    cells = Cells.of([50.8, 50.8, 50.83], [6.2, 6.2, 6.24])
    one, both = (cells.outline(np.array(chosen)) for chosen in ([True, False, False], [True, True, False]))
    assert one == both != []


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6))
def test_a_point_is_inside_where_its_nearest_site_is(seed: int) -> None:
    """Of homes anywhere, the outline holds a point just when the nearest site is a home in the set."""
    dice = np.random.default_rng(seed)
    n = int(dice.integers(1, 30))
    lat, lon = 50.8 + dice.random(n) * 0.1, 6.2 + dice.random(n) * 0.15
    cells, chosen = Cells.of(lat, lon), dice.random(n) < 0.5
    outline, wanted = cells.outline(chosen), np.zeros(len(cells.sites), dtype=np.bool_)
    wanted[cells.site[chosen]] = True
    for y, x in zip(50.78 + dice.random(40) * 0.14, 6.18 + dice.random(40) * 0.19, strict=True):
        metres = np.array([(x - cells.origin[0]) / KM_LON, (y - cells.origin[1]) / KM_LAT]) * 1000
        metres[0] *= np.cos(np.radians(cells.origin[1])) / np.cos(np.radians(50.8))
        apart = np.linalg.norm(cells.sites - metres, axis=1)
        nearest, next_one = np.sort(apart)[:2]
        if next_one - nearest > 5.0:  # metres: nearer a border, the rounding of corners decides
            assert inside(outline, x, y) == wanted[apart.argmin()]
