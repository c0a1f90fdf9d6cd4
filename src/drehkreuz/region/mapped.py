# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""
Arrow IPC files as frames whose buffers are the file's own pages, so that n processes share one copy.

Polars reads such files by copying. It takes foreign buffers as they are through the Arrow PyCapsule interface, so a
column here is an object of that interface over a memory map. Every offset of the file is checked before Polars sees it.

Source:
    Arrow columnar format, IPC file format and C data interface (arrow.apache.org/docs/format); FlatBuffers internals.
"""

from __future__ import annotations

import ctypes
import mmap
import struct
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import IO, Any, Final, NoReturn

import numpy as np
import polars as pl
from numpy.typing import NDArray

MAGIC: Final = b"ARROW1"
RECORD_BATCH: Final = 3  # MessageHeader.RecordBatch
NULLABLE: Final = 2  # ARROW_FLAG_NULLABLE
VIEW: Final = np.dtype([("length", "<u4"), ("prefix", "<u4"), ("buffer", "<u4"), ("offset", "<u4")])
INLINE: Final = 12  # a text of up to 12 bytes stands in its view

FORMATS: Final[dict[type[pl.DataType], tuple[bytes, int]]] = {  # Arrow's name of the type, bits per value
    pl.Int32: (b"i", 32),
    pl.Float64: (b"g", 64),
    pl.Boolean: (b"b", 1),
    pl.Date: (b"tdD", 32),
    pl.String: (b"vu", 128),
}


class DamagedFileError(Exception):
    """The file is not an Arrow file of the expected columns, or parts of it lie outside it."""


def write_arrow(frame: pl.DataFrame, path: Path) -> None:
    """Write a frame as an uncompressed Arrow IPC file of one record batch, which is what `read_mapped` reads."""
    frame.rechunk().write_ipc(path, compression="uncompressed", record_batch_size=max(1, frame.height))


def read_mapped(path: Path, schema: pl.Schema) -> pl.DataFrame:
    """
    Return the table in an Arrow IPC file without copying it.

    The file must not change while the frame lives; it may be deleted.

    Args:
        path: File written by `write_arrow`.
        schema: Columns expected, of the types in `FORMATS`.

    Raises:
        OSError: If the file cannot be opened.
        DamagedFileError: If the file is truncated, no Arrow file, has other columns, or points outside itself.
    """
    with path.open("rb") as file:
        names = _columns(file)
        if names != dict(schema):
            message = f"has the columns {', '.join(names)}, not {', '.join(schema)}"
            raise DamagedFileError(message)
        memory = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    try:
        batch = _record_batch(memory)
        columns = [_column(batch, memory, name, dtype) for name, dtype in schema.items()]
    except (struct.error, IndexError, ValueError, OverflowError) as error:
        message = "points outside itself"
        raise DamagedFileError(message) from error
    return pl.DataFrame([pl.Series(column) for column in columns])


def _columns(file: IO[bytes]) -> dict[str, pl.DataType]:
    try:
        return dict(pl.read_ipc_schema(file))
    except (OSError, pl.exceptions.PolarsError, pl.exceptions.PanicException) as error:
        message = "is no Arrow IPC file, or its end is missing"
        raise DamagedFileError(message) from error


# ------------------------------------------------------------------------------------------------ the file's layout


@dataclass(frozen=True, slots=True)
class _Table:
    """A FlatBuffers table at a position of the file."""

    memory: memoryview
    position: int

    def number(self, field: int, code: str) -> int:
        """Return a scalar field; absent: zero."""
        place = self._place(field)
        return 0 if place is None else _number(self.memory, code, place)

    def table(self, field: int) -> _Table:
        """Return the table that a field refers to."""
        return _Table(self.memory, self._target(field))

    def structs(self, field: int, code: str) -> list[tuple[int, ...]]:
        """Return a vector of structs, each laid out as `code`; absent: none."""
        if self._place(field) is None:
            return []
        start = self._target(field)
        size = struct.calcsize(code)
        vector = self.memory[start + 4 : start + 4 + size * _number(self.memory, "<I", start)]
        return list(struct.iter_unpack(code, vector))

    def _place(self, field: int) -> int | None:
        slots = self.position - _number(self.memory, "<i", self.position)
        entry = 4 + 2 * field
        if entry >= _number(self.memory, "<H", slots):
            return None
        offset = _number(self.memory, "<H", slots + entry)
        return self.position + offset if offset else None

    def _target(self, field: int) -> int:
        place = self._place(field)
        if place is None:
            _outside()
        return place + _number(self.memory, "<I", place)


def _number(memory: memoryview, code: str, position: int) -> int:
    if position < 0:
        _outside()
    return int(struct.unpack_from(code, memory, position)[0])


def _outside() -> NoReturn:
    message = "position outside the file"
    raise IndexError(message)


@dataclass(frozen=True, slots=True)
class _Batch:
    """What a record batch's metadata says; buffers are (start in the file, bytes), in the order of the columns."""

    rows: int
    buffers: list[tuple[int, int]]
    text_buffers: list[int]
    """Data buffers of each text column, in order."""


