# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Empty CSV files to fill in, with a guide to their columns and a recipe that reads them."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import polars as pl

from drehkreuz.errors import Finding, InputError
from drehkreuz.region import TABLES, Column, TableSchema
from drehkreuz.region.schema import SOURCED
from drehkreuz.sources.mapping import headings_of
from drehkreuz.sources.templates import SPREADSHEET_SEPARATOR

GUIDE: Final = "columns.csv"
RECIPE: Final = "region.toml"

_WRITTEN: Final = {
    "id": "code",
    "text": "text",
    "int": "whole number",
    "float": "number",
    "bool": "ja, nein",
    "date": "2026-11-03 or 03.11.2026",
    "clock": "06:00; the next night 26:00",
    "seconds": "06:00:00; the next night 26:00:00",
}
"""How a value is written, by type of column."""

_HEAD: Final = """\
# A region built from the CSV files beside this one. Fill in those you have rows for (columns.csv says what each column
# means), take the signs # away before their sources, then:
#
#     drehkreuz region build region.toml

name = "example"
title = "Beispielregion"
day = 2026-11-03 # the day the region describes
language = "de"

[provenance] # what the rows are, unless a source says otherwise
kind = "observed" # observed, modelled or assumed
source = "Example"
licence = "CC-BY-4.0"
date = 2026-11-03
"""


def write_templates(folder: Path) -> list[Path]:
    """
    Write an empty CSV file for every table, a guide to all columns, and a recipe that reads the files.

    Headings are the columns' names; German ones are read as well, see `headings.toml`. The files carry a byte order mark
    and semicolons, so that German spreadsheets open them as tables.

    Args:
        folder: Made if missing.

    Returns:
        The files written.

    Raises:
        InputError: If one of the files is already there; then none is written.
    """
    files = {f"{name}.csv": _blank(schema) for name, schema in TABLES.items()} | {GUIDE: _guide()}
    present = [name for name in (*files, RECIPE) if (folder / name).exists()]
    if present:
        remedy = "Name another folder; nothing was written."
        raise InputError(*(Finding(str(folder / name), "", "", "", "is already there", remedy) for name in present))
    folder.mkdir(parents=True, exist_ok=True)
    for name, frame in files.items():
        frame.write_csv(folder / name, include_bom=True, separator=SPREADSHEET_SEPARATOR)
    (folder / RECIPE).write_text(_recipe(), encoding="utf-8")
    return [folder / name for name in (*files, RECIPE)]


def _blank(schema: TableSchema) -> pl.DataFrame:
    return pl.DataFrame(schema=dict.fromkeys(_to_fill_in(schema), pl.String))


def _to_fill_in(schema: TableSchema) -> dict[str, Column]:
    """Return the columns without those that the build fills in by itself."""
    built = SOURCED if "first_seen" in schema.columns else {}
    return {name: column for name, column in schema.columns.items() if name not in built}


def _guide() -> pl.DataFrame:
    rows = [_guide_row(schema, column) for schema in TABLES.values() for column in _to_fill_in(schema).values()]
    return pl.DataFrame(rows)


def _guide_row(schema: TableSchema, column: Column) -> dict[str, str]:
    return {
        "table": schema.name,
        "column": column.name,
        "German heading": (*headings_of(schema.name).get(column.name, ()), "")[0],
        "needed": "ja" if column.required and column.default is None else "nein",
        "written as": _WRITTEN[column.type],
        "unit": column.unit,
        "from": "" if column.min is None else f"{column.min:g}",
        "to": "" if column.max is None else f"{column.max:g}",
        "allowed": ", ".join(str(value) for value in column.allowed or ()),
        "if empty": _default(column),
        "code found in": column.ref or "",
        "meaning": column.doc,
    }


def _default(column: Column) -> str:
    match column.type, column.default:
        case _, None:
            return ""
        case "bool", value:
            return "ja" if value else "nein"
        case "clock", value:
            return f"{value // 60:02d}:{value % 60:02d}"
        case _, value:
            return str(value)


def _recipe() -> str:
    sources = [
        f'\n# {schema.doc}\n# [[source]]\n# kind = "table"\n# table = "{name}"\n# path = "{name}.csv"\n'
        for name, schema in TABLES.items()
    ]
    return _HEAD + "".join(sources)
