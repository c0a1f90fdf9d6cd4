# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Counts of people as they are shown: rounded to five, small ones not at all, so that no difference gives one person away."""

from __future__ import annotations

from collections.abc import Sequence
from math import floor

from drehkreuz.reports.suppression import LEAST, hidden

STEP = 5
"""Counts are shown in multiples of it."""


def shown(people: float) -> int | None:
    """Return a count rounded to five; None for one to four, which are not shown; nobody is nobody."""
    if round(people) == 0:
        return 0
    return None if people < LEAST else floor(people / STEP + 0.5) * STEP


def shown_table(counts: Sequence[Sequence[int]]) -> list[list[int | None]]:
    """
    Return a table with its sums, rounded, and with further cells hidden where a sum would give a small one back.

    Args:
        counts: Rows of the same length, without sums.

    Returns:
        The rows, each with its sum, and a row of sums.
    """
    rows = [[*row, sum(row)] for row in counts]
    whole = [*rows, [sum(column) for column in zip(*rows, strict=True)]]
    out_of_sight = hidden(whole)
    return [
        [None if out_of_sight[r][c] else shown(count) for c, count in enumerate(row)] for r, row in enumerate(whole)
    ]
