# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What the model assumes of each occupation's pay, hours, demand and demands."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from drehkreuz.model.core.taxonomy import _csv, _sorted

NUMBERS: Final = (
    "employed_per_10000", "openings_per_1000", "seekers_per_opening", "pay_median", "pay_sigma", "pay_months", "premium",
    "part_time_share", "women_share", "over_45_share", "remote_share", "fixed_term_share", "agency_share",
    "trains_changers_share", "trainable_share", "trainable_weeks",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Market:
    """
    Assumed figures of every occupation, in the order of `occupation_id`.

    Attributes:
        frame: One row an occupation, numbers as floats; columns as in `market/*.csv`, empty text for none.
    """

    frame: pl.DataFrame

    @property
    def occupation_ids(self) -> list[str]:
        """Ids in order."""
        return self.frame["occupation_id"].to_list()

    def numbers(self, column: str) -> NDArray[np.float64]:
        """Return a column of numbers, float64[o]."""
        return self.frame[column].to_numpy()

    def shares(self, column: str) -> tuple[tuple[str, ...], NDArray[np.float64]]:
        """Return the names that occur in a column of shares, sorted, and float64[o, names]."""
        parsed = [shares(text) for text in self.frame[column]]
        names = tuple(sorted({name for each in parsed for name in each}))
        return names, np.array([[each.get(name, 0.0) for name in names] for each in parsed], dtype=np.float64)


def shares(text: str | None) -> dict[str, float]:
    """Return what `a:0.7;b:0.3` says."""
    pairs = (part.rsplit(":", 1) for part in (text or "").split(";") if part)
    return {name.strip(): float(share) for name, share in pairs}


@cache
def market() -> Market:
    """Read the figures from the files beside this one."""
    frame = pl.concat([_csv(path) for path in _sorted("market", ".csv")]).sort("occupation_id")
    return Market(frame.with_columns(pl.col(NUMBERS).cast(pl.Float64)))
