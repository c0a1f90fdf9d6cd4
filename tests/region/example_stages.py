# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Two small stages, at the top level of a module so that they can travel to other processes."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import polars as pl

from drehkreuz.region import Scalar, Stage, Value


def _noise(inputs: Mapping[str, Value], parameters: Mapping[str, Scalar], seed: int) -> Mapping[str, Value]:
    """Draw as many numbers as the table has rows, and repeat the table."""
    rows = inputs["rows"]
    assert isinstance(rows, pl.DataFrame)
    draw = np.random.default_rng([seed, int(str(parameters["block"]))])
    return {"numbers": draw.normal(size=(rows.height, 3)), "rows": rows.with_columns(twice=pl.col("value") * 2)}


def _rounded(inputs: Mapping[str, Value], _parameters: Mapping[str, Scalar], _seed: int) -> Mapping[str, Value]:
    """Forget the decimals."""
    values = inputs["values"]
    assert isinstance(values, np.ndarray)
    return {"rounded": np.floor(values)}


NOISE = Stage("example.noise", 1, _noise, libraries=("numpy", "polars"))
ROUNDED = Stage("example.rounded", 1, _rounded)
