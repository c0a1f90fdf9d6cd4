# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The model employer at Weisweiler: drawn alike each time, and its report as it was read."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from rich.console import Console

from drehkreuz.cli.commute_screen import show
from drehkreuz.commuting.analysis import analyse
from drehkreuz.commuting.sharing import shared
from drehkreuz.model.aachen.build import build_aachen
from drehkreuz.model.employer import FIRM, PARK, WORKPLACE, model_firm, write_firms
from drehkreuz.region import Region, open_region
from drehkreuz.reports.commuting.answer import analysis_answer
from drehkreuz.reports.commuting.paper import commuting_paper
from drehkreuz.sources.rota import read_rotas
from drehkreuz.sources.workforce import read_workforce

GOLDEN = Path(__file__).parent / "golden" / "weisweiler.txt"


@pytest.fixture(scope="module")
def region(tmp_path_factory: pytest.TempPathFactory) -> Region:
    """The model region with few people: cells, streets near towns and timetable are those of any size."""
    folder = tmp_path_factory.mktemp("regions") / "aachen"
    build_aachen(folder, scale=0.01, seed=1)
    return open_region(folder)


def test_a_firm_is_drawn_alike_each_time(region: Region) -> None:
    """The same seed draws the same 1,200 people, another seed others; all shifts are as large as asked."""
    rows = model_firm(region, FIRM)
    assert rows == model_firm(region, FIRM)
    assert rows != model_firm(region, FIRM, seed=2)
    for shift, people in FIRM.shifts.items():
        assert sum(int(str(row["count"])) for row in rows if row["shift"] == shift) == people


def test_the_report_of_weisweiler(region: Region, tmp_path: Path) -> None:
    """The report of 1,200 people in three shifts, annex included, is what a person has read; the tables of five firms hold all their people."""
    rota, *files = write_firms(region, tmp_path)
    rotas, place = read_rotas(rota), region.table("places")["place_id"].to_list().index(WORKPLACE)
    read = {file.stem: read_workforce(file, region, rotas).staff for file in files}
    answer = analysis_answer(analyse(region, place, read[FIRM.name]))
    text = io.StringIO()
    show(commuting_paper(answer, "de"), Console(file=text, width=120, highlight=False, markup=False, color_system=None))
    lines = "\n".join(line.rstrip() for line in text.getvalue().splitlines()) + "\n"
    assert lines == GOLDEN.read_text(encoding="utf-8")
    tables = {name: shared(region, staff, 5) for name, staff in read.items()}
    assert sum(table["people"].sum() for table in tables.values()) == sum(sum(firm.shifts.values()) for firm in PARK)
