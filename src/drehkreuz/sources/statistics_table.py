# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Tables of statistical offices, by a layout: a file that says which column means what."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Final

import polars as pl

from drehkreuz.errors import Finding, InputError, did_you_mean
from drehkreuz.region import TABLES, TableSchema
from drehkreuz.sources.grid import Sheet, find_headings, german_number, read_grid
from drehkreuz.sources.mapping import fold
from drehkreuz.sources.records import Records
from drehkreuz.sources.settings import Key, Section, parse_settings, read_settings

SHIPPED: Final = ("commuters", "employed")
"""Layouts that come with the software."""

SUPPRESSED: Final = ("*", ".", "x", "X", "…", "...")
"""Signs that a figure is kept secret, unknown or makes no sense: the cell is empty then, which means unknown."""
ZERO: Final = ("-", "–", "—")
"""Signs for exactly none."""

MOST_LEVELS: Final = 5
_LAYOUT: Final = {
    "table": Key("text", required=True, allowed=tuple(TABLES)),
    "sheet": Key("text"),
    "encoding": Key("text", allowed=("utf-8", "utf-16", "cp1252", "latin-1")),
    "headings": Key("texts", required=True),
    "levels": Key("number"),
    "columns": Key("texts by text", required=True),
    "constants": Key("texts by text"),
    "down": Key("texts"),
    "keys": Key("numbers by text"),
    "suppressed": Key("texts"),
    "zero": Key("texts"),
    "count": Key("sections"),
}
_COUNT: Final = {"column": Key("text", required=True), "as": Key("text", required=True), "set": Key("texts by text")}

_NOTE_MARK: Final = re.compile(r"(?<=\S)\s*(?:\d{1,2}\)|[¹²³⁴⁵⁶⁷⁸⁹]+\)?|\*\))+$")
"""Mark of a footnote after a word or figure."""
_GROUPED: Final = re.compile(r"[-+]?\d{1,3}(?:[.\s\u00a0'’]\d{3})+", re.ASCII)

SUMS: Final = "have no key of the length asked, such as sums and notes, and are left out"
UNTOLD: Final = "figures are kept secret by the office and stay empty"


@dataclass(frozen=True, slots=True)
class Count:
    """
    A column of figures: each cell becomes a row of its own.

    Attributes:
        heading: Its heading.
        column: Column of the region's table that takes the figure.
        values: Further cells of the rows it gives.
    """

    heading: str
    column: str
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Layout:
    """
    Which column of a file means what.

    Attributes:
        table: Table of the region.
        sheet: Sheet of a workbook; None: the first.
        encoding: Of a CSV; None: UTF-8 or else cp1252.
        headings: Headings by which their row is known.
        levels: Rows that the headings take; `Wohnort Schlüssel` is `Schlüssel` below `Wohnort`.
        columns: Heading by column of the table.
        constants: Cells that are the same in all rows.
        down: Columns whose empty cells mean the one above.
        keys: Digits of official keys; zeros lost at the beginning are put back, other rows are left out.
        suppressed: Signs for a figure that is kept secret.
        zero: Signs for none.
        counts: Columns of figures; empty: a row of the file is a row of the table.
    """

    table: TableSchema
    sheet: str | None
    encoding: str | None
    headings: Sequence[str]
    levels: int
    columns: Mapping[str, str]
    constants: Mapping[str, str]
    down: Sequence[str]
    keys: Mapping[str, int]
    suppressed: Sequence[str]
    zero: Sequence[str]
    counts: Sequence[Count]


def read_layout(layout: str | Path) -> Layout:
    """
    Return a layout: one of `SHIPPED` by its name, or of a TOML file.

    Raises:
        InputError: If there is none of the name, or a key or column is unknown or missing; carries every finding.
    """
    if str(layout) in SHIPPED:
        text = resources.files(__package__).joinpath("layouts", f"{layout}.toml").read_text(encoding="utf-8")
        return _layout(parse_settings(text, f"{layout}.toml"))
    return _layout(read_settings(Path(layout)))


