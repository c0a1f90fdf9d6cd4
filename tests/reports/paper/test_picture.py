# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A picture of a paper as a file of its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from drehkreuz.errors import InputError
from drehkreuz.reports.paper.document import Document, Figure, Picture
from drehkreuz.reports.paper.picture import write_picture

SVG = "{http://www.w3.org/2000/svg}"

FIGURE = Figure(
    "map", "Homes & ways", "A map of two towns.", Picture(640, 300, '<path d="M0 0"/>'), ("Drawn <coarsely>.",)
)
PAPER = Document("Ways to work", "As of 2 November 2026", "en", date(2026, 11, 2), (FIGURE,), (), "foot")


def drawn(document: Document, path: Path) -> ET.Element:
    """Write the map and read it again."""
    write_picture(document, "map", path)
    return ET.parse(path).getroot()  # noqa: S314  # written by ourselves


def test_everything_to_know_stands_in_the_picture(tmp_path: Path) -> None:
    """The file says title, day, caption and notes in the drawing, and what it shows to who does not see it."""
    found = drawn(PAPER, tmp_path / "new" / "map.svg")
    assert found.findtext(f"{SVG}title") == PAPER.title
    assert found.findtext(f"{SVG}desc") == FIGURE.alt
    assert [line.text for line in found.findall(f"{SVG}text")] == [
        *(PAPER.title, PAPER.subtitle),
        *(FIGURE.caption, *FIGURE.notes),
    ]
    assert found.find(f"{SVG}g/{SVG}path") is not None


def test_a_long_title_is_broken_and_makes_the_picture_higher(tmp_path: Path) -> None:
    """A title wider than the sheet goes on in further lines, for which there is room."""
    one, more = drawn(PAPER, tmp_path / "a.svg"), drawn(replace(PAPER, title="Ways to work " * 9), tmp_path / "b.svg")
    assert len(more.findall(f"{SVG}text")) > len(one.findall(f"{SVG}text"))
    assert float(more.attrib["height"]) > float(one.attrib["height"])


def test_a_paper_without_the_picture_is_refused(tmp_path: Path) -> None:
    """Where a paper has no such picture nothing is written."""
    with pytest.raises(InputError, match="cannot be drawn"):
        write_picture(replace(PAPER, front=()), "map", tmp_path / "map.svg")
    assert not list(tmp_path.iterdir())
