# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The schema of every table of a region, read once from `tables.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import cached_property
from importlib.resources import files
from typing import Any, Final, TypeAlias

import polars as pl

SCHEMA_VERSION: Final = 1
"""Rises when a table or column changes its name, type or meaning, so that older software refuses newer snapshots."""

DataType: TypeAlias = type[pl.DataType]

DTYPES: Final[dict[str, DataType]] = {
    "id": pl.String,
    "text": pl.String,
    "int": pl.Int32,
    "float": pl.Float64,
    "bool": pl.Boolean,
    "date": pl.Date,
    "clock": pl.Int32,  # minutes after midnight, may exceed 1,440
    "seconds": pl.Int32,  # seconds after midnight, may exceed 86,400
}

SOURCED: Final[dict[str, dict[str, Any]]] = {
    "source": {"type": "text", "default": "", "doc": "Source the row is from, as named in region.toml."},
    "source_id": {"type": "text", "default": "", "doc": "The source's own number of the row."},
    "first_seen": {"type": "date", "doc": "Day the row was first seen in the source."},
    "last_seen": {"type": "date", "doc": "Day the row was last seen in the source."},
}


@dataclass(frozen=True, slots=True)
class Column:
    """
    One column: its type and everything a value must fulfil.

    Attributes:
        name: Column name.
        type: One of the keys of `DTYPES`.
        doc: What the column means, a sentence.
        required: No value may be missing.
        default: Value where the source has none; None: stays empty.
        unit: Unit, e.g. `min` or `EUR/month`.
        min: Smallest value allowed.
        max: Largest value allowed.
        allowed: The values allowed, or None for any.
        pattern: Regular expression that the whole text must match.
        ref: Table in whose first key column the value must be found.
    """

    name: str
    type: str
    doc: str
    required: bool = False
    default: Any = None
    unit: str = ""
    min: float | None = None
    max: float | None = None
    allowed: tuple[Any, ...] | None = None
    pattern: str | None = None
    ref: str | None = None

    @property
    def dtype(self) -> DataType:
        """The Polars type of the column."""
        return DTYPES[self.type]


@dataclass(frozen=True)
class TableSchema:
    """
    One table: its columns in order and the columns that name a row.

    Attributes:
        name: Table name.
        doc: What the table holds.
        key: Columns that together name a row.
        columns: Columns by name, in order.
    """

    name: str
    doc: str
    key: tuple[str, ...]
    columns: dict[str, Column] = field(repr=False)

    @cached_property
    def polars(self) -> pl.Schema:
        """Names and Polars types, in order."""
        return pl.Schema({name: column.dtype for name, column in self.columns.items()})

    def empty(self) -> pl.DataFrame:
        """Return the table without rows."""
        return self._without_rows.clone()

    @cached_property
    def _without_rows(self) -> pl.DataFrame:
        return pl.DataFrame(schema=self.polars)

    def conform(self, frame: pl.DataFrame) -> pl.DataFrame:
        """
        Return the frame with exactly this table's columns, in order, of its types; missing columns get their default.

        A frame that already fits comes back as it is, its buffers shared.

        Args:
            frame: Any subset of the table's columns.

        Raises:
            ValueError: If the frame has a column that the table has not, or a value does not fit its type.
        """
        strange = [name for name in frame.columns if name not in self.columns]
        if strange:
            message = f"table {self.name!r} has no column {strange[0]!r}; it has {', '.join(self.columns)}"
            raise ValueError(message)
        return pl.DataFrame([self._series(column, frame) for column in self.columns.values()])

    def _series(self, column: Column, frame: pl.DataFrame) -> pl.Series:
        if column.name not in frame.columns:
            return pl.Series(column.name, [column.default], dtype=column.dtype).new_from_index(0, frame.height)
        series = frame[column.name]
        if series.dtype.is_float() and column.dtype == pl.Int32:
            self._refuse_fractions(series)
        try:
            series = series.cast(column.dtype)
        except pl.exceptions.PolarsError as error:
            message = (
                f"{self.name}: column {column.name!r} of type {series.dtype} does not fit {column.type!r}: {error}"
            )
            raise ValueError(message) from error
        return series.fill_null(column.default) if column.default is not None and series.null_count() else series

    def _refuse_fractions(self, series: pl.Series) -> None:
        """Say so where a cast to whole numbers would cut something off."""
        broken = series.filter(series.floor() != series)
        if len(broken):
            message = f"{self.name}: column {series.name!r} takes whole numbers, not {broken[0]}"
            raise ValueError(message)


def _load() -> dict[str, TableSchema]:
    raw = tomllib.loads(files(__package__).joinpath("tables.toml").read_text(encoding="utf-8"))
    return {name: _table(name, entry) for name, entry in raw.items()}


def _table(name: str, entry: dict[str, Any]) -> TableSchema:
    key = tuple(entry["key"])
    columns = entry["columns"] | (SOURCED if entry.get("sourced") else {})
    return TableSchema(
        name=name,
        doc=entry["doc"],
        key=key,
        columns={column: _column(column, spec, in_key=column in key) for column, spec in columns.items()},
    )


def _column(name: str, spec: dict[str, Any], *, in_key: bool) -> Column:
    allowed = spec.get("allowed")
    attributes = {k: v for k, v in spec.items() if k != "allowed"}
    attributes["required"] = spec.get("required", in_key)
    return Column(name=name, allowed=None if allowed is None else tuple(allowed), **attributes)


TABLES: Final[dict[str, TableSchema]] = _load()
