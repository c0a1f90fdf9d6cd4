# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Tables as offices publish them: CSV or Excel, with lines of explanation above the headings and notes below the rows."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Final

from drehkreuz.errors import Finding, InputError
from drehkreuz.sources.archive import about, kind_of, open_source, unreadable
from drehkreuz.sources.json_file import read_bytes
from drehkreuz.sources.mapping import fold
from drehkreuz.sources.text import decode
from drehkreuz.sources.xlsx import read_sheet

MAX_BYTES: Final = 128 * 2**20
MAX_ROWS: Final = 2_000_000
MAX_COLUMNS: Final = 1_000
PREAMBLE: Final = 100
"""Rows among which the headings are looked for."""
WORKBOOKS: Final = (".xlsx", ".xlsm")

Row = tuple[int, list[str]]
"""Line or row number in the file, and its cells without blanks around them."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """
    A table with its headings found.

    Attributes:
        where: Name of the file.
        preamble: What stands above the headings, row by row.
        headings: Place of each heading, by the heading folded (`mapping.fold`); of equal ones the first.
        rows: The rows below.
        notes: What reading it showed, in words.
    """

    where: str
    preamble: Sequence[Row]
    headings: Mapping[str, int]
    rows: Iterator[Row]
    notes: Sequence[str] = field(default=())


def read_grid(
    path: str | Path, *, sheet: str | None = None, encoding: str | None = None
) -> tuple[str, Iterator[Row], list[str]]:
    """
    Return the name of a file, its rows, and what reading it showed.

    Args:
        path: CSV, plain, gzipped or alone in a zip, or an Excel workbook.
        sheet: Name of the workbook's sheet; None: the first.
        encoding: Of a CSV; None: UTF-8 or else cp1252, which is then said.

    Raises:
        InputError: If the file cannot be read. A workbook may show that only while its rows are taken.
    """
    path = Path(path)
    if path.suffix.lower() in WORKBOOKS:
        if kind_of(path) != "file":
            raise InputError(unreadable(path, FileNotFoundError()))
        return path.name, _bounded(read_sheet(path, sheet), path.name), []
    source = open_source(path)
    if len(source.names) != 1:
        raise InputError(about(path, f"holds {len(source.names)} files", "Name the one to read."))
    name = source.names[0]
    rows, notes = csv_grid(read_bytes(source, name, MAX_BYTES), name, encoding)
    return name, rows, notes


def csv_grid(data: bytes, name: str, encoding: str | None = None) -> tuple[Iterator[Row], list[str]]:
    """
    Return the rows of a CSV that stands in memory, and what reading it showed.

    Args:
        data: Its bytes.
        name: What findings call it.
        encoding: As for `read_grid`.

    Raises:
        InputError: If it cannot be read.
    """
    notes = []
    try:
        text = decode(data, name, encoding or "utf-8")
    except InputError:
        if encoding is not None:
            raise
        text = decode(data, name, "cp1252")
        notes.append("is not UTF-8 and was read as cp1252")
    return _bounded(_csv_rows(text.decode(), name), name), notes


def find_headings(
    name: str, rows: Iterator[Row], wanted: Collection[str], notes: Sequence[str] = (), *, levels: int = 1
) -> Sheet:
    """
    Find the row of headings: the first that holds all the wanted ones.

    Args:
        name: Name of the file.
        rows: Its rows.
        wanted: Headings that it must have; case, umlauts and signs do not matter.
        notes: What reading the file showed.
        levels: Rows that the headings take. Lower ones are joined to the upper ones, an empty upper one being the one to its left.

    Raises:
        InputError: If no row among the first hundred holds them.
    """
    needed = {fold(heading) for heading in wanted}
    above: list[Row] = []
    for row in islice(rows, PREAMBLE):
        folded = [fold(cell) for cell in row[1]]
        if needed <= set(folded):
            for _ in range(levels - 1):
                folded = _joined(folded, [fold(cell) for cell in next(rows, (0, []))[1]])
            places: dict[str, int] = {}
            for place, heading in enumerate(folded):
                places.setdefault(heading, place)
            return Sheet(name, above, places, rows, notes)
        above.append(row)
    problem = f"none of the first {PREAMBLE} rows has the headings {', '.join(sorted(wanted))}"
    raise InputError(about(name, problem, "Check that this is the right file and sheet."))


def _joined(upper: list[str], lower: list[str]) -> list[str]:
    joined, last = [], ""
    for place in range(max(len(upper), len(lower))):
        above = upper[place] if place < len(upper) else ""
        below = lower[place] if place < len(lower) else ""
        last = above or last
        joined.append("_".join(part for part in (last if below else above, below) if part))
    return joined


def _csv_rows(text: str, name: str) -> Iterator[Row]:
    head = text[: 2**16]
    separator = max(";,\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    line = 1
    try:
        for cells in reader:
            if any(cells):
                yield line, [cell.strip() for cell in cells]
            line = reader.line_num + 1
    except csv.Error as error:
        remedy = "Open the file in a text editor and mend the line."
        raise InputError(Finding(name, str(line), "", "", f"cannot be read as CSV ({error})", remedy)) from error


def _bounded(rows: Iterator[Row], name: str) -> Iterator[Row]:
    for count, (line, cells) in enumerate(rows):
        if count >= MAX_ROWS:
            raise InputError(
                about(name, f"has more than {MAX_ROWS:,} rows, which is the most that is read", "Split it.")
            )
        if len(cells) > MAX_COLUMNS:
            problem = f"has {len(cells):,} columns; at most {MAX_COLUMNS:,} are read"
            raise InputError(Finding(name, str(line), "", "", problem, "Check that this is the right file."))
        yield line, cells


def german_number(cell: str) -> str | None:
    """Return a number with a decimal point: a comma is the decimal sign where there is one, else a point is."""
    plain = cell.replace("\u00a0", "").replace(" ", "")
    return (plain.replace(".", "").replace(",", ".") if "," in plain else plain) or None
