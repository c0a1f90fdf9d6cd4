# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""From the ids in a table's column to row positions in the table they point at, and from lists of positions to arrays."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from drehkreuz.errors import Finding, InputError
from drehkreuz.region import TABLES, Region, row_by_id
from drehkreuz.region.csr import Csr

FEW: Final = 100
"""Rows up to which ids are looked up one by one: a person has few, and a join waits for other threads to wake."""


def positions(values: pl.Series, ids: pl.Series) -> NDArray[np.int32]:
    """Return where each value stands in `ids`, -1 where it does not (or is empty). Ids are unique."""
    known = pl.DataFrame({"id": ids, "at": np.arange(len(ids), dtype=np.int32)})
    found = pl.DataFrame({"id": values}).join(known, on="id", how="left", maintain_order="left")
    return found["at"].fill_null(-1).to_numpy()


def rows_of(region: Region, table: str, column: str, target: str) -> NDArray[np.int32]:
    """
    Return, for every row of a table, the row of `target` that its column names.

    Args:
        region: The region.
        table: Table that points.
        column: Column with the ids.
        target: Table pointed at, named by one key column.

    Returns:
        int32[rows], -1 where the column is empty.

    Raises:
        InputError: If an id is not in the target table; one finding a row.
    """
    frame = region.table(table)
    named = frame[column]
    if len(named) <= FEW:
        known = row_by_id(region, target)
        at = np.array([known.get(id_, -1) for id_ in named], dtype=np.int32)
    else:
        at = positions(named, region.table(target)[TABLES[target].key[0]])
    if np.count_nonzero(at < 0) > named.null_count():
        lost = frame.filter(pl.Series(at < 0) & named.is_not_null())
        raise InputError(*(_dangling(table, column, target, row) for row in lost.iter_rows(named=True)))
    return at


def _dangling(table: str, column: str, target: str, row: dict[str, object]) -> Finding:
    key = " ".join(str(row[name]) for name in TABLES[table].key)
    remedy = f"Add it to {target}, or mend this row; `drehkreuz region check` lists all such rows."
    return Finding(table, key, column, str(row[column]), f"is not in table {target}", remedy)


def stacked(rows: Sequence[Sequence[int]]) -> Csr:
    """Return rows of integers as they are, order and repetition kept."""
    indptr = np.zeros(len(rows) + 1, dtype=np.int64)
    np.cumsum([len(row) for row in rows], out=indptr[1:])
    return Csr(indptr, np.array([value for row in rows for value in row], dtype=np.int32))


def transposed(rows: Csr, n_values: int) -> Csr:
    """Return, for each value 0 … n_values − 1, the rows that hold it, ascending."""
    of_row = np.repeat(np.arange(len(rows)), np.diff(rows.indptr))
    return Csr.from_pairs(rows.indices, of_row, n_values)
