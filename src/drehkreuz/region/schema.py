# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The schema of every table of a region, read once from `tables.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import cached_property
from importlib.resources import files
from typing import Any, Final

import polars as pl

DTYPES: Final[dict[str, type[pl.DataType]]] = {
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
        ref: Table whose key the value must be found in.
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
    def dtype(self) -> type[pl.DataType]:
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
        return pl.DataFrame(schema=self.polars)

    def conform(self, frame: pl.DataFrame) -> pl.DataFrame:
        """
        Return the frame with exactly this table's columns, in order, of its types; missing columns get their default.

        Args:
            frame: Any subset of the table's columns.

        Raises:
            ValueError: If the frame has a column that the table has not, or a value does not fit its type.
        """
        strange = [name for name in frame.columns if name not in self.columns]
        if strange:
            message = f"table {self.name!r} has no column {strange[0]!r}; it has {', '.join(self.columns)}"
            raise ValueError(message)
        return frame.select(self._expression(column, frame) for column in self.columns.values())

    @staticmethod
    def _expression(column: Column, frame: pl.DataFrame) -> pl.Expr:
        if column.name not in frame.columns:
            return pl.lit(column.default, dtype=column.dtype).alias(column.name)
        expression = pl.col(column.name).cast(column.dtype)
        return expression if column.default is None else expression.fill_null(column.default)


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
