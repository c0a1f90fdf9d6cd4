# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""`drehkreuz scenario report` on the village: a file to be handed round."""

from __future__ import annotations

import json
import shlex
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

Run = Callable[..., tuple[int, str, str]]

TEXT = """
title = "Lohn & Ticket"
text = "Was bringen <mehr> Lohn und ein Ticket?"

[[measure]]
kind = "pay_raise"
id = "raise"
start = 2020-01-01
percent = 20
uptake = [1.0, 1.0, 1.0]  # the same posts in every world, so that pairs are computed once

[[measure]]
kind = "placebo"
id = "none"
start = 2020-01-01
"""


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """A scenario of a raise and nothing."""
    path = tmp_path / "plan.toml"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_a_report_is_written_with_its_tables(run: Run, village_folder: Path, plan: Path, tmp_path: Path) -> None:
    """Page, tables and JSON say the same; the page holds all it takes to make it again."""
    out, folder = tmp_path / "out" / "plan.html", tmp_path / "tables"
    asked = ("scenario", "report", plan, "--region", village_folder, "--worlds", 2, "--budget", 1000)
    code, printed, err = run(*asked, "--out", out, "--tables", folder, "--json")
    assert (code, err) == (0, "")
    answer = json.loads(printed)
    assert answer["written"][0] == str(out)
    assert sorted(answer["written"][1:]) == sorted(str(path) for path in folder.iterdir())
    (known,) = answer["scenarios"]
    effect = dict(pl.read_csv(folder / "effect.csv").select("figure", "value").iter_rows())
    assert effect["zusätzlich besetzte Stellen"] == known["effect"]["more_filled"]
    page = out.read_text(encoding="utf-8")
    for words in (
        "Die Menschen in diesem Bericht sind modelliert.",
        "Lohn &amp; Ticket",
        "&lt;mehr&gt;",
        "Welten 0 bis 1",
    ):
        assert words in page
    assert "{" not in page.partition("</style>")[2]
    typed = f"drehkreuz scenario report {shlex.quote(str(plan))} --region"
    assert typed in page
    shares = pl.read_csv(folder / "portfolio.csv")["share"].sum()
    assert shares == pytest.approx(answer["portfolios"][0]["joint"])


def test_a_report_is_a_pdf_in_english(run: Run, village_folder: Path, plan: Path, tmp_path: Path) -> None:
    """Page one of the PDF says that the population is synthetic."""
    pypdf = pytest.importorskip("pypdf")
    pytest.importorskip("typst")
    out = tmp_path / "plan.pdf"
    asked = ("scenario", "report", plan, "--region", village_folder, "--worlds", 0, "--no-portfolio", "--lang", "en")
    code, printed, err = run(*asked, "--out", out)
    assert (code, err) == (0, "")
    assert str(out).split("/")[-1] in printed
    read = pypdf.PdfReader(out)
    first = " ".join(read.pages[0].extract_text().split())
    assert "The people in this report are modelled." in first
    assert "none of them is real" in first
    assert 6 <= len(read.pages) <= 12


def test_what_cannot_be_written_is_refused_before_anything_is_computed(
    run: Run, village_folder: Path, plan: Path, tmp_path: Path
) -> None:
    """An unknown ending is named with those there are."""
    code, _, err = run("scenario", "report", plan, "--region", village_folder, "--out", tmp_path / "plan.docx")
    assert code == 2
    assert ".html, .pdf" in err
