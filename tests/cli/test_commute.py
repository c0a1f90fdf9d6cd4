# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""`commute` on the village, as people meet it."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

Run = Callable[..., tuple[int, str, str]]

ROTA = '[[shift]]\nname = "frueh"\nstart = "06:00"\nend = "14:00"\n'


@pytest.fixture(scope="module")
def firm(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a firm's file and its rota: forty people, most of them by car."""
    folder = tmp_path_factory.mktemp("firm")
    rows = [f"Z{cell:02d},frueh,{'car' if cell % 4 else 'bike'},{cell % 3 + 1}" for cell in range(1, 21)]
    (folder / "staff.csv").write_text("\n".join(["where,shift,mode,count", *rows]), encoding="utf-8")
    (folder / "rota.toml").write_text(ROTA, encoding="utf-8")
    return folder


def asked(firm: Path, village_folder: Path, *more: object) -> tuple[object, ...]:
    return (village_folder, firm / "staff.csv", "--place", "P01", "--rota", firm / "rota.toml", *more)


def test_screen_and_json_agree(run: Run, firm: Path, village_folder: Path) -> None:
    """What stands on the screen is what the JSON object holds, in the language asked; nothing is written or cached."""
    cache = Path(os.environ["DREHKREUZ_CACHE"])
    before = sorted(firm.iterdir()), sorted(cache.rglob("*"))
    code, out, err = run("commute", "analyse", *asked(firm, village_folder))
    assert (code, err) == (0, "")
    assert "Von 40 Beschäftigten" in out
    answer = json.loads(run("commute", "analyse", *asked(firm, village_folder, "--json"))[1])
    assert answer["people"] == 40
    assert "Of 40 employees" in run("commute", "analyse", *asked(firm, village_folder, "--lang", "en"))[1]
    assert answer["assumed"]["weeks_per_year"] > 0
    assert (sorted(firm.iterdir()), sorted(cache.rglob("*"))) == before


def test_every_table_as_a_file(run: Run, firm: Path, village_folder: Path, tmp_path: Path) -> None:
    """With --out each table of the answer is a CSV whose figures are numbers."""
    code, out, _ = run("commute", "analyse", *asked(firm, village_folder, "--out", tmp_path))
    assert code == 0
    assert "emissions.csv" in out
    assert {"shifts.csv", "potential.csv", "emissions.csv", "measures.csv"} <= {
        path.name for path in tmp_path.iterdir()
    }
    assert pl.read_csv(tmp_path / "emissions.csv")["tonnes"].dtype.is_numeric()


def test_a_map_without_a_place_is_refused(run: Run, firm: Path, village_folder: Path, tmp_path: Path) -> None:
    """Where no place is large enough to be drawn, a picture is refused in one line, and nothing is written."""
    code, out, err = run("commute", "analyse", *asked(firm, village_folder, "--out", tmp_path / "homes.svg"))
    assert (code, out) == (2, "")
    assert "cannot be drawn" in err
    assert not list(tmp_path.iterdir())


def test_from_the_firm_to_the_park(run: Run, firm: Path, village_folder: Path, tmp_path: Path) -> None:
    """The table that a firm hands in has no small group; the park takes it and refuses the firm's file itself."""
    part = tmp_path / "firm.csv"
    code, out, _ = run("commute", "analyse", *asked(firm, village_folder, "--share-table", part))
    assert code == 0
    assert "keine kleiner als 5" in out
    assert pl.read_csv(part)["people"].min() >= 5  # type: ignore[operator]
    code, out, _ = run("commute", "park", village_folder, part, "--place", "P01", "--out", tmp_path / "park.html")
    assert code == 0
    assert "1 Betriebe" in out or "firm" in out
    assert "<html" in (tmp_path / "park.html").read_text(encoding="utf-8")
    answer = json.loads(run("commute", "park", village_folder, part, "--place", "P01", "--json")[1])
    assert answer["people"] == 40
    code, out, err = run("commute", "park", village_folder, firm / "staff.csv", "--place", "P01")
    assert (code, out) == (2, "")
    assert "no table for a business park" in err


def test_a_report_with_its_annex(run: Run, firm: Path, village_folder: Path, tmp_path: Path) -> None:
    """The report is a page with the texts for works council and data protection; another ending is refused."""
    page = tmp_path / "ways.html"
    code, out, _ = run("commute", "report", *asked(firm, village_folder, "--out", page))
    assert code == 0
    assert str(page.name) in out.replace("\n", "")
    assert "Datenschutzinformation" in page.read_text(encoding="utf-8")
    assert run("commute", "report", *asked(firm, village_folder, "--out", tmp_path / "ways.doc"))[0] == 2


def test_names_are_refused_and_not_repeated(run: Run, village_folder: Path, tmp_path: Path) -> None:
    """A file with names ends with one sentence that tells the column and nothing of what stands in it."""
    path = tmp_path / "staff.csv"
    path.write_text("Nachname,where,shift\nMustermann,Z01,06:00-14:00\n", encoding="utf-8")
    code, out, err = run("commute", "analyse", village_folder, path, "--place", "P01")
    assert (code, out) == (2, "")
    assert "column 1 looks like names" in err
    assert "Mustermann" not in err
    assert "Traceback" not in err


@pytest.mark.parametrize("place", ["Nirgends", "95.0,6.0"])
def test_a_place_that_is_none_is_said(run: Run, firm: Path, village_folder: Path, place: str) -> None:
    """An unknown place, or degrees that are none, are told as such."""
    code, _, err = run("commute", "analyse", village_folder, firm / "staff.csv", "--place", place)
    assert code == 2
    assert "--place" in err
