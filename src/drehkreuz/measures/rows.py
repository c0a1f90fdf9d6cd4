# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Rows added to a region's tables, and rows copied under another id with everything that belongs to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import polars as pl

from drehkreuz.errors import Finding, InputError
from drehkreuz.region import TABLES, Region

SOURCE: Final = "Szenario / scenario"
"""Source of rows that a measure adds."""


def added(region: Region, table: str, rows: Sequence[Mapping[str, Any]]) -> pl.DataFrame:
    """
    Return a table with rows added; columns that a row does not name have the schema's default.

    Raises:
        InputError: If a row's key is in the table already, as the id of a measure can be.
    """
    schema = TABLES[table]
    if not rows:
        return region.table(table)
    columns = dict.fromkeys(name for row in rows for name in row)
    new = pl.DataFrame([dict(row) for row in rows], schema={name: schema.polars[name] for name in columns})
    if "source" in schema.columns and "source" not in columns:
        new = new.with_columns(source=pl.lit(SOURCE))
    known, new = region.table(table), schema.conform(new)
    key = list(schema.key)
    if len(twice := new.select(key).join(known, on=key, how="semi")):
        value = "/".join(str(part) for part in twice.row(0))
        problem, remedy = "is in the table already", "Give the measure another id."
        raise InputError(Finding(table, "", ", ".join(key), value, problem, remedy))
    return pl.concat([known, new])


def copied(region: Region, table: str, column: str, new_ids: Mapping[str, str]) -> pl.DataFrame:
    """Return a table with the rows of some ids once more, under new ones."""
    frame = region.table(table)
    rows = frame.filter(pl.col(column).is_in(list(new_ids)))
    return pl.concat([frame, rows.with_columns(pl.col(column).replace_strict(dict(new_ids), return_dtype=pl.String))])


def without(region: Region, column: str, ids: Sequence[str], tables: Sequence[str]) -> dict[str, pl.DataFrame]:
    """Return tables without the rows of some ids."""
    gone = pl.col(column).is_in(list(ids))
    return {table: region.table(table).filter(~gone) for table in tables}
