# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A real city: scans of Porto Alegre's timetable against a brute-force search on the tables themselves."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Plain:
    """The same city as lists: runs of (stop, arrival, departure), footpaths and walks of whole seconds, in one direction of time."""

    runs: list[list[tuple[int, int, int]]]
    footpaths: dict[int, list[tuple[int, int]]]

    def backward(self) -> Plain:
        """Turn time around: arrivals become departures at the negative second."""
        footpaths = defaultdict(list)
        for stop, paths in self.footpaths.items():
            for other, seconds in paths:
                footpaths[other].append((stop, seconds))
        return Plain(
            [[(stop, -leaves, -arrives) for stop, arrives, leaves in reversed(run)] for run in self.runs], footpaths
        )

    def arrivals(self, access: list[tuple[int, int]], start: int) -> dict[int, int]:
        """Return the earliest arrival by a ride at every stop, trying every run that can be boarded."""
        departures = defaultdict(list)
        for number, run in enumerate(self.runs):
            for position, (stop, _, leaves) in enumerate(run):
                departures[stop].append((leaves, number, position))
        for calls in departures.values():
            calls.sort()
        best: dict[int, int] = {}
        ready = [(stop, start + seconds) for stop, seconds in access]
        for _ in range(RIDES):
            boarded: set[tuple[int, int]] = set()
            left: dict[int, int] = {}
            for stop, when in ready:
                calls = departures[stop]
                for leaves, number, position in calls[bisect_left(calls, (when, -1, -1)) :]:
                    if leaves > start + HORIZON:
                        break
                    self._ride(number, position, boarded, left)
            for stop, when in left.items():
                best[stop] = min(best.get(stop, when), when)
            ready = [(other, when + seconds) for stop, when in left.items() for other, seconds in self.footpaths[stop]]
        return best

    def _ride(self, number: int, position: int, boarded: set[tuple[int, int]], left: dict[int, int]) -> None:
        """Sit in a run from one of its calls to its end, noting where one may get off; stop where somebody sat before."""
        for i in range(position, len(self.runs[number]) - 1):
            if (number, i) in boarded:
                return
            boarded.add((number, i))
            stop, arrives, _ = self.runs[number][i + 1]
            left[stop] = min(left.get(stop, arrives), arrives)


def walks(a: pl.DataFrame, b: pl.DataFrame, limit: int) -> list[list[tuple[int, int]]]:
    """Return, for every row of a, the rows of b within a walk, by the haversine formula."""
    phi, lam = (np.radians(a[name].to_numpy())[:, None] for name in ("lat", "lon"))
    phi2, lam2 = (np.radians(b[name].to_numpy())[None, :] for name in ("lat", "lon"))
    h = np.sin((phi2 - phi) / 2) ** 2 + np.cos(phi) * np.cos(phi2) * np.sin((lam2 - lam) / 2) ** 2
    metres = 2 * 6_371_008.8 * np.arcsin(np.sqrt(h)) * 1.3
    seconds = np.ceil(metres / (4.8 / 3.6) - 1e-5).astype(int)
    return [[(int(i), int(row[i])) for i in np.flatnonzero(row <= limit)] for row in seconds]


@pytest.fixture(scope="module")
def plain(region: Region) -> Plain:
    """The runs of the service day, and changes: the walk, two minutes at least, ten at most."""
    on_day = region.table("service_days").filter(pl.col("date") == DAY)["service_id"]
    trips = region.table("trips").filter(pl.col("service_id").is_in(on_day.implode()))["trip_id"]
    rows = {stop: i for i, stop in enumerate(region.table("stops")["stop_id"])}
    runs: dict[str, list[tuple[int, int, int]]] = {trip: [] for trip in trips}
    calls = region.table("stop_times").sort("trip_id", "sequence")
    for trip, stop, arrives, leaves in calls.select("trip_id", "stop_id", "arrival", "departure").iter_rows():
        if trip in runs:
            runs[trip].append((rows[stop], arrives, leaves))
    stops = region.table("stops")
    near = walks(stops, stops, 600)
    return Plain(
        list(runs.values()),
        {stop: [(other, max(seconds, 120)) for other, seconds in paths] for stop, paths in enumerate(near)},
    )


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


def test_earliest_arrivals_of_a_city(region: Region, plain: Plain, net: Network) -> None:
    """Leaving three cells at 14:00, the arrival at 240 sampled cells is that of the brute force, to the second."""
    start = 14 * 3600
    from_cell = walks(region.table("zones"), region.table("stops"), PARAMETERS.access_walk_seconds)
    for door in doors(region):
        scan = depart_at(net.timetables[0], net.walk_links.row(door), start, max_rides=RIDES, horizon=HORIZON)
        found = net.walk_links.arrive_at(scan.alight[-1])
        expected = plain.arrivals(from_cell[door], start)
        for cell in np.random.default_rng(door).choice(len(from_cell), PAIRS_PER_DOOR, replace=False):
            ways = [expected[stop] + seconds for stop, seconds in from_cell[cell] if stop in expected]
            assert min((way for way in ways if way <= start + HORIZON), default=None) == (
                int(found[cell]) if found[cell] <= start + HORIZON else None
            )


def test_latest_departures_of_a_city(region: Region, plain: Plain, net: Network) -> None:
    """To be at three cells by 15:00, the departure from 240 sampled cells is that of the brute force, to the second."""
    deadline = 15 * 3600
    from_cell = walks(region.table("zones"), region.table("stops"), PARAMETERS.access_walk_seconds)
    backward = plain.backward()
    for door in doors(region):
        scan = arrive_by(net.timetables[0], net.place_links(door), deadline, max_rides=RIDES, horizon=HORIZON)
        found = net.walk_links.leave_by(scan.board[-1])
        expected = backward.arrivals(from_cell[door], -deadline)
        for cell in np.random.default_rng(door).choice(len(from_cell), PAIRS_PER_DOOR, replace=False):
            ways = [-expected[stop] - seconds for stop, seconds in from_cell[cell] if stop in expected]
            assert max((way for way in ways if way >= deadline - HORIZON), default=None) == (
                int(found[cell]) if found[cell] >= deadline - HORIZON else None
            )
