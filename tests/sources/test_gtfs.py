# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A timetable by hand becomes tables: stops, lines, changes, trips on demand."""

from __future__ import annotations

import random

import polars as pl
from polars.testing import assert_frame_equal

from drehkreuz.region import TABLES
from drehkreuz.sources.gtfs import read_gtfs
from sources.feeds import Bus, Pack, days

# ------------------------------------------------------------------------------------------------- a feed, by hand


def test_a_small_feed_becomes_the_tables_a_person_expects(bus: Bus, pack: Pack) -> None:
    """Four calls of one trip, ten working days, one line, four stops: nothing else."""
    tables, report = read_gtfs(pack(bus), "dn")
    assert report == []
    assert {name: len(frame) for name, frame in tables.items()} == {
        "stops": 4,
        "routes": 1,
        "trips": 1,
        "stop_times": 4,
        "service_days": 10,
        "transfers": 0,
    }
    assert tables["stops"].row(0) == ("dn:DN-1", "Markt", 50.80, 6.48, None, None)
    assert tables["routes"].row(0) == ("dn:L20", "Modell-Linie 20", 3, "Modellverkehr")
    assert tables["trips"].row(0) == ("dn:A7", "dn:L20", "dn:MF", "Siedlung", 0, True)
    assert tables["stop_times"].row(1) == ("dn:A7", 2, "dn:DN-2", 7 * 3600 + 240, 7 * 3600 + 300, True, True, True)
    assert days(tables) == [f"2026-01-{day:02}" for day in (5, 6, 7, 8, 9, 12, 13, 14, 15, 16)]
    for name, frame in tables.items():
        assert frame.schema == TABLES[name].polars


def test_zip_folder_and_sub_folder_are_the_same_feed(bus: Bus, pack: Pack) -> None:
    """A feed is the same however it is packed."""
    one, _ = read_gtfs(pack(bus, "feed.zip"), "dn")
    for path in (pack(bus, "folder"), pack({f"export/{name}": text for name, text in bus.items()}, "sub.zip")):
        other, _ = read_gtfs(path, "dn")
        for name in one:
            assert_frame_equal(one[name], other[name])


def test_two_feeds_can_be_put_together(bus: Bus, pack: Pack) -> None:
    """The name of the feed keeps the ids of two feeds apart; without a name they stay as they are."""
    path = pack(bus)
    both = pl.concat([read_gtfs(path, feed)[0]["stops"] for feed in ("avv", "vrs")])
    assert both["stop_id"].is_unique().all()
    assert read_gtfs(path, "")[0]["stops"]["stop_id"].to_list() == ["DN-1", "DN-2", "DN-3", "DN-4"]


def test_order_of_rows_does_not_matter(bus: Bus, pack: Pack) -> None:
    """Shuffling the rows of every file changes nothing."""
    bus["trips.txt"] += "L20,MF,A8,,1,2\n"
    bus["stop_times.txt"] += "A8,8:00:00,8:00:00,DN-4,1\nA8,,,DN-3,4\nA8,8:20:00,8:20:00,DN-2,9\n"
    bus["transfers.txt"] = "from_stop_id,to_stop_id,transfer_type\nDN-1,DN-2,0\nDN-2,DN-1,3\n"
    expected, _ = read_gtfs(pack(bus, "ordered"), "dn")
    shuffle = random.Random(7).shuffle
    for name, text in bus.items():
        header, *rows = text.splitlines()
        shuffle(rows)
        bus[name] = "\n".join([header, *rows])
    found, _ = read_gtfs(pack(bus, "shuffled"), "dn")
    for name in expected:
        assert_frame_equal(found[name], expected[name])


def test_progress_counts_the_files(bus: Bus, pack: Pack) -> None:
    """Whoever watches learns how many files there are and when each is read."""
    steps: list[object] = []

    class Watch:
        def start(self, label: str, total: int | None) -> None:
            steps.append((label, total))

        def advance(self, steps_done: int = 1) -> None:
            steps.append(steps_done)

        def finish(self) -> None:
            steps.append("done")

    read_gtfs(pack(bus), "dn", progress=Watch())
    assert steps == [("GTFS dn", 9), *[1] * 9, "done"]


# -------------------------------------------------------------------------------------------- stops, lines, changes


def test_getting_on_and_off_bicycles_and_directions(bus: Bus, pack: Pack) -> None:
    """Type 1 forbids, asking the driver allows; bicycles are allowed, forbidden or unknown."""
    bus["trips.txt"] = "trip_id,route_id,service_id,bikes_allowed\nA7,L20,MF,\nA8,L20,MF,2\nA9,L20,MF,0\nB1,L20,MF,1\n"
    bus["stop_times.txt"] = (
        "trip_id,arrival_time,departure_time,stop_id,stop_sequence,pickup_type,drop_off_type\n"
        "A7,7:00:00,7:00:00,DN-1,1,,1\nA7,7:05:00,7:05:00,DN-2,2,3,2\nA7,7:10:00,7:10:00,DN-3,3,1,0\n"
    )
    tables, _ = read_gtfs(pack(bus), "dn")
    assert tables["stop_times"]["pickup"].to_list() == [True, True, False]
    assert tables["stop_times"]["drop_off"].to_list() == [False, True, True]
    assert tables["trips"]["bikes"].to_list() == [None, False, None, True]
    assert tables["trips"]["direction"].to_list() == [None] * 4


