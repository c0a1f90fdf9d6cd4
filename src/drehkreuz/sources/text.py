# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Tables as text: from bytes in any common encoding to a frame of strings whose rows know their line."""

from __future__ import annotations

import codecs
import csv
import io
from array import array
from typing import TYPE_CHECKING, Final

import numpy as np
import polars as pl

from drehkreuz.errors import Finding, InputError, shorten
from drehkreuz.sources.archive import about

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from drehkreuz.sources.archive import SourceFiles

MAX_ROWS: Final = 5_000_000
MAX_BYTES: Final = 2**30
MAX_COLUMNS: Final = 5_000
MAX_FINDINGS: Final = 1_000
"""Findings listed one by one; the rest are counted."""

ROW: Final = "row"
"""Column that holds the line of the file a row begins on; the header is line 1."""

_NAMELESS: Final = "\0"
"""Begins the inner name of a column without one; no text holds it."""

_ENCODINGS: Final = {"utf-8", "utf-16", "cp1252", "latin-1"}
_SEPARATORS: Final = ",;\t"
_CHUNK: Final = 2**20
_HEAD: Final = 2**16
"""Bytes after the first line that a header in quotation marks may still take."""
_STRAY_QUOTE: Final = "a quotation mark is not closed or stands in the wrong place"
_REPAIR: Final = "Open the file in a text editor and mend the line."

csv.field_size_limit(2**31 - 1)  # a taxonomy's list of members passes the module's 131,072 characters


def bounded(findings: list[Finding], total: int | None = None) -> list[Finding]:
    """Return the first `MAX_FINDINGS` findings and, where there are more, one that says how many."""
    total = len(findings) if total is None else total
    kept = findings[:MAX_FINDINGS]
    if total <= len(kept):
        return kept
    more = Finding(kept[0].where, "", "", "", f"and {total - len(kept):,} more", "Mend these first.")
    return [*kept, more]


def read_csv(
    source: SourceFiles,
    name: str,
    *,
    separator: str | None = None,
    encoding: str = "utf-8",
    max_rows: int = MAX_ROWS,
    max_bytes: int = MAX_BYTES,
    report: list[Finding] | None = None,
    fill_short: bool = False,
) -> pl.DataFrame:
    """
    Read a table of text: every value a string without surrounding blanks, null where there is none.

    Line ends may be LF, CRLF or CR; a byte order mark is taken off, and one of UTF-16 is obeyed. Lines without any
    value are left out, and so are columns without a name or any value, which spreadsheets leave behind.

    Args:
        source: Where the file is.
        name: Its name there.
        separator: Character between fields; None: the one of `,`, `;` and tab that the header has most of.
        encoding: `utf-8`, `utf-16`, `cp1252` or `latin-1`; nothing is guessed.
        max_rows: Most rows beside the header.
        max_bytes: Most bytes, unpacked.
        report: Where given, rows with too many or too few fields are left out and listed here instead of raised.
        fill_short: Take rows with too few fields as if the missing ones were empty.

    Returns:
        The columns of the header, all strings, and `row`: the line a row begins on (the header is line 1).

    Raises:
        InputError: If the file is missing, empty, too long, not in the encoding, or not a table.
    """
    data = _lines(decode(_bytes(source, name, max_rows, max_bytes), name, encoding))
    header, skip, separator = _header(data, name, separator)
    lines, fields = _plain_rows(data, separator, len(header)) or _scan(data, name, separator, len(header), skip)
    wrong = fields > len(header) if fill_short else fields != len(header)
    if wrong.any():
        ragged = _ragged(name, lines[wrong], fields[wrong], len(header), separator)
        if report is None:
            raise InputError(*ragged)
        report.extend(ragged)
    frame = _parse(data, name, separator, header, skip, lines)
    frame = frame.with_columns(pl.Series(ROW, lines)).filter(pl.Series(~wrong))
    return _without_nameless(frame.filter(pl.any_horizontal(pl.col(header).is_not_null())), name)