def _record_batch(memory: memoryview) -> _Batch:
    end = len(memory) - len(MAGIC) - 4
    footer = end - _number(memory, "<i", end)
    blocks = _Table(memory, footer + _number(memory, "<I", footer)).structs(3, "<qiiq")
    ((start, metadata_bytes, _, body_bytes),) = blocks
    message = _Table(memory, start + 8 + _number(memory, "<I", start + 8))
    body = start + metadata_bytes
    if message.number(1, "<B") != RECORD_BATCH or body + body_bytes > len(memory):
        _outside()
    header = message.table(2)
    rows = header.number(0, "<q")
    if rows < 0:
        _outside()
    return _Batch(
        rows=rows,
        buffers=[(body + offset, size) for offset, size in header.structs(2, "<qq")],
        text_buffers=[number for (number,) in header.structs(4, "<q")],
    )


def _column(batch: _Batch, memory: memoryview, name: str, dtype: pl.DataType) -> _Column:
    """Take the next column's buffers off the batch, each checked to lie in the file and to be long enough."""
    code, bits = FORMATS[type(dtype)]
    validity, values = (_slice(memory, *batch.buffers.pop(0)) for _ in range(2))
    data = []
    if code == b"vu":
        data = [_slice(memory, *batch.buffers.pop(0)) for _ in range(batch.text_buffers.pop(0))]
        _check_views(np.frombuffer(values[: 16 * batch.rows], dtype=VIEW), [len(buffer) for buffer in data])
    if 8 * len(values) < bits * batch.rows or (len(validity) and 8 * len(validity) < batch.rows):
        _outside()
    return _Column(name, code, batch.rows, [validity, values, *data])


def _slice(memory: memoryview, start: int, size: int) -> memoryview:
    if min(start, size) < 0 or start + size > len(memory):
        _outside()
    return memory[start : start + size]


def _check_views(views: NDArray[np.void], sizes: list[int]) -> None:
    far = views[views["length"] > INLINE]
    if not len(far):
        return
    ends = far["offset"].astype(np.int64) + far["length"]
    if int(far["buffer"].max()) >= len(sizes) or (ends > np.array(sizes)[far["buffer"]]).any():
        _outside()


# ---------------------------------------------------------------------------------------- the Arrow C data interface


class _CSchema(ctypes.Structure):
    """`struct ArrowSchema`."""


class _CArray(ctypes.Structure):
    """`struct ArrowArray`."""


_ReleaseSchema = ctypes.CFUNCTYPE(None, ctypes.POINTER(_CSchema))
_ReleaseArray = ctypes.CFUNCTYPE(None, ctypes.POINTER(_CArray))

_CSchema._fields_ = [
    ("format", ctypes.c_char_p),
    ("name", ctypes.c_char_p),
    ("metadata", ctypes.c_char_p),
    ("flags", ctypes.c_int64),
    ("n_children", ctypes.c_int64),
    ("children", ctypes.c_void_p),
    ("dictionary", ctypes.c_void_p),
    ("release", _ReleaseSchema),
    ("private_data", ctypes.c_void_p),
]
_CArray._fields_ = [
    ("length", ctypes.c_int64),
    ("null_count", ctypes.c_int64),
    ("offset", ctypes.c_int64),
    ("n_buffers", ctypes.c_int64),
    ("n_children", ctypes.c_int64),
    ("buffers", ctypes.c_void_p),
    ("children", ctypes.c_void_p),
    ("dictionary", ctypes.c_void_p),
    ("release", _ReleaseArray),
    ("private_data", ctypes.c_void_p),
]

_lent: dict[int, object] = {}
"""What Polars still looks at, by number, until it gives it back."""
_numbers = count(1)


def _give_back(pointer: Any) -> None:  # noqa: ANN401  # ctypes has no type for the pointers that it passes
    structure = pointer.contents
    structure.release = type(structure.release)()  # null says: given back
    _lent.pop(structure.private_data, None)


_release_schema = _ReleaseSchema(_give_back)
_release_array = _ReleaseArray(_give_back)

_new_capsule = ctypes.pythonapi.PyCapsule_New
_new_capsule.restype = ctypes.py_object
_new_capsule.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p]


@dataclass(frozen=True, slots=True)
class _Column:
    """A column that Polars can take over: `buffers` are validity (empty: no nulls), values, and texts longer than 12 bytes."""

    name: str
    format: bytes
    rows: int
    buffers: list[memoryview]

    def __arrow_c_array__(self, requested_schema: object = None) -> tuple[object, object]:
        """Lend the buffers; the file stays mapped until Polars gives them back."""
        schema = _CSchema(format=self.format, name=self.name.encode(), flags=NULLABLE, release=_release_schema)
        buffers = [np.frombuffer(buffer, dtype=np.uint8) for buffer in self.buffers]
        if self.format == b"vu":  # the sizes of the data buffers close the list
            buffers.append(np.array([len(buffer) for buffer in self.buffers[2:]], dtype=np.int64).view(np.uint8))
        addresses = (ctypes.c_void_p * len(buffers))(*(buffer.ctypes.data for buffer in buffers))
        nulls = len(self.buffers[0]) > 0
        if not nulls:
            addresses[0] = None
        array = _CArray(
            length=self.rows,
            null_count=-1 if nulls else 0,
            n_buffers=len(buffers),
            buffers=ctypes.addressof(addresses),
            release=_release_array,
        )
        array.private_data = number = next(_numbers)
        _lent[number] = (array, addresses, buffers, schema)
        return (
            _new_capsule(ctypes.addressof(schema), b"arrow_schema", None),
            _new_capsule(ctypes.addressof(array), b"arrow_array", None),
        )
