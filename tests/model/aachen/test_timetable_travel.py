# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Travel with the model's timetable: as fast between towns as it usually is, and as early as shifts of the region need or miss."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from math import hypot, inf
from pathlib import Path

import polars as pl
import pytest
from scipy.spatial import cKDTree

from drehkreuz.model.aachen.stops import Stops
from drehkreuz.model.aachen.timetable import write_timetable
from drehkreuz.sources.gtfs import read_gtfs

TUESDAY = date(2026, 11, 3)
CHANGE_SECONDS = 120
WALK_METRES = 600.0
WALK_SECONDS_PER_METRE = 1.3 / 1.33

USUAL_MINUTES = {
    ("Aachen Hbf", "Düren"): 22,
    ("Aachen Hbf", "Köln Hbf"): 53,
    ("Aachen Hbf", "Mönchengladbach Hbf"): 54,
    ("Düren", "Jülich"): 17,
    ("Düren", "Euskirchen"): 45,
    ("Euskirchen", "Köln Hbf"): 38,
    ("Bushof, Aachen", "Altstadt, Monschau"): 63,
    ("Bushof, Aachen", "Jülich"): 52,
    ("Aachen Hbf", "Eschweiler Hbf"): 15,
    ("Heinsberg(Rheinl)", "Aachen Hbf"): 50,
    ("Aachen Hbf", "Liège-Guillemins"): 56,
    ("Heerlen", "Aachen Hbf"): 29,
}
"""Fastest ride of a weekday morning with regional trains and buses, changes included; assumed, from general knowledge of 2025."""

KREIS_DUEREN = (
    "Aldenhoven", "Düren", "Heimbach (Eifel)", "Hürtgenwald", "Inden", "Jülich", "Kreuzau", "Langerwehe", "Linnich",
    "Merzenich", "Nideggen", "Niederzier", "Nörvenich", "Titz", "Vettweiß",
)  # fmt: skip
KREIS_EUSKIRCHEN = (
    "Bad Münstereifel", "Blankenheim (Ahr)", "Dahlem b Kall", "Euskirchen", "Hellenthal", "Kall", "Mechernich",
    "Nettersheim", "Schleiden", "Weilerswist", "Zülpich",
)  # fmt: skip
STAEDTEREGION_SOUTH = ("Monschau", "Roetgen", "Simmerath")