def decode(data: bytes, name: str, encoding: str = "utf-8") -> bytes:
    """
    Return text as UTF-8 bytes without byte order mark.

    Args:
        data: Bytes as they stand in the file.
        name: Name of the file, for findings.
        encoding: `utf-8`, `utf-16`, `cp1252` or `latin-1`; a byte order mark in the data goes before it.

    Raises:
        InputError: If the bytes are not text in the encoding; names the first wrong byte and its line.
    """
    if encoding not in _ENCODINGS:
        remedy = f"State one of {', '.join(sorted(_ENCODINGS))}."
        raise InputError(Finding(name, "", "encoding", encoding, "this encoding is not known", remedy))
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    elif data.startswith(codecs.BOM_UTF8):
        data, encoding = data[len(codecs.BOM_UTF8) :], "utf-8"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError(_undecodable(data, name, encoding, error)) from error
    if "\0" in text:
        line = str(text.count("\n", 0, text.index("\0")) + 1)
        remedy = "Save it as UTF-8; if it was cut off, get it again."
        raise InputError(Finding(name, line, "", "", "holds a NUL byte, which no text has", remedy))
    return data if encoding == "utf-8" else text.encode()


def _undecodable(data: bytes, name: str, encoding: str, error: UnicodeDecodeError) -> Finding:
    line = str(data.count(b"\n", 0, error.start) + 1)
    wrong = f"byte {error.start + 1:,} is 0x{data[error.start]:02X}"
    if encoding != "utf-8":
        return Finding(name, line, "", "", f"not {encoding}: {wrong}", "Save it as UTF-8 or state its true encoding.")
    guess = (
        ""
        if data[error.start] in _NOT_CP1252
        else f" (in cp1252 it would be {data[error.start : error.start + 1].decode('cp1252')!r})"
    )
    return Finding(name, line, "", "", f"not UTF-8: {wrong}{guess}", 'Save it as UTF-8 or state encoding = "cp1252".')


_NOT_CP1252: Final = {0x81, 0x8D, 0x8F, 0x90, 0x9D}


def _bytes(source: SourceFiles, name: str, max_rows: int, max_bytes: int) -> bytes:
    """Read the file, counting its lines; of a file that is too long only the count is kept."""
    chunks: list[bytes] = []
    size = rows = quotes = 0
    last = b"\n"
    with source.open(name) as stream:
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            if size > max_bytes:
                problem = f"holds more than {max_bytes:,} bytes, which is the most that is read"
                raise InputError(about(name, problem, "Cut it to the region."))
            outside = chunk.split(b'"')[quotes % 2 :: 2]
            rows += sum(part.count(b"\n") or part.count(b"\r") for part in outside)
            quotes += chunk.count(b'"')
            last = chunk[-1:]
            if rows <= max_rows + 1:
                chunks.append(chunk)
            else:
                chunks.clear()
    rows += last not in b"\r\n"
    if rows > max_rows + 1:
        problem = f"{rows - 1:,} rows; at most {max_rows:,} are read"
        raise InputError(about(name, problem, "Cut it to the region, or split it."))
    if not size:
        raise InputError(about(name, "the file is empty", "Get it again from where it came."))
    return b"".join(chunks)


def _lines(data: bytes) -> bytes:
    """Return the text with LF as its only line end outside quotation marks."""
    if b"\r" not in data:
        return data
    data = data.replace(b"\r\n", b"\n")
    if b"\r" not in data:
        return data
    parts = data.split(b'"')
    parts[::2] = [part.replace(b"\r", b"\n") for part in parts[::2]]
    return b'"'.join(parts)


def _header(data: bytes, name: str, separator: str | None) -> tuple[list[str], int, str]:
    """Return the column names, the lines they take, and the separator."""
    first = io.BytesIO(data).readline().decode()
    if separator is None:
        separator = max(_SEPARATORS, key=first.count)
    if (columns := first.count(separator) + 1) > MAX_COLUMNS:
        problem = f"the header has {columns:,} columns; at most {MAX_COLUMNS:,} are read"
        raise InputError(Finding(name, "1", "", "", problem, "Check that this is the right file."))
    head = data[: len(first.encode()) + _HEAD].decode("utf-8", errors="ignore")
    reader = csv.reader(io.StringIO(head, newline=""), delimiter=separator)
    try:
        names = [field.strip() for field in next(reader, [])]
    except csv.Error as error:
        raise InputError(Finding(name, "1", "", "", f"the header cannot be read ({error})", _REPAIR)) from error
    if not any(names):
        remedy = "Write the names of the columns in the first line."
        raise InputError(Finding(name, "1", "", "", "the header is empty", remedy))
    findings = [
        Finding(name, "1", "", "", f"column {shorten(column)!r} {problem}", "Rename the column.")
        for position, column in enumerate(names)
        for problem, holds in (
            ("stands twice in the header", column and column in names[:position]),
            ("has the name that is kept for the line number", column == ROW),
        )
        if holds
    ]
    if findings:
        raise InputError(*bounded(findings))
    names = [column or f"{_NAMELESS}{position}" for position, column in enumerate(names, start=1)]
    return names, reader.line_num, separator


