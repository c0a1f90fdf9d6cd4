# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""`drehkreuz scenario` on the village, as people meet it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

Run = Callable[..., tuple[int, str, str]]

RAISE = """
[[measure]]
kind = "pay_raise"
id = "raise"
start = 2020-01-01
percent = 20
"""
TICKET = """
[[measure]]
kind = "job_ticket"
id = "ticket"
start = 2020-01-01
"""


@pytest.fixture(scope="module")
def scenarios(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Three scenarios: a raise, nothing, and a raise with job tickets."""
    folder = tmp_path_factory.mktemp("scenarios")
    texts = {
        "raise": f'title = "Mehr Lohn"\n{RAISE}',
        "nothing": 'title = "Nichts"\n[[measure]]\nkind = "placebo"\nid = "none"\nstart = 2020-01-01\n',
        "both": f'title = "Lohn und Ticket"\n{RAISE}{TICKET}',
    }
    for name, text in texts.items():
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return {name: folder / f"{name}.toml" for name in texts}


def test_a_scenario_is_compared_with_the_region_without_it(
    run: Run, village_folder: Path, scenarios: dict[str, Path], tmp_path: Path
) -> None:
    """What changes and what it costs come as text, as JSON and as a table; all say the same."""
    table = tmp_path / "out" / "raise.csv"
    asked = ("scenario", "run", scenarios["raise"], "--region", village_folder)
    code, out, err = run(*asked, "--barriers", "--out", table)
    assert (code, err) == (0, "")
    assert "Mehr Lohn" in out
    assert "{" not in out
    code, out, err = run(*asked, "--json")
    assert (code, err) == (0, "")
    answer = json.loads(out)
    effect = answer["effect"]
    assert effect["more_filled"] == effect["newly_placed"] - effect["displaced"]
    assert answer["after"]["stable"] - answer["before"]["stable"] == effect["more_filled"]
    assert answer["exact"]
    for by in answer["by"]["people"].values():
        assert sum(line["newly_placed"] for line in by) == effect["newly_placed"]
    for by in answer["by"]["openings"].values():
        assert sum(line["more_filled"] for line in by) == effect["more_filled"]
    rows = pl.read_csv(table)
    told = dict(rows.filter(pl.col("section") == "effect").select("figure", "value").iter_rows())
    assert told["newly_placed"] == effect["newly_placed"]


def test_nothing_done_changes_nothing(run: Run, village_folder: Path, scenarios: dict[str, Path]) -> None:
    """Every figure of a placebo is zero, in every world, and no group is named."""
    asked = ("scenario", "run", scenarios["nothing"], "--region", village_folder, "--worlds", 2)
    code, out, err = run(*asked)
    assert (code, err) == (0, "")
    assert "{" not in out
    assert "2 Welten" in out
    code, out, _ = run(*asked, "--json")
    answer = json.loads(out)
    assert code == 0
    assert set(answer["effect"].values()) == {0}
    assert all(lines == [] for side in answer["by"].values() for lines in side.values())
    assert answer["purchasing_power"] == []
    assert all(row["p10"] == row["p90"] == 0 for row in answer["uncertainty"]["figures"])


def test_scenarios_stand_side_by_side(run: Run, village_folder: Path, scenarios: dict[str, Path]) -> None:
    """Two scenarios in the same worlds: how often one has more than the other."""
    paths = (scenarios["raise"], scenarios["nothing"])
    code, out, err = run("scenario", "compare", *paths, "--region", village_folder, "--worlds", 2, "--lang", "en")
    assert (code, err) == (0, "")
    assert "“Mehr Lohn” has more than “Nichts”" in out
    code, out, _ = run("scenario", "compare", *paths, "--region", village_folder, "--json")
    assert [each["scenario"] for each in json.loads(out)["scenarios"]] == ["Mehr Lohn", "Nichts"]


def test_a_portfolio_is_taken_apart(run: Run, village_folder: Path, scenarios: dict[str, Path]) -> None:
    """Shares sum to the joint effect, and under a budget only what it pays for is taken."""
    asked = ("scenario", "portfolio", scenarios["both"], "--region", village_folder, "--budget", 1)
    code, out, err = run(*asked)
    assert (code, err) == (0, "")
    assert "{" not in out
    answer = json.loads(run(*asked, "--json")[1])
    assert sum(row["share"] for row in answer["measures"]) == pytest.approx(answer["joint"])
    assert answer["budget"]["cost"] <= 1
    assert {row["id"] for row in answer["measures"]} == {"raise", "ticket"}


def test_a_file_that_is_no_scenario_is_refused(run: Run, village_folder: Path, tmp_path: Path) -> None:
    """An unknown kind is named with its file, and nothing is computed."""
    path = tmp_path / "wrong.toml"
    path.write_text('title = "x"\n[[measure]]\nkind = "pay_rise"\nid = "a"\nstart = 2020-01-01\n', encoding="utf-8")
    code, _, err = run("scenario", "run", path, "--region", village_folder)
    assert code == 2
    assert "pay_rise" in err