@dataclass(frozen=True)
class Day:
    """A service day: connections (departure, arrival, trip, from, to) in order of departure, and walks between stops."""

    stops: Stops
    connections: list[tuple[int, int, str, int, int]]
    walks: dict[int, list[tuple[int, int]]]

    def fastest(self, start: int, end: int, first: int, last: int) -> float:
        """Return the fewest minutes from boarding at one stop to arriving at another, setting out in a window."""
        best = inf
        leaving = {d for d, _, _, stop, _ in self.connections if stop == start and first <= d < last}
        for departure in sorted(leaving):
            best = min(best, self._ride(start, end, departure, departure + best) - departure)
        return best / 60

    def _ride(self, start: int, end: int, departure: int, bound: float) -> float:
        arrival: dict[int, float] = defaultdict(lambda: inf)
        arrival[start] = departure - CHANGE_SECONDS
        aboard: set[str] = set()
        for leaves, arrives, trip, tail, head in self.connections[bisect_left(self.connections, (departure,)) :]:
            if leaves > min(bound, arrival[end], departure + 7200):
                break
            if trip in aboard or arrival[tail] + CHANGE_SECONDS <= leaves:
                aboard.add(trip)
                for stop, seconds in [(head, 0), *self.walks[head]]:
                    arrival[stop] = min(arrival[stop], arrives + seconds)
        return arrival[end]

    def reaching(self, end: int, deadline: int, earliest: int) -> set[int]:
        """Return the stops from which one reaches another by the deadline, setting out no earlier than allowed."""
        latest: dict[int, float] = defaultdict(lambda: -inf)
        for stop, seconds in [(end, 0), *self.walks[end]]:
            latest[stop] = deadline - seconds
        aboard: set[str] = set()
        by_arrival = [c for c in self.connections if earliest <= c[0] and c[1] <= deadline]
        for leaves, arrives, trip, tail, head in sorted(by_arrival, key=lambda c: (-c[1], -c[0], c[2])):
            if trip in aboard or latest[head] >= arrives:
                aboard.add(trip)
                for stop, seconds in [(tail, 0), *self.walks[tail]]:
                    latest[stop] = max(latest[stop], leaves - CHANGE_SECONDS - seconds)
        return {stop for stop, when in latest.items() if when >= earliest}


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Day:
    """A school Tuesday of November 2026."""
    folder: Path = tmp_path_factory.mktemp("timetable")
    write_timetable(folder)
    tables, _ = read_gtfs(folder, "")
    stops = Stops.read()
    running = tables["service_days"].filter(pl.col("date") == TUESDAY)
    calls = tables["stop_times"].join(
        tables["trips"].join(running, on="service_id", how="semi"), on="trip_id", how="semi"
    )
    after = calls.sort("trip_id", "sequence").with_columns(
        pl.col("stop_id", "arrival").shift(-1).over("trip_id").name.prefix("next_")
    )
    rows = after.filter(pl.col("next_stop_id").is_not_null()).select(
        "departure", "next_arrival", "trip_id", "stop_id", "next_stop_id"
    )
    position = {stop_id: number for number, stop_id in enumerate(stops.ids)}
    connections = sorted((d, a, trip, position[tail], position[head]) for d, a, trip, tail, head in rows.iter_rows())
    walks: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for one, other in sorted(cKDTree(stops.metres).query_pairs(WALK_METRES)):
        seconds = int(hypot(*(stops.metres[one] - stops.metres[other])) * WALK_SECONDS_PER_METRE)
        walks[one].append((other, seconds))
        walks[other].append((one, seconds))
    return Day(stops, connections, walks)


@pytest.mark.parametrize("pair", USUAL_MINUTES, ids=" - ".join)
def test_town_pairs_take_their_usual_time(day: Day, pair: tuple[str, str]) -> None:
    """The fastest ride between 6:30 and 8 on a weekday is within 15 % of what it usually takes."""
    minutes = day.fastest(day.stops.at(pair[0]), day.stops.at(pair[1]), 6 * 3600 + 1800, 8 * 3600)
    assert minutes == pytest.approx(USUAL_MINUTES[pair], rel=0.15)


def share_reaching(day: Day, target: str, homes: tuple[str, ...]) -> float:
    """Return the share of a district's stops from which one is there at 05:55, having set out after 04:00."""
    reaching = day.reaching(day.stops.at(target), 5 * 3600 + 55 * 60, 4 * 3600)
    at_home = [n for n, name in enumerate(day.stops.names) if name.rpartition(", ")[2] in homes]
    return len(reaching.intersection(at_home)) / len(at_home)


def test_aachen_is_reached_for_a_start_at_six(day: Day) -> None:
    """More than 60 % of the town's stops reach its centre for an early shift, and a workplace at its other stops on the mean."""
    assert share_reaching(day, "Bushof, Aachen", ("Aachen",)) > 0.6
    workplaces = [name for name in day.stops.names if name.endswith(", Aachen")][::12]
    assert sum(share_reaching(day, name, ("Aachen",)) for name in workplaces) / len(workplaces) > 0.6


@pytest.mark.parametrize(
    ("target", "homes"),
    [
        ("Inden/Altdorf Rathaus, Inden", KREIS_DUEREN),
        ("Lucherberg Hochstraße, Inden", KREIS_DUEREN),
        ("Bushof, Simmerath", STAEDTEREGION_SOUTH),
        ("Busbahnhof, Schleiden", KREIS_EUSKIRCHEN),
        ("Kall", KREIS_EUSKIRCHEN),
        ("Mechernich", KREIS_EUSKIRCHEN),
    ],
)
def test_inden_and_the_eifel_are_hardly_reached(day: Day, target: str, homes: tuple[str, ...]) -> None:
    """Fewer than 15 % of the district's stops reach a workplace there in time for an early shift."""
    assert share_reaching(day, target, homes) < 0.15
