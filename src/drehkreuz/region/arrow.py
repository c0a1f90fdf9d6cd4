# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Tables as Arrow IPC files, and checksums that are taken before a file is believed."""

from __future__ import annotations

import mmap
import zlib
from pathlib import Path

import polars as pl


def write_arrow(frame: pl.DataFrame, path: Path) -> None:
    """Write a frame as an uncompressed Arrow IPC file of one record batch: it comes back in one piece."""
    with path.open("wb") as file:  # Polars takes no path that is not UTF-8
        frame.rechunk().write_ipc(file, compression="uncompressed", record_batch_size=max(1, frame.height))


def read_arrow(path: Path) -> pl.DataFrame:
    """
    Read a frame from an Arrow IPC file.

    The file is copied: Polars 2 no longer maps it, because nothing would keep a damaged one from crashing the process.
    Compare its checksum first; a file whose inner offsets are damaged can exhaust the memory.
    """
    with path.open("rb") as file:
        return pl.read_ipc(file)


def checksum(path: Path) -> str:
    """Return the CRC-32 of a file, eight hexadecimal digits: finds what disks and copies do to it, not what people do."""
    with path.open("rb") as file:
        if path.stat().st_size == 0:
            return f"{0:08x}"
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
            return f"{zlib.crc32(content):08x}"
