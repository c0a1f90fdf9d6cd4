# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from drehkreuz.errors import Finding, InputError
from drehkreuz.region import TABLES
from drehkreuz.sources.gtfs import read_gtfs, write_gtfs
from drehkreuz.sources.gtfs_calls import clock

Pack = Callable[..., Path]
Bus = dict[str, str]
Tables = Mapping[str, pl.DataFrame]

CALENDAR = "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\n"


def calls(tables: Tables, trip: str = "dn:A7") -> list[tuple[str, str, str]]:
    """Return a trip's calls as stop, arrival, departure, fit to be read."""
    rows = tables["stop_times"].filter(pl.col("trip_id") == trip).iter_rows(named=True)
    return [(row["stop_id"], clock(row["arrival"]), clock(row["departure"])) for row in rows]


def days(tables: Tables, service: str = "dn:MF") -> list[str]:
    """Return the days of a service."""
    return [str(day) for day in tables["service_days"].filter(pl.col("service_id") == service)["date"]]


def refusal(path: Path, **options: Any) -> InputError:  # whatever the reader takes
    """Return the error with which a feed is refused."""
    with pytest.raises(InputError) as caught:
        read_gtfs(path, "dn", **options)
    return caught.value


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


# ------------------------------------------------------------------------------------------------------------ times


def test_times_after_midnight_belong_to_the_day_before(bus: Bus, pack: Pack) -> None:
    """25:10:00 is ten past one in the night after the service day."""
    bus["stop_times.txt"] = bus["stop_times.txt"].replace("7:15:00", "25:10:00")
    tables, _ = read_gtfs(pack(bus), "dn")
    assert calls(tables)[-1] == ("dn:DN-4", "25:10", "25:10")


def test_blank_times_run_evenly_from_call_to_call(bus: Bus, pack: Pack) -> None:
    """Without distances the time between two timed calls is shared evenly, and said to be filled in."""
    bus["stop_times.txt"] = (
        "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n"
        "A7,7:00:00,7:00:00,DN-1,1\nA7,,,DN-2,5\nA7,,,DN-3,6\nA7,7:10:00,7:10:00,DN-4,7\n"
    )
    tables, _ = read_gtfs(pack(bus), "dn")
    assert calls(tables)[1:3] == [("dn:DN-2", "07:03:20", "07:03:20"), ("dn:DN-3", "07:06:40", "07:06:40")]
    assert tables["stop_times"]["timed"].to_list() == [True, False, False, True]


def test_blank_times_follow_the_distance_where_there_is_one(bus: Bus, pack: Pack) -> None:
    """With distances along the shape a stop after nine tenths of the way is reached after nine tenths of the time."""
    bus["stop_times.txt"] = (
        "trip_id,arrival_time,departure_time,stop_id,stop_sequence,shape_dist_traveled\n"
        "A7,7:00:00,7:00:00,DN-1,1,0\nA7,,,DN-2,2,0.9\nA7,7:10:00,7:12:00,DN-3,3,1\nA7,7:15:00,,DN-4,4,\n"
    )
    tables, _ = read_gtfs(pack(bus), "dn")
    assert calls(tables)[1] == ("dn:DN-2", "07:09", "07:09")


@pytest.mark.parametrize("distance", ["", "5", "0.0"])
def test_distances_that_make_no_sense_are_not_used(bus: Bus, pack: Pack, distance: str) -> None:
    """A distance that is missing or falls again leaves the even share."""
    bus["stop_times.txt"] = (
        "trip_id,arrival_time,departure_time,stop_id,stop_sequence,shape_dist_traveled\n"
        f"A7,7:00:00,7:00:00,DN-1,1,2\nA7,,,DN-2,2,{distance}\nA7,7:10:00,7:10:00,DN-3,3,4\n"
    )
    tables, _ = read_gtfs(pack(bus), "dn")
    assert calls(tables)[1] == ("dn:DN-2", "07:05", "07:05")


def test_one_time_of_a_call_stands_for_both(bus: Bus, pack: Pack) -> None:
    """A call with an arrival alone leaves at once, one with a departure alone has just arrived."""
    bus["stop_times.txt"] = bus["stop_times.txt"].replace("7:04:00,7:05:00", "7:04:00,").replace("7:10:00,", ",", 1)
    tables, _ = read_gtfs(pack(bus), "dn")
    assert calls(tables)[1:3] == [("dn:DN-2", "07:04", "07:04"), ("dn:DN-3", "07:10", "07:10")]


