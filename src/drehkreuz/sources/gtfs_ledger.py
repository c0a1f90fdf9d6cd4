# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What is wrong with a feed, written down row by row while it is read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from drehkreuz.errors import Finding, InputError
from drehkreuz.sources.text import MAX_FINDINGS, ROW, bounded

if TYPE_CHECKING:
    from collections.abc import Callable

    import polars as pl


class Ledger:
    """
    Faults, which stop a strict reading and cost a lenient one some rows; and notes, which stop neither.

    Args:
        lenient: Whether faulty rows are left out and listed, instead of refusing the feed.
    """

    def __init__(self, *, lenient: bool) -> None:
        self._lenient = lenient
        self._faults: list[Finding] = []
        self._fault_count = 0
        self._notes: list[Finding] = []

    @property
    def ragged(self) -> list[Finding] | None:
        """Where rows with too many fields are listed; None where they are refused at once."""
        return self._notes if self._lenient else None

    def fault(
        self,
        where: str,
        rows: pl.DataFrame,
        problem: str | Callable[[dict[str, Any]], str],
        *,
        drop: str,
        column: str = "",
    ) -> None:
        """
        Enter one fault for each of the rows.

        Args:
            where: File.
            rows: The faulty rows, with the column `row`.
            problem: What is wrong, the same for all or made from each row.
            drop: What a lenient reading leaves out, e.g. `the trip`.
            column: Column whose value is wrong; empty where the whole row is meant.
        """
        if self._lenient:
            remedy = f"Left out: {drop}; fix the feed to have it."
        else:
            remedy = f"Fix the feed, or read it with --lenient to drop {drop}."
        room = MAX_FINDINGS - len(self._faults)
        for row in rows.head(room).iter_rows(named=True):
            sentence = problem if isinstance(problem, str) else problem(row)
            value = str(row[column]) if column else ""
            self._faults.append(Finding(where, str(row[ROW]), column, value, sentence, remedy))
        self._fault_count += len(rows)

    def note(self, where: str, problem: str, remedy: str) -> None:
        """Enter something worth knowing that is no fault."""
        self._notes.append(Finding(str(where), "", "", "", problem, remedy, "warning"))

    def settle(self) -> list[Finding]:
        """
        Return everything entered.

        Raises:
            InputError: If there are faults and the reading is strict.
        """
        faults = bounded(self._faults, self._fault_count)
        if faults and not self._lenient:
            raise InputError(*faults)
        return faults + self._notes
