# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Supply and demand, told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl
import pytest

from drehkreuz.matching.market import prepare
from drehkreuz.matching.stages import relation_of_region
from drehkreuz.region import Cache, Region
from drehkreuz.reports.learning.supply import Teaching, supply_answer, supply_paper, teaching, write_supply
from drehkreuz.reports.paper.html import page


@pytest.fixture(scope="module")
def found(village: Region) -> Teaching:
    """What is taught in the village against what is needed."""
    market = prepare(village, cache=Cache.default())
    return teaching(market, relation_of_region(market, cache=Cache.default()))


def test_totals_are_those_of_the_tables(found: Teaching) -> None:
    """What the first page says stands in the rows, and the reasons account for every empty seat."""
    answer = supply_answer(found)
    assert answer["seats"] == sum(row["seats"] for row in answer["sessions"])
    assert answer["empty"] == sum(row["seats"] for row in answer["why"])
    assert answer["people"] == 300


@pytest.mark.parametrize("language", ["de", "en"])
def test_a_paper_in_both_languages(found: Teaching, village: Region, language: Any) -> None:
    """Every table is told, no sentence has a hole."""
    paper = supply_paper(supply_answer(found), village, language)
    assert [table.name for table in paper.tables()] == ["needed", "empties", "fulls", "kinds", "digital"]
    assert "{" not in "".join(str(block) for block in paper.blocks())
    assert "Pflegebasiskurs" in page(paper)


def test_every_table_is_written(found: Teaching, tmp_path: Path) -> None:
    """Six files, each with the rows of its table."""
    for name in write_supply(found, tmp_path):
        assert len(pl.read_csv(tmp_path / name)) == len(found.tables()[name.removesuffix(".csv")])
    assert len(list(tmp_path.iterdir())) == 6
