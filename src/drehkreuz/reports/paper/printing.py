# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Papers as files, by their endings, and their tables as CSV; each file replaces an older one in one step."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Final

import polars as pl

from drehkreuz.errors import Finding, InputError, did_you_mean
from drehkreuz.reports.paper.document import Cell, Document, Table
from drehkreuz.reports.paper.html import page
from drehkreuz.reports.paper.typst import pdf, typesetter

PRINTERS: Final[dict[str, Callable[[Document], bytes]]] = {
    ".html": lambda document: page(document).encode(),
    ".pdf": pdf,
}
"""What a document is printed with, by the ending of its file."""


def check_printer(path: Path) -> None:
    """
    Check that a paper can be written to a file of such a name, before anything is computed for it.

    Raises:
        InputError: If its ending is not known.
        DrehkreuzError: If it is to be a PDF and Typst is not installed.
    """
    if path.suffix.lower() not in PRINTERS:
        remedy = f"Use one of {', '.join(PRINTERS)}.{did_you_mean(path.suffix, list(PRINTERS))}"
        raise InputError(Finding("--out", "", "", str(path), "has an ending that no paper has", remedy))
    if path.suffix.lower() == ".pdf":
        typesetter()


def write_paper(document: Document, path: Path) -> None:
    """
    Write a document as HTML or PDF.

    Args:
        document: The document.
        path: Its file, ending in `.html` or `.pdf`.

    Raises:
        InputError: If the ending is another, or the file cannot be written.
        DrehkreuzError: If it is to be a PDF and Typst is not installed.
    """
    check_printer(path)
    write_file(path, PRINTERS[path.suffix.lower()](document), "--out")


def write_tables(document: Document, folder: Path) -> list[str]:
    """
    Write every table of a document as CSV, numbers as numbers; return the names of the files.

    Raises:
        InputError: If the folder cannot be written.
    """
    names = []
    for table in document.tables():
        names.append(f"{table.name}.csv")
        write_file(folder / names[-1], as_frame(table).write_csv().encode(), "--tables")
    return names


def as_frame(table: Table) -> pl.DataFrame:
    """Return a table as scripts read it: columns by their keys; what is not known is empty."""
    columns = [
        pl.Series(
            column.key,
            [_value(row[at]) if column.numeric else _text(row[at]) for row in table.rows],
            pl.Float64 if column.numeric else pl.String,
        )
        for at, column in enumerate(table.columns)
    ]
    return pl.DataFrame(columns)


def _value(cell: Cell) -> float | None:
    return None if isinstance(cell, str) or cell.value is None else float(cell.value)


def _text(cell: Cell) -> str:
    return cell if isinstance(cell, str) else cell.shown


def write_file(path: Path, content: bytes, option: str) -> None:
    """
    Write a file in one step, making its folder.

    Args:
        path: The file.
        content: Its bytes.
        option: The option that named it, for who must name another.

    Raises:
        InputError: If it cannot be written.
    """
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.write_bytes(content)
        draft.replace(path)
    except OSError as error:
        remedy = f"Name a place that can be written to, with {option}."
        raise InputError(Finding(str(path), "", "", "", f"cannot be written: {error.strerror}", remedy)) from error
