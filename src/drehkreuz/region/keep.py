# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What follows from a region alone is worked out once, and forgotten with the region."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from drehkreuz.region.region import OF_PEOPLE, Region
from drehkreuz.region.schema import TABLES

P = ParamSpec("P")
T = TypeVar("T")


def kept(function: Callable[Concatenate[Region, P], T]) -> Callable[Concatenate[Region, P], T]:
    """
    Have every region keep what a function says of it.

    Args:
        function: A pure function of a region and of hashable values, arrays in objects that are compared by identity. Two threads
            that ask at once may both work it out; they get the same.
    """

    @wraps(function)
    def asked(region: Region, /, *args: P.args, **kwargs: P.kwargs) -> T:
        key = (function, args, tuple(sorted(kwargs.items())))
        if key not in region.kept:
            region.kept[key] = function(region, *args, **kwargs)
        return region.kept[key]  # type: ignore[return-value]  # what this function put there

    return asked


def row_of(region: Region, table: str, id_: str) -> int:
    """
    Return the row of an id.

    Args:
        region: The region; ids of tables that nobody was laid over are looked up once for all visitors.
        table: A table whose rows are named by one column.
        id_: The id.

    Raises:
        KeyError: If no row has it.
    """
    return row_by_id(region, table)[id_]


def row_by_id(region: Region, table: str) -> Mapping[str, int]:
    """Return the row of each id, as `row_of` gives it of one."""
    return _rows(region if table in OF_PEOPLE else region.ground, table)


@kept
def _rows(region: Region, table: str) -> dict[str, int]:
    (column,) = TABLES[table].key
    return {id_: row for row, id_ in enumerate(region.table(table)[column])}
