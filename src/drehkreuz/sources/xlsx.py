# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The cells of an Excel workbook (.xlsx) as text, row by row; bounded, whatever the file claims of itself."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final
from xml.parsers import expat

from drehkreuz.errors import InputError, did_you_mean
from drehkreuz.sources.archive import BROKEN, about

MAX_UNPACKED: Final = 512 * 2**20
"""Bytes of a part, unpacked (assumed): the largest register read here takes some 200 million."""
MAX_COLUMNS: Final = 1_000
MAX_STRINGS: Final = 5_000_000
_CHUNK: Final = 2**18
_LAST: Final = (True,)
"""Tells the parser that nothing follows."""

_AGAIN: Final = "Open it in a spreadsheet and save it again, or save the sheet as CSV (UTF-8)."
_REFERENCE: Final = re.compile(r"([A-Z]{1,3})(\d{1,7})", re.ASCII)
_DATE_FORMATS: Final = {*range(14, 23), *range(45, 48)}
"""Number formats that a workbook need not declare and that show a date or a time."""
_QUOTED: Final = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')
_LETTERS_OF_DATES: Final = re.compile("[ymdhs]", re.IGNORECASE)
_EPOCHS: Final = (datetime(1899, 12, 30), datetime(1904, 1, 1))  # noqa: DTZ001  # spreadsheets know no time zone
_LAST_SERIAL: Final = 2_958_466
"""Day after the last one that a spreadsheet can write, 9999-12-31."""

Row = tuple[int, list[str]]
"""Number of a row, from 1, and its cells as text; empty where there is none."""


def sheet_names(path: Path) -> list[str]:
    """
    Return the names of a workbook's sheets, in its order.

    Raises:
        InputError: If the file is no workbook or is broken.
    """
    with _opened(path) as book:
        return [name for name, _ in _sheets(book, path)]


def read_sheet(path: Path, sheet: str | None = None) -> Iterator[Row]:
    """
    Yield the rows of a sheet that hold a value. Dates come as `2019-07-19`, truth values as `1` and `0`.

    Args:
        path: The workbook.
        sheet: Name of the sheet; None: the first.

    Raises:
        InputError: If the file is no workbook, is broken or larger than the limits allow, or has no such sheet.
    """
    with _opened(path) as book:
        sheets = _sheets(book, path)
        names = [name for name, _ in sheets]
        part = dict(reversed(sheets)).get(sheet if sheet is not None else (names[0] if names else ""))
        if part is None:
            remedy = f"It has {', '.join(names) or 'none'}.{did_you_mean(sheet or '', names)}"
            raise InputError(about(path, f"has no sheet {sheet!r}", remedy))
        texts = _shared(book, path)
        dates, epoch = _date_styles(book, path)
        yield from _Sheet(texts, dates, epoch).rows(book, part, path)


