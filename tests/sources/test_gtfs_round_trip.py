# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What is written of a timetable is read back."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from drehkreuz.region import TABLES
from drehkreuz.sources.gtfs import read_gtfs, write_gtfs
from sources.feeds import Bus, Pack, Tables

NAME = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"], include_characters=' ,;"'), max_size=5)
TEXT = NAME.map(str.strip).filter(bool)
DEGREES = st.integers(-300_000, 300_000).map(lambda n: n / 1e6)


@st.composite
def timetables(draw: st.DrawFn) -> dict[str, pl.DataFrame]:
    """Draw tables as the reader returns them: sorted, ids that resolve, rules between stops that are no stations."""
    stop_ids = draw(st.lists(TEXT, min_size=2, max_size=5, unique=True))
    parents = [None, *(draw(st.sampled_from([None, stop_ids[0]])) for _ in stop_ids[1:])]
    plain = [stop for stop in stop_ids if stop not in parents]
    stops = [
        (stop, draw(st.none() | TEXT), 50.8 + draw(DEGREES), 6.4 + draw(DEGREES), parent, draw(st.none() | TEXT))
        for stop, parent in zip(stop_ids, parents, strict=True)
    ]
    route_ids = draw(st.lists(TEXT, min_size=1, max_size=3, unique=True))
    routes = [(route, draw(TEXT), draw(st.integers(0, 1702)), draw(TEXT)) for route in route_ids]
    services = draw(st.lists(TEXT, min_size=1, max_size=3, unique=True))
    service_days = {(service, draw(st.dates(date(2000, 1, 1), date(2050, 1, 1)))) for service in services}
    trip_ids = draw(st.lists(TEXT, min_size=1, max_size=3, unique=True))
    flag = st.sampled_from([None, False, True])
    trips = [
        (
            trip,
            draw(st.sampled_from(route_ids)),
            draw(st.sampled_from(services)),
            draw(st.none() | TEXT),
            draw(st.sampled_from([None, 0, 1])),
            draw(flag),
        )
        for trip in trip_ids
    ]
    stop_times = []
    for trip in trip_ids:
        at = draw(st.integers(0, 90_000))
        for sequence in sorted(draw(st.sets(st.integers(0, 99), min_size=1, max_size=4))):
            arrival = at + draw(st.integers(0, 900))
            at = arrival + draw(st.integers(0, 90))
            stop_times.append(
                (trip, sequence, draw(st.sampled_from(stop_ids)), arrival, at, *draw(st.tuples(*[st.booleans()] * 3)))
            )
    pairs = draw(st.sets(st.tuples(st.sampled_from(plain), st.sampled_from(plain)), max_size=3))
    rules = [(*pair, *draw(st.sampled_from([(None, True), (None, False), (90, True)]))) for pair in pairs]
    rows = {
        "stops": stops,
        "routes": routes,
        "trips": trips,
        "stop_times": stop_times,
        "service_days": list(service_days),
        "transfers": rules,
    }
    return {
        name: pl.DataFrame(values, schema=TABLES[name].polars, orient="row").sort(TABLES[name].key)
        for name, values in rows.items()
    }


@settings(max_examples=30)
@given(tables=timetables(), packed=st.booleans())
def test_what_is_written_is_read_back(tmp_path_factory: pytest.TempPathFactory, tables: Tables, packed: bool) -> None:
    """read_gtfs(write_gtfs(x)) is x for every timetable in the reader's own form."""
    path = tmp_path_factory.mktemp("feed") / ("feed.zip" if packed else "feed")
    write_gtfs(tables, path)
    found, _ = read_gtfs(path, "")
    for name, frame in tables.items():
        assert_frame_equal(found[name], frame)


def test_a_feed_written_twice_is_the_same_bytes(bus: Bus, pack: Pack, tmp_path: Path) -> None:
    """A zip carries no time of day, so that equal tables give equal files."""
    tables, _ = read_gtfs(pack(bus), "dn")
    written = []
    for name in ("one.zip", "two.zip"):
        write_gtfs(tables, tmp_path / name)
        written.append((tmp_path / name).read_bytes())
    assert written[0] == written[1]


def test_a_line_without_agency_is_written_with_one(bus: Bus, pack: Pack, tmp_path: Path) -> None:
    """The standard demands an agency; a line without one gets the agency `unknown`."""
    del bus["agency.txt"]
    bus["routes.txt"] = "route_id,route_type\nL20,3\n"
    tables, _ = read_gtfs(pack(bus), "dn")
    assert tables["routes"]["agency"].to_list() == [None]
    write_gtfs(tables, tmp_path / "out")
    assert read_gtfs(tmp_path / "out", "")[0]["routes"]["agency"].to_list() == ["unknown"]


@pytest.mark.data
def test_a_real_feed_survives_the_round_trip(data: Path, tmp_path: Path) -> None:
    """Porto Alegre's trains, written and read again, are the same."""
    tables, _ = read_gtfs(data / "transit" / "porto-alegre" / "poa_trensurb.zip", "t")
    write_gtfs(tables, tmp_path / "again.zip")
    again, _ = read_gtfs(tmp_path / "again.zip", "")
    for name, frame in tables.items():
        assert_frame_equal(again[name], frame)
