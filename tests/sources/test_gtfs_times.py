# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""When a timetable runs: times of calls, service days, headways."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drehkreuz.sources.gtfs import read_gtfs
from sources.feeds import Bus, Pack, calls, days

CALENDAR = "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\n"


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
