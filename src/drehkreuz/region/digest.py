# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Logical digests: what a table says, not how a file happens to store it."""

from __future__ import annotations

import hashlib

import polars as pl


def table_digest(frame: pl.DataFrame) -> str:
    """Return the BLAKE2b digest of a frame's schema and column buffers, hexadecimal."""
    state = hashlib.blake2b(digest_size=16)
    for series in frame:
        state.update(f"{series.name}:{series.dtype}:{len(series)};".encode())
        state.update(series.rechunk().to_frame().write_ipc(None, compression="uncompressed").getvalue())
    return state.hexdigest()
