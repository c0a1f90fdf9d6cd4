# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What the paper says of a measure: the catalogue's words, names instead of ids, how good the evidence is."""

from __future__ import annotations

from pathlib import Path

import pytest

from drehkreuz.measures import Measure
from drehkreuz.region import Region
from drehkreuz.reports.paper.study.measures import _cost, _said, _start, _uptake
from drehkreuz.reports.words import Words
from drehkreuz.sources.scenario import read_scenario

EXAMPLE = Path(__file__).parents[3] / "examples" / "scenarios" / "village.toml"
COSTS = {"low": 1000.0, "mid": 1499.6, "high": 2000.0}


@pytest.fixture(scope="module")
def measures(village: Region) -> dict[str, Measure]:
    """The measures of the village's example, by id."""
    return {measure.id: measure for measure in read_scenario(EXAMPLE, village).measures}


def said(village: Region, measure: Measure, language: str) -> str:
    words = Words("de" if language == "de" else "en")
    return "".join(text for _, text in _said(village, measure, words))


def test_what_a_scenario_sets_is_said_in_words(village: Region, measures: dict[str, Measure]) -> None:
    """Lines, places and skills stand by their names, choices in words, times as clocks; a placebo sets nothing."""
    assert said(village, measures["frueher-bus"], "de") == (
        "Linie: Modell-Linie 1; Erste neue Abfahrt: 04:40; Späteste neue Abfahrt: 05:10; Abstand der Fahrten: 30 min; An welchen "
        "Tagen: Montag bis Freitag."
    )
    assert "Places of care: Beispielkita Sonnenfeld, Beispielkita Bachtal;" in said(village, measures["kita"], "en")
    assert "s-battery" not in said(village, measures["zellen"], "de")
    assert not said(village, measures["nichts"], "de")


def test_evidence_is_named_or_is_the_scenarios_own(measures: dict[str, Measure]) -> None:
    """An uptake that the scenario states is the scenario's; costs of the catalogue carry its grade; what is free says so."""
    words, free = Words("de"), dict.fromkeys(COSTS, 0.0)
    row = {"share": 0.4, "invest_eur": free, "per_year_eur": COSTS, "payer": "public"}
    assert _uptake(measures["kita"], row, words) == "40 % der Eltern dort (20 % bis 70 %). Angabe des Szenarios."
    cost = _cost(measures["kita"], row, words)
    assert cost.startswith(
        "Im Jahr 1.500 € (1.000 € bis 2.000 €). Es zahlt: Die öffentliche Hand. Beleg: keiner, angenommen;"
    )
    assert _cost(measures["kita"], row | {"per_year_eur": free}, words) == "Keine."
    assert _cost(measures["kita"], row | {"per_year_eur": None}, words) == "Was sie kosten, ist nicht bekannt."
    assert _start(measures["kita"], words) == "02.11.2026"
