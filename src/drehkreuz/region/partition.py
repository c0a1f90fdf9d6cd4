# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Partitions: the pieces a stage is mapped over, and values whose digest is known."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final, TypeAlias

import numpy as np
import polars as pl
from numpy.typing import NDArray

from drehkreuz.region.arrow import read_arrow
from drehkreuz.region.digest import array_digest, table_digest
from drehkreuz.region.region import Region

Value: TypeAlias = pl.DataFrame | NDArray[Any]
Scalar: TypeAlias = str | int | float | bool | date | None

BLOCK: Final = 4096
"""People of a block."""


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """
    A value whose logical digest is known: a region's table, or what a stage has put out.

    Attributes:
        value: Frame, or array that cannot be written to.
        digest: Its logical digest.
        file: Snapshot file a table was read from; another process reads it again instead of being sent the rows.
    """

    value: Value
    digest: str
    file: Path | None = None

    def __post_init__(self) -> None:
        """Take a view of an array that cannot be written to: the digest stays true."""
        if isinstance(self.value, np.ndarray) and self.value.flags.writeable:
            view = self.value.view()
            view.flags.writeable = False
            object.__setattr__(self, "value", view)

    def __reduce__(self) -> tuple[Callable[..., Known], tuple[object, ...]]:
        """Travel as the file's path where there is one."""
        if self.file is None:
            return Known, (self.value, self.digest)
        return _read_again, (self.file, self.digest)


def _read_again(file: Path, digest: str) -> Known:
    return Known(read_arrow(file), digest, file)


Input: TypeAlias = Value | Known


@dataclass(frozen=True, slots=True, eq=False)
class Partition:
    """
    One piece of a stage's work.

    Attributes:
        name: What people call it, e.g. `people 4096 to 8191`; does not count in the key.
        inputs: What it reads, by name; nothing else may be read.
        parameters: What only this partition is told, e.g. the first and last row of its block.
    """

    name: str
    inputs: Mapping[str, Input]
    parameters: Mapping[str, Scalar] = field(default_factory=dict)


def table(region: Region, name: str) -> Known:
    """Return a region's table as an input."""
    return Known(region.table(name), region.digest(name), region.file(name))


def known(value: Input) -> Known:
    """Return a value with its digest."""
    if isinstance(value, Known):
        return value
    return Known(value, array_digest(value) if isinstance(value, np.ndarray) else table_digest(value))


def blocks(rows: int, size: int = BLOCK) -> list[range]:
    """Return `range(rows)` cut into blocks of at most `size`."""
    return [range(start, min(start + size, rows)) for start in range(0, rows, size)]
