# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A folder of tables that people fill in: which of them hold rows."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Final

from drehkreuz.region import TABLES
from drehkreuz.sources.crosswalk import OCCUPATIONS_LOCAL

GUIDE: Final = "columns.csv"
"""Stands beside the tables and explains their columns."""

NAMES: Final = (*TABLES, OCCUPATIONS_LOCAL.name)
"""Tables that a file may hold."""

ENDINGS: Final = (".csv", ".xlsx", ".xls", ".ods")
"""A spreadsheet that nobody saved as CSV yet is taken where there is no CSV, so that reading it says what to do."""

BLANK: Final = b';,\t "\r\n\x00'
"""What a spreadsheet leaves of rows that were emptied."""


def filled_in(folder: Path, named: Collection[Path] = ()) -> tuple[dict[str, str], list[str]]:
    """
    Return each table whose file in the folder holds a row, and the CSV files that are no table's.

    Args:
        folder: The folder; folders within it are not looked at.
        named: Files left out because they are read otherwise.

    Returns:
        Name of the file by table; and names of files that should be named otherwise.
    """
    names = sorted(path.name for path in folder.iterdir() if path.is_file() and path not in named)
    files = {table: f"{table}{end}" for table in NAMES for end in reversed(ENDINGS) if f"{table}{end}" in names}
    strange = [
        name
        for name in names
        if name.endswith(".csv") and not name.endswith(".errors.csv") and name not in {GUIDE, *files.values()}
    ]
    return {table: name for table, name in files.items() if _has_rows(folder / name)}, strange


def _has_rows(path: Path) -> bool:
    """Return whether anything but separators and blanks stands below a file's first line."""
    with path.open("rb") as file:
        next(file, b"")
        return any(line.strip(BLANK) for line in file)
