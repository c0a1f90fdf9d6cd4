# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A paper as one HTML page: it loads nothing, runs nothing, and prints."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import singledispatchmethod
from html import escape
from importlib.resources import files

from drehkreuz.reports.paper.document import (
    Block,
    Bullets,
    Cell,
    Column,
    Document,
    Facts,
    Figure,
    Listing,
    Notice,
    Paragraph,
    Section,
    Table,
    shown,
    unbroken,
)
from drehkreuz.reports.words import Words


def page(document: Document) -> str:
    """
    Return a document as an HTML page that stands by itself.

    Headings are in order, tables have captions and headings with scope, pictures are inline and have a description; it is readable
    from 320 pixels on, and on paper.
    """
    style = files(__package__).joinpath("paper.css").read_text(encoding="utf-8").partition("*/\n")[2]
    return f"""<!DOCTYPE html>
<html lang="{document.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="keywords" content="{escape(", ".join(document.keywords))}">
<title>{escape(document.title)}</title>
<style>
{style}</style>
</head>
<body>
<header>
<p class="subtitle">{escape(document.subtitle)}</p>
<h1>{escape(document.title)}</h1>
</header>
<main>
{body(document)}
</main>
<footer><p>{escape(document.foot)}</p></footer>
</body>
</html>
"""


def body(document: Document) -> str:
    """Return what a document says below its title, for a page that frames it: front, list of sections, sections."""
    printer = _Printer(Words(document.language))
    front = unbroken("\n".join(printer.block(block) for block in document.front))
    sections = (printer.section(section, str(at)) for at, section in enumerate(document.sections, start=1))
    said = unbroken("\n".join(sections))
    return f"""<div class="front">
{front}
</div>
{_contents(document, printer.words)}
{said}"""


def _contents(document: Document, words: Words) -> str:
    """Return the list of sections, each a link; nothing where there is only one."""
    if len(document.sections) < 2:
        return ""
    items = "".join(
        f'<li><a href="#s{number}">{escape(section.title)}</a></li>'
        for number, section in enumerate(document.sections, start=1)
    )
    title = escape(words("paper.contents"))
    return f'<nav aria-labelledby="contents"><h2 id="contents">{title}</h2><ol>{items}</ol></nav>'


@dataclass
class _Printer:
    """
    Prints the parts of a document in their order.

    Attributes:
        words: Of the document's language.
        counted: Tables and figures printed so far.
    """

    words: Words
    counted: dict[str, int] = field(default_factory=lambda: {"table": 0, "figure": 0})

    def section(self, section: Section, number: str, level: int = 2) -> str:
        """Return a section with those within it."""
        name = f"s{number.replace('.', '-')}"
        apart = ' class="new-page"' if section.new_page else ""
        blocks = "\n".join(self.block(block) for block in section.blocks)
        within = "\n".join(
            self.section(each, f"{number}.{at}", level + 1) for at, each in enumerate(section.sections, start=1)
        )
        heading = f'<h{level} id="{name}">{number} {escape(section.title)}</h{level}>'
        return f'<section aria-labelledby="{name}"{apart}>\n{heading}\n{blocks}\n{within}\n</section>'

    @singledispatchmethod
    def block(self, block: Block) -> str:
        """Return a block of any type."""
        message = f"a {type(block).__name__} cannot be printed"
        raise TypeError(message)

    @block.register
    def _(self, block: Paragraph) -> str:
        return f'<p class="{block.tone}">{escape(block.text)}</p>'

    @block.register
    def _(self, block: Notice) -> str:
        return (
            f'<div class="notice" role="note"><p><strong>{escape(block.title)}</strong> {escape(block.text)}</p></div>'
        )

    @block.register
    def _(self, block: Bullets) -> str:
        tag = "ol" if block.numbered else "ul"
        return f"<{tag}>{''.join(f'<li>{escape(item)}</li>' for item in block.items)}</{tag}>"

    @block.register
    def _(self, block: Facts) -> str:
        rows = "".join(f"<div><dt>{escape(name)}</dt><dd>{escape(text)}</dd></div>" for name, text in block.rows)
        return f"<dl>{rows}</dl>"

    @block.register
    def _(self, block: Table) -> str:
        head = "".join(
            f'<th scope="col" role="columnheader" class="{_kind(column)}">{escape(column.title)}</th>'
            for column in block.columns
        )
        rows = [_row(block.columns, row, last=block.sums and row is block.rows[-1]) for row in block.rows]
        name = f"t-{block.name}"
        caption = f'<caption id="{name}">{self._caption("table", block.caption)}</caption>'
        head = f'<thead role="rowgroup"><tr role="row">{head}</tr></thead>'
        table = f'<table role="table">{caption}{head}<tbody role="rowgroup">{"".join(rows)}</tbody></table>'
        scroll = f'<div class="wide" role="region" tabindex="0" aria-labelledby="{name}">{table}</div>'
        return f'<div class="table">{scroll}{_notes(block.notes)}</div>'

    @block.register
    def _(self, block: Figure) -> str:
        picture = block.picture
        size = f'viewBox="0 0 {picture.width:g} {picture.height:g}" width="{picture.width:g}"'
        drawing = f'<svg {size} role="img" aria-label="{escape(block.alt)}">{picture.body}</svg>'
        name = f"f-{block.name}"
        scroll = f'<div class="wide" role="region" tabindex="0" aria-labelledby="{name}">{drawing}</div>'
        caption = f'<figcaption id="{name}">{self._caption("figure", block.caption)}</figcaption>'
        return f"<figure>{caption}{scroll}{_notes(block.notes)}</figure>"

    @block.register
    def _(self, block: Listing) -> str:
        title = escape(block.title)
        code = f'<pre tabindex="0" role="region" aria-label="{title}"><code>{escape(block.text)}</code></pre>'
        return f'<p class="above">{title}</p>{code}'

    def _caption(self, kind: str, caption: str) -> str:
        self.counted[kind] += 1
        return f"<strong>{escape(self.words(f'paper.{kind}', n=self.counted[kind]))}</strong> {escape(caption)}"


def _kind(column: Column) -> str:
    return "number" if column.numeric else "text"


def _row(columns: Sequence[Column], cells: Sequence[Cell], *, last: bool) -> str:
    """Return a row; each cell repeats its column's title, for narrow screens; roles stay whatever the style sheet makes of it."""
    first, *rest = map(shown, cells)
    parts = [f'<th scope="row" role="rowheader">{escape(first)}</th>']
    for column, cell in zip(columns[1:], rest, strict=True):
        title = escape(column.title)
        parts.append(f'<td role="cell" class="{_kind(column)}" data-title="{title}">{escape(cell)}</td>')
    return f'<tr role="row"{" class=sum" if last else ""}>{"".join(parts)}</tr>'


def _notes(notes: Sequence[str]) -> str:
    return "".join(f'<p class="note">{escape(note)}</p>' for note in notes)
