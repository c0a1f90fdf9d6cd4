# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The report on barriers: intervals about its figures, and reasons that sum to the people they are counted of."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from drehkreuz.matching.barriers import REASONS_OF, Barrier, Reason, names
from drehkreuz.matching.pipeline import Matched
from drehkreuz.reports.barriers import barriers, figures_table, reasons_table
from drehkreuz.reports.barriers_picture import chart
from drehkreuz.reports.breakdown import breakdown
from drehkreuz.reports.spread import with_intervals
from drehkreuz.reports.words import Words

Values = dict[str, Any]


@pytest.fixture(scope="module")
def report(matched: Matched) -> Values:
    return barriers(matched, times=5)


def test_the_figures_are_those_of_the_region(report: Values, matched: Matched) -> None:
    """Without their intervals the lines are those of the region's report."""
    for side, told in breakdown(matched).items():
        found = report[f"{side}_by"]
        lines = [(found["all"], told["all"])]
        lines += [pair for by in told["by"] for pair in zip(found["by"][by], told["by"][by], strict=True)]
        for ours, theirs in lines:
            assert {key: value for key, value in ours.items() if key != "interval"} == theirs


def test_a_report_that_never_varies_has_no_width(matched: Matched) -> None:
    """Where every draw says the same, each interval is its figure."""
    told = breakdown(matched)
    for line in with_intervals(told, [told] * 3)["openings"]["by"]["level"]:
        assert line["interval"]["found"] == [line["found"]] * 2
        assert line["interval"]["shares"] == {barrier: [share] * 2 for barrier, share in line["shares"].items()}


def test_intervals_lie_about_their_figures(report: Values) -> None:
    """Low is no more than the figure and high no less, but for what rounding and few draws bend."""
    for side in ("openings", "people"):
        line = report[f"{side}_by"]["all"]
        low, high = line["interval"]["found"]
        assert low - 1 <= line["found"] <= high + 1
        assert low < high


def test_the_same_draws_say_the_same(report: Values, matched: Matched) -> None:
    """People are drawn by their ids and a number, not by chance of the day."""
    assert barriers(matched, times=5) == report


def test_reasons_sum_to_their_people(report: Values) -> None:
    """Everybody with a post that one barrier alone keeps from them is counted once below it, with reasons of that barrier."""
    assert [entry["barrier"] for entry in report["reasons"]] == names(Barrier(127))
    for entry in report["reasons"]:
        assert sum(told["people"] for told in entry["reasons"]) == entry["people"]
        below = set(names(REASONS_OF[Barrier[entry["barrier"].upper()]])) - {"training_condition"}
        assert all(set(told["reasons"]) <= below and told["reasons"] for told in entry["reasons"])


def test_who_is_counted_below_a_barrier(report: Values, matched: Matched) -> None:
    """Counted by hand: people with at least one post, not over too soon, before which this barrier stands and no other."""
    arrays = matched.arrays
    over = (arrays["reasons"].astype(np.uint32) & np.uint32(Reason.OVER)) != 0
    for entry in report["reasons"]:
        alone = (arrays["mask"] == int(Barrier[entry["barrier"].upper()])) & ~over
        assert entry["people"] == int(matched.counted.of_row[alone.any(axis=1)].sum())


def test_tables_hold_every_figure(report: Values) -> None:
    """Each line of the report is nine rows of the table; the reasons are all there."""
    lines = sum(1 + sum(len(group) for group in report[f"{side}_by"]["by"].values()) for side in ("openings", "people"))
    assert len(figures_table(report, "de")) == 9 * lines
    assert reasons_table(report)["people"].sum() == sum(entry["people"] for entry in report["reasons"])


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_chart_says_its_figures_in_words(report: Values, language: Any) -> None:
    """Who does not see the chart reads every figure in its description."""
    drawn = chart(report, "openings", Words(language))
    line = report["openings_by"]["all"]
    assert drawn.startswith("<svg")
    described = drawn.partition('<desc id="desc">')[2].partition("</desc>")[0]
    for count in (line["found"], line["left"], *line["shares"].values()):
        assert str(count) in described


def test_the_stable_line_closes(matched: Matched) -> None:
    """If both sides choose freely, as many are placed as the stable allocation places, and the line closes too."""
    line = barriers(matched, times=0, stable=True)["openings_stable"]
    assert line["found"] == np.count_nonzero(matched.stable.vacancy >= 0)
    assert line["total"] == line["found"] + sum(line["shares"].values()) + line["left"]
