# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Tables come back from their files in one piece, and a changed file has another checksum."""

from __future__ import annotations

import zlib
from pathlib import Path

import polars as pl
from polars.testing import assert_frame_equal

from drehkreuz.region.arrow import checksum, read_arrow, write_arrow

FRAME = pl.DataFrame({"a": [1, None], "b": ["", "länger als zwölf Bytes"], "c": [None, 0.5]})


def test_round_trip(tmp_path: Path) -> None:
    """A frame in pieces comes back whole, from a folder of any name; of a slice no more than the slice is written."""
    path = tmp_path / "a [b] *.arrow"
    long = pl.concat([FRAME] * 200_000, rechunk=False)
    write_arrow(long, path)
    assert_frame_equal(read_arrow(path), long)
    assert read_arrow(path).n_chunks() == 1
    write_arrow(long[5:7], path)
    assert_frame_equal(read_arrow(path), long[5:7])
    assert path.stat().st_size < 5_000
    write_arrow(FRAME.clear(), path)
    assert_frame_equal(read_arrow(path), FRAME.clear())


def test_checksum(tmp_path: Path) -> None:
    """The checksum is the file's CRC-32, of an empty file too."""
    for content in (b"", b"drehkreuz"):
        (tmp_path / "file").write_bytes(content)
        assert checksum(tmp_path / "file") == f"{zlib.crc32(content):08x}"