def read_statistics(
    path: str | Path, layout: Layout, *, lenient: bool = False
) -> tuple[dict[str, pl.DataFrame], list[Finding]]:
    """
    Read a table of an office. Lines above the headings, sums, notes below and marks of footnotes do not matter.

    Args:
        path: CSV or Excel.
        layout: Which column means what.
        lenient: Leave out faulty rows instead of refusing the file; each is listed.

    Returns:
        The layout's table, and what a person should know.

    Raises:
        InputError: If the file cannot be read, has no such headings, or a row is faulty and the reading is not lenient.
    """
    name, rows, notes = read_grid(path, sheet=layout.sheet, encoding=layout.encoding)
    sheet = find_headings(name, rows, layout.headings, notes, levels=layout.levels)
    records = Records(name, lenient=lenient)
    for note in notes:
        records.note(note, "Nothing is to be done if names look right.")
    places = _places(sheet, [*layout.columns.values(), *(count.heading for count in layout.counts)])
    told: Counter[str] = Counter()
    above: dict[str, str] = {}
    for line, cells in sheet.rows:
        values = {column: _cell(cells, places[heading]) for column, heading in layout.columns.items()}
        for column in layout.down:
            values[column] = above[column] = values[column] or above.get(column, "")
        if not _keyed(values, layout.keys):
            told[SUMS] += 1
            continue
        read = {column: _read(layout, column, text, told) for column, text in values.items()} | dict(layout.constants)
        if not layout.counts:
            records.add(layout.table.name, str(line), read)
        for count in layout.counts:
            figure = _read(layout, count.column, _cell(cells, places[count.heading]), told)
            records.add(layout.table.name, str(line), {**read, **count.values, count.column: figure})
    for what, number in sorted(told.items()):
        records.note(f"{number:,} {'rows ' if what == SUMS else ''}{what}", "Nothing is to be done.")
    return records.settle(layout.table.name)


# ---------------------------------------------------------------------------------------------------------- the layout


def _layout(top: Section) -> Layout:
    findings = top.check(_LAYOUT)
    sections = top.sections("count") if not findings else []
    findings += [finding for section in sections for finding in section.check(_COUNT)]
    if findings:
        raise InputError(*findings)
    values = top.values
    schema = TABLES[values["table"]]
    named = [(top, "columns", column) for column in values["columns"]]
    named += [(top, "constants", column) for column in values.get("constants", {})]
    named += [(section, "as", section.values["as"]) for section in sections]
    named += [(section, "set", column) for section in sections for column in section.values.get("set", {})]
    findings = [_unknown(where, key, column, schema) for where, key, column in named if column not in schema.columns]
    for key in ("down", "keys"):
        strange = [column for column in values.get(key, ()) if column not in values["columns"]]
        findings += [
            top.finding(key, "is no column that is read", f"Known are {', '.join(values['columns'])}.", column)
            for column in strange
        ]
    levels = values.get("levels", 1)
    if not 1 <= levels <= MOST_LEVELS:
        findings.append(top.finding("levels", f"is not between 1 and {MOST_LEVELS}", "Count the rows of the headings."))
    if findings:
        raise InputError(*findings)
    return Layout(
        table=schema,
        sheet=values.get("sheet"),
        encoding=values.get("encoding"),
        headings=values["headings"],
        levels=levels,
        columns=values["columns"],
        constants=values.get("constants", {}),
        down=values.get("down", ()),
        keys=values.get("keys", {}),
        suppressed=values.get("suppressed", SUPPRESSED),
        zero=values.get("zero", ZERO),
        counts=[Count(part.values["column"], part.values["as"], part.values.get("set", {})) for part in sections],
    )


def _unknown(section: Section, key: str, column: str, schema: TableSchema) -> Finding:
    near = did_you_mean(column, list(schema.columns))
    remedy = f"It has {', '.join(schema.columns)}.{near}"
    return section.finding(key, f"table {schema.name} has no such column", remedy, column)


def _places(sheet: Sheet, headings: Sequence[str]) -> dict[str, int]:
    missing = [heading for heading in headings if fold(heading) not in sheet.headings]
    if missing:
        held = [heading for heading in sheet.headings if heading]
        remedy = f"Name it in the layout as the file does.{did_you_mean(fold(missing[0]), held)}"
        problem = f"has no heading {missing[0]!r}; found are {', '.join(held[:20])}"
        raise InputError(Finding(sheet.where, "", "", "", problem, remedy))
    return {heading: sheet.headings[fold(heading)] for heading in headings}


# ----------------------------------------------------------------------------------------------------------- the cells


def _cell(cells: list[str], place: int) -> str:
    return cells[place] if place < len(cells) else ""


def _keyed(values: dict[str, str], keys: Mapping[str, int]) -> bool:
    """Put back the zeros that a spreadsheet dropped; return whether all keys then have their length."""
    for column, digits in keys.items():
        key = _NOTE_MARK.sub("", values[column]).replace(" ", "")
        if not (key.isascii() and key.isdigit() and digits - 1 <= len(key) <= digits):
            return False
        values[column] = key.zfill(digits)
    return True


def _read(layout: Layout, column: str, text: str, told: Counter[str]) -> str | None:
    """Return a cell as the region writes it."""
    numeric = layout.table.columns[column].type in {"int", "float"}
    if not numeric:
        return _NOTE_MARK.sub("", text).strip() or None
    if text in layout.suppressed:
        told[UNTOLD] += 1
        return None
    if text in layout.zero:
        return "0"
    plain = _NOTE_MARK.sub("", text)
    if _GROUPED.fullmatch(plain):
        return re.sub(r"[^\d+-]", "", plain)
    return german_number(plain)
