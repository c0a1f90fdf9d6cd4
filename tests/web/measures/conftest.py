# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What the tests of the pages on measures share."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from drehkreuz.region import open_region


@pytest.fixture(scope="session")
def village_stops(village_folder: Path) -> dict[str, str]:
    """Ids of the village's stops by their name, of names that only one of them has."""
    stops = open_region(village_folder).table("stops").filter(pl.col("name").is_unique())
    return dict(stops.select("name", "stop_id").iter_rows())