class _opened:  # noqa: N801  # used as a with-statement's word
    """A workbook's zip, what goes wrong with it told in words."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> zipfile.ZipFile:
        try:
            self._book = zipfile.ZipFile(self._path)
        except BROKEN as error:
            raise InputError(about(self._path, "is no Excel workbook (.xlsx)", _AGAIN)) from error
        return self._book

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        self._book.close()
        if isinstance(error, (KeyError, *BROKEN)):
            raise InputError(about(self._path, f"is a broken workbook ({error})", _AGAIN)) from error


def _parse(
    book: zipfile.ZipFile,
    part: str,
    path: Path,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
    *,
    pause: Callable[[], bool] | None = None,
) -> Iterator[None]:
    """Feed a part to the handlers, and yield whenever `pause` says that there is something to take."""
    parser = expat.ParserCreate(namespace_separator=None)
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, given: start(
        _local(name), {_local(key): value for key, value in given.items()}
    )
    parser.EndElementHandler = (lambda name: end(_local(name))) if end else None
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _refuse_doctype
    size = 0
    try:
        with book.open(part) as stream:
            while chunk := stream.read(_CHUNK):
                size += len(chunk)
                if size > MAX_UNPACKED:
                    problem = f"{part} holds more than {MAX_UNPACKED:,} bytes, which is the most that is read"
                    raise InputError(about(path, problem, "Save the sheet as CSV, cut to the region."))
                parser.Parse(chunk)
                if pause and pause():
                    yield
            parser.Parse(b"", *_LAST)
            yield
    except (expat.ExpatError, KeyError, *BROKEN) as error:
        raise InputError(about(path, f"{part} is broken ({error})", _AGAIN)) from error


def _refuse_doctype(*_: object) -> None:
    message = "a document type, which no workbook has"
    raise ValueError(message)


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _run(steps: Iterator[None]) -> None:
    for _ in steps:
        pass


def _sheets(book: zipfile.ZipFile, path: Path) -> list[tuple[str, str]]:
    """Return name and part of each sheet."""
    listed: list[tuple[str, str]] = []
    targets: dict[str, str] = {}

    def sheet(name: str, given: dict[str, str]) -> None:
        if name == "sheet":
            listed.append((given.get("name", ""), given.get("id", "")))

    def relation(name: str, given: dict[str, str]) -> None:
        if name == "Relationship":
            targets[given.get("Id", "")] = given.get("Target", "")

    if "xl/workbook.xml" not in book.namelist():
        raise InputError(about(path, "is no Excel workbook (.xlsx)", _AGAIN))
    _run(_parse(book, "xl/workbook.xml", path, sheet))
    _run(_parse(book, "xl/_rels/workbook.xml.rels", path, relation))
    parts = {key: target.removeprefix("/xl/") for key, target in targets.items()}
    return [(name, f"xl/{parts[key]}") for name, key in listed if f"xl/{parts.get(key)}" in book.namelist()]


def _shared(book: zipfile.ZipFile, path: Path) -> list[str]:
    """Return the texts that cells refer to by number."""
    texts: list[str] = []
    if "xl/sharedStrings.xml" not in book.namelist():
        return texts
    parts: list[str] = []
    state = {"in": False, "spoken": False}

    def start(name: str, given: dict[str, str]) -> None:  # noqa: ARG001  # expat hands both over
        if name == "si":
            parts.clear()
        state["spoken"] |= name == "rPh"  # how a word is spoken, not the word
        state["in"] = name == "t"

    def end(name: str) -> None:
        state["in"] = False
        if name == "rPh":
            state["spoken"] = False
        if name == "si":
            texts.append("".join(parts).strip())
            if len(texts) > MAX_STRINGS:
                message = f"holds more than {MAX_STRINGS:,} texts"
                raise ValueError(message)

    def text(part: str) -> None:
        if state["in"] and not state["spoken"]:
            parts.append(part)

    _run(_parse(book, "xl/sharedStrings.xml", path, start, end, text))
    return texts


def _date_styles(book: zipfile.ZipFile, path: Path) -> tuple[set[str], datetime]:
    """Return the styles that show a date, by number as text, and the day that dates are counted from."""
    dated: list[str] = []
    custom: dict[str, str] = {}
    state = {"cells": False, "1904": False}

    def workbook(name: str, given: dict[str, str]) -> None:
        if name == "workbookPr":
            state["1904"] = given.get("date1904") in {"1", "true"}

    def style(name: str, given: dict[str, str]) -> None:
        if name == "numFmt":
            custom[given.get("numFmtId", "")] = given.get("formatCode", "")
        if name in {"cellXfs", "cellStyleXfs"}:
            state["cells"] = name == "cellXfs"
        if name == "xf" and state["cells"]:
            dated.append(given.get("numFmtId", ""))

    _run(_parse(book, "xl/workbook.xml", path, workbook))
    if "xl/styles.xml" in book.namelist():
        _run(_parse(book, "xl/styles.xml", path, style))
    shown = {str(number) for number in _DATE_FORMATS}
    shown |= {key for key, code in custom.items() if _LETTERS_OF_DATES.search(_QUOTED.sub("", code))}
    return {str(n) for n, number in enumerate(dated) if number in shown}, _EPOCHS[state["1904"]]


class _Sheet:
    """Cells of one sheet while they are read."""

    def __init__(self, texts: list[str], dates: set[str], epoch: datetime) -> None:
        self._texts, self._dates, self._epoch = texts, dates, epoch
        self._ready: list[Row] = []
        self._cells: dict[int, str] = {}
        self._row = 0
        self._at = -1
        self._kind = self._style = ""
        self._inside = False
        self._text: list[str] = []

    def rows(self, book: zipfile.ZipFile, part: str, path: Path) -> Iterator[Row]:
        steps = _parse(book, part, path, self._start, self._end, self._take, pause=lambda: bool(self._ready))
        for _ in steps:
            yield from self._ready
            self._ready.clear()

    def _start(self, name: str, given: dict[str, str]) -> None:
        if name == "row":
            self._row = int(given.get("r", self._row + 1))
            self._cells, self._at = {}, -1
        elif name == "c":
            place = _REFERENCE.fullmatch(given.get("r", ""))
            self._at = _column(place.group(1)) if place else self._at + 1
            if self._at >= MAX_COLUMNS:
                message = f"more than {MAX_COLUMNS:,} columns"
                raise ValueError(message)
            self._kind, self._style = given.get("t", "n"), given.get("s", "")
            self._text = []
        self._inside = name in {"v", "t"}

    def _end(self, name: str) -> None:
        self._inside = False
        if name == "c" and (value := self._value("".join(self._text).strip())):
            self._cells[self._at] = value
        elif name == "row" and self._cells:
            width = max(self._cells) + 1
            self._ready.append((self._row, [self._cells.get(place, "") for place in range(width)]))

    def _take(self, text: str) -> None:
        if self._inside:
            self._text.append(text)

    def _value(self, text: str) -> str:
        if self._kind == "s":
            place = int(text or -1)
            if not 0 <= place < len(self._texts):
                message = f"row {self._row} names a text that is not there"
                raise ValueError(message)
            return self._texts[place]
        if self._kind == "n" and self._style in self._dates and text:
            return self._date(text)
        return text

    def _date(self, text: str) -> str:
        serial = float(text)
        if not 1 <= serial < _LAST_SERIAL:
            return text
        moment = self._epoch + timedelta(days=serial)
        return moment.date().isoformat() if serial == int(serial) else f"{moment:%Y-%m-%dT%H:%M:%S}"


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
