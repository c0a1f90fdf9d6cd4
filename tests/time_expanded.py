# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A plain search of a timetable to test the scans against: it tries every run that can be boarded."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import polars as pl

from drehkreuz.region import Region

Run = list[tuple[int, int, int]]
"""Calls of a run in order: row of the stop, arrival, departure, in seconds."""

Walks = Iterable[tuple[int, int]]
"""Stops within a walk: row of the stop, whole seconds."""


@dataclass(frozen=True)
class PlainTimetable:
    """Runs as lists, and from each stop the stops where a next ride may be boarded, with the seconds it takes."""

    runs: list[Run]
    footpaths: Mapping[int, list[tuple[int, int]]]

    def backward(self) -> PlainTimetable:
        """Turn time around: arrivals become departures at the negative second."""
        footpaths = defaultdict(list)
        for stop, paths in self.footpaths.items():
            for other, seconds in paths:
                footpaths[other].append((stop, seconds))
        runs = [[(stop, -leaves, -arrives) for stop, arrives, leaves in reversed(run)] for run in self.runs]
        return PlainTimetable(runs, footpaths)

    def arrivals(self, access: Walks, start: int, *, rides: int, horizon: int) -> dict[int, int]:
        """Return the earliest arrival by a ride at every stop for who leaves the door at `start`."""
        best: dict[int, int] = {}
        ready = {stop: start + seconds for stop, seconds in access}
        for _ in range(rides):
            boarded: set[tuple[int, int]] = set()
            left: dict[int, int] = {}
            for stop, when in ready.items():
                calls = self._departures.get(stop, [])
                for leaves, number, position in calls[bisect_left(calls, (when, -1, -1)) :]:
                    if leaves > start + horizon:
                        break
                    self._ride(number, position, boarded, left)
            ready = {}
            for stop, when in left.items():
                best[stop] = min(best.get(stop, when), when)
                for other, seconds in self.footpaths.get(stop, ()):
                    ready[other] = min(ready.get(other, when + seconds), when + seconds)
        return best

    @cached_property
    def _departures(self) -> dict[int, list[tuple[int, int, int]]]:
        """Departures of each stop in order of time: second, number of the run, position in it."""
        departures = defaultdict(list)
        for number, run in enumerate(self.runs):
            for position, (stop, _, leaves) in enumerate(run):
                departures[stop].append((leaves, number, position))
        return {stop: sorted(calls) for stop, calls in departures.items()}

    def _ride(self, number: int, position: int, boarded: set[tuple[int, int]], left: dict[int, int]) -> None:
        """Sit in a run from one of its calls to its end, noting where one may get off; stop where somebody sat before."""
        for i in range(position, len(self.runs[number]) - 1):
            if (number, i) in boarded:
                return
            boarded.add((number, i))
            stop, arrives, _ = self.runs[number][i + 1]
            left[stop] = min(left.get(stop, arrives), arrives)


def runs_around(region: Region, day: date) -> list[Run]:
    """Return the runs of a day and, by its clock, those of the days before and after it."""
    rows = {stop: row for row, stop in enumerate(region.table("stops")["stop_id"])}
    services = region.table("service_days").join(region.table("trips"), on="service_id")
    calls = region.table("stop_times").sort("trip_id", "sequence")
    assert calls["pickup"].all()
    assert calls["drop_off"].all()
    runs: list[Run] = []
    for shift in (-1, 0, 1):
        trips = services.filter(pl.col("date") == day + timedelta(days=shift))["trip_id"]
        running: dict[str, Run] = {trip: [] for trip in trips}
        here = calls.filter(pl.col("trip_id").is_in(trips.implode()))
        for trip, stop, arrives, leaves in here.select("trip_id", "stop_id", "arrival", "departure").iter_rows():
            running[trip].append((rows[stop], arrives + shift * 86_400, leaves + shift * 86_400))
        runs.extend(running.values())
    return runs
