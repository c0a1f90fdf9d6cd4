# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""One picture of a paper as a file of its own."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Final

from drehkreuz.errors import Finding, InputError
from drehkreuz.reports.paper.document import Document, Figure
from drehkreuz.reports.paper.drawing import MUTED, PAPER, SIZE, text, wrapped
from drehkreuz.reports.paper.printing import write_file

ENDING: Final = ".svg"
FONT: Final = "'Fira Sans', 'Segoe UI', sans-serif"
MARGIN: Final = 16.0
TITLE: Final = SIZE + 4
LINE: Final = 18.0
"""Pixels from one line of the head to the next."""


def write_picture(document: Document, name: str, path: Path) -> None:
    """
    Write a picture of a document as SVG, with the document's title above it.

    Args:
        document: The document.
        name: The figure's.
        path: Its file.

    Raises:
        InputError: If the document has no such figure, or the file cannot be written.
    """
    figures = [block for block in document.blocks() if isinstance(block, Figure) and block.name == name]
    if not figures:
        problem = "cannot be drawn: nothing that lies on a map is large enough to be shown"
        raise InputError(Finding("--out", "", "", str(path), problem, "Leave it out, or ask of more people."))
    write_file(path, standalone(document, figures[0]).encode(), "--out")


def standalone(document: Document, figure: Figure) -> str:
    """Return a figure as an SVG document that stands by itself: title, day, caption and notes are part of the drawing."""
    picture = figure.picture
    across = picture.width
    title = wrapped(document.title, across, TITLE)
    lines = [document.subtitle, *wrapped(figure.caption, across)]
    notes = [line for note in figure.notes for line in wrapped(note, across)]
    top = MARGIN + LINE * (len(title) + len(lines) + 1)
    height = top + picture.height + LINE * len(notes) + MARGIN
    width = picture.width + 2 * MARGIN
    size = f'viewBox="0 0 {width:g} {height:g}" width="{width:g}" height="{height:g}"'
    below = [top + picture.height + LINE * at for at in range(1, len(notes) + 1)]
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-labelledby="title desc" font-family="{FONT}">',
        f'<title id="title">{escape(document.title)}</title>',
        f'<desc id="desc">{escape(figure.alt)}</desc>',
        f'<rect width="100%" height="100%" fill="{PAPER}"/>',
        *(text(MARGIN, MARGIN + LINE * at, words, size=TITLE, bold=True) for at, words in enumerate(title, start=1)),
        *(text(MARGIN, MARGIN + LINE * at, words, fill=MUTED) for at, words in enumerate(lines, start=len(title) + 1)),
        f'<g transform="translate({MARGIN:g} {top:g})">{picture.body}</g>',
        *(text(MARGIN, y, words, fill=MUTED) for y, words in zip(below, notes, strict=True)),
    ]
    return "\n".join([*parts, "</svg>", ""])
