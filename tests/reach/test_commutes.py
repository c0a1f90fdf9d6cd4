# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Minutes out and back, worked by hand on a bus line that a reader can follow, and the same from any executor."""

from __future__ import annotations

import pickle
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import lru_cache

import numpy as np
import polars as pl
import pytest

from drehkreuz.errors import Finding
from drehkreuz.reach import CANNOT, PARAMETERS, Chain, Minutes, Triples, minutes, triples
from drehkreuz.reach.network import network
from drehkreuz.region import Region

NEAR, FAR_OUT = 0, 1


@lru_cache
def ways(region: Region) -> tuple[Triples, Minutes]:
    """Return the triples and minutes of a region."""
    found = triples(region)
    return found, minutes(region, found)


def at(region: Region, place: int, start: int, end: int, day_out: int = 0, day_back: int = 0) -> int:
    """Return the triple of a place and its times."""
    found, _ = ways(region)
    wanted = (place, start, end, day_out, day_back)
    columns = (found.place, found.start, found.end, found.day_out, found.day_back)
    return next(t for t in range(len(found)) if tuple(int(column[t]) for column in columns) == wanted)


def both(region: Region, triple: int, zone: int, chain: Chain) -> tuple[int, int]:
    """Return minutes out and back."""
    _, found = ways(region)
    return int(found.out[triple, zone, chain]), int(found.back[triple, zone, chain])


@pytest.mark.parametrize(
    ("chain", "near", "far"),
    [
        (Chain.WALK, 104, 200),  # 6.4 and 12.3 km × 1.3 at 4.8 km/h
        (Chain.BIKE, 34, 64),
        (Chain.PEDELEC, 25, 48),
        (Chain.CAR, 20, 29),  # 10 km at 35 km/h, the rest at 60, and 5 minutes
    ],
)
def test_direct_ways(small: Region, chain: Chain, near: int, far: int) -> None:
    """Without streets, direct ways are the straight line × 1.3 at the mode's speed, rounded up, the same both ways."""
    office = at(small, 0, 480, 990)
    assert both(small, office, NEAR, chain) == (near, near)
    assert both(small, office, FAR_OUT, chain) == (far, far)


def test_transit_for_an_office(small: Region) -> None:
    """
    Waiting before eight counts, and so does waiting for the bus after half past four.

    Out, near: leave 07:03:30, walk 6:30, bus 07:10 to 07:20, walk 3:15, wait until 08:00. Back: walk 3:15, bus 17:20 to 17:30, walk 6:30.
    Far: walk 4:52.5, bus 07:00; back, bus until 17:40.
    """
    office = at(small, 0, 480, 990)
    assert both(small, office, NEAR, Chain.TRANSIT) == (57, 67)
    assert both(small, office, FAR_OUT, Chain.TRANSIT) == (65, 75)


def test_bike_to_the_stop(small: Region) -> None:
    """Riding 125 s instead of walking 390 s to the stop saves what it should, both ways."""
    assert both(small, at(small, 0, 480, 990), NEAR, Chain.BIKE_TRANSIT) == (53, 63)


def test_night_shift(small: Region) -> None:
    """
    Out in the evening by the last bus but one, home in the morning with the first bus of the next day.

    Out, for 22:00: bus 21:10. Back, from 06:20: bus 07:20.
    """
    night = at(small, 0, 1320, 380)
    assert both(small, night, NEAR, Chain.TRANSIT) == (57, 77)


def test_no_first_bus_for_the_early_shift(small: Region) -> None:
    """Who must be there at six takes the bus at 05:10; without it there is no way, but the bicycle's remains."""
    early = at(small, 0, 360, 860)
    assert both(small, early, NEAR, Chain.TRANSIT)[0] == 57
    later = small.with_tables({"stop_times": small.table("stop_times").filter(~pl.col("trip_id").str.contains("05"))})
    early = at(later, 0, 360, 860)
    assert both(later, early, NEAR, Chain.TRANSIT) == (CANNOT, 77)  # home by the bus of 15:20
    assert both(later, early, NEAR, Chain.BIKE) == (34, 34)


def test_a_night_ends_on_saturday(small: Region) -> None:
    """The bus of Friday's service day at 24:10 takes home who finishes in the first minutes of Saturday."""
    late = small.with_tables({"shifts": small.table("shifts").with_columns(start=pl.lit(900), end=pl.lit(1443))})
    late = late.with_tables({"shift_systems": late.table("shift_systems").with_columns(handover_minutes=pl.lit(0))})
    friday, weekday = at(late, 0, 900, 3, 0, 1), at(late, 0, 900, 3, 0, 0)
    assert both(late, friday, NEAR, Chain.TRANSIT)[1] == 24  # 00:03, bus 00:10 to 00:20, 6:30 on foot
    assert both(late, weekday, NEAR, Chain.TRANSIT)[1] == CANNOT  # nothing before 05:20


def test_a_short_way_is_walked(small: Region) -> None:
    """Public transport includes walking 520 m to the school; the far home takes the bus."""
    course = int(triples(small).of_session[0])
    assert both(small, course, NEAR, Chain.TRANSIT) == (7, 7)
    assert both(small, course, FAR_OUT, Chain.TRANSIT) == (
        35,
        15,
    )  # bus 08:00 to 08:10, class at 08:30; back, bus 15:30