def fill_plainly(trip: list[tuple[int | None, float | None]]) -> list[int]:
    """Fill blank times one by one: the plain twin of the reader's way over whole columns."""
    times = [time for time, _ in trip]
    for i, (known, _) in enumerate(trip):
        if known is None:
            before = max(j for j in range(i) if trip[j][0] is not None)
            after = min(j for j in range(i + 1, len(trip)) if trip[j][0] is not None)
            piece = [distance for _, distance in trip[before : after + 1]]
            rising = all(d is not None for d in piece) and piece == sorted(piece, key=float) and piece[-1] > piece[0]
            at = (piece[i - before] - piece[0]) / (piece[-1] - piece[0]) if rising else (i - before) / (after - before)
            times[i] = round(trip[before][0] + at * (trip[after][0] - trip[before][0]))
    return times


TRIP = st.tuples(
    st.lists(st.tuples(st.integers(0, 900), st.booleans()), min_size=2, max_size=9),
    st.lists(st.none() | st.integers(0, 9), min_size=9, max_size=9),
    st.booleans(),
)


@settings(max_examples=40)
@given(trips=st.lists(TRIP, min_size=1, max_size=4))
def test_blank_times_agree_with_a_plain_loop(tmp_path_factory: pytest.TempPathFactory, trips: list[Any]) -> None:
    """Over many trips at once the reader fills in what a loop over each trip does."""
    rows, expected = [], []
    for number, (steps, distances, rising) in enumerate(trips):
        trip, at = [], 6 * 3600
        for i, (minutes, timed) in enumerate(steps):
            at += minutes
            ends = i in {0, len(steps) - 1}
            distance = i * 1.5 if rising else distances[i]
            trip.append((at if timed or ends else None, distance))
            text = f"{at // 3600}:{at // 60 % 60:02}:{at % 60:02}" if timed or ends else ""
            rows.append(f"T{number},{text},{text},DN-1,{i},{'' if distance is None else distance}")
        expected += fill_plainly(trip)
    folder = tmp_path_factory.mktemp("feed")
    (folder / "stops.txt").write_text("stop_id,stop_lat,stop_lon\nDN-1,50.8,6.4\n")
    (folder / "routes.txt").write_text("route_id,route_type\nL,3\n")
    (folder / "calendar_dates.txt").write_text("service_id,date,exception_type\nS,20260105,1\n")
    (folder / "trips.txt").write_text(
        "trip_id,route_id,service_id\n" + "".join(f"T{i},L,S\n" for i in range(len(trips)))
    )
    header = "trip_id,arrival_time,departure_time,stop_id,stop_sequence,shape_dist_traveled\n"
    (folder / "stop_times.txt").write_text(header + "\n".join(rows))
    tables, _ = read_gtfs(folder, "")
    assert tables["stop_times"]["arrival"].to_list() == expected


# ----------------------------------------------------------------------------------------------------- service days


def test_exceptions_add_and_remove_days(bus: Bus, pack: Pack) -> None:
    """calendar_dates.txt takes a holiday out and puts a Saturday in."""
    bus["calendar_dates.txt"] = "service_id,date,exception_type\nMF,20260106,2\nMF,20260110,1\nMF,20260111,2\n"
    tables, _ = read_gtfs(pack(bus), "dn")
    assert days(tables)[:5] == ["2026-01-05", "2026-01-07", "2026-01-08", "2026-01-09", "2026-01-10"]


def test_a_feed_may_have_calendar_dates_only(bus: Bus, pack: Pack) -> None:
    """Without calendar.txt the days are those listed."""
    del bus["calendar.txt"]
    bus["calendar_dates.txt"] = "service_id,date,exception_type\nMF,20260106,1\n"
    tables, _ = read_gtfs(pack(bus), "dn")
    assert days(tables) == ["2026-01-06"]


@settings(max_examples=30)
@given(
    start=st.dates(date(2024, 1, 1), date(2026, 12, 31)),
    length=st.integers(0, 40),
    week=st.lists(st.booleans(), min_size=7, max_size=7),
)
def test_weekly_days_agree_with_a_plain_loop(
    tmp_path_factory: pytest.TempPathFactory, start: date, length: int, week: list[bool]
) -> None:
    """Every date from first to last whose weekday is on, and no other."""
    end = start + timedelta(days=length)
    expected = [start + timedelta(days=i) for i in range(length + 1) if week[(start + timedelta(days=i)).weekday()]]
    folder = tmp_path_factory.mktemp("feed")
    (folder / "stops.txt").write_text("stop_id,stop_lat,stop_lon\nDN-1,50.8,6.4\n")
    (folder / "routes.txt").write_text("route_id,route_type\nL,3\n")
    (folder / "trips.txt").write_text("trip_id,route_id,service_id\nT,L,S\n")
    (folder / "stop_times.txt").write_text(
        "trip_id,arrival_time,departure_time,stop_id,stop_sequence\nT,7:00:00,7:00:00,DN-1,1\n"
    )
    switches = ",".join(str(int(on)) for on in week)
    (folder / "calendar.txt").write_text(f"{CALENDAR}S,{switches},{start:%Y%m%d},{end:%Y%m%d}\n")
    tables, _ = read_gtfs(folder, "")
    assert tables["service_days"]["date"].to_list() == expected