def _plain_rows(data: bytes, separator: str, width: int) -> tuple[NDArray[np.int32], NDArray[np.int32]] | None:
    """As `_scan`, at the speed of memory; None where the file has quotation marks or ragged rows."""
    if b'"' in data:
        return None
    characters = np.frombuffer(data if data.endswith(b"\n") else data + b"\n", dtype=np.uint8)
    ends = np.flatnonzero(characters == ord("\n"))
    before = np.searchsorted(np.flatnonzero(characters == ord(separator)), ends)
    if np.any(np.diff(before, prepend=0) != width - 1):
        return None
    lines = np.arange(2, len(ends) + 1, dtype=np.int32)
    return lines, np.full_like(lines, width)


def _scan(data: bytes, name: str, separator: str, width: int, skip: int) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return the line each row begins on and its number of fields; a line without any value counts as full."""
    lines, fields = array("i"), array("i")
    start = skip + 1
    reader = csv.reader(io.TextIOWrapper(io.BytesIO(data), "utf-8", newline="\n"), delimiter=separator, strict=True)
    try:
        for record in reader:
            if reader.line_num > skip:
                lines.append(start)
                fields.append(len(record) if any(record) else width)
                start = reader.line_num + 1
    except csv.Error as error:
        raise InputError(Finding(name, str(start), "", "", _STRAY_QUOTE, _REPAIR)) from error
    return np.array(lines, dtype=np.int32), np.array(fields, dtype=np.int32)


def _ragged(
    name: str, lines: NDArray[np.int32], fields: NDArray[np.int32], width: int, separator: str
) -> list[Finding]:
    remedy = f"Write {width} fields; put a value that holds {separator!r} between quotation marks."
    findings = [
        Finding(name, str(line), "", "", f"{count} fields where the header has {width}", remedy)
        for line, count in zip(lines[:MAX_FINDINGS], fields[:MAX_FINDINGS], strict=True)
    ]
    return bounded(findings, len(lines))


def _without_nameless(frame: pl.DataFrame, name: str) -> pl.DataFrame:
    """Drop the columns without a name, or raise if one of them has a value."""
    nameless = [column for column in frame.columns if column.startswith(_NAMELESS)]
    for column in nameless:
        filled = frame.filter(pl.col(column).is_not_null())
        if len(filled):
            position, line, value = column.removeprefix(_NAMELESS), filled[0, ROW], filled[0, column]
            problem = f"column {position} has no name but the value {shorten(value)!r}"
            raise InputError(Finding(name, str(line), "", "", problem, "Name the column in the header, or empty it."))
    return frame.drop(nameless)


def _parse(
    data: bytes, name: str, separator: str, header: list[str], skip: int, lines: NDArray[np.int32]
) -> pl.DataFrame:
    if not len(lines):
        return pl.DataFrame(schema=dict.fromkeys(header, pl.String))
    try:
        frame = pl.read_csv(
            data,
            separator=separator,
            has_header=False,
            skip_lines=skip,
            schema=dict.fromkeys(header, pl.String),
            extra_columns="ignore",
            missing_columns="insert",
        )
    except pl.exceptions.PolarsError as error:
        raise InputError(Finding(name, _unbalanced(data, lines), "", "", _STRAY_QUOTE, _REPAIR)) from error
    if len(frame) != len(lines):
        raise InputError(Finding(name, _unbalanced(data, lines), "", "", _STRAY_QUOTE, _REPAIR))
    return frame.with_columns(pl.all().str.strip_chars()).with_columns(pl.when(pl.all() != "").then(pl.all()))


def _unbalanced(data: bytes, lines: NDArray[np.int32]) -> str:
    """Return the line of the first row with an odd number of quotation marks."""
    text = data.split(b"\n")
    for start, end in zip(lines, [*lines[1:], len(text) + 1], strict=True):
        if b"".join(text[start - 1 : end - 1]).count(b'"') % 2:
            return str(start)
    return ""
