# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Rows of tables about people, made from arrays over all of them."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import ArrayLike, NDArray

from drehkreuz.model.aachen.people import People


def rows(people: People, who: NDArray[np.bool_], **columns: ArrayLike) -> pl.DataFrame:
    """
    Return one row for each of some people.

    Args:
        people: Everybody, n of them.
        who: bool[n], of whom to make a row.
        columns: One value for all, or an array [n]; NaN and NaT stand for unknown.
    """
    told = {name: pl.Series(name, np.broadcast_to(np.asarray(each), len(who))[who]) for name, each in columns.items()}
    known = {name: each.fill_nan(None) if each.dtype.is_float() else each for name, each in told.items()}
    return pl.DataFrame({"person_id": people.table["person_id"].filter(pl.Series(who)), **known})
