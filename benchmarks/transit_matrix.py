# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Who gets where by public transport: Porto Alegre, 1,227 × 1,227, in CPU time, beside ferrobus and a brute force."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from tests.time_expanded import PlainTimetable, runs_around

from benchmarks.harness import RUNS, Figure, arguments, report
from benchmarks.porto_alegre import DAY, LIMITS, folder_of, read_region, write_day
from drehkreuz.reach.links import StopLinks
from drehkreuz.reach.modes import DayType
from drehkreuz.reach.network import Network, network
from drehkreuz.reach.scan import TOGETHER, arrive_by_each, depart_at_each
from drehkreuz.reach.timetable import Timetable, timetable
from drehkreuz.region import Region

DEADLINE: Final = 15 * 3600
DEPARTURE: Final = 14 * 3600
WINDOW: Final = [DEADLINE - 60 * minute for minute in range(60)]
HORIZON: Final = LIMITS.longest_minutes * 60
BLOCK: Final = 32
"""Workplaces that are scanned, and whose labels are joined with the cells, together."""
SAMPLED: Final = 12
"""Every so many-th workplace in the profile."""
DOORS: Final = 12
PAIRS: Final = 100
"""Of each door and direction, compared with the brute force; chosen by seed 7."""

Each = Callable[[NDArray[np.int64]], NDArray[np.int32]]
Join = Callable[[NDArray[np.int32]], NDArray[np.int32]]


class City:
    """The city's network and its one day."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.region: Region = read_region(data)
        self.network: Network = network(self.region, LIMITS)
        self.day: Timetable = timetable(self.region, DAY, self.network.timetables[DayType.WEEKDAY].footpaths, LIMITS)
        self.links = self.network.walk_links
        self.cells = len(self.links)

    def arrive(self, doors: NDArray[np.int64], deadlines: list[int]) -> NDArray[np.int32]:
        """Return the latest departures for some cells with a deadline each, int32[stops, doors]."""
        return arrive_by_each(self.day, self.links.take(doors), deadlines, max_rides=LIMITS.max_rides, horizon=HORIZON)

    def depart(self, doors: NDArray[np.int64], departures: list[int]) -> NDArray[np.int32]:
        """Return the earliest arrivals for some cells with a departure each, int32[stops, doors]."""
        return depart_at_each(self.day, self.links.take(doors), departures, max_rides=LIMITS.max_rides, horizon=HORIZON)

    def matrix(self, scan: Each, join: Join) -> tuple[float, float]:
        """Return milliseconds of CPU a door for the scans and for the joins of the whole matrix."""
        scans = joins = 0
        for start in range(0, self.cells, BLOCK):
            begin = time.process_time_ns()
            labels = scan(np.arange(start, min(start + BLOCK, self.cells)))
            middle = time.process_time_ns()
            join(labels)
            scans, joins = scans + middle - begin, joins + time.process_time_ns() - middle
        return scans / self.cells / 1e6, joins / self.cells / 1e6

    def profile(self) -> float:
        """Return milliseconds of CPU a workplace for 60 deadlines, join included; a sample of workplaces."""
        doors = np.arange(0, self.cells, SAMPLED)
        begin = time.process_time_ns()
        for door in doors:
            self.links.leave_by(self.arrive(np.full(len(WINDOW), door), WINDOW))
        return (time.process_time_ns() - begin) / len(doors) / 1e6


def main() -> None:
    """Measure and print."""
    told = arguments(__doc__ or "")
    if told.data is None:
        note = "name the folder of real open data with --data"
        report("transit_matrix", [Figure("single_cpu_ms", None, "ms CPU", 0.8, note=note)], as_json=told.json)
        return
    city = City(Path(told.data).resolve())
    report("transit_matrix", [*_single(city), *_departures(city), _profile(city), _oracle(city)], as_json=told.json)


def _single(city: City) -> list[Figure]:
    scan, join = _median(
        lambda: city.matrix(lambda doors: city.arrive(doors, [DEADLINE] * len(doors)), city.links.leave_by)
    )
    note = f"{city.cells:,} workplaces, {len(city.links.stop) / city.cells:.0f} stops a cell, by {BLOCK}"
    return [
        Figure("single_cpu_ms", scan + join, "ms CPU", 0.8, note=note),
        Figure("single_scan_cpu_ms", scan, "ms CPU"),
        Figure("single_join_cpu_ms", join, "ms CPU"),
    ]


def _departures(city: City) -> list[Figure]:
    """Measure ours, the peer, and ours again around it, since other work on the machine comes and goes."""

    def ours() -> float:
        return sum(
            _median(
                lambda: city.matrix(lambda doors: city.depart(doors, [DEPARTURE] * len(doors)), city.links.arrive_at)
            )
        )

    before, (peer, note), after = ours(), _ferrobus(city), ours()
    own = (before + after) / 2
    name = None if peer is None else f"ferrobus {metadata.version('ferrobus')}"
    return [
        Figure("depart_cpu_ms", own, "ms CPU", peer=name, peer_value=peer, note=note),
        Figure(
            "depart_ratio_ferrobus",
            None if peer is None else peer / own,
            "×",
            3,
            better="higher",
            peer=name,
            note="" if peer is not None else note,
        ),
    ]


def _ferrobus(city: City) -> tuple[float | None, str]:
    """Return the peer's milliseconds of CPU an origin, and what a reader must know."""
    if find_spec("ferrobus") is None:
        return None, "ferrobus is not installed (extra bench)"
    import ferrobus  # noqa: PLC0415  # only where it is installed

    with tempfile.TemporaryDirectory() as name:
        feed = Path(name) / "feed"
        write_day(city.region, feed)
        streets = str(folder_of(city.data) / "poa_osm.pbf")
        model = ferrobus.create_transit_model(streets, [str(feed)], DAY, LIMITS.footpath_seconds)
    points = []
    for lat, lon in city.region.table("zones").select("lat", "lon").iter_rows():
        try:
            points.append(ferrobus.create_transit_point(lat, lon, model, LIMITS.access_walk_seconds, 10_000))
        except ValueError:
            continue  # off its streets
    near = statistics.fmean(len(point.nearest_stops()) for point in points)

    def run() -> tuple[float]:
        begin = time.process_time()
        ferrobus.travel_time_matrix(model, points, DEPARTURE, LIMITS.max_rides - 1)
        return ((time.process_time() - begin) / len(points) * 1000,)

    note = f"peer: {len(points):,} cells, {near:.0f} stops a cell by its own streets (it takes no lists), no limit of 120 min"
    return _median(run)[0], note


