# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""`learn` on the village, as people meet it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., tuple[int, str, str]]

PERSON = Path(__file__).parents[2] / "examples" / "baggerfahrer.toml"


def test_a_plan_is_shown_and_written(run: Run, village_folder: Path, tmp_path: Path) -> None:
    """The plan stands on the screen, in a page and in a calendar, and the warning before it."""
    pytest.importorskip("icalendar")
    page, calendar = tmp_path / "plan.html", tmp_path / "plan.ics"
    code, out, err = run(
        "learn", "plan", village_folder, "--person", PERSON, "--to", "V033", "--out", page, "--out", calendar
    )
    assert (code, err) == (0, "")
    assert out.index("Bitte nicht kündigen") < out.index("Der Plan")
    assert "WIG-Schweißen" in page.read_text(encoding="utf-8")
    assert calendar.read_bytes().startswith(b"BEGIN:VCALENDAR")


def test_a_plan_as_one_json_object(run: Run, village_folder: Path) -> None:
    """What is on the screen is in the object."""
    code, out, _ = run("learn", "plan", village_folder, "--person", PERSON, "--to", "V033", "--json")
    assert code == 0
    found = json.loads(out)
    assert found["variants"][0]["ways"] == ["balanced", "fast", "cheap", "near"]
    assert found["left_out"] == ["part_time", "alongside"]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (["--to", "V033", "--out", "plan.doc"], "has an ending that no paper has"),
        (["--to", "o-wleder"], "Did you mean 'o-welder'"),
        (["--to", "V033", "--way", "part_time", "--out", "plan.ics"], "is a way in which there is no plan"),
    ],
)
def test_what_cannot_be_answered_is_refused_with_a_remedy(
    run: Run, village_folder: Path, asked: list[str], said: str
) -> None:
    """Bad input ends with exit code 2 and one line that says what to do."""
    code, out, err = run("learn", "plan", village_folder, "--person", PERSON, *asked)
    assert (code, out) == (2, "")
    assert said in err


def test_supply_is_told_and_written(run: Run, village_folder: Path, tmp_path: Path) -> None:
    """Supply against demand stands on the screen, and every table in the folder."""
    code, out, err = run("learn", "supply", village_folder, "--out", tmp_path / "tables")
    assert (code, err) == (0, "")
    assert "Plätze, die leer bleiben" in out
    assert {path.name for path in (tmp_path / "tables").iterdir()} == {
        *("bundles.csv", "sessions.csv", "cells.csv", "overlaps.csv", "calendar.csv", "digital.csv")
    }


def test_modules_are_told_with_what_a_provider_asks(run: Run, village_folder: Path, tmp_path: Path) -> None:
    """A module says what, how long, where, for whom, from how many participants, and who may fund it."""
    table = tmp_path / "modules.csv"
    code, out, err = run("learn", "design", village_folder, "--modules", 1, "--lang", "en", "--out", table)
    assert (code, err) == (0, "")
    for told in (
        "Teaches",
        "Level",
        "Length",
        "Where",
        "Opens",
        "Fills more",
        "Asked by",
        "Breaks even",
        "§ 82 SGB III",
    ):
        assert told in " ".join(out.split())
    assert len(table.read_text(encoding="utf-8").splitlines()) == 2


def test_one_place_is_told_alone(run: Run, village_folder: Path) -> None:
    """Asked about one place, the answer has its row, and still what today's places serve."""
    code, out, err = run("learn", "places", village_folder, "--place", "P05", "--json")
    assert (code, err) == (0, "")
    found = json.loads(out)
    assert [row["place_id"] for row in found["places"]] == ["P05"]
    assert found["today"]["evening"]["somewhere"] > 0
