# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The outlook as values and in sentences."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from drehkreuz.foresight import outlook
from drehkreuz.region import Region
from drehkreuz.reports.outlook import about, outlook_report, outlook_sentences
from drehkreuz.reports.words import LANGUAGES, Words
from town import with_towns


@pytest.fixture(scope="module")
def report(village: Region) -> dict[str, Any]:
    """The outlook of the village with municipalities."""
    return outlook_report(outlook(with_towns(village), draws=64))


@pytest.mark.parametrize(
    ("value", "said"),
    [(823_527, "824.000"), (1_000, "1.000"), (999.6, "1.000"), (8_867.9, "8.870"), (0.4, "0"), (-45_609, "−45.600")],
)
def test_three_digits(value: float, said: str) -> None:
    """A figure in a sentence has three digits, whatever its size."""
    assert about(value, Words("de")) == said


def test_summaries_sum_flows_and_compare_stocks(report: dict[str, Any]) -> None:
    """Of flows a summary has the sum over the years, of stocks the last value and the change."""
    region, whole = report["region"], report["whole"]
    assert whole["retirements"] == pytest.approx(sum(region["retirements"]["value"]), abs=0.01)
    assert whole["working_age"] == region["working_age"]["value"][-1]
    change = region["working_age"]["value"][-1] - region["working_age"]["value"][0]
    assert whole["working_age_change"] == pytest.approx(change, abs=0.01)
    assert [town["name"] for town in report["municipalities"]] == ["Bachtal", "Sonnenfeld"]
    assert whole["entrants"] == pytest.approx(sum(town["entrants"] for town in report["municipalities"]), abs=0.01)


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences(report: dict[str, Any], language: Any) -> None:
    """Five sentences say who lives there, what ends and comes, whom it meets, what is missing and what is spent."""
    words = Words(language)
    told = outlook_sentences(report, words)
    assert len(told) == 5
    assert about(report["whole"]["working_age"], words) in told[0]
    assert about(report["whole"]["posts_lost"], words) in told[1]
    assert about(report["whole"]["gap"], words) in told[3]


def test_too_few_posts(village: Region) -> None:
    """Where posts fall more than people, the sentence says how many more look for one; the range goes from less to more."""
    projects = village.table("projects").with_columns(posts=pl.col("posts") * 20)
    found = outlook_report(outlook(with_towns(village).with_tables({"projects": projects}), draws=64))
    gap = found["region"]["gap"]
    told = outlook_sentences(found, Words("en"))[3]
    assert "more people look for a post" in told
    low, high = sorted(-value for value in (gap["low"][-1], gap["high"][-1]))
    assert f"({about(low, Words('en'))} to {about(high, Words('en'))}" in told


def test_nothing_announced(village: Region) -> None:
    """Without closures and sites the sentences say nothing of them."""
    bare = with_towns(village).with_tables({"projects": village.table("projects").clear()})
    told = outlook_sentences(outlook_report(outlook(bare, draws=2)), Words("en"))
    assert len(told) == 3
    assert not any("closures" in sentence for sentence in told)
