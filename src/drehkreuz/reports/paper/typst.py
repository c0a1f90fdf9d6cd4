# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A paper as PDF, set by Typst: tagged (PDF/UA-1) and fit to be kept (PDF/A-2a)."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime, time
from importlib import import_module
from importlib.resources import files
from typing import Any, Final

from drehkreuz.errors import DrehkreuzError
from drehkreuz.reports.paper.document import Block, Document, Figure, Section, Table, shown, unbroken
from drehkreuz.reports.words import Words

STANDARDS: Final = ("ua-1", "a-2a")
"""What the file promises: readable by screen readers, and in many years."""


def pdf(document: Document) -> bytes:
    """
    Return a document as a PDF file; the same document gives the same bytes.

    Type is what Typst brings with it, so that a page looks the same everywhere.

    Raises:
        DrehkreuzError: If Typst is not installed.
    """
    return _compiled(document, "pdf", pdf_standards=list(STANDARDS))[0]


def pictures(document: Document, dots_per_inch: float = 96) -> list[bytes]:
    """
    Return the pages as PNG pictures.

    Args:
        document: The document.
        dots_per_inch: How fine they are.

    Raises:
        DrehkreuzError: If Typst is not installed.
    """
    return _compiled(document, "png", ppi=dots_per_inch)


def typesetter() -> Any:  # noqa: ANN401  # a module; its own types know neither several files nor several pages
    """
    Return the module that sets PDF.

    Raises:
        DrehkreuzError: If it is not installed.
    """
    try:
        return import_module("typst")
    except ImportError as error:
        remedy = 'Install it with: pip install "drehkreuz[report]", or write the report as .html.'
        raise DrehkreuzError(f"PDF is set by Typst, which is not installed. {remedy}") from error


def _compiled(document: Document, form: str, **options: Any) -> list[bytes]:  # noqa: ANN401  # what Typst takes
    """Return what Typst makes of a document."""
    typst = typesetter()
    template = files(__package__).joinpath("paper.typ").read_bytes()
    content = unbroken(json.dumps(_document(document), ensure_ascii=False, sort_keys=True)).encode()
    made = typst.compile(
        {"main": template, "document.json": content},
        format=form,
        ignore_system_fonts=True,
        timestamp=datetime.combine(document.day, time(), UTC),
        **options,
    )
    return [made] if isinstance(made, bytes) else list(made)


def _document(document: Document) -> dict[str, Any]:
    """Return a document as the template reads it."""
    words = Words(document.language)
    return {
        "title": document.title,
        "subtitle": document.subtitle,
        "language": document.language,
        "day": [document.day.year, document.day.month, document.day.day],
        "front": [_block(block) for block in document.front],
        "sections": [_section(section) for section in document.sections],
        "foot": document.foot,
        "keywords": document.keywords,
        "contents": words("paper.contents"),
        "page": words("paper.page"),
    }


def _section(section: Section) -> dict[str, Any]:
    return {
        "title": section.title,
        "new_page": section.new_page,
        "blocks": [_block(block) for block in section.blocks],
        "sections": [_section(within) for within in section.sections],
    }


def _block(block: Block) -> dict[str, Any]:
    """Return a block under the name of its type."""
    told = asdict(block) | {"is": type(block).__name__.lower()}
    if isinstance(block, Table):
        told["rows"] = [[shown(cell) for cell in row] for row in block.rows]
    if isinstance(block, Figure):
        told["picture"] = _svg(block)
    return told


def _svg(figure: Figure) -> str:
    """Return a picture as a file of its own, in the paper's type."""
    picture = figure.picture
    size = f'viewBox="0 0 {picture.width:g} {picture.height:g}" width="{picture.width:g}" height="{picture.height:g}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="Libertinus Serif">{picture.body}</svg>'
