# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What fuzzing has found stays mended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pytest

from drehkreuz.errors import InputError
from drehkreuz.region import Region
from fuzz.guided import badly_told
from fuzz.readers import READERS


@dataclass(frozen=True, slots=True)
class Found:
    """A reader, one of its files, what is changed in it, and what the refusal says."""

    reader: str
    file: str
    old: str
    new: str
    says: str


FOUND: Final = {
    "a path too long for any disk": Found("recipe", "region.toml", "zones.csv", "x" * 5_000, "File name too long"),
    "a path to be fetched that is no text": Found(
        "recipe", "region.toml", 'path = "zones.csv"\npostcodes', "path = true\npostcodes", "is not text"
    ),
    "a folder that is a device": Found("recipe", "region.toml", 'path = "."', 'path = "/dev/null"', "cannot be read"),
    "a snapshot of five thousand digits": Found("snapshot", "current", "000001", "1" * 5_000, "there is no snapshot 111"),
    "a heading with a tab": Found("table", "people.csv", ";available_from", ";available_from;per\tson", "is no column"),
    "a key as long as a page": Found("rota", "rota.toml", "name", "n" * 5_000, "no such key"),
    "a margin's heading that ends a terminal's line": Found("margins", "margin.csv", "Alter", "\x1b[2J", "told apart by"),
    "a geometry whose kind is a list": Found("boundaries", "a.geojson", '"Polygon"', '["Polygon"]', "has no geometry"),
    "more people in a row than a table can count": Found("business park", "a.csv", ",12,", f",{10**25},", "is no group"),
}  # fmt: skip


@pytest.mark.parametrize("found", FOUND.values(), ids=FOUND)
def test_found(found: Found, village: Region) -> None:
    """The file is refused in one line that says what is wrong."""
    reader = READERS[found.reader]
    files = dict(reader.seeds(village)[0])
    text = files[found.file].decode()
    assert found.old in text
    with pytest.raises(InputError, match=found.says) as refused:
        reader.run(files | {found.file: text.replace(found.old, found.new).encode()}, village)
    assert badly_told(refused.value) == ""
