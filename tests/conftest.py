# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What every test may ask for."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from hypothesis import settings

from drehkreuz.model import new_region
from drehkreuz.region import TABLES, Manifest, Provenance, Region, open_region

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


@pytest.fixture(scope="session", autouse=True)
def _own_cache_and_secret(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Tests keep stages and the secret of protected counts to themselves, not in the user's folders."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DREHKREUZ_CACHE", str(tmp_path_factory.mktemp("cache")))
        patch.setenv("DREHKREUZ_SECRET", "00112233445566778899aabbccddeeff" * 2)
        yield


@pytest.fixture(scope="session")
def village_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The village that comes with the software, as a region folder; tests leave it as it is."""
    folder = tmp_path_factory.mktemp("regions") / "village"
    new_region(folder)
    return folder


@pytest.fixture(scope="session")
def village(village_folder: Path) -> Region:
    """The village, opened."""
    return open_region(village_folder)


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
