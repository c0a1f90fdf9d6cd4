# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What every test may ask for."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from hypothesis import settings

from drehkreuz.region import TABLES, Manifest, Provenance, Region

settings.register_profile("default", deadline=None, max_examples=50, derandomize=True)
settings.load_profile("default")


@pytest.fixture(scope="session")
def data() -> Path:
    """The folder of real open data, or a skip that says where it was looked for."""
    folder = Path(os.environ.get("DREHKREUZ_DATA", Path(__file__).parents[2] / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"no real open data at {folder}; set DREHKREUZ_DATA to try with it")
    return folder


MakeRegion = Callable[..., Region]


@pytest.fixture(scope="session")
def make_region() -> MakeRegion:
    """A function that makes a region in memory from lists of rows: `make_region(zones=[{...}], …)`."""

    def make(**tables: list[dict[str, object]]) -> Region:
        frames = {
            name: TABLES[name].conform(
                pl.DataFrame(
                    rows, schema={c: TABLES[name].polars[c] for c in dict.fromkeys(k for r in rows for k in r)}
                )
            )
            for name, rows in tables.items()
            if rows
        }
        known = Provenance("modelled", "test", "Apache-2.0", date(2026, 11, 2))
        return Region(Manifest("test", "Test", date(2026, 11, 2), "de", dict.fromkeys(frames, known)), frames)

    return make
