# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""`reach access` on the village, as people meet it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from drehkreuz.region import Region

Run = Callable[..., tuple[int, str, str]]


def test_screen_and_json_agree(run: Run, village_folder: Path, village: Region) -> None:
    """What the screen shows rounded stands in the JSON object; by car everybody reaches every opening."""
    code, out, err = run("reach", "access", village_folder)
    assert (code, err) == (0, "")
    assert "Offene Stellen" in out
    assert "{" not in out
    answer = json.loads(run("reach", "access", village_folder, "--json")[1])
    openings = village.table("vacancies")["openings"].sum()
    car = next(row for row in answer["chains"] if row["chain"] == "CAR")
    assert answer["total"] == openings
    assert (car["within"][-1], car["reached_by_anybody"]) == pytest.approx((openings, openings))


@pytest.mark.parametrize("of", ["learning", "services"])
def test_other_things_to_reach(run: Run, village_folder: Path, of: str) -> None:
    """Learning places and services have tables of their own."""
    code, out, _ = run("reach", "access", village_folder, "--of", of, "--json")
    assert code == 0
    assert json.loads(out)["of"] == of


@pytest.mark.parametrize("ending", ["csv", "parquet", "geojson"])
def test_files(run: Run, village_folder: Path, village: Region, tmp_path: Path, ending: str) -> None:
    """A table holds every zone and means; a GeoJSON file a point for every zone."""
    path = tmp_path / "new" / f"reach.{ending}"
    assert run("reach", "access", village_folder, "--out", path)[0] == 0
    zones = len(village.table("zones"))
    if ending == "geojson":
        features = json.loads(path.read_text(encoding="utf-8"))["features"]
        assert len(features) == zones
        assert features[0]["properties"]["within_30_car"] > 0
    else:
        table = pl.read_csv(path) if ending == "csv" else pl.read_parquet(path)
        assert len(table) == zones * 6


def test_an_unknown_ending(run: Run, village_folder: Path, tmp_path: Path) -> None:
    """A file whose ending says no known format is refused before anything is computed."""
    code, _, err = run("reach", "access", village_folder, "--out", tmp_path / "reach.xls")
    assert code != 0
    assert ".geojson" in err
