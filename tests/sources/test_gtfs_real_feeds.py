# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Real timetables of several countries are read as their descriptions say."""

from __future__ import annotations

from pathlib import Path

import pytest

from drehkreuz.errors import Finding
from drehkreuz.sources.gtfs import read_gtfs


def counts(path: Path) -> tuple[dict[str, int], list[Finding]]:
    """Return the number of rows of each table of a feed, and its report."""
    tables, report = read_gtfs(path, "x")
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
