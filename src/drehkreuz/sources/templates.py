# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Any table of a region from a CSV file as people and spreadsheets write it, and back."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Final

import polars as pl

from drehkreuz.errors import Finding, InputError
from drehkreuz.region import TABLES, TableSchema
from drehkreuz.sources.archive import open_source
from drehkreuz.sources.cell_words import words_of
from drehkreuz.sources.mapping import match_headings
from drehkreuz.sources.text import MAX_FINDINGS, MAX_ROWS, ROW, bounded, read_csv
from drehkreuz.sources.values import Decimal, explain, read_column

SPREADSHEET_SEPARATOR: Final = ";"
"""What a German spreadsheet takes apart by itself; `read_csv` finds it as it finds the comma."""

_FAULTS: Final = pl.Schema(
    {ROW: pl.Int32, "order": pl.Int32, "column": pl.String, "value": pl.String, "code": pl.String}
)


def read_table(
    path: str | Path,
    table: str | TableSchema,
    *,
    columns: Mapping[str, str] | None = None,
    ignore: Collection[str] = (),
    separator: str | None = None,
    encoding: str = "utf-8",
    decimal: Decimal | None = None,
    lenient: bool = False,
    max_rows: int = MAX_ROWS,
) -> tuple[pl.DataFrame, list[Finding]]:
    """
    Read a table from a CSV file, plain, gzipped or alone in a zip.

    Dates may be `2026-11-03` or `03.11.2026`, numbers `1234.5`, `1.234,50` or `1,234.50`, times of day `6:00` or, after
    midnight, `26:00`, truth values ja, nein, yes, no, true, false, 1 or 0; many
    values also by a German word, see `cell_words.toml`. A cell that could mean two things is a fault.

    Args:
        path: The file.
        table: Name of the table, or a schema of one's own.
        columns: Headings by column, where they differ from the column's name: `{"zone_id": "id"}`.
        ignore: Headings to leave out, or `"rest"` for all that are no columns.
        separator: Character between fields; None: found from the header.
        encoding: `utf-8`, `utf-16`, `cp1252` or `latin-1`.
        decimal: Decimal separator of the file; None: both are read.
        lenient: Leave out faulty rows and unknown columns instead of refusing the file; each is listed.
        max_rows: Most rows beside the header.

    Returns:
        The table with every column of its schema, rows in the file's order; and what was left out, empty unless lenient.

    Raises:
        InputError: If the file cannot be read, lacks a required column, or, unless lenient, holds any fault; carries up
            to 1,000 findings by row.
    """
    schema = TABLES[table] if isinstance(table, str) else table
    source = open_source(path)
    where = _only_file(Path(path), source.names)
    ragged: list[Finding] = []
    cells = read_csv(source, where, separator=separator, encoding=encoding, max_rows=max_rows, report=ragged)
    headings = [name for name in cells.columns if name != ROW]
    headings_by_column, unknown = match_headings(headings, schema, where, columns=columns, ignore=ignore)
    findings = unknown + ragged
    if not (len(cells) or ragged):
        findings.append(_no_rows(where))
    frame, faults = _typed(cells, schema, headings_by_column, decimal)
    faults = faults.vstack(_repeated_keys(frame, schema)).sort(ROW, "order")
    total = len(findings) + len(faults)
    findings += _findings(faults if lenient else faults.head(MAX_FINDINGS), schema, where)
    if findings and not lenient:
        raise InputError(*bounded(findings, total))
    kept = frame.join(faults.select(ROW), on=ROW, how="anti", maintain_order="left")
    return kept.drop(ROW), findings


def write_table(frame: pl.DataFrame, path: Path, schema: TableSchema) -> None:
    """
    Write a table as CSV (UTF-8, comma, LF) so that `read_table` gives the same table back.

    Text comes back without surrounding blanks, and empty text as no text: a cell cannot tell them apart.

    Args:
        frame: Rows of the table; missing columns get their default.
        path: The file, replaced if it exists.
        schema: The table.
    """
    conformed = schema.conform(frame)
    conformed.select(_as_text(pl.col(column.name), column.type) for column in schema.columns.values()).write_csv(path)


_ERRORS: Final = {
    "where": "file", "row": "row", "column": "column", "value": "value", "problem": "problem", "remedy": "remedy",
}  # fmt: skip
"""Columns of a list of faulty rows by field of `Finding`."""


def errors_file(path: Path) -> Path:
    """Return where the faulty rows of a file are listed: `people.errors.csv` beside `people.csv`."""
    return path.with_name(f"{path.name.partition('.')[0]}.errors.csv")


def is_errors_file(path: Path) -> bool:
    """Return whether a file is a list that `write_errors` wrote, by its header."""
    with path.open("rb") as file:
        return file.readline().decode("utf-8-sig", errors="replace").strip() == SPREADSHEET_SEPARATOR.join(
            _ERRORS.values()
        )


