# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""`outlook` on the village, as people meet it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from drehkreuz.foresight import QUANTITIES
from drehkreuz.reports.words import Words

Run = Callable[..., tuple[int, str, str]]


def test_screen_and_json_agree(run: Run, village_folder: Path) -> None:
    """Each year's figures of the JSON object stand on the screen in its line; the assumptions are in the object."""
    code, out, err = run("outlook", village_folder)
    assert (code, err) == (0, "")
    assert "Das ist keine Prognose" in out
    answer = json.loads(run("outlook", village_folder, "--json")[1])
    for at, year in enumerate(answer["years"]):
        line = next(line for line in out.splitlines() if line.startswith(f"{year} "))
        assert Words("de").number(round(answer["region"]["working_age"]["value"][at])) in line
    assert answer["assumptions"]["parameters"]["net_pay"]["kind"] == "assumed"


def test_file_has_every_row(run: Run, village_folder: Path, tmp_path: Path) -> None:
    """The file holds each quantity of each year for the town, for posts without a place and for the region."""
    file = tmp_path / "new" / "outlook.csv"
    code, out, _ = run("outlook", village_folder, "--to", 2030, "--out", file)
    assert (code, str(file) in out.replace("\n", "")) == (0, True)
    table = pl.read_csv(file, schema_overrides={"municipality": pl.String})
    assert len(table) == 3 * 5 * len(QUANTITIES)
    assert set(table["kind"]) == {"modelled"}


def test_official_figures(run: Run, village_folder: Path, tmp_path: Path) -> None:
    """Official figures of a file stand in the JSON object, and the region's sum says what it is made of."""
    file = tmp_path / "official.csv"
    file.write_text("municipality,year,quantity,value,source\n,2030,working_age,4100,Amt\n", encoding="utf-8")
    answer = json.loads(run("outlook", village_folder, "--official", file, "--json")[1])
    at = answer["years"].index(2030)
    assert answer["region"]["working_age"]["value"][at] == 4100
    assert answer["region"]["working_age"]["kind"][at] == "partly official"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--to", 2026), "--to: year '2026': is not from 2027 to 2042"),
        (("--official", "none.csv"), "none.csv: cannot be read"),
        (("--assumptions", "none.toml"), "none.toml: cannot be read"),
        (("--out", "/proc/outlook.csv"), "cannot be written"),
    ],
)
def test_what_cannot_be(run: Run, village_folder: Path, options: tuple[object, ...], said: str) -> None:
    """A year that cannot be told, and a file that cannot be read or written, end with one line and code 2."""
    code, out, err = run("outlook", village_folder, *options)
    assert (code, out) == (2, "")
    assert said in err
    assert err.count("\n") == 1
