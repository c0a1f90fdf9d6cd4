# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A real city: scans of Porto Alegre's timetable against a brute-force search on the tables themselves."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from drehkreuz.reach.network import Network, network
from drehkreuz.reach.parameters import PARAMETERS
from drehkreuz.reach.scan import arrive_by, depart_at
from drehkreuz.region import Manifest, Region
from drehkreuz.sources.gtfs import read_gtfs
from time_expanded import PlainTimetable, runs_around

pytestmark = pytest.mark.data

DAY = date(2019, 5, 14)
HORIZON = 7200
RIDES = 3
DOORS = 3
PAIRS_PER_DOOR = 80


@pytest.fixture(scope="module")
def region(data: Path) -> Region:
    """The city's two feeds and its hexagons, each a home and a workplace; no streets."""
    folder = data / "transit" / "porto-alegre"
    feeds = [read_gtfs(folder / f"poa_{feed}.zip", feed, lenient=True)[0] for feed in ("eptc", "trensurb")]
    cells = pl.read_csv(folder / "poa_hexgrid.csv").select("id", "lat", "lon").sort("id")
    tables = {name: pl.concat([feed[name] for feed in feeds]) for name in feeds[0]}
    tables["zones"] = cells.rename({"id": "zone_id"})
    tables["places"] = cells.select(place_id="id", name="id", kind=pl.lit("workplace"), lat="lat", lon="lon")
    return Region(Manifest("poa", "Porto Alegre", date(2019, 5, 13), "pt", {}), tables)


def walks(a: pl.DataFrame, b: pl.DataFrame, limit: int) -> list[list[tuple[int, int]]]:
    """Return, for every row of a, the rows of b within a walk, by the haversine formula."""
    phi, lam = (np.radians(a[name].to_numpy())[:, None] for name in ("lat", "lon"))
    phi2, lam2 = (np.radians(b[name].to_numpy())[None, :] for name in ("lat", "lon"))
    h = np.sin((phi2 - phi) / 2) ** 2 + np.cos(phi) * np.cos(phi2) * np.sin((lam2 - lam) / 2) ** 2
    metres = 2 * 6_371_008.8 * np.arcsin(np.sqrt(h)) * 1.3
    seconds = np.ceil(metres / (4.8 / 3.6) - 1e-5).astype(int)
    return [[(int(i), int(row[i])) for i in np.flatnonzero(row <= limit)] for row in seconds]


@pytest.fixture(scope="module")
def plain(region: Region) -> PlainTimetable:
    """The runs of the service day, and changes: the walk, two minutes at least, ten at most."""
    stops = region.table("stops")
    changes = [[(other, max(seconds, 120)) for other, seconds in paths] for paths in walks(stops, stops, 600)]
    return PlainTimetable(runs_around(region, DAY), dict(enumerate(changes)))


@pytest.fixture(scope="module")
def net(region: Region) -> Network:
    """The network that the library prepares."""
    prepared = network(region, PARAMETERS)
    assert prepared.timetables[0].day == DAY
    return prepared


def doors(region: Region) -> list[int]:
    """Return some cells near the middle of the sample, spread over the city."""
    n = len(region.table("zones"))
    return [int(cell) for cell in np.random.default_rng(7).choice(n, DOORS, replace=False)]


def test_earliest_arrivals_of_a_city(region: Region, plain: PlainTimetable, net: Network) -> None:
    """Leaving three cells at 14:00, the arrival at 240 sampled cells is that of the brute force, to the second."""
    start = 14 * 3600
    from_cell = walks(region.table("zones"), region.table("stops"), PARAMETERS.access_walk_seconds)
    for door in doors(region):
        scan = depart_at(net.timetables[0], net.walk_links.row(door), start, max_rides=RIDES, horizon=HORIZON)
        found = net.walk_links.arrive_at(scan.alight[-1])
        expected = plain.arrivals(from_cell[door], start, rides=RIDES, horizon=HORIZON)
        for cell in np.random.default_rng(door).choice(len(from_cell), PAIRS_PER_DOOR, replace=False):
            ways = [expected[stop] + seconds for stop, seconds in from_cell[cell] if stop in expected]
            assert min((way for way in ways if way <= start + HORIZON), default=None) == (
                int(found[cell]) if found[cell] <= start + HORIZON else None
            )


def test_latest_departures_of_a_city(region: Region, plain: PlainTimetable, net: Network) -> None:
    """To be at three cells by 15:00, the departure from 240 sampled cells is that of the brute force, to the second."""
    deadline = 15 * 3600
    from_cell = walks(region.table("zones"), region.table("stops"), PARAMETERS.access_walk_seconds)
    backward = plain.backward()
    for door in doors(region):
        scan = arrive_by(
            net.timetables[0],
            net.place_links(net.places.take(np.array([door]))),
            deadline,
            max_rides=RIDES,
            horizon=HORIZON,
        )
        found = net.walk_links.leave_by(scan.board[-1])
        expected = backward.arrivals(from_cell[door], -deadline, rides=RIDES, horizon=HORIZON)
        for cell in np.random.default_rng(door).choice(len(from_cell), PAIRS_PER_DOOR, replace=False):
            ways = [-expected[stop] - seconds for stop, seconds in from_cell[cell] if stop in expected]
            assert max((way for way in ways if way >= deadline - HORIZON), default=None) == (
                int(found[cell]) if found[cell] >= deadline - HORIZON else None
            )
