# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Rules that follow from the schema alone: missing, mistyped, out of range, twice, pointing nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

import polars as pl

from drehkreuz.region.checks.rule import Rule
from drehkreuz.region.region import Region
from drehkreuz.region.schema import TABLES, Column, TableSchema

EARLIEST: Final = date(1900, 1, 1)
LATEST: Final = date(2100, 12, 31)
TWO_DAYS: Final = 2 * 24 * 60


def rules(region: Region) -> Iterator[Rule]:
    """Yield the rules of every column of every table that has rows."""
    for name, rows in region.tables.items():
        table = TABLES[name]
        for column in table.columns.values():
            for wrong, problem, remedy in _column(column, region):
                yield Rule(name, rows, column.name, wrong, problem, remedy)
        yield from _sourced(table, rows)
        yield _twice(table, rows)


def _column(column: Column, region: Region) -> Iterator[tuple[pl.Expr, str, str]]:
    value = pl.col(column.name)
    if column.required:
        yield value.is_null(), "is missing", f"Fill it in: {column.doc}"
    if column.dtype == pl.String:
        yield from _text(column, value)
    if column.type == "float":
        yield ~value.is_finite(), "is no number", "Give a number, or leave the value out."
        value = pl.when(value.is_finite()).then(value)
    yield from _limits(column, value)
    if column.allowed is not None:
        choice = ", ".join(str(allowed) or "empty" for allowed in column.allowed)
        yield ~value.is_in(column.allowed), "is not allowed", f"Use one of: {choice}."
    if column.ref is not None:
        known = region.table(column.ref)[TABLES[column.ref].key[0]]
        remedy = f"Add it to the table {column.ref}, or correct it."
        yield ~value.is_in(known.unique().implode()), f"is not in the table {column.ref}", remedy


def _text(column: Column, value: pl.Expr) -> Iterator[tuple[pl.Expr, str, str]]:
    bare = value.str.strip_chars()
    if column.required and column.default != "":
        yield bare == "", "is empty", f"Fill it in: {column.doc}"
    if column.type == "id":
        around = (bare != "") & (value.str.len_bytes() != bare.str.len_bytes())
        yield around, "has blanks around it", "Take them away here and wherever the code is used."
    if column.pattern is not None:
        fits = value.str.contains(f"^(?:{column.pattern})$")
        shape = column.pattern.replace("{", "{{").replace("}", "}}")  # braces would name a column
        yield ~fits, f"does not look like {shape}", f"Correct it: {column.doc}"


def _limits(column: Column, value: pl.Expr) -> Iterator[tuple[pl.Expr, str, str]]:
    if column.type == "clock":
        outside = ~value.is_between(0, TWO_DAYS)
        yield outside, "lies outside 00:00 to 48:00", "Count hours and minutes from the midnight the day begins with."
    if column.type == "seconds":
        yield value < 0, "lies before midnight", "Count seconds from the midnight the service day begins with."
    if column.type == "date":
        yield ~value.is_between(EARLIEST, LATEST), "is no date of our time", "Correct the year, or leave the date out."
    unit = f" {column.unit}" if column.unit else ""
    if column.min is not None:
        yield value < column.min, f"is less than {column.min:g}{unit}", f"Correct it: {column.doc}"
    if column.max is not None:
        yield value > column.max, f"is more than {column.max:g}{unit}", f"Correct it: {column.doc}"


def _sourced(table: TableSchema, rows: pl.DataFrame) -> Iterator[Rule]:
    if "last_seen" in table.columns:
        backwards = pl.col("last_seen") < pl.col("first_seen")
        remedy = "Swap the two, or correct one."
        yield Rule(table.name, rows, "last_seen", backwards, "is before first_seen {first_seen}", remedy)


def _twice(table: TableSchema, rows: pl.DataFrame) -> Rule:
    key = list(table.key)
    twice = pl.struct(key).is_duplicated() if len(key) > 1 else pl.col(key).is_duplicated()
    repeated = rows.select(key).filter(twice).group_by(key).agg(times=pl.len())
    problem = f"{{times}} rows have this {', '.join(key)}"
    return Rule(table.name, repeated, "", pl.col("times") > 1, problem, "Keep one of them.")
