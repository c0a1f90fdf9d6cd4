# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Excel workbooks: what cells say, and that no file can take the memory away."""

from __future__ import annotations

import random
from contextlib import suppress
from pathlib import Path

import pytest

from drehkreuz.errors import InputError
from drehkreuz.sources.grid import find_headings, read_grid
from drehkreuz.sources.xlsx import read_sheet, sheet_names
from sources.workbooks import sheet_xml, write_workbook

SHARED = (
    '<worksheet><sheetData><row r="3"><c r="B3" t="s"><v>0</v></c><c t="b"><v>1</v></c></row></sheetData></worksheet>'
)


def test_cells(tmp_path: Path) -> None:
    """Texts, numbers and days come as text; rows without a value are left out, and gaps are empty."""
    path = write_workbook(tmp_path / "a.xlsx", [["Köln & Bonn", 50.5, None, "date:43665"], [], [None, 7]])
    assert sheet_names(path) == ["Impressum", "Daten"]
    assert list(read_sheet(path, "Daten")) == [(1, ["Köln & Bonn", "50.5", "", "2019-07-19"]), (3, ["", "7"])]
    assert list(read_sheet(path)) == [(1, ["Impressum"])]


def test_shared_texts(tmp_path: Path) -> None:
    """A text of several runs is one text, without how it is spoken; a cell without a place follows the one before."""
    path = write_workbook(tmp_path / "a.xlsx", sheet2=SHARED)
    assert list(read_sheet(path, "Daten")) == [(3, ["", "geteilt", "1"])]


def test_other_epoch(tmp_path: Path) -> None:
    """A workbook that counts days from 1904 gives the same days."""
    book = '<workbook xmlns:r="x"><workbookPr date1904="1"/><sheets><sheet name="Daten" r:id="b"/></sheets></workbook>'
    path = write_workbook(tmp_path / "a.xlsx", [["date:42203", "date:42203.5"]], workbook=book)
    assert list(read_sheet(path, "Daten")) == [(1, ["2019-07-19", "2019-07-19T12:00:00"])]


BROKEN = {
    "no such sheet": {"workbook": '<workbook><sheets><sheet name="x" r:id="q"/></sheets></workbook>'},
    "half a part": {"sheet2": sheet_xml([["a"]])[:-20]},
    "document type": {"sheet2": '<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet>&a;</worksheet>'},
    "far column": {"sheet2": '<worksheet><sheetData><row r="1"><c r="XFD1"><v>1</v></c></row></sheetData></worksheet>'},
    "no such text": {"sheet2": SHARED.replace("<v>0</v>", "<v>9</v>")},
    "odd row": {"sheet2": '<worksheet><sheetData><row r="x"></row></sheetData></worksheet>'},
    "odd day": {"sheet2": '<worksheet><sheetData><row><c s="1"><v>x</v></c></row></sheetData></worksheet>'},
}


@pytest.mark.parametrize("parts", BROKEN.values(), ids=BROKEN)
def test_broken(tmp_path: Path, parts: dict[str, str]) -> None:
    """A broken or hostile workbook is refused in words."""
    path = write_workbook(tmp_path / "a.xlsx", [["a"]], **parts)
    with pytest.raises(InputError):
        list(read_sheet(path, "Daten"))


def test_no_workbook(tmp_path: Path) -> None:
    """What is no zip is no workbook."""
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"Betreiber;Ort")
    with pytest.raises(InputError, match="is no Excel workbook"):
        sheet_names(path)
    with pytest.raises(InputError, match="no such file"):
        read_grid(tmp_path / "b.xlsx")


def test_a_lonely_cell_far_below(tmp_path: Path) -> None:
    """A single cell in the last row of the sheet costs one row, not a million."""
    far = '<worksheet><sheetData><row r="1048576"><c r="A1048576"><v>1</v></c></row></sheetData></worksheet>'
    path = write_workbook(tmp_path / "a.xlsx", sheet2=far)
    assert list(read_sheet(path, "Daten")) == [(1_048_576, ["1"])]


def test_changed_bytes(tmp_path: Path) -> None:
    """Wherever a byte of a workbook is changed or it is cut off, it is read or refused in words."""
    whole = write_workbook(tmp_path / "a.xlsx", [["Ort", "Zahl"], ["Düren", 3], ["Jülich", "date:43665"]]).read_bytes()
    draw = random.Random(9)
    path = tmp_path / "b.xlsx"
    for _ in range(150):
        data = bytearray(whole[: draw.randrange(len(whole)) if draw.random() < 0.2 else None])
        for _ in range(draw.randrange(1, 4)):
            if data:
                data[draw.randrange(len(data))] = draw.randrange(256)
        path.write_bytes(data)
        with suppress(InputError):
            list(read_sheet(path, "Daten"))


def test_headings_of_two_rows(tmp_path: Path) -> None:
    """Headings that take two rows are joined; an empty upper one is the one to its left."""
    path = tmp_path / "a.csv"
    path.write_text("Tabelle 1;;;\nSchlüssel;Name;Beschäftigte;\n;;Männer;Frauen\n05358;Düren;7;8\n", encoding="cp1252")
    sheet = find_headings(*_turned(read_grid(path)), levels=2)
    assert dict(sheet.headings) == {"schluessel": 0, "name": 1, "beschaeftigte_maenner": 2, "beschaeftigte_frauen": 3}
    assert list(sheet.rows) == [(4, ["05358", "Düren", "7", "8"])]
    assert sheet.notes == ["is not UTF-8 and was read as cp1252"]


def _turned(read: tuple[str, object, list[str]]) -> tuple[str, object, tuple[str, ...], list[str]]:
    return read[0], read[1], ("Schlüssel", "Name"), read[2]
