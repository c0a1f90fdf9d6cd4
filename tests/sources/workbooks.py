# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Small Excel workbooks as tests write them."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

_NAMES = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

Cell = str | int | float | None


def letters(place: int) -> str:
    """Return the letters of a column, from 0."""
    text = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        text = chr(65 + rest) + text
    return text


def sheet_xml(rows: Sequence[Sequence[Cell]]) -> str:
    """Return a sheet: texts inline, numbers as numbers; a text that begins with `date:` as a day's number in style 1."""
    lines = []
    for number, row in enumerate(rows, 1):
        cells = []
        for place, value in enumerate(row):
            at = f'r="{letters(place)}{number}"'
            if isinstance(value, str) and value.startswith("date:"):
                cells.append(f'<c {at} s="1"><v>{value.removeprefix("date:")}</v></c>')
            elif isinstance(value, str):
                cells.append(f'<c {at} t="inlineStr"><is><t>{escape(value)}</t></is></c>')
            elif value is not None:
                cells.append(f"<c {at}><v>{value}</v></c>")
        lines.append(f'<row r="{number}">{"".join(cells)}</row>')
    return f"<worksheet {_NAMES}><sheetData>{''.join(lines)}</sheetData></worksheet>"


def write_workbook(path: Path, rows: Sequence[Sequence[Cell]] = (), **parts: str) -> Path:
    """Write a workbook with two sheets, `Impressum` and `Daten`; `parts` replaces parts by name (`sheet2`, `workbook`)."""
    texts = {
        "workbook": f'<workbook {_NAMES} xmlns:r="{_RELATIONS}"><sheets><sheet name="Impressum" sheetId="1" r:id="a"/>'
        '<sheet name="Daten" sheetId="2" r:id="b"/></sheets></workbook>',
        "_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="a" Target="worksheets/sheet1.xml"/><Relationship Id="b" Target="/xl/worksheets/sheet2.xml"/>'
        "</Relationships>",
        "styles": f'<styleSheet {_NAMES}><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>',
        "sharedStrings": f"<sst {_NAMES}><si><r><t>ge</t></r><r><t>teilt</t></r><rPh><t>x</t></rPh></si></sst>",
        "sheet1": sheet_xml([["Impressum"]]),
        "sheet2": sheet_xml(rows),
    } | parts
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        for name, text in texts.items():
            folder = "worksheets/" if name.startswith("sheet") and name[5:].isdigit() else ""
            ending = "" if name.endswith(".rels") else ".xml"
            archive.writestr(f"xl/{folder}{name}{ending}", text)
    return path