def test_entrances_and_path_nodes_are_no_stops(bus: Bus, pack: Pack) -> None:
    """Stations stay, entrances and nodes of footpaths go, with or without coordinates and without a finding."""
    bus["stops.txt"] += "HBF,Hauptbahnhof,50.81,6.48,1,\nE,Eingang,50.81,6.48,2,HBF\nN,,,,3,HBF\nB,,,,4,DN-2\n"
    bus["stops.txt"] = bus["stops.txt"].replace("6.48,0,\nDN-3", "6.48,0,HBF\nDN-3")
    tables, report = read_gtfs(pack(bus), "dn")
    assert tables["stops"]["stop_id"].to_list() == ["dn:DN-1", "dn:DN-2", "dn:DN-3", "dn:DN-4", "dn:HBF"]
    assert tables["stops"]["parent"].to_list() == [None, "dn:HBF", None, None, None]
    assert report == []


def test_unknown_station_is_a_note(bus: Bus, pack: Pack) -> None:
    """A stop whose station is missing stands alone and is counted."""
    bus["stops.txt"] = bus["stops.txt"].replace("6.48,0,\n", "6.48,0,HBF\n")
    tables, report = read_gtfs(pack(bus), "dn")
    assert tables["stops"]["parent"].null_count() == 4
    assert "4 stops name a parent_station that is not in the file" in str(report[0])


def test_a_line_goes_by_its_short_name_else_its_long_name_else_its_id(bus: Bus, pack: Pack) -> None:
    """A line always has a name; its agency is named if it can be, else by its id."""
    bus["routes.txt"] = (
        "route_id,agency_id,route_short_name,route_long_name,route_type\nL20,MV,20,x,3\nL21,,,Lang,700\nL22,XX,,,2\n"
    )
    tables, _ = read_gtfs(pack(bus), "dn")
    assert tables["routes"]["name"].to_list() == ["20", "Lang", "L22"]
    assert tables["routes"]["agency"].to_list() == ["Modellverkehr", "Modellverkehr", "XX"]


def test_a_feed_without_agencies_is_read(bus: Bus, pack: Pack) -> None:
    """agency.txt may be missing: the agency goes by its id."""
    del bus["agency.txt"]
    tables, report = read_gtfs(pack(bus), "dn")
    assert tables["routes"]["agency"].to_list() == ["MV"]
    assert report == []


def test_changes_keep_their_time_or_are_forbidden(bus: Bus, pack: Pack) -> None:
    """Type 2 states seconds, type 3 forbids, the others leave the time to the walk."""
    bus["transfers.txt"] = (
        "from_stop_id,to_stop_id,transfer_type,min_transfer_time\nDN-1,DN-2,2,120\nDN-2,DN-1,3,\nDN-3,DN-3,,\nDN-3,DN-4,1,\n"
    )
    tables, _ = read_gtfs(pack(bus), "dn")
    assert tables["transfers"].rows() == [
        ("dn:DN-1", "dn:DN-2", 120, True),
        ("dn:DN-2", "dn:DN-1", None, False),
        ("dn:DN-3", "dn:DN-3", None, True),
        ("dn:DN-3", "dn:DN-4", None, True),
    ]


def test_a_rule_for_a_station_holds_for_its_stops(bus: Bus, pack: Pack) -> None:
    """A rule between stations is one between each pair of their stops, unless the pair has its own."""
    bus["stops.txt"] = (
        bus["stops.txt"]
        .replace("6.48,0,\nDN-3", "6.48,0,HBF\nDN-3")
        .replace("Markt,50.80,6.48,0,", "Markt,50.80,6.48,0,HBF")
    )
    bus["stops.txt"] += "HBF,Hauptbahnhof,50.81,6.48,1,\n"
    bus["transfers.txt"] = (
        "from_stop_id,to_stop_id,transfer_type,min_transfer_time,from_trip_id\n"
        "HBF,DN-4,2,300,\nDN-1,DN-4,2,60,\nHBF,HBF,3,,\nDN-1,DN-3,2,10,A7\n,,4,,A7\n"
    )
    tables, report = read_gtfs(pack(bus), "dn")
    assert tables["transfers"].rows() == [
        ("dn:DN-1", "dn:DN-1", None, False),
        ("dn:DN-1", "dn:DN-2", None, False),
        ("dn:DN-1", "dn:DN-4", 60, True),
        ("dn:DN-2", "dn:DN-1", None, False),
        ("dn:DN-2", "dn:DN-2", None, False),
        ("dn:DN-2", "dn:DN-4", 300, True),
    ]
    assert "2 rules hold for named trips or lines only and are left out" in str(report[0])


# -------------------------------------------------------------------------------------------------- on demand (Flex)


def test_trips_on_demand_are_left_out_and_counted(bus: Bus, pack: Pack) -> None:
    """A trip of windows only is left out; of a deviating one the calls with a time are kept; one finding counts both."""
    bus["trips.txt"] += "L20,MF,F1,,,\nL20,MF,F2,,,\n"
    bus["stop_times.txt"] = (
        "trip_id,arrival_time,departure_time,stop_id,stop_sequence,start_pickup_drop_off_window,end_pickup_drop_off_window\n"
        "A7,7:00:00,7:00:00,DN-1,1,,\nA7,7:04:00,7:05:00,DN-2,2,,\n"
        "F1,,,zone,1,7:00:00,19:00:00\nF1,,,zone,1,7:00:00,19:00:00\n"
        "F2,8:00:00,8:00:00,DN-1,1,,\nF2,,,zone,2,8:00:00,8:30:00\nF2,8:30:00,8:30:00,DN-4,3,,\n"
    )
    tables, report = read_gtfs(pack(bus), "dn")
    assert tables["trips"]["trip_id"].to_list() == ["dn:A7", "dn:F2"]
    assert len(tables["stop_times"]) == 4
    assert [str(finding) for finding in report] == [
        (
            "stop_times.txt: 2 trips run on demand (GTFS-Flex): 1 are left out, of 1 the calls with a stop and a time are kept. "
            "Tell people the phone number of the service."
        )
    ]
