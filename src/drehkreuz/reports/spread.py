# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""How far the figures of a report by groups vary where other people are drawn from the same population."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from drehkreuz.reports.pair import Values

LOW, HIGH = 0.05, 0.95
"""Quantiles that an interval lies between: nine of ten values do."""

SIDES: Final = ("openings", "people")


def with_intervals(report: Values, others: Sequence[Values]) -> Values:
    """
    Return a report by groups with an interval beside each of its figures.

    Where other people are drawn there are not as many of them; counts of people are scaled to as many as there are, so that an
    interval says how they divide, not how many were drawn. And who is drawn twice looks for the same posts twice, so that draws
    fill fewer than the population does; an interval lies about the figure as the draws lie about their mean. No
    bound is below zero unless the figure is.

    Args:
        report: From `breakdown`.
        others: The same report for other people of the population.

    Returns:
        The report; each line has `interval`: of `found`, `left` and each of `shares` a pair of whole numbers, low and high. A
        group that was not drawn every time counts as nothing where it was not.

    Source:
        Efron, Tibshirani: An Introduction to the Bootstrap (1993), ch. 10, on bias and its correction.
    """
    return {side: _side(report[side], [other[side] for other in others]) for side in SIDES}


def _side(side: Values, others: list[Values]) -> Values:
    scales = [side["all"]["total"] / max(1, other["all"]["total"]) for other in others]
    by = {
        name: [_line(line, scales, [_same(line, other["by"][name]) for other in others]) for line in lines]
        for name, lines in side["by"].items()
    }
    return {"all": _line(side["all"], scales, [other["all"] for other in others]), "by": by}


def _same(line: Values, others: list[Values]) -> Values | None:
    return next((other for other in others if other["key"] == line["key"]), None)


def _line(line: Values, scales: list[float], others: list[Values | None]) -> Values:
    def between(count: int, values: Iterator[float]) -> list[int]:
        scaled = [scale * value for scale, value in zip(scales, values, strict=True)]
        low, high = count - np.mean(scaled) + np.quantile(scaled, (LOW, HIGH))
        return [max(round(float(low)), min(count, 0)), round(float(high))]

    interval: Values = {
        name: between(line[name], (0 if other is None else other[name] for other in others))
        for name in ("found", "left")
    }
    interval["shares"] = {
        barrier: between(share, (0 if other is None else other["shares"][barrier] for other in others))
        for barrier, share in line["shares"].items()
    }
    return line | {"interval": interval}
