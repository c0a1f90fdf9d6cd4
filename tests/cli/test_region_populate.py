# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""`drehkreuz region populate`, as somebody at a county's office uses it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from drehkreuz.region import open_region

Run = Callable[..., tuple[int, str, str]]

ABOUT = "Quelle;Statistisches Amt Musterland\nStand;31.12.2025\nLizenz;dl-de/by-2-0\n"


@pytest.fixture
def margins(tmp_path: Path) -> tuple[Path, Path]:
    """Two margins of 200 people that agree."""
    status, age = tmp_path / "status.csv", tmp_path / "alter.csv"
    status.write_text(f"{ABOUT}Status;Anzahl\nbeschäftigt|Teilzeit;120\narbeitslos;80\n", encoding="utf-8")
    of = "beschäftigt|Teilzeit|arbeitslos"
    age.write_text(f"{ABOUT}Status;Alter;Anzahl\n{of};15-39;90\n{of};40+;*\n", encoding="utf-8")
    return status, age


def test_people_are_made_and_the_fit_is_printed(
    run: Run, village_folder: Path, margins: tuple[Path, Path], tmp_path: Path
) -> None:
    """Each margin has its line, what is not counted is told, and the new region opens and checks."""
    status, age = margins
    asked = ("region", "populate", village_folder, "--margins", status, "--margins", age)
    code, shown, _ = run(*asked, "--out", tmp_path / "new")
    assert code == 0
    told = " ".join(shown.split())
    assert "counts nobody like 28.3% of the reference's people" in told
    assert "status 200 200 0 0,0000 0 genau" in told
    assert "alter 90 90 0 0,0000 1 genau" in told
    assert "200 synthetische Menschen in 200 Zeilen." in shown
    assert "dürfen nicht „für die Region“ heißen" in told  # the village's posts are modelled
    assert len(open_region(tmp_path / "new").table("people")) == 200
    assert run("region", "check", tmp_path / "new")[0] == 0
    code, shown, _ = run("region", "show", tmp_path / "new", "--lang", "en")
    assert "Deviation from the margin status, share of people" in " ".join(shown.split())


def test_the_answer_as_json(run: Run, village_folder: Path, margins: tuple[Path, Path], tmp_path: Path) -> None:
    """The JSON answer holds the errors of each margin and whether a report is one for the region."""
    out = tmp_path / "new"
    code, shown, _ = run("region", "populate", village_folder, "--margins", margins[0], "--out", out, "--json")
    answer = json.loads(shown)
    assert code == 0
    assert answer["for_region"] is False
    assert answer["people"] == 200
    assert answer["margins"][0] == {
        "margin": "status",
        "source": "Statistisches Amt Musterland",
        "date": "2025-12-31",
        "rows": 2,
        "secret": 0,
        "asked": 200.0,
        "made": 200.0,
        "tae": 0.0,
        "srmse": 0.0,
        "worst": "",
        "worst_off": 0.0,
    }


def test_margins_that_contradict_leave_the_old_region(
    run: Run, village_folder: Path, margins: tuple[Path, Path], tmp_path: Path
) -> None:
    """A contradiction is told in one line with both files and the people it is about; nothing is written."""
    margins[1].write_text(f"{ABOUT}Alter;Anzahl\n15-39;90\n40+;10\n", encoding="utf-8")
    asked = ("--margins", margins[0], "--margins", margins[1])
    code, _, said = run("region", "populate", village_folder, *asked, "--out", tmp_path / "new")
    assert code == 2
    assert said.startswith("drehkreuz: alter.csv: contradicts status.csv: where that holds, its rows are off by 100.0")
    assert not (tmp_path / "new").exists()