def write_errors(findings: Sequence[Finding], path: Path) -> Path:
    """
    List findings as a table (file, row, column, value, problem, remedy) that a spreadsheet opens as it stands.

    Returns:
        The path given.
    """
    columns = {name: [getattr(finding, field) for finding in findings] for field, name in _ERRORS.items()}
    frame = pl.DataFrame(columns, schema=dict.fromkeys(_ERRORS.values(), pl.String))
    # A cell that begins like a formula would be run by the spreadsheet; the value is only shown.
    shown = frame.with_columns(pl.col("value").str.replace(r"^([=+@-])", "'$1"))
    shown.write_csv(path, include_bom=True, separator=SPREADSHEET_SEPARATOR)
    return path


def _only_file(path: Path, names: Sequence[str]) -> str:
    if len(names) == 1:
        return names[0]
    held = ", ".join(names[:6]) + (", …" if len(names) > 6 else "")
    raise InputError(Finding(str(path), "", "", "", f"holds {len(names)} files ({held})", "Name the one file to read."))


def _no_rows(where: str) -> Finding:
    remedy = "Fill it in, or take the source out of region.toml."
    return Finding(where, "", "", "", "has a header and no rows", remedy)


def _typed(
    cells: pl.DataFrame, schema: TableSchema, headings: Mapping[str, str], decimal: Decimal | None
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the typed table with `row`, faulty cells null, and the faults; column by column, to bound the memory."""
    typed = [cells.get_column(ROW)]
    faults = [pl.DataFrame(schema=_FAULTS)]
    for order, (name, heading) in enumerate(headings.items()):
        reading = read_column(schema.columns[name], cells[heading], decimal, words_of(schema.name, name))
        typed.append(reading.value.alias(name))
        faults.append(
            cells.select(ROW, pl.col(heading).alias("value"), reading.fault.alias("code"))
            .filter(pl.col("code").is_not_null())
            .with_columns(pl.lit(order, dtype=pl.Int32).alias("order"), pl.lit(name).alias("column"))
            .select(pl.col(field).cast(dtype) for field, dtype in _FAULTS.items())
        )
    frame = pl.DataFrame(typed)
    conformed = schema.conform(frame.drop(ROW)) if len(frame) else schema.empty()
    return conformed.insert_column(0, frame.get_column(ROW)), pl.concat(faults)


def _repeated_keys(frame: pl.DataFrame, schema: TableSchema) -> pl.DataFrame:
    """Return a fault for each row whose key an earlier row has; its value is the key, its code says which row."""
    first = pl.col(ROW).min().over(schema.key)
    return (
        frame.lazy()
        .drop_nulls(schema.key)
        .select(
            ROW,
            pl.lit(len(schema.columns), dtype=pl.Int32).alias("order"),
            pl.lit(" and ".join(schema.key)).alias("column"),
            pl.concat_str(
                [_as_text(pl.col(name), schema.columns[name].type) for name in schema.key], separator=" "
            ).alias("value"),
            pl.concat_str(pl.lit("repeats row "), first).alias("code"),
            first.alias("first"),
        )
        .filter(pl.col(ROW) != pl.col("first"))
        .drop("first")
        .collect()
    )


def _findings(faults: pl.DataFrame, schema: TableSchema, where: str) -> list[Finding]:
    return [
        _finding(where, str(row), column, value or "", code, schema)
        for row, _, column, value, code in faults.iter_rows()
    ]


def _finding(where: str, row: str, column: str, value: str, code: str, schema: TableSchema) -> Finding:
    if code.startswith("repeats"):
        return Finding(where, row, column, value, code, "Keep one of the two rows.")
    problem, remedy = explain(schema.columns[column], code, value, words_of(schema.name, column))
    return Finding(where, row, column, value, problem, remedy)


def _as_text(value: pl.Expr, kind: str) -> pl.Expr:
    """Write a value so that it can be read in one way only."""
    match kind:
        case "float":  # 1.234 could be read as thousands, 1.2340 could not
            return value.cast(pl.String).str.replace(r"^(-?[1-9]\d{0,2}\.\d{3})$", "${1}0")
        case "clock":
            return _two_digits(value // 60) + ":" + _two_digits(value % 60)
        case "seconds":
            return pl.concat_str(
                [_two_digits(value // 3600), _two_digits(value // 60 % 60), _two_digits(value % 60)], separator=":"
            )
        case "id" | "text":  # an empty text would be written as a pair of quotation marks
            return pl.when(value != "").then(value)
        case _:
            return value.cast(pl.String)


def _two_digits(value: pl.Expr) -> pl.Expr:
    return value.cast(pl.String).str.zfill(2)
