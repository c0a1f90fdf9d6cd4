# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Ways by public transport, searched plainly: walks by SciPy's Dijkstra on the table of streets, rides by trying every run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components, dijkstra
from scipy.spatial import KDTree

from drehkreuz.reach import CANNOT, PARAMETERS, DayType
from drehkreuz.reach.points import Points
from drehkreuz.region import Region
from time_expanded import PlainTimetable, runs_around

CHUNK: Final = 500
"""Doors searched from at a time, which bounds memory."""


class Streets:
    """Walks along the streets of a region, from and to the nearest junction of their connected part."""

    def __init__(self, region: Region) -> None:
        shortest = pl.min("length_m")
        edges = region.table("street_edges").filter(pl.col("walk")).group_by("from_node", "to_node").agg(shortest)
        self._junctions = Points.of(region, "street_nodes").xyz
        ends = (edges["from_node"].to_numpy(), edges["to_node"].to_numpy())
        n = len(self._junctions)
        self._graph = csr_array((edges["length_m"].to_numpy(), ends), shape=(n, n))
        _, part = connected_components(self._graph, connection="strong")
        self._connected = np.flatnonzero(part == np.bincount(part).argmax())

    def seconds(self, doors: Points, others: Points, limit: int) -> NDArray[np.int64]:
        """Return whole seconds from each door to each other point, [doors, others]; more than the limit where there is no walk."""
        from_node, from_metres = self._snap(doors)
        to_node, to_metres = self._snap(others)
        speed = PARAMETERS.walk_kmh / 3.6
        found = np.full((len(doors), len(others)), limit + 1, dtype=np.int64)
        for begin in range(0, len(doors), CHUNK):
            rows = slice(begin, begin + CHUNK)
            metres = dijkstra(self._graph, indices=from_node[rows], limit=limit * speed)[:, to_node]
            metres += from_metres[rows, None] + to_metres[None]
            found[rows] = np.ceil(np.minimum(metres / speed, limit + 1) - 1e-6)
        return found

    def _snap(self, points: Points) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """Return the nearest junction of each point and the metres to it, infinite where it is too far."""
        metres, nearest = KDTree(self._junctions[self._connected]).query(points.xyz)
        return self._connected[nearest], np.where(metres <= PARAMETERS.snap_metres, metres, np.inf)


class BruteForce:
    """
    Minutes by walking and public transport between some homes and every place.

    Args:
        region: The region.
        homes: Rows of table `zones`.
        dates: The date that stands for each kind of day.
    """

    def __init__(self, region: Region, homes: Sequence[int], dates: Mapping[DayType, date]) -> None:
        streets, limit = Streets(region), PARAMETERS.access_walk_seconds
        doors, places, stops = (Points.of(region, table) for table in ("zones", "places", "stops"))
        doors = doors.take(np.array(homes))
        self._home_to_stop = streets.seconds(doors, stops, limit)
        self._stop_to_home = streets.seconds(stops, doors, limit).T
        self._home_to_place = streets.seconds(doors, places, limit).T
        self._place_to_home = streets.seconds(places, doors, limit)
        self._stop_to_place = streets.seconds(stops, places, limit).T
        self._place_to_stop = streets.seconds(places, stops, limit)
        changes = _changes(streets, stops)
        self._forward = {day: PlainTimetable(runs_around(region, at), changes) for day, at in dates.items()}
        self._backward = {day: plain.backward() for day, plain in self._forward.items()}

    def out(self, place: int, start: int, day: DayType) -> list[int]:
        """Return minutes from leaving each home to the begin, seconds after midnight."""
        arrivals = _arrivals(self._backward[day], self._stop_to_place[place], -start)
        walks = zip(self._home_to_stop, self._home_to_place[place], strict=True)
        return [_minutes(arrivals, -start, to_stop, walk) for to_stop, walk in walks]

    def back(self, place: int, end: int, day: DayType) -> list[int]:
        """Return minutes from the end, seconds after midnight, to each home."""
        arrivals = _arrivals(self._forward[day], self._place_to_stop[place], end)
        walks = zip(self._stop_to_home, self._place_to_home[place], strict=True)
        return [_minutes(arrivals, end, from_stop, walk) for from_stop, walk in walks]


def _changes(streets: Streets, stops: Points) -> dict[int, list[tuple[int, int]]]:
    """Return from each stop the stops of a next ride and the seconds it takes, itself among them."""
    walks = streets.seconds(stops, stops, PARAMETERS.footpath_seconds)
    np.fill_diagonal(walks, 0)
    least = PARAMETERS.minimum_change_seconds
    near = (_near(row, PARAMETERS.footpath_seconds) for row in walks)
    return {stop: [(other, max(seconds, least)) for other, seconds in others] for stop, others in enumerate(near)}


def _arrivals(plain: PlainTimetable, access: NDArray[np.int64], begin: int) -> dict[int, int]:
    walks = _near(access, PARAMETERS.access_walk_seconds)
    return plain.arrivals(walks, begin, rides=PARAMETERS.max_rides, horizon=PARAMETERS.longest_minutes * 60)


def _near(seconds: NDArray[np.int64], limit: int) -> list[tuple[int, int]]:
    return [(int(stop), int(seconds[stop])) for stop in np.flatnonzero(seconds <= limit)]


def _minutes(arrivals: Mapping[int, int], begin: int, last_walks: NDArray[np.int64], walk: int) -> int:
    """Return whole minutes from the begin to one home, by rides or, where that is short enough, on foot alone."""
    limit = PARAMETERS.access_walk_seconds
    ways = [arrivals[stop] + seconds - begin for stop, seconds in _near(last_walks, limit) if stop in arrivals]
    ways += [int(walk)] if walk <= limit else []
    minutes = -(-min(ways, default=CANNOT * 60) // 60)
    return minutes if minutes <= PARAMETERS.longest_minutes else CANNOT
