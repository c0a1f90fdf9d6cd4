# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A paper as PDF: it opens, says the same, and can be read out."""

from __future__ import annotations

import sys
from io import BytesIO

import pytest

from drehkreuz.errors import DrehkreuzError
from drehkreuz.reports.paper.document import Document
from drehkreuz.reports.paper.typst import pdf, pictures

pypdf = pytest.importorskip("pypdf")
pytest.importorskip("typst")


def test_a_pdf_opens_and_says_what_the_document_says(sheet: Document) -> None:
    """Page one has title, notice and table, the rest follows; the same document gives the same bytes."""
    written = pdf(sheet)
    assert pdf(sheet) == written
    read = pypdf.PdfReader(BytesIO(written))
    assert len(read.pages) == 3
    first = read.pages[0].extract_text()
    for words in ("Ein *Blatt*", "Nichts davon ist wirklich.", "Bus & Bahn", "<geschätzt>", "#x $y$", "Seite 1 von 3"):
        assert words in first
    rest = "".join(found.extract_text() for found in read.pages[1:])
    assert all(words in rest for words in ("Abbildung 1", "[[b]]", "1.1", "Darin", "2 Zweites"))


def test_a_pdf_can_be_read_out_and_kept(sheet: Document) -> None:
    """It is tagged, names its language and title, and promises PDF/UA-1 and PDF/A-2a."""
    read = pypdf.PdfReader(BytesIO(pdf(sheet)))
    root = read.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "de"
    assert read.metadata is not None
    assert read.metadata.title == sheet.title
    promised = root["/Metadata"].get_data().decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in promised
    assert "<pdfaid:part>2</pdfaid:part>" in promised
    assert "Zeigt" in str(_alternatives(root["/StructTreeRoot"]))


def _alternatives(element: object) -> list[str]:
    """Return what stands for the pictures under an element of the structure."""
    if hasattr(element, "get_object"):
        element = element.get_object()
    if isinstance(element, list):
        return [found for each in element for found in _alternatives(each)]
    if not isinstance(element, dict):
        return []
    own = [str(element["/Alt"])] if "/Alt" in element else []
    return own + _alternatives(element.get("/K", []))


def test_pages_are_pictures_too(sheet: Document) -> None:
    """There is one PNG for each page."""
    assert [page[:4] for page in pictures(sheet, 20)] == [b"\x89PNG"] * 3


def test_without_typst_the_extra_is_named(sheet: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who has no Typst is told what to install, and that HTML needs none."""
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(DrehkreuzError, match=r"drehkreuz\[report\].*\.html"):
        pdf(sheet)
