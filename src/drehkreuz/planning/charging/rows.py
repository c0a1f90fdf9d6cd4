# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Small CSV files that a person hands in beside a region: rows by line, each cell stripped, numbers checked."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from drehkreuz.errors import Finding, InputError, did_you_mean
from drehkreuz.textfile import read_text


@dataclass(frozen=True, slots=True)
class Row:
    """
    A line of a file.

    Attributes:
        where: Name of the file.
        line: Its number.
        cells: Text by column.
    """

    where: str
    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def number(self, column: str, least: float, most: float) -> float:
        """
        Return a cell as a number.

        Raises:
            InputError: If it is none, or not between the limits.
        """
        try:
            value = float(self.cells[column])
        except ValueError:
            value = math.nan
        if not least <= value <= most:
            problem = f"is no number from {least:g} to {most:g}"
            raise InputError(self.finding(column, problem, "Write a plain number with a point, such as 12.5."))
        return value

    def one_of(self, column: str, known: Sequence[str], what: str) -> str:
        """
        Return a cell that must be one of some words.

        Raises:
            InputError: If it is none of them.
        """
        value = self.cells[column]
        if value not in known:
            shown = f" Use one of {', '.join(known)}." if len(known) <= 8 else ""
            raise InputError(
                self.finding(column, f"is no {what}", f"Correct it.{shown}{did_you_mean(value, list(known))}")
            )
        return value

    def finding(self, column: str, problem: str, remedy: str) -> Finding:
        """Return what is wrong with a cell."""
        return Finding(self.where, str(self.line), column, self.cells[column], problem, remedy)


def read_rows(path: Path, columns: Sequence[str], optional: Sequence[str] = ()) -> list[Row]:
    """
    Return the rows of a CSV file, parted by commas or semicolons.

    Args:
        path: UTF-8, the first line names columns.
        columns: Columns that it must have.
        optional: Columns that are empty where it has none.

    Raises:
        InputError: If it cannot be read or lacks a column.
    """
    where = str(path)
    text = read_text(path)
    reader = csv.DictReader(io.StringIO(text), delimiter=";" if ";" in text.partition("\n")[0] else ",")
    try:
        given = [(reader.line_num, row) for row in reader]
    except csv.Error as error:
        raise InputError(Finding(where, "", "", "", f"is no CSV: {error}", "Save it as CSV, UTF-8.")) from error
    if missing := [column for column in columns if column not in (reader.fieldnames or ())]:
        remedy = f"Let the first line name {', '.join(columns)}."
        raise InputError(Finding(where, "1", "", "", f"has no column {', '.join(missing)}", remedy))
    names = (*columns, *optional)
    return [Row(where, line, {name: (row.get(name) or "").strip() for name in names}) for line, row in given]
