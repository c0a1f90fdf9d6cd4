# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Ways of local buses: from each hub round by the stops of its area that no typed line calls at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from drehkreuz.model.aachen.corridors import Corridors
from drehkreuz.model.aachen.stops import Stops, read_data

DETOUR_METRES: Final = {"city": 1500.0, "town": 2500.0, "rural": 3000.0, "ring": 6000.0, "ring_city": 4000.0}
"""Assumed: a line goes out of its way by up to this for one more stop, by kind of hub."""
LOCAL_SERVICE: Final = {
    "city": "city_edge", "town": "town_local", "rural": "village", "ring": "ring", "ring_city": "ring_city",
}  # fmt: skip
"""How often local lines run, by kind of hub."""
MOST_STOPS: Final = 20
"""Assumed: a line that has so many takes no more in."""


@dataclass(frozen=True, slots=True)
class Hub:
    """
    A town or village that local lines begin at.

    Attributes:
        stop: Position of the stop.
        kind: city, town, rural; ring, ring_city outside the study area.
    """

    stop: int
    kind: str


def local_ways(stops: Stops, corridors: Corridors, called: NDArray[np.bool_]) -> Iterator[tuple[Hub, tuple[int, ...]]]:
    """
    Yield ways that together call at every stop that no line calls at yet, hub by hub.

    Args:
        stops: The stops.
        corridors: Their network.
        called: bool[n]: stops that a typed line calls at.
    """
    hubs, area = _areas(stops)
    for number, hub in enumerate(hubs):
        wanting = ~called & (area == number)
        wanting[hub.stop] = False
        while wanting.any():
            way = corridors.way_round(hub.stop, wanting)
            wanting[list(way)] = False
            way = _with_stops_beside(stops, way, wanting, DETOUR_METRES[hub.kind])
            wanting[list(way)] = False
            yield hub, way


def _areas(stops: Stops) -> tuple[list[Hub], NDArray[np.int64]]:
    """Return the hubs, and int64[n]: whose area a stop is in, by the municipality in its name, else by nearness."""
    rows = read_data("hubs.csv")
    hubs = [Hub(stops.at(row["hub"]), row["kind"]) for row in rows]
    number = {row["area"]: position for position, row in enumerate(rows)}
    gaps = stops.metres[:, None, :] - stops.metres[[hub.stop for hub in hubs]][None, :, :]
    nearest = np.argmin(np.hypot(gaps[..., 0], gaps[..., 1]), axis=1)
    municipality = [name.rpartition(", ")[2] for name in stops.names]
    return hubs, np.array([number.get(area, near) for area, near in zip(municipality, nearest.tolist(), strict=True)])


def _with_stops_beside(stops: Stops, way: Sequence[int], wanting: NDArray[np.bool_], detour: float) -> tuple[int, ...]:
    """Return the way with stops put in where that makes it longer by no more than the detour, cheapest first."""
    line = list(way)
    open_stops = np.flatnonzero(wanting)
    while len(open_stops) and len(line) < MOST_STOPS:
        extra = _extra_metres(stops, line, open_stops)
        stop, gap = np.unravel_index(np.argmin(extra), extra.shape)
        if extra[stop, gap] > detour:
            break
        line.insert(int(gap) + 1, int(open_stops[stop]))
        open_stops = np.delete(open_stops, stop)
    return tuple(line)


def _extra_metres(stops: Stops, line: Sequence[int], others: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return float64[others, len(line) - 1]: how much longer the line is with each stop in each of its gaps."""
    gaps = stops.metres[others][:, None, :] - stops.metres[line][None, :, :]
    away = np.hypot(gaps[..., 0], gaps[..., 1])
    return np.asarray(away[:, :-1] + away[:, 1:] - stops.lengths(line)[None, :])