# --------------------------------------------------------------------------------------------------------- headways


def test_headways_become_runs(bus: Bus, pack: Pack) -> None:
    """Every twenty minutes from 6:10 before 7:00 makes three runs, each named by its start, and no pattern is left."""
    bus["frequencies.txt"] = "trip_id,start_time,end_time,headway_secs,exact_times\nA7,6:10:00,7:00:00,1200,0\n"
    tables, _ = read_gtfs(pack(bus), "dn")
    assert tables["trips"]["trip_id"].to_list() == ["dn:A7@06:10:00", "dn:A7@06:30:00", "dn:A7@06:50:00"]
    assert len(tables["stop_times"]) == 12
    assert calls(tables, "dn:A7@06:30:00") == [
        ("dn:DN-1", "06:30", "06:30"),
        ("dn:DN-2", "06:34", "06:35"),
        ("dn:DN-3", "06:40", "06:40"),
        ("dn:DN-4", "06:45", "06:45"),
    ]
    assert tables["trips"]["service_id"].unique().to_list() == ["dn:MF"]


def test_headways_may_change_over_the_day_and_pass_midnight(bus: Bus, pack: Pack) -> None:
    """One period may begin where another ends, and both may lie after midnight; other trips stay as they are."""
    bus["trips.txt"] += "L20,MF,A8,,1,\n"
    bus["stop_times.txt"] += "A8,8:00:00,8:00:00,DN-4,1\nA8,8:20:00,8:20:00,DN-2,2\n"
    bus["frequencies.txt"] = (
        "trip_id,start_time,end_time,headway_secs,exact_times\nA7,23:30:00,24:00:00,1800,1\nA7,24:00:00,25:00:00,3600,1\n"
    )
    tables, _ = read_gtfs(pack(bus), "dn")
    assert tables["trips"]["trip_id"].to_list() == ["dn:A7@23:30:00", "dn:A7@24:00:00", "dn:A8"]


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


# ------------------------------------------------------------------------------------------------ strict and lenient


def test_the_sentence_for_a_trip_that_leaves_before_it_arrives(bus: Bus, pack: Pack) -> None:
    """The fault says file, row, trip, stop, both times and what to do."""
    bus["stop_times.txt"] = bus["stop_times.txt"].replace("7:04:00,7:05:00", "7:12:00,7:10:00")
    assert str(refusal(pack(bus)).findings[0]) == (
        "stop_times.txt:3: trip 'A7' leaves stop 'DN-2' at 07:10 before it arrives at 07:12. "
        "Fix the feed, or read it with --lenient to drop the trip."
    )


def test_a_lenient_reading_drops_the_trip_and_says_so(bus: Bus, pack: Pack) -> None:
    """Other trips are read, the faulty one is gone from trips and calls, and the report says why."""
    bus["trips.txt"] += "L20,MF,A8,,1,2\n"
    bus["stop_times.txt"] += "A8,8:00:00,8:00:00,DN-4,1\nA8,7:50:00,7:50:00,DN-3,2\n"
    tables, report = read_gtfs(pack(bus), "dn", lenient=True)
    assert tables["trips"]["trip_id"].to_list() == ["dn:A7"]
    assert tables["stop_times"]["trip_id"].unique().to_list() == ["dn:A7"]
    assert [str(finding) for finding in report] == [
        (
            "stop_times.txt:7: trip 'A8' arrives at stop 'DN-3' at 07:50 before it leaves stop 'DN-4' at 08:00. "
            "Left out: the trip; fix the feed to have it."
        )
    ]


def test_a_strict_reading_lists_every_fault_at_once(bus: Bus, pack: Pack) -> None:
    """A person sees all faults of all files in one go, in order of the files."""
    bus["stops.txt"] += "DN-1,Markt,50.80,6.48,0,\nDN-5,Nirgends,,,0,\n"
    bus["trips.txt"] += "L99,MF,A8,,1,2\nL20,XX,A9,,1,2\nL20,MF,B1,,7,2\n"
    bus["stop_times.txt"] += "A7,7:20:00,7:20:00,DN-9,5\nZZ,7:20:00,7:20:00,DN-1,5\n"
    error = refusal(pack(bus))
    assert [(f.where, f.row) for f in error.findings] == [
        ("trips.txt", "5"),
        ("stops.txt", "6"),
        ("stops.txt", "7"),
        ("trips.txt", "3"),
        ("trips.txt", "4"),
        ("stop_times.txt", "7"),
        ("stop_times.txt", "6"),
    ]
    tables, report = read_gtfs(pack(bus), "dn", lenient=True)
    assert tables["trips"]["trip_id"].to_list() == ["dn:A7", "dn:B1"]
    assert len(tables["stops"]) == 4
    assert len(report) == len(error.findings) + 1  # and a note on the trip without calls


