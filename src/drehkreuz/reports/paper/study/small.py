# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Small counts of people in a paper: left out wherever real people may be among them."""

from __future__ import annotations

from collections.abc import Sequence

from drehkreuz.reports.paper.study.study import Study
from drehkreuz.reports.suppression import hidden


def guarded(
    table: Sequence[Sequence[int]], study: Study, *, counts: int | None = None, sums: bool = False
) -> list[list[int | None]]:
    """
    Return a table of counts, None where one is not shown; in a modelled region all are.

    Args:
        table: Counts, a list for each row.
        study: Whose people they are.
        counts: Columns from the left that count people; None: all.
        sums: Whether the last row holds the sums of the columns.
    """
    rows: list[list[int | None]] = [list(row) for row in table]
    if study.modelled or not rows:
        return rows
    people = [list(row[:counts]) for row in table]
    whole = people if sums else [*people, [sum(column) for column in zip(*people, strict=True)]]
    for row, hides in zip(rows, hidden(whole), strict=False):
        for at, hide in enumerate(hides):
            if hide:
                row[at] = None
    return rows