def test_a_day_without_runs(small: Region) -> None:
    """On a Sunday without a bus there is a finding, no way by bus, and all other ways."""
    sunday = small.with_tables({"shifts": small.table("shifts").with_columns(day=pl.lit(6), end=pl.lit(990))})
    found, result = ways(sunday)
    assert any("no trip runs on a sunday" in finding.problem for finding in result.findings)
    on_sunday = np.flatnonzero(found.day_out == 2)
    assert (result.out[on_sunday, :, Chain.TRANSIT] == CANNOT).all()
    assert (result.out[on_sunday, :, Chain.CAR] < CANNOT).all()


def test_a_region_without_a_timetable(small: Region) -> None:
    """Without a timetable everything but public transport is answered, and a finding says so, once."""
    empty = small.with_tables(
        {name: small.table(name).clear() for name in ("stops", "trips", "stop_times", "service_days")}
    )
    _, result = ways(empty)
    assert [finding.where for finding in result.findings] == ["stop_times"]
    assert (result.out[:, :, Chain.BIKE_TRANSIT] == CANNOT).all()
    assert (result.out[:, :, Chain.CAR] < CANNOT).all()


def test_assumed_ways_are_marked(small: Region) -> None:
    """Without streets the result says that ways were assumed, with streets that they were not."""
    assert ways(small)[1].assumed_ways
    nodes = pl.concat([small.table(name).select("lat", "lon") for name in ("zones", "places", "stops")])
    n = len(nodes)
    edges = pl.DataFrame(
        {"from_node": [*range(n), *range(n)], "to_node": [*range(1, n), 0, *[(i - 1) % n for i in range(n)]]}
    )
    streets = small.with_tables(
        {
            "street_nodes": nodes.with_columns(node=pl.int_range(n)),
            "street_edges": edges.with_columns(
                edge=pl.int_range(2 * n), length_m=pl.lit(100.0), walk=True, bike=True, car=True, car_kmh=30.0
            ),
        }
    )
    assert not ways(streets)[1].assumed_ways


def test_a_place_off_the_streets(small: Region) -> None:
    """A workplace without a street near it is a finding and out of reach; the other places are answered."""
    step = 0.002
    nodes = pl.DataFrame({"node": range(80), "lat": [50.02 + step * i for i in range(80)], "lon": [6.0] * 80})
    pairs = [(a, b) for i in range(79) for a, b in ((i, i + 1), (i + 1, i))]
    edges = pl.DataFrame(pairs, schema=["from_node", "to_node"], orient="row").with_columns(
        edge=pl.int_range(len(pairs)), length_m=pl.lit(230.0), walk=True, bike=True, car=True, car_kmh=50.0
    )
    found, result = ways(small.with_tables({"street_nodes": nodes, "street_edges": edges}))
    assert isinstance(result.findings[0], Finding)
    assert {finding.row for finding in result.findings if finding.where == "places"} == {"works"}
    assert (result.out[found.place == 0] == CANNOT).all()
    assert (result.out[found.place == 1][:, NEAR, Chain.WALK] < CANNOT).all()


def test_kilometres(small: Region) -> None:
    """Kilometres are the way's, one direction; places where nobody must be have none."""
    _, result = ways(small)
    assert result.bike_km[0] == pytest.approx([8.32, 15.99], abs=1e-4)
    assert result.car_km[1] == pytest.approx([0.52, 8.19], abs=1e-4)
    only_works = small.with_tables({name: small.table(name).clear() for name in ("course_sessions", "vacancy_places")})
    assert np.isnan(ways(only_works)[1].car_km[1]).all()


@pytest.mark.parametrize("size", [1, 3, 100])
def test_any_executor_and_any_block_give_the_same_bytes(small: Region, size: int) -> None:
    """Blocks of one place or of all, here or in threads: the same bytes."""
    found, expected = ways(small)
    with ThreadPoolExecutor(2) as executor:
        result = minutes(small, found, executor=executor, places_per_block=size)
    for name in ("out", "back", "bike_km", "car_km"):
        assert getattr(result, name).tobytes() == getattr(expected, name).tobytes()


def test_a_network_can_be_sent_elsewhere(small: Region) -> None:
    """What a block needs can be pickled, as another machine asks."""
    net = pickle.loads(pickle.dumps(network(small, PARAMETERS)))  # noqa: S301 (our own bytes)
    assert net.timetables[0].day == date(2026, 11, 24)


def test_progress_is_told(small: Region) -> None:
    """Progress hears of every block of places."""

    class Heard:
        steps = 0
        total: int | None = 0

        def start(self, label: str, total: int | None) -> None:
            assert label
            self.total = total

        def advance(self, steps: int = 1) -> None:
            self.steps += steps

        def finish(self) -> None:
            assert self.steps == self.total

    heard = Heard()
    minutes(small, triples(small), progress=heard, places_per_block=1)
    assert heard.steps == 2
