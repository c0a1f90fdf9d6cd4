# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Logical digests: what a table or an array says, not how a file or a library happens to store it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any, Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

DIGEST_BYTES: Final = 16
TEXT_ROWS: Final = 1 << 18  # texts are joined in pieces of so many rows, which bounds the memory a digest needs


def table_digest(frame: pl.DataFrame) -> str:
    """
    Return the BLAKE2b digest of a frame: column names and types in order, row count, values, what is null.

    Independent of chunks, slices, the file the rows came from, values hidden under nulls and the layout of texts in
    memory. Any other value, null, name, type or order of rows or columns gives another digest. All NaN are one value;
    0.0 and -0.0 are two.

    Args:
        frame: Columns of numbers, Booleans, dates and times, texts or categories.

    Returns:
        32 hexadecimal digits.

    Raises:
        TypeError: If a column is of a nested or opaque type.
    """
    state = hashlib.blake2b(digest_size=DIGEST_BYTES)
    _header(state, "table", frame.height, frame.width)
    for series in frame:
        nulls = series.null_count()
        _header(state, series.name, str(series.dtype), nulls)
        if nulls:
            state.update(np.packbits(series.is_not_null().to_numpy()).data)
        for buffer in _buffers(series):
            state.update(buffer)
    return state.hexdigest()


def array_digest(array: NDArray[Any]) -> str:
    """
    Return the BLAKE2b digest of an array: type, shape, elements in C order; strides do not count.

    Raises:
        TypeError: If the array holds Python objects.
    """
    if array.dtype.hasobject:
        message = f"an array of {array.dtype} has no digest: its elements are Python objects"
        raise TypeError(message)
    state = hashlib.blake2b(digest_size=DIGEST_BYTES)
    _header(state, "array", np.lib.format.dtype_to_descr(array.dtype), array.shape)
    state.update(np.ascontiguousarray(array).reshape(-1).view(np.uint8).data)
    return state.hexdigest()


def text_digest(text: str) -> str:
    """Return the BLAKE2b digest of a text."""
    return hashlib.blake2b(text.encode(), digest_size=DIGEST_BYTES).hexdigest()


def _header(state: hashlib.blake2b, *facts: object) -> None:
    """Add facts so that no two different sequences of them look alike: JSON says where each ends."""
    state.update(json.dumps(facts).encode())


def _buffers(series: pl.Series) -> Iterator[memoryview | bytes]:
    """Yield a column's values as bytes, the same for the same values; a null counts as zero or the empty text."""
    dtype = series.dtype
    if isinstance(dtype, pl.Categorical | pl.Enum):
        series = series.cast(pl.String)
    if series.dtype == pl.String:
        texts = series.fill_null("")
        yield texts.str.len_bytes().to_numpy().data
        for piece in texts.to_frame().iter_slices(TEXT_ROWS):
            yield piece.to_series().str.join().item().encode()
    elif dtype == pl.Boolean:
        yield np.packbits(series.fill_null(value=False).to_numpy()).data
    elif dtype.is_float():
        values = series.fill_null(0.0)
        yield (values.fill_nan(float("nan")) if values.is_nan().any() else values).to_numpy().data
    elif dtype.is_integer() or dtype.is_temporal():
        yield series.to_physical().fill_null(0).to_numpy().data
    elif dtype != pl.Null:
        message = f"column {series.name!r} of type {dtype} has no digest: numbers, dates, texts and categories have"
        raise TypeError(message)
