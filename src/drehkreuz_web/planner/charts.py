# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Bars drawn by the server: each as wide as its cell, so that the words beside it stay words on every screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from drehkreuz.reports.words import Words
from drehkreuz_web.planner.table import Table, Value


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a bar, in percent of the widest."""

    x: float
    width: float
    swatch: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: what it is of, its pieces, and its value in words."""

    label: str
    segments: list[Segment]
    value: str


def bars(table: Table, column: int, swatches: Sequence[str], words: Words) -> list[Bar]:
    """
    Return a bar for each row of a table, as long as the row's number in a column.

    Args:
        table: The table; its first column names the rows.
        column: Whose numbers are drawn.
        swatches: The colour of each row.
        words: The language.
    """
    numbers = [_number(row[column]) for row in table.rows]
    longest = max(numbers, default=0.0) or 1.0
    shown = table.shown(words)
    return [
        Bar(text[0], [Segment(0, round(100 * number / longest, 2), swatch)], text[column])
        for number, swatch, text in zip(numbers, swatches, shown, strict=False)
    ]


def stacked(table: Table, total: int, words: Words) -> list[Bar]:
    """
    Return a bar for each row of a table, all equally long: what the row's total is made of.

    A row with a count that is not shown has no bar. A negative share, which a group can have, is not drawn.

    Args:
        table: The table; its columns with a swatch are the pieces.
        total: Column of the totals.
        words: The language.
    """
    parts = [(at, column.swatch) for at, column in enumerate(table.columns) if column.swatch]
    found = []
    for row, text in zip(table.lines, table.shown(words), strict=True):
        if any(row[at] is None for at, _ in parts):
            continue
        numbers = [_number(row[at]) for at, _ in parts]
        whole, x = sum(numbers) or 1.0, 0.0
        segments = []
        for number, (_, swatch) in zip(numbers, parts, strict=True):
            width = 100 * number / whole
            if width:
                segments.append(Segment(round(x, 2), round(width, 2), swatch))
            x += width
        found.append(Bar(text[0], segments, text[total]))
    return found


def _number(value: Value) -> float:
    return max(0.0, float(value)) if isinstance(value, int) else 0.0
