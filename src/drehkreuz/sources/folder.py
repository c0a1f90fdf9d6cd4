# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A folder of tables that people fill in: which of them hold rows."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Final

from drehkreuz.errors import InputError
from drehkreuz.region import TABLES
from drehkreuz.sources.archive import unreadable
from drehkreuz.sources.crosswalk import OCCUPATIONS_LOCAL

GUIDE: Final = "columns.csv"
"""Stands beside the tables and explains their columns."""

NAMES: Final = (*TABLES, OCCUPATIONS_LOCAL.name)
"""Tables that a file may hold."""

SPREADSHEETS: Final = (".xlsx", ".xls", ".ods")
"""Endings of files that nobody saved as CSV yet; they are taken where no CSV holds rows, so that reading says what to do."""

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

    Raises:
        InputError: If it is no folder or may not be looked into.
    """
    try:
        names = sorted(path.name for path in folder.iterdir() if path.is_file() and path not in named)
    except OSError as error:
        raise InputError(unreadable(folder, error)) from error
    tables = {f"{table}.csv": table for table in NAMES}
    strange = [
        name
        for name in names
        if name.endswith(".csv") and not name.endswith(".errors.csv") and name not in {GUIDE, *tables}
    ]
    found = {table: name for name, table in tables.items() if name in names and _has_rows(folder / name)}
    spreadsheets = {f"{table}{ending}": table for table in NAMES if table not in found for ending in SPREADSHEETS}
    return found | {table: name for name, table in spreadsheets.items() if name in names}, strange


def _has_rows(path: Path) -> bool:
    """Return whether anything but separators and blanks stands below a file's first line."""
    with path.open("rb") as file:
        next(file, b"")
        return any(line.strip(BLANK) for line in file)
