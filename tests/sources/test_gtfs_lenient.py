# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Faults of a timetable, read strictly and leniently."""

from __future__ import annotations

from pathlib import Path

import pytest

from drehkreuz.errors import InputError
from drehkreuz.sources.gtfs import read_gtfs
from sources.feeds import Bus, Pack, calls


def refusal(path: Path) -> InputError:
    """Return the error with which a feed is refused."""
    with pytest.raises(InputError) as caught:
        read_gtfs(path, "dn")
    return caught.value


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