def _profile(city: City) -> Figure:
    value = _median(lambda: (city.profile(),))[0]
    note = f"{len(WINDOW)} deadlines, {TOGETHER} in a scan, join included; every {SAMPLED}th workplace"
    return Figure("profile60_cpu_ms", value, "ms CPU", 15, note=note)


def _oracle(city: City) -> Figure:
    """Compare both directions with a plain search that tries every run, on the same lists."""
    paths = city.day.footpaths.out
    changes = {
        stop: [(int(paths.stop[i]), int(paths.seconds[i])) for i in range(paths.indptr[stop], paths.indptr[stop + 1])]
        for stop in range(city.day.n_stops)
    }
    plain = PlainTimetable(runs_around(city.region, DAY), changes)
    backward = plain.backward()
    limits = {"rides": LIMITS.max_rides, "horizon": HORIZON}
    chance = np.random.default_rng(7)
    wrong = compared = 0
    doors = chance.choice(city.cells, DOORS, replace=False)
    latest = city.links.leave_by(city.arrive(doors, [DEADLINE] * DOORS))
    earliest = city.links.arrive_at(city.depart(doors, [DEPARTURE] * DOORS))
    for column, door in enumerate(doors):
        links = city.links.row(door)
        there = backward.arrivals(_walks(links, links.from_stop), -DEADLINE, **limits)
        here = plain.arrivals(_walks(links, links.to_stop), DEPARTURE, **limits)
        for cell in chance.choice(city.cells, PAIRS, replace=False):
            row = city.links.row(cell)
            leave = max((-there[stop] - way for stop, way in _walks(row, row.to_stop) if stop in there), default=None)
            arrive = min((here[stop] + way for stop, way in _walks(row, row.from_stop) if stop in here), default=None)
            wrong += _differ(leave, int(latest[cell, column]), lambda at: at >= DEADLINE - HORIZON)
            wrong += _differ(arrive, int(earliest[cell, column]), lambda at: at <= DEPARTURE + HORIZON)
            compared += 2
    return Figure("oracle_mismatches", wrong, "pairs", 0, note=f"of {compared:,} sampled, to the second; seed 7")


def _walks(links: StopLinks, seconds: NDArray[np.int32]) -> list[tuple[int, int]]:
    return list(zip(links.stop.tolist(), seconds.tolist(), strict=True))


def _differ(expected: int | None, found: int, within: Callable[[int], bool]) -> bool:
    """Return whether two answers differ, both cut at the longest way."""
    return (expected if expected is not None and within(expected) else None) != (found if within(found) else None)


def _median(run: Callable[[], tuple[float, ...]]) -> tuple[float, ...]:
    """Return the median of each value after a warm-up."""
    run()
    return tuple(statistics.median(values) for values in zip(*(run() for _ in range(RUNS)), strict=True))


if __name__ == "__main__":
    main()
