# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What a paper says, said once: its sections, sentences, tables and figures, whatever they are printed with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple, TypeAlias

from drehkreuz.reports.words import Language

Tone = Literal["plain", "lead", "strong", "note"]
"""How a paragraph is set: as the rest, larger, bold before what belongs to it, or smaller."""


class Number(NamedTuple):
    """A cell that people read in one way and scripts in another; None: not known."""

    shown: str
    value: float | None


Cell: TypeAlias = str | Number


@dataclass(frozen=True, slots=True)
class Column:
    """
    A column of a table.

    Attributes:
        title: What people read above it.
        key: Its name in the file.
        numeric: Whether it holds numbers, set to the right.
        share: How wide it is against the other columns of text; columns of numbers are as wide as their numbers.
    """

    title: str
    key: str
    numeric: bool = False
    share: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A few sentences."""

    text: str
    tone: Tone = "plain"


@dataclass(frozen=True, slots=True)
class Notice:
    """What nobody should overlook, in a box with a heading of its own."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Bullets:
    """Sentences side by side, with dots or numbers before them."""

    items: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """Names and what is to be said of each."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """
    A table; its first column names its rows.

    Attributes:
        name: Of its file, without ending; each once in a document.
        caption: What it shows.
        columns: Its columns.
        rows: Its rows, a cell for each column.
        sums: Whether the last row sums up those above it.
        notes: What to know to read it right.
    """

    name: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    sums: bool = False
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """
    A drawing without its frame: elements of SVG, and how large a sheet they are drawn on.

    Attributes:
        width: Pixels.
        height: Pixels.
        body: Elements; the type is the paper's own. Ids in it begin with the figure's name.
    """

    width: float
    height: float
    body: str


@dataclass(frozen=True, slots=True)
class Figure:
    """
    A picture with what is to be known of it.

    Attributes:
        name: Each once in a document.
        caption: What it shows.
        alt: What it shows, for who does not see it, figures included.
        picture: The drawing; it must be readable without colour.
        notes: What to know to read it right.
    """

    name: str
    caption: str
    alt: str
    picture: Picture
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Listing:
    """Text to be typed or compared letter by letter; what it is stands above it."""

    title: str
    text: str


Block: TypeAlias = Paragraph | Notice | Bullets | Facts | Table | Figure | Listing


@dataclass(frozen=True, slots=True)
class Section:
    """
    A heading and what stands under it.

    Attributes:
        title: The heading.
        blocks: What it says.
        sections: Sections within it; these have none within them.
        new_page: Whether it begins a page where there are pages.
    """

    title: str
    blocks: tuple[Block, ...]
    sections: tuple[Section, ...] = ()
    new_page: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """
    A whole paper.

    Attributes:
        title: Its title.
        subtitle: A line under it.
        language: Of all its words.
        day: The day it speaks of.
        front: Page one, before the first heading.
        sections: The rest.
        foot: What stands at the foot of every page, a few words.
        keywords: What it is about, for catalogues.
    """

    title: str
    subtitle: str
    language: Language
    day: date
    front: tuple[Block, ...]
    sections: tuple[Section, ...]
    foot: str
    keywords: tuple[str, ...] = ()

    def blocks(self) -> Iterator[Block]:
        """Yield all it says, in order."""
        yield from self.front
        for section in self.sections:
            yield from section.blocks
            for within in section.sections:
                yield from within.blocks

    def tables(self) -> list[Table]:
        """Return its tables, in order."""
        return [block for block in self.blocks() if isinstance(block, Table)]


def unbroken(text: str) -> str:
    """Return a text in which no line ends between a number and its sign."""
    return text.replace(" €", "\N{NO-BREAK SPACE}€").replace(" %", "\N{NO-BREAK SPACE}%")


def shown(cell: Cell) -> str:
    """Return a cell as people read it."""
    return cell if isinstance(cell, str) else cell.shown
