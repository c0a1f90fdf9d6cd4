# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The site over all of ESCO, the streets of a real city and the model's timetable."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from drehkreuz.region import Region, write_snapshot
from drehkreuz.sources.gtfs import read_gtfs
from drehkreuz.sources.gtfs_write import write_gtfs
from journeys.conftest import EAST, NORTH
from journeys.page import Journey

VISIT = Path(__file__).with_name("visit.py")


@pytest.mark.data
def test_a_visit(aachen: Journey, village: Region, tmp_path: Path) -> None:
    """Over a region built from a recipe of ESCO and real streets, with a timetable, a person is asked, answered and shown posts."""
    stops = village.table("stops").with_columns(pl.col("lat") + NORTH, pl.col("lon") + EAST)
    write_gtfs(village.tables | {"stops": stops}, tmp_path / "gtfs.zip", url="https://example.org")
    timetable, _ = read_gtfs(tmp_path / "gtfs.zip", "modell")
    region = aachen.region.with_tables(timetable)
    write_snapshot(tmp_path / "region", region)
    assert (region.table("occupations").height, region.table("street_nodes").height) == (3_007, 16_407)
    assert region.table("stop_times").height == village.table("stop_times").height
    home = region.table("zones").row(0, named=True)
    asked = [str(tmp_path / "region"), str(tmp_path / "state"), home["name"] or home["zone_id"], "Schweißer, 18 Jahre"]
    done = subprocess.run([sys.executable, str(VISIT), *asked], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3_000:]
    told = json.loads(done.stdout.splitlines()[-1])
    assert set(told["status"].values()) == {200}, told
    assert told["offered"]["occupation"] >= 1
    assert told["cards"] >= 1
    assert told["mb"] < 2_000
