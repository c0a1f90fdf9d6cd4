# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A first look at the grid: which voltage a power needs, how long a connection takes and what it costs; all of it assumed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import polars as pl

from drehkreuz.planning.charging.assumptions import Class

BEYOND: Final = "beyond"
"""Power that no class carries."""


def voltage(kw: float, classes: Sequence[Class]) -> Class | None:
    """Return the lowest voltage that carries a power, None where none does."""
    return next((one for one in classes if kw <= one.up_to_kw), None)


def screened(sites: pl.DataFrame, classes: Sequence[Class]) -> pl.DataFrame:
    """
    Add what a connection of each site would mean.

    Args:
        sites: Columns `kw_low`, `kw`, `kw_high`; no power, no screening.
        classes: Voltages from low to high.

    Returns:
        The same with `grid` by the middle power, `years_low`, `years`, `years_high`, and in euros `eur_low`, `eur`, `eur_high`: the
        low power at the low price, and so on.
    """
    rows = [_row(kw, classes) for kw in sites.select("kw_low", "kw", "kw_high").iter_rows()]
    return sites.hstack(pl.DataFrame(rows, schema=SCHEMA, orient="row"))


SCHEMA: Final = {
    "grid": pl.String,
    "years_low": pl.Float64,
    "years": pl.Float64,
    "years_high": pl.Float64,
    "eur_low": pl.Float64,
    "eur": pl.Float64,
    "eur_high": pl.Float64,
}

_NOTHING: Final = (None,) * (len(SCHEMA) - 1)


def _row(kw: tuple[float | None, ...], classes: Sequence[Class]) -> tuple[str | float | None, ...]:
    middle = kw[1]
    if middle is None:
        return (None, *_NOTHING)
    found = voltage(middle, classes)
    if found is None:
        return (BEYOND, *_NOTHING)
    costs = (power * price for power, price in zip(kw, found.eur_per_kw, strict=True) if power is not None)
    return (found.name, *found.years, *costs)