def test_a_thousand_faults_are_listed_and_the_rest_counted(bus: Bus, pack: Pack) -> None:
    """A feed that is wrong throughout does not fill the screen for ever."""
    bus["stop_times.txt"] += "".join(f"Z{i},7:00:00,7:00:00,DN-1,1\n" for i in range(2_500))
    findings = refusal(pack(bus)).findings
    assert len(findings) == 1_001
    assert findings[-1].problem == "and 1,500 more"


def test_a_dropped_stop_takes_its_calls_along(bus: Bus, pack: Pack) -> None:
    """In a lenient reading a trip goes on past a stop that had to be dropped, and no dangling id is left."""
    bus["stops.txt"] = bus["stops.txt"].replace("Bahnhof,50.81,6.48", "Bahnhof,,")
    tables, report = read_gtfs(pack(bus), "dn", lenient=True)
    assert [stop for stop, _, _ in calls(tables)] == ["dn:DN-1", "dn:DN-3", "dn:DN-4"]
    assert str(report[0]).endswith("has no coordinates. Left out: the stop with its calls; fix the feed to have it.")


def test_trips_that_nobody_can_ride_are_counted(bus: Bus, pack: Pack) -> None:
    """Trips with fewer than two calls are kept, with one note."""
    bus["trips.txt"] += "L20,MF,A8,,1,2\n"
    _, report = read_gtfs(pack(bus), "dn")
    assert "1 of 2 trips have fewer than two calls" in str(report[0])


# -------------------------------------------------------------------------------------------------------- round trip

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


# --------------------------------------------------------------------------------------------------------- real feeds


def counts(path: Path, **options: Any) -> tuple[dict[str, int], list[Finding]]:  # the reader's options
    """Return the number of rows of each table of a feed, and its report."""
    tables, report = read_gtfs(path, "x", **options)
    return {name: len(frame) for name, frame in tables.items()}, report


@pytest.mark.data
def test_porto_alegre_is_read_whole(data: Path) -> None:
    """The bus feed of Porto Alegre has the counts its description gives."""
    found, report = counts(data / "transit" / "porto-alegre" / "poa_eptc.zip")
    assert report == []
    expected = {"stops": 3_986, "routes": 115, "trips": 2_374, "stop_times": 130_019}
    assert {name: found[name] for name in expected} == expected
    found, report = counts(data / "transit" / "porto-alegre" / "poa_trensurb.zip")
    assert (found["stop_times"], report) == (14_855, [])


@pytest.mark.data
def test_berlin_subset_is_read_whole(data: Path) -> None:
    """The Berlin subset without agencies has the counts its description gives; its oddities are notes, not faults."""
    found, report = counts(data / "transit" / "berlin-vbb-subset" / "vbb_2019_12h-13h_gtfs.zip")
    expected = {"stops": 957, "routes": 52, "trips": 28_590, "stop_times": 22_666}
    assert {name: found[name] for name in expected} == expected
    assert found["transfers"] + 9_613 == 11_717
    assert [finding.problem.split(" ", 1)[1] for finding in report] == [
        "stops name a parent_station that is not in the file; they stand alone",
        "of 28,590 trips have fewer than two calls, so nobody can ride them",
        "rules hold for named trips or lines only and are left out",
    ]


@pytest.mark.data
@pytest.mark.parametrize(
    ("feed", "trips", "stop_times", "words"),
    [
        ("aspen-flex-on-demand", 0, 0, "2 trips run on demand (GTFS-Flex): 2 are left out"),
        ("cobblinc-scheduled-deviated-flex", 72, 144, "of 72 the calls with a stop and a time are kept"),
        ("cobblinc-bus-30-only", 317, 19_597, ""),
        ("marta-bus-856-only", 468, 21_576, ""),
    ],
)
def test_flexible_feeds_are_read(data: Path, feed: str, trips: int, stop_times: int, words: str) -> None:
    """Feeds on demand lose what has no time; ordinary feeds beside them are whole."""
    found, report = counts(data / "transit" / "gtfs-flex" / f"{feed}.gtfs.zip")
    assert (found["trips"], found["stop_times"]) == (trips, stop_times)
    assert words in " ".join(map(str, report))


@pytest.mark.data
def test_a_real_feed_survives_the_round_trip(data: Path, tmp_path: Path) -> None:
    """Porto Alegre's trains, written and read again, are the same."""
    tables, _ = read_gtfs(data / "transit" / "porto-alegre" / "poa_trensurb.zip", "t")
    write_gtfs(tables, tmp_path / "again.zip")
    again, _ = read_gtfs(tmp_path / "again.zip", "")
    for name, frame in tables.items():
        assert_frame_equal(again[name], frame)
