# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A region never changes: what is laid over it is another region."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from drehkreuz.region import TABLES, Region, open_region, write_snapshot


def test_missing_table_is_empty(tiny: Region) -> None:
    """A table that a region does not have is empty, of the schema's columns."""
    region = Region(tiny.manifest, {})
    assert region.table("people").equals(TABLES["people"].empty())
    assert region.tables == {}


def test_unknown_table(tiny: Region) -> None:
    """A table that no region has is refused by name."""
    with pytest.raises(ValueError, match="no table 'peeple'; it has municipalities, boundaries, zones"):
        Region(tiny.manifest, {"peeple": pl.DataFrame()})


def test_with_tables(tiny: Region) -> None:
    """Laying a table over a region changes that table's digest, and the first region not at all."""
    before = {name: tiny.digest(name) for name in TABLES}
    other = tiny.with_tables({"people": tiny.table("people").with_columns(car=True)})
    after = {name: other.digest(name) for name in TABLES}
    assert {name for name in TABLES if before[name] != after[name]} == {"people"}
    assert {name: tiny.digest(name) for name in TABLES} == before


def test_with_manifest(tiny: Region) -> None:
    """A changed manifest leaves the tables as they are."""
    other = tiny.with_manifest(title="Andere")
    assert (other.manifest.title, tiny.manifest.title) == ("Andere", "Winzige Region")
    assert other.tables.keys() == tiny.tables.keys()


def test_file(tiny: Region, tmp_path: Path) -> None:
    """A table's file is known until another table is laid over it."""
    write_snapshot(tmp_path, tiny)
    region = open_region(tmp_path)
    assert tiny.file("people") is None
    assert region.file("people") == tmp_path / "000001" / "people.arrow"
    other = region.with_tables({"people": region.table("people")}).with_manifest(name="other")
    assert other.file("people") is None
    assert other.file("zones") == tmp_path / "000001" / "zones.arrow"
