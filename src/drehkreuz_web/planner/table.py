# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A table as a page shows it, as a file that spreadsheets open, and as JSON: the same values in all three."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from drehkreuz.reports.words import Words

Value = str | int | None
"""A cell; None: not shown, see `HIDDEN`."""

HIDDEN: Final = "·"
"""Stands for a count that is not shown."""

BOM: Final = "\ufeff"
"""Begins the file, so that spreadsheets read it as UTF-8."""

FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
"""A text that begins so would be a formula to a spreadsheet; an apostrophe before it makes it a text (OWASP: CSV injection)."""


@dataclass(frozen=True, slots=True)
class Column:
    """
    A column.

    Attributes:
        key: Its name in JSON.
        label: Its heading.
        kind: `count`, `change`, a count that a page shows with its sign, or what is given in words: `text`, and `figure`,
            which stands in one line.
        swatch: Name of the colour that a chart gives it; empty: none.
    """

    key: str
    label: str
    kind: str = "count"
    swatch: str = ""

    @property
    def is_number(self) -> bool:
        """Whether its cells are numbers."""
        return self.kind != "text"


@dataclass(frozen=True, slots=True)
class Table:
    """
    A table.

    Attributes:
        name: Part of the file's name.
        caption: What it shows.
        columns: Its columns; the first names the rows.
        rows: Cells by column.
        sums: The last row, where there is one: sums of the columns.
        notes: Sentences below it.
    """

    name: str
    caption: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Value]]
    sums: Sequence[Value] | None = None
    notes: Sequence[str] = field(default=())

    @property
    def lines(self) -> list[Sequence[Value]]:
        """All rows, the sums last."""
        return [*self.rows, *([self.sums] if self.sums else [])]

    @property
    def hides(self) -> bool:
        """Whether a cell is not shown."""
        return any(value is None for line in self.lines for value in line)

    def shown(self, words: Words) -> list[list[str]]:
        """Return all rows as a page shows them."""
        return [
            [_shown(value, column.kind, words) for value, column in zip(line, self.columns, strict=True)]
            for line in self.lines
        ]

    def as_csv(self, words: Words) -> str:
        """
        Return the table as a file: headings, rows, sums.

        UTF-8 with a byte order mark. In German cells are parted by semicolons, in English by commas, as spreadsheets of
        either language expect it. Counts are plain digits.
        """
        written = io.StringIO()
        writer = csv.writer(written, delimiter=";" if words.language == "de" else ",", lineterminator="\r\n")
        writer.writerow([_text(column.label) for column in self.columns])
        for line in self.lines:
            writer.writerow([_written(value) for value in line])
        return BOM + written.getvalue()

    def as_json(self) -> dict[str, Any]:
        """Return the table fit for JSON; a count that is not shown is null."""
        keys = [column.key for column in self.columns]
        sums = {"sums": dict(zip(keys, self.sums, strict=True))} if self.sums else {}
        rows = [dict(zip(keys, row, strict=True)) for row in self.rows]
        return {"caption": self.caption, "rows": rows, **sums, "notes": list(self.notes)}


def _shown(value: Value, kind: str, words: Words) -> str:
    if value is None:
        return HIDDEN
    if isinstance(value, str):
        return value
    plus = "+" if kind == "change" and value > 0 else ""
    return f"−{words.number(-value)}" if value < 0 else plus + words.number(value)


def _written(value: Value) -> str:
    if value is None:
        return HIDDEN
    return _text(value) if isinstance(value, str) else str(value)


def _text(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA) else text
