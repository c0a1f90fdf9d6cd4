# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Rows of a region's tables by the ids that pages hold."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from drehkreuz.region import TABLES, Region


def row_of(region: Region, table: str, id_: str) -> int:
    """
    Return the row of an id.

    Args:
        region: The region without anybody laid over it: its ids are looked up once for all.
        table: A table whose rows are named by one column.
        id_: The id.

    Raises:
        KeyError: If no row has it.
    """
    return _rows(region, table)[id_]


@lru_cache(maxsize=8)
def _rows(region: Region, table: str) -> Mapping[str, int]:
    (column,) = TABLES[table].key
    return {id_: row for row, id_ in enumerate(region.table(table)[column])}
