# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Scenarios side by side: an order only as far as the worlds bear it out."""

from __future__ import annotations

from typing import Final

from drehkreuz.reports.pair import Values
from drehkreuz.reports.paper.charts import Span, intervals
from drehkreuz.reports.paper.document import Block, Column, Figure, Number, Paragraph, Section, Table
from drehkreuz.reports.paper.study.study import Study, span, told

SURE: Final = 0.9
"""Share of the worlds in which one scenario must have more than another to stand before it; assumed."""


def tiers(study: Study) -> list[list[int]]:
    """
    Return the scenarios in an order of tiers: each of a tier has more than each of a lower one in at least `SURE` of the worlds.

    Within a tier there is no order. Without worlds, all are in one.
    """
    n = len(study.scenarios)
    share: dict[tuple[int, int], float] = {}
    pairs = [(a, b) for a in range(n) for b in range(a + 1, n)]
    for (a, b), pair in zip(pairs, study.better, strict=False):
        value = pair["share"]
        share[a, b] = 0.5 if value is None else value
        share[b, a] = 1 - share[a, b]
    order = sorted(range(n), key=lambda at: (-_middle(study, at), at))
    found: list[list[int]] = [[]]
    for at, one in enumerate(order):
        before, rest = order[:at], order[at:]
        if before and all(share.get((a, b), 0.5) >= SURE for a in before for b in rest):
            found.append([])
        found[-1].append(one)
    return found


def ranking_sentence(study: Study) -> str:
    """Return which scenario has more of the figure, as far as that is sure."""
    words, found = study.words, tiers(study)
    figure = words(f"scenario.{study.figure}")
    if not study.worlds:
        return words("study.rank_no_worlds", figure=figure)
    if len(found) == 1:
        return words("study.rank_none", figure=figure, sure=words.percent(SURE))
    steps = [" / ".join(words("study.quoted", title=study.scenarios[at].title) for at in tier) for tier in found]
    return words("study.rank", figure=figure, order="; ".join(steps), sure=words.percent(SURE))


def comparison(study: Study) -> Section:
    """Return the section that puts scenarios side by side."""
    words = study.words
    blocks: list[Block] = [Paragraph(ranking_sentence(study))]
    if study.better:
        blocks.append(_pairs(study))
    return Section(words("study.comparison"), tuple(blocks))


def side_by_side(study: Study) -> Figure:
    """Return the scenarios' figure with its intervals on one axis."""
    words, name = study.words, study.figure
    rows = []
    for scenario in study.scenarios:
        found, value = scenario.interval(name), scenario.figure(name) or 0
        shown = told(name, value, words).shown
        beside = shown if found is None else f"{shown} ({span(name, found, words)})"
        rows.append(Span(scenario.title, found and found.low, value, found and found.high, beside))
    figure = words(f"scenario.{name}")
    return Figure(
        "comparison",
        words("study.comparison_caption", figure=figure),
        "; ".join(f"{row.name}: {row.shown}" for row in rows),
        intervals(rows, lambda value: told(name, value, words).shown, least=1.0),
    )


def _pairs(study: Study) -> Table:
    words = study.words

    def row(pair: Values) -> tuple[str | Number, ...]:
        share = pair["share"]
        shown = Number(words("scenario.unknown"), None)
        if share is not None:
            shown = Number(words.percent(share), share)
        return pair["one"], pair["other"], shown, _verdict(share, study)

    columns = (
        Column(words("study.one"), "one", share=2),
        Column(words("study.other"), "other", share=2),
        Column(words("study.share_of_worlds"), "share", numeric=True),
        Column(words("study.verdict"), "verdict", share=2),
    )
    caption = words("study.pairs_caption", figure=words(f"scenario.{study.figure}"), n=words.number(study.worlds))
    return Table("pairs", caption, columns, tuple(row(pair) for pair in study.better))


def _verdict(share: float | None, study: Study) -> str:
    value = 0.5 if share is None else share
    key = "first_more" if value >= SURE else "first_less" if value <= 1 - SURE else "open"
    return study.words(f"study.verdict_{key}")


def _middle(study: Study, at: int) -> float:
    """Return what scenarios are sorted by: the middle of all worlds, or the figure itself."""
    scenario = study.scenarios[at]
    found = scenario.interval(study.figure)
    return (scenario.figure(study.figure) or 0.0) if found is None else found.mid
