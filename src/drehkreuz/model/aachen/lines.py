# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The model's lines: which stops in which order, and how many minutes from one to the next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from drehkreuz.model.aachen.corridors import Corridors
from drehkreuz.model.aachen.local_lines import LOCAL_SERVICE, local_ways
from drehkreuz.model.aachen.stops import Stops, read_data

RAIL, BUS = 2, 3
"""route_type of GTFS."""
FIRST_LOCAL_LINE: Final = 101


@dataclass(frozen=True, slots=True)
class Speeds:
    """
    Assumed speeds of buses on the road, with stops and lights, by how far the next stop is.

    Attributes:
        detour: Way on the road ÷ straight line.
        up_to_metres: Straight metres up to which each speed but the last holds: streets of a town, of villages, the country.
        kmh: Speeds in km/h.
        express_kmh: The same for express buses.
    """

    detour: float = 1.25
    up_to_metres: tuple[float, ...] = (700.0, 1500.0)
    kmh: tuple[float, ...] = (20.0, 27.0, 34.0)
    express_kmh: tuple[float, ...] = (25.0, 31.0, 34.5)


SPEEDS: Final = Speeds()
EXPRESS_GAP_METRES: Final = 2200.0
"""Express buses leave out stops nearer than this to their last one."""


@dataclass(frozen=True)
class Line:
    """
    A line, the same in both directions.

    Attributes:
        line_id: "A" … for trains, numbers for buses, "S1" … for express buses.
        name: What is shown; says that it is modelled.
        mode: route_type of GTFS.
        service: How often it runs: a key of `data/services.csv`.
        stops: Positions of its stops.
        minutes: int64[len(stops)], from the first stop.
    """

    line_id: str
    name: str
    mode: int
    service: str
    stops: tuple[int, ...]
    minutes: NDArray[np.int64] = field(repr=False)

    def back(self) -> Line:
        """Return the line in the other direction."""
        return Line(
            self.line_id, self.name, self.mode, self.service, self.stops[::-1], (self.minutes[-1] - self.minutes)[::-1]
        )


def read_lines(stops: Stops) -> list[Line]:
    """Return all lines: trains and main buses as typed, then local buses that call at the other stops."""
    corridors = Corridors.of(stops)
    lines = [*_trains(stops), *_typed_buses(stops, corridors)]
    called = np.zeros(len(stops), dtype=np.bool_)
    called[[stop for line in lines for stop in line.stops]] = True
    called |= stops.rail
    for number, (hub, way) in enumerate(local_ways(stops, corridors, called), FIRST_LOCAL_LINE):
        service = LOCAL_SERVICE[hub.kind]
        name = f"Modell-Linie {number}"
        lines.append(Line(str(number), name, BUS, service, way, bus_minutes(stops, way, SPEEDS.kmh)))
    return lines


def _trains(stops: Stops) -> Iterator[Line]:
    for row in read_data("rail_lines.csv"):
        calls = [call.rpartition(" ") for call in row["calls"].split(" | ")]
        way = tuple(stops.at(name) for name, _, _ in calls)
        minutes = np.array([int(minute) for _, _, minute in calls])
        yield Line(row["line"], row["name"], RAIL, row["service"], way, minutes)


def _typed_buses(stops: Stops, corridors: Corridors) -> Iterator[Line]:
    for row in read_data("bus_lines.csv"):
        via = [stops.at(name) for name in row["via"].split(" | ")]
        way = corridors.way(via)
        express = row["service"] == "express"
        if express:
            way = _spread(stops, way, set(via))
        minutes = bus_minutes(stops, way, SPEEDS.express_kmh if express else SPEEDS.kmh)
        yield Line(row["line"], row["name"], BUS, row["service"], way, minutes)


def _spread(stops: Stops, way: Sequence[int], must: set[int]) -> tuple[int, ...]:
    """Leave out the stops of a way that are near the one before, except those it must call at."""
    kept: list[int] = []
    for stop in way:
        if stop in must or stops.lengths([kept[-1], stop])[0] >= EXPRESS_GAP_METRES:
            kept.append(stop)
    return tuple(kept)


def bus_minutes(stops: Stops, way: Sequence[int], kmh: Sequence[float]) -> NDArray[np.int64]:
    """Return int64[len(way)]: whole minutes from the first stop, rounded up, at least one from stop to stop."""
    metres = stops.lengths(way)
    speed = np.asarray(kmh)[np.searchsorted(SPEEDS.up_to_metres, metres)]
    exact = np.concatenate([[0.0], np.cumsum(metres * SPEEDS.detour / speed * 0.06)])
    steps = np.arange(len(way))
    return np.maximum.accumulate(np.ceil(exact).astype(np.int64) - steps) + steps
