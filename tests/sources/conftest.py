# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What the tests of several readers share: a timetable small enough to read, and ways to write it down."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from sources.feeds import Pack

_BUS = {
    "agency.txt": "agency_id,agency_name,agency_url,agency_timezone\nMV,Modellverkehr,https://www.example.org/,Europe/Berlin\n",
    "stops.txt": (
        "stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station\n"
        "DN-1,Markt,50.80,6.48,0,\n"
        "DN-2,Bahnhof,50.81,6.48,0,\n"
        "DN-3,Werk,50.82,6.48,0,\n"
        "DN-4,Siedlung,50.83,6.48,0,\n"
    ),
    "routes.txt": "route_id,agency_id,route_short_name,route_long_name,route_type\nL20,MV,Modell-Linie 20,,3\n",
    "trips.txt": "route_id,service_id,trip_id,trip_headsign,direction_id,bikes_allowed\nL20,MF,A7,Siedlung,0,1\n",
    "stop_times.txt": (
        "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n"
        "A7,7:00:00,7:00:00,DN-1,1\n"
        "A7,7:04:00,7:05:00,DN-2,2\n"
        "A7,7:10:00,7:10:00,DN-3,3\n"
        "A7,7:15:00,7:15:00,DN-4,4\n"
    ),
    "calendar.txt": (
        "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\n"
        "MF,1,1,1,1,1,0,0,20260105,20260118\n"
    ),
}


@pytest.fixture
def bus() -> dict[str, str]:
    """A feed of one line with one trip of four calls, Monday to Friday, two weeks from 5 January 2026; free to change."""
    return dict(_BUS)


@pytest.fixture
def pack(tmp_path: Path) -> Pack:
    """Write files by name into a folder, or into a zip where the name ends so, and return its path."""

    def write(files: Mapping[str, str | bytes], name: str = "feed.zip") -> Path:
        path = tmp_path / name
        if path.suffix == ".zip":
            with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
                for file, content in files.items():
                    archive.writestr(file, content)
            return path
        for file, content in files.items():
            (path / file).parent.mkdir(parents=True, exist_ok=True)
            (path / file).write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write
