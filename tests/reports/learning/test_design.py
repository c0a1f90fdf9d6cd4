# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Modules worth creating, told."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from drehkreuz.matching.market import Market, prepare
from drehkreuz.matching.stages import relation_of_region
from drehkreuz.matching.teaching import Design, design
from drehkreuz.region import Cache, Region
from drehkreuz.reports.learning.design import design_answer, design_paper, design_table


@pytest.fixture(scope="module")
def found(village: Region) -> tuple[Market, Design]:
    """Two modules for the village."""
    market = prepare(village, cache=Cache.default())
    return market, design(market, relation_of_region(market, cache=Cache.default()), 2)


@pytest.mark.parametrize("language", ["de", "en"])
def test_a_provider_finds_what_planning_asks(found: tuple[Market, Design], language: Any) -> None:
    """Each module says what, level, length, where, for whom, which jobs, from how many participants, and who may fund it."""
    market, chosen = found
    paper = design_paper(design_answer(market, chosen, 2, language, verified=27), language)
    assert "{" not in "".join(str(block) for block in paper.blocks())
    for section in paper.sections:
        (facts,) = section.blocks
        assert len(facts.rows) in {9, 10}  # type: ignore[union-attr]  # facts alone stand there


def test_the_funding_gate_stands_at_120_hours(found: tuple[Market, Design]) -> None:
    """A module of more than 120 hours can be funded for people in work, one of 120 cannot."""
    market, chosen = found
    module = chosen.modules[0]
    for hours, open_to_them in ((120.0, False), (121.0, True)):
        bundle = replace(module.bundle, units=round(hours * 60 / 45))
        told = design_answer(market, replace(chosen, modules=(replace(module, bundle=bundle),)), 1)
        assert told["modules"][0]["employed_fundable"] == open_to_them


def test_a_row_for_each_module(found: tuple[Market, Design]) -> None:
    """The table has what the paper has, a row a module; without modules it has none, and the paper says so."""
    market, chosen = found
    answer = design_answer(market, chosen, 2)
    table = design_table(answer)
    assert table["more_placed"].sum() == answer["more_placed"] == sum(m.more_placed for m in chosen.modules)
    nothing = design_answer(market, replace(chosen, modules=()), 2)
    assert len(design_table(nothing)) == 0
    assert "Kein neues Modul" in str(design_paper(nothing, "de").front[0])
