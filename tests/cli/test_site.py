# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""`site` on the village, as people meet it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from drehkreuz.region import Region

Run = Callable[..., tuple[int, str, str]]


def test_screen_and_json_agree(run: Run, village_folder: Path, village: Region) -> None:
    """The sites stand on the screen in the order of the JSON object; groups add up; the answer is proven."""
    code, out, err = run("site", village_folder, "--at", "zones", "--build", 3)
    assert (code, err) == (0, "")
    assert "{" not in out
    assert "Bewiesen: Keine Auswahl ist besser." in out
    answer = json.loads(run("site", village_folder, "--at", "zones", "--build", 3, "--json")[1])
    names = [row["name"] for row in answer["sites"]]
    assert sorted(names, key=out.index) == names
    assert sum(group["served"] for group in answer["groups"]) == pytest.approx(answer["served"])
    assert answer["total"] == village.table("zones")["population"].sum()


def test_everybody_by_as_few_as_possible(run: Run, village_folder: Path) -> None:
    """A set cover serves all, its last step too adds something, and the file has the same sites."""
    answer = json.loads(run("site", village_folder, "--at", "zones", "--goal", "all", "--json")[1])
    assert answer["served"] == answer["total"]
    assert (answer["cost"], answer["cost_bound"], answer["unserved"]) == (len(answer["sites"]), answer["cost"], 0)
    assert answer["sites"][-1]["adds"] > 0


def test_nearest_is_told_in_minutes(run: Run, village_folder: Path) -> None:
    """Fewest minutes on average are shown as minutes, step by step less."""
    command = ("site", village_folder, "--at", "zones", "--by", "bike", "--goal", "nearest", "--build", 3)
    answer = json.loads(run(*command, "--json")[1])
    minutes = [row["mean_minutes"] for row in answer["sites"]]
    assert minutes == sorted(minutes, reverse=True)
    assert minutes[-1] == pytest.approx(answer["mean_minutes"])
    assert "min on average" in run(*command, "--lang", "en")[1]


def test_pairs_stations_and_a_file(run: Run, village_folder: Path, tmp_path: Path) -> None:
    """The village has no station yet; pairs are counted instead of residents, and the file holds the steps."""
    path = tmp_path / "new" / "sites.csv"
    command = ("site", village_folder, "--existing", "pedelec", "--count", "pairs", "--apart", 300, "--out", path)
    answer = json.loads(run(*command, "--json")[1])
    assert (answer["existing"], answer["before"]) == (0, 0)
    assert answer["served"] > 0
    written = pl.read_csv(path)
    assert written["id"].to_list() == [row["id"] for row in answer["sites"]]


def test_a_floor_out_of_reach_is_said(run: Run, village_folder: Path) -> None:
    """Where no stop is near enough, a floor of everybody cannot be kept: one sentence, no traceback."""
    code, out, err = run("site", village_folder, "--at", "learning", "--within", 1, "--floor", 1)
    assert (code, out) == (2, "")
    assert "is out of reach" in err
    assert "Traceback" not in err


def test_a_file_that_cannot_be_written(run: Run, village_folder: Path, tmp_path: Path) -> None:
    """A folder's name is taken by a file: the error names the path and what to do."""
    (tmp_path / "taken").write_text("")
    code, _, err = run("site", village_folder, "--build", 1, "--out", tmp_path / "taken" / "sites.csv")
    assert code == 2
    assert "cannot be written" in err
