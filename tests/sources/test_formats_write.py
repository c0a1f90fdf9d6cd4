# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A region written in the world's formats, and the page that lists them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from drehkreuz.errors import DrehkreuzError, InputError
from drehkreuz.region import TABLES, Manifest, Region
from drehkreuz.sources.formats import FORMATS
from drehkreuz.sources.formats_write import WRITTEN, write_format
from drehkreuz.sources.gbfs import read_gbfs
from drehkreuz.sources.jobposting import read_postings

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "formats.md"


def sharing() -> Region:
    rows = {
        "sharing_systems": {"system_id": ["modell rad"], "name": ["Modell-Rad"], "contact": ["daten@example.org"]},
        "sharing_stations": {
            "station_id": ["modell rad:1"], "name": ["Markt"], "kind": ["bike"], "lat": [50.8], "lon": [6.4],
            "vehicles": [2], "system": ["modell rad"],
        },
    }  # fmt: skip
    tables = {name: TABLES[name].conform(pl.DataFrame(columns)) for name, columns in rows.items()}
    return Region(Manifest("t", "T", date(2026, 11, 2), "de", {}), tables)


def test_postings_are_replaced_whole(village: Region, tmp_path: Path) -> None:
    """A file is replaced as a whole and nothing else is left in the folder."""
    (tmp_path / "postings.jsonld").write_text("old")
    [path], findings = write_format(village, "jobposting", tmp_path)
    assert findings == []
    assert [entry.name for entry in tmp_path.iterdir()] == ["postings.jsonld"]
    assert len(read_postings(path, day=village.manifest.day)[0]["vacancies"]) == len(village.table("vacancies"))


def test_each_system_has_a_folder(tmp_path: Path) -> None:
    """GBFS gives each system a folder of its own, which is read as a feed."""
    paths, _ = write_format(sharing(), "gbfs", tmp_path)
    assert {path.parent.name for path in paths} == {"modell-rad"}
    tables, _ = read_gbfs(tmp_path / "modell-rad")
    assert tables["sharing_stations"]["station_id"].to_list() == ["modell rad:1"]


def test_what_cannot_be_written(village: Region, tmp_path: Path) -> None:
    """An unknown format is refused with the known ones, a folder that is a file in words."""
    with pytest.raises(InputError, match="Did you mean 'course'"):
        write_format(village, "courses", tmp_path)
    (tmp_path / "file").write_text("x")
    with pytest.raises(DrehkreuzError, match="cannot be written"):
        write_format(village, "course", tmp_path / "file")


def test_the_page_lists_all_formats() -> None:
    """The page about formats names every kind of source, every key of it, and every format that is written."""
    page = PAGE.read_text(encoding="utf-8")
    for kind, form in FORMATS.items():
        assert f'kind = "{kind}"' in page
        assert all(f"`{key}`" in page for key in form.keys)
    assert set(WRITTEN) <= {*FORMATS, "gtfs"}
    assert all(f"--as {kind}" in page for kind in WRITTEN)
