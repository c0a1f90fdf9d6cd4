# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Official projections: a file whose rows take the place of modelled ones, and say so."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import polars as pl

from drehkreuz.errors import Finding, InputError, did_you_mean
from drehkreuz.foresight.quantities import QUANTITIES
from drehkreuz.textfile import read_text

COLUMNS: Final = ("municipality", "year", "quantity", "value", "source")

SCHEMA: Final = {
    "municipality": pl.String,
    "year": pl.Int32,
    "quantity": pl.String,
    "value": pl.Float64,
    "source": pl.String,
}


def read_official(path: Path, keys: Sequence[str], years: range) -> pl.DataFrame:
    """
    Return official figures, as a statistical office publishes projections of population or labour force.

    Args:
        path: CSV with the columns municipality, year, quantity, value, source; parted by commas or semicolons.
        keys: Municipalities that may be named.
        years: Years that may be named.

    Raises:
        InputError: With a finding for each row that cannot be used.
    """
    text = read_text(path)
    head = text.partition("\n")[0]
    reader = csv.DictReader(io.StringIO(text), delimiter=";" if ";" in head else ",")
    try:
        given = list(reader)
    except csv.Error as error:
        raise InputError(Finding(str(path), "", "", "", f"is no CSV: {error}", "Save it as CSV, UTF-8.")) from error
    missing = [column for column in COLUMNS if column not in (reader.fieldnames or ())]
    if missing:
        remedy = f"Let the first line name {', '.join(COLUMNS)}."
        raise InputError(Finding(str(path), "1", "", "", f"has no column {', '.join(missing)}", remedy))
    rows = [{column: (row[column] or "").strip() for column in COLUMNS} for row in given]
    if findings := list(_wrong(rows, str(path), keys, years)):
        raise InputError(*findings)
    frame = pl.DataFrame(rows, schema=dict.fromkeys(COLUMNS, pl.String))
    return frame.with_columns(pl.col("year").cast(pl.Int32), pl.col("value").cast(pl.Float64)).select(*SCHEMA)


def _wrong(rows: Sequence[dict[str, str]], where: str, keys: Sequence[str], years: range) -> Iterator[Finding]:
    seen: set[tuple[str, str, str]] = set()
    for line, row in enumerate(rows, start=2):
        what, key, year = row["quantity"], row["municipality"], row["year"]
        if what not in QUANTITIES:
            remedy = f"Use one of {', '.join(QUANTITIES)}.{did_you_mean(what, list(QUANTITIES))}"
            yield Finding(where, str(line), "quantity", what, "is no quantity of the outlook", remedy)
        if key not in keys:
            remedy = f"Use the region's keys.{did_you_mean(key, list(keys))}"
            yield Finding(where, str(line), "municipality", key, "is no municipality of the region", remedy)
        if not _is_year(year) or int(year) not in years:
            remedy = f"Use a year from {years[0]} to {years[-1]}, or another --to."
            yield Finding(where, str(line), "year", year, "is no year of the outlook", remedy)
        if not _is_number(row["value"]):
            remedy = "Write a plain number with a point, such as 4500 or 12.5."
            yield Finding(where, str(line), "value", row["value"], "is no number", remedy)
        if not row["source"]:
            yield Finding(where, str(line), "source", "", "is empty", "Name who published the figure, and when.")
        if (key, year, what) in seen:
            yield Finding(where, str(line), "quantity", what, f"is given twice for {key} in {year}", "Keep one row.")
        seen.add((key, year, what))


def _is_year(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) == 4


def _is_number(text: str) -> bool:
    try:
        return text.isascii() and "_" not in text and math.isfinite(float(text))
    except ValueError:
        return False
