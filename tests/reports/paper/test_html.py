# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A paper as a page: complete, in order, and alone."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from drehkreuz.errors import InputError
from drehkreuz.reports.paper.document import Document
from drehkreuz.reports.paper.html import page
from drehkreuz.reports.paper.printing import check_printer, write_paper, write_tables

Attributes = dict[str, str | None]


class Read(HTMLParser):
    """Every element with its attributes, and the words of the body."""

    def __init__(self, written: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, Attributes]] = []
        self.words: list[str] = []
        self._silent = False
        self.feed(written)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._silent = tag in {"style", "title"}

    def handle_data(self, data: str) -> None:
        if data.strip() and not self._silent:
            self.words.append(data.strip())
        self._silent = False

    def attributes(self, *tags: str) -> list[Attributes]:
        return [attributes for tag, attributes in self.elements if tag in tags]


@pytest.fixture(scope="module")
def read(sheet: Document) -> Read:
    return Read(page(sheet))


def test_the_words_of_a_page_are_those_of_the_document(read: Read) -> None:
    """What is said stands there in order, once, letter by letter; no line ends between a number and its sign."""
    nb = "\N{NO-BREAK SPACE}"
    assert read.words == [
        "Zur Probe", "Ein *Blatt*",
        "Achtung.", "Nichts davon ist wirklich.", f"Das kostet 5{nb}€ oder 10{nb}%.",
        "Tabelle 1", "Kosten", "Was", "Euro", "Quelle", "Bus & Bahn", f"1.200{nb}€", "<geschätzt>", "Summe", "·", "#x $y$", "Gerundet.",
        "Inhalt", "Erstes", "Zweites",
        "1 Erstes", "Beginn", "morgen", "eins", "zwei", "erstens",
        "Abbildung 1", "Ein Bild", "Straße −5", "Ohne Farbe lesbar.", "Befehl", "a = 1\n[[b]]", "Klein.",
        "1.1 Darin", "Innen.", "2 Zweites", "Ende.", "Fuß",
    ]  # fmt: skip


def test_a_page_loads_and_runs_nothing(sheet: Document) -> None:
    """There is no script, no address, no style from elsewhere."""
    written = page(sheet)
    assert not re.search(r"<script|<link|<img|<iframe|https?:|url\((?!#)|@import", written)
    assert not re.search(r"\son\w+=", written)


def test_a_page_can_be_read_out(read: Read) -> None:
    """Language, headings in order, tables with caption and scopes, pictures with words, ids each once."""
    assert read.attributes("html") == [{"lang": "de"}]
    levels = [int(tag[1]) for tag, _ in read.elements if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert {scope["scope"] for scope in read.attributes("th")} == {"col", "row"}
    assert [svg["aria-label"] for svg in read.attributes("svg")] == ['Zeigt "fünf"']
    ids = [attributes["id"] for _, attributes in read.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    named = {name for _, attributes in read.elements if (name := attributes.get("aria-labelledby"))}
    assert named <= set(ids)


def test_tables_are_written_with_numbers_as_numbers(sheet: Document, tmp_path: Path) -> None:
    """A table's file has its columns by key; what is not shown is empty."""
    assert write_tables(sheet, tmp_path / "tables") == ["kosten.csv"]
    rows = pl.read_csv(tmp_path / "tables" / "kosten.csv")
    assert rows.rows() == [("Bus & Bahn", 1200.0, "<geschätzt>"), ("Summe", None, "#x $y$")]
    assert rows.columns == ["what", "eur", "source"]


def test_a_paper_replaces_an_older_one_and_leaves_no_draft(sheet: Document, tmp_path: Path) -> None:
    """After writing there is one file, the new one."""
    path = tmp_path / "new" / "paper.html"
    write_paper(sheet, path)
    write_paper(sheet, path)
    assert path.read_text(encoding="utf-8") == page(sheet)
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("name", ["paper.docx", "paper"])
def test_an_ending_that_no_paper_has_is_refused(name: str) -> None:
    """The message says which endings there are."""
    with pytest.raises(InputError, match=r"\.html, \.pdf"):
        check_printer(Path(name))


def test_a_place_that_cannot_be_written_is_named(sheet: Document, tmp_path: Path) -> None:
    """The message says where, and which option to change."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(InputError, match="--out"):
        write_paper(sheet, tmp_path / "file" / "paper.html")
    with pytest.raises(InputError, match="--tables"):
        write_tables(sheet, tmp_path / "file")


def test_what_is_no_block_is_not_printed(sheet: Document) -> None:
    """A block of an unknown type is an error, not silence."""
    stranger: Any = 5
    broken = Document(sheet.title, "", "de", sheet.day, (stranger,), (), "")
    with pytest.raises(TypeError, match="int"):
        page(broken)
