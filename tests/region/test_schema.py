# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Every table and column says what it is, and the schema keeps its own rules."""

from __future__ import annotations

import re
from datetime import date

import polars as pl
import pytest

from drehkreuz.region import TABLES, Column, TableSchema
from drehkreuz.region.schema import DTYPES, SOURCED

COLUMNS = [
    pytest.param(table, column, id=f"{table.name}.{column.name}")
    for table in TABLES.values()
    for column in table.columns.values()
]


@pytest.mark.parametrize("table", TABLES.values(), ids=str)
def test_table(table: TableSchema) -> None:
    """A table says what it holds and is keyed by required columns of its own."""
    assert re.fullmatch("[a-z][a-z_]*", table.name)
    assert re.fullmatch(r"[A-Z].*\.", table.doc)
    assert table.key
    assert all(table.columns[name].required for name in table.key)
    assert len(set(table.key)) == len(table.key)
    assert table.empty().schema == table.polars


@pytest.mark.parametrize(("table", "column"), COLUMNS)
def test_column(table: TableSchema, column: Column) -> None:
    """A column is documented by a sentence and its limits suit its type."""
    assert re.fullmatch("[a-z][a-z0-9_]*", column.name)
    assert re.fullmatch(r"(?s)\S.*[.…]", column.doc)
    assert column.type in DTYPES
    assert (column.min is None and column.max is None) or column.type in {"int", "float"}
    assert column.pattern is None or (column.dtype == pl.String and re.compile(column.pattern))
    assert not (column.min is not None and column.max is not None) or column.min <= column.max
    if column.allowed is not None:
        assert len(set(column.allowed)) == len(column.allowed) > 1
        assert pl.Series(column.allowed, dtype=column.dtype).null_count() == 0
    if column.unit:
        assert column.type in {"int", "float"}
    assert table.name


@pytest.mark.parametrize(("table", "column"), [case for case in COLUMNS if case.values[1].default is not None])
def test_default(table: TableSchema, column: Column) -> None:
    """A default is a value that the column allows, and a new row takes it."""
    filled = table.conform(pl.DataFrame({table.key[0]: [None]}, schema={table.key[0]: table.polars[table.key[0]]}))
    assert filled[column.name].to_list() == [column.default]
    assert column.allowed is None or column.default in column.allowed
    assert column.pattern is None or re.fullmatch(column.pattern, column.default)
    assert column.min is None or column.default >= column.min
    assert column.max is None or column.default <= column.max


@pytest.mark.parametrize(("table", "column"), [case for case in COLUMNS if case.values[1].ref is not None])
def test_reference(table: TableSchema, column: Column) -> None:
    """A reference leads to a table whose first key column has the same type."""
    assert column.ref in TABLES, f"{table.name}.{column.name} refers to no table"
    target = TABLES[column.ref]
    assert target.columns[target.key[0]].dtype == column.dtype


def test_sourced() -> None:
    """What is read from changing sources keeps where and when it was seen."""
    sourced = {name for name, table in TABLES.items() if SOURCED.keys() <= table.columns.keys()}
    assert sourced >= {"occupations", "skills", "people", "vacancies", "courses"}


def test_conform_fills_and_orders() -> None:
    """A frame of some columns in any order comes back with all of them, in order, of their types."""
    frame = TABLES["zones"].conform(pl.DataFrame({"lon": [6], "lat": [50.5], "zone_id": [52062]}))
    assert frame.schema == TABLES["zones"].polars
    assert frame.row(0, named=True) == {
        "zone_id": "52062",
        "name": None,
        "municipality": None,
        "country": "DE",
        "lat": 50.5,
        "lon": 6.0,
        "population": None,
    }
    assert TABLES["zones"].conform(pl.DataFrame()).equals(TABLES["zones"].empty())


def test_conform_leaves_a_fitting_frame_alone() -> None:
    """A frame that already fits keeps its buffers."""
    frame = TABLES["street_nodes"].conform(pl.DataFrame({"node": [0], "lat": [50.0], "lon": [6.0]}))
    again = TABLES["street_nodes"].conform(frame)
    addresses = [f["lat"].to_numpy(allow_copy=False).__array_interface__["data"] for f in (frame, again)]
    assert addresses[0] == addresses[1]


@pytest.mark.parametrize(
    ("frame", "message"),
    [
        (pl.DataFrame({"zone": ["a"]}), "table 'zones' has no column 'zone'; it has zone_id, name"),
        (pl.DataFrame({"zone_id": ["a"], "lat": ["north"]}), "zones: column 'lat' of type String does not fit 'float'"),
        (
            pl.DataFrame({"zone_id": ["a"], "population": [1.5]}),
            "zones: column 'population' takes whole numbers, not 1.5",
        ),
        (
            pl.DataFrame({"zone_id": ["a"], "population": [2**40]}),
            "zones: column 'population' of type Int64 does not fit",
        ),
    ],
)
def test_conform_refuses(frame: pl.DataFrame, message: str) -> None:
    """A column or value that does not fit is named, never cut off."""
    with pytest.raises(ValueError, match=re.escape(message)):
        TABLES["zones"].conform(frame)


def test_conform_keeps_dates() -> None:
    """Dates stay dates and whole floats become whole numbers."""
    frame = TABLES["service_days"].conform(pl.DataFrame({"service_id": ["a"], "date": [date(2026, 1, 1)]}))
    assert frame["date"].to_list() == [date(2026, 1, 1)]
    assert TABLES["street_nodes"].conform(pl.DataFrame({"node": [3.0]}))["node"].to_list() == [3]
