# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What `match` says about what is likely, stable and possible."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from drehkreuz.cli.allocations import show_allocations
from drehkreuz.cli.output import Screen
from drehkreuz.matching.allocations.three import of_region
from drehkreuz.matching.pipeline import Matched
from drehkreuz.reports.allocations import allocations
from drehkreuz.reports.words import Language


@pytest.fixture(scope="module")
def found(matched: Matched) -> dict[str, Any]:
    """Three allocations of the village."""
    return allocations(of_region(matched))


def test_what_is_possible_is_proved(found: dict[str, Any], matched: Matched) -> None:
    """It is worth more than what is likely, at most a thousandth short of any other, and the stable one is that of the headline."""
    likely, stable, possible = (found[name] for name in ("likely", "stable", "possible"))
    assert likely["worth_eur_month"] < possible["worth_eur_month"] <= found["bound_eur_month"]
    assert stable["placed"] == np.count_nonzero(matched.stable.vacancy >= 0)
    assert found["gap"] <= 0.001
    gained = possible["worth_eur_month"] - likely["worth_eur_month"]
    assert found["coordination"]["worth_eur_month"] == pytest.approx(gained, abs=1)


def test_what_is_assumed_is_named_and_swept(found: dict[str, Any]) -> None:
    """Beside all values that nobody has measured, the search is shown with one of them another at a time."""
    habits = {"applications", "noise_eur_month", "calls", "rounds"}
    assert set(found["assumed"]) == habits | {"employer_eur_month"}
    for swept in found["swept"]:
        assert sum(swept[name] != found["assumed"][name] for name in habits) == 1
    assert [swept["applications"] for swept in found["swept"]][:2] == [5, 10]
    assert json.loads(json.dumps(found)) == found


def test_a_ranking_by_prices_reaches_more(found: dict[str, Any], matched: Matched) -> None:
    """In the village, posts spread out are seen by more, and more people find one."""
    liking, spread = found["by_liking"], found["spread_out"]
    assert liking["vacancies"] == spread["vacancies"]
    assert spread["gini"] < liking["gini"]
    assert spread["unseen"] <= liking["unseen"]
    assert liking["reached"] < spread["reached"] <= matched.report.today


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("de", ["wahrscheinlich", "stabil", "möglich", "Bewiesen:", "Angenommen: 7 Bewerbungen", "entzerrt"]),
        ("en", ["likely", "stable", "possible", "Proved:", "Assumed: 7 applications", "spread out"]),
    ],
)
def test_it_is_told_in_either_language(
    found: dict[str, Any],
    language: Language,
    said: list[str],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Headings, proof and assumptions stand in the language asked for."""
    monkeypatch.setenv("COLUMNS", "180")
    show_allocations(found, 135, Screen(language))
    text = capsys.readouterr().out
    for words in said:
        assert words in text
