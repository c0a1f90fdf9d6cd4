# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A paper on the screen: headings, sentences, facts and tables; figures are left to the paper itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text

if TYPE_CHECKING:
    from rich.console import Console

    from drehkreuz.reports.paper.document import Block, Document, Facts, Section, Table


def show(document: Document, console: Console) -> None:
    """Print a document."""
    console.print(Text(document.title, style="bold"), Text(f"({document.subtitle})", style="dim"))
    for block in document.front:
        _block(block, console)
    for section in document.sections:
        _section(section, console, "bold underline")


def _section(section: Section, console: Console, style: str) -> None:
    console.print()
    console.print(Text(section.title, style=style))
    for block in section.blocks:
        _block(block, console)
    for within in section.sections:
        _section(within, console, "bold")


def _block(block: Block, console: Console) -> None:
    from drehkreuz.reports.paper.document import Bullets, Facts, Listing, Notice, Paragraph, Table

    if isinstance(block, Paragraph):
        console.print(Text(block.text, style="dim" if block.tone == "note" else ""))
    elif isinstance(block, Notice):
        console.print(Text.assemble((f"{block.title}. ", "bold"), block.text))
    elif isinstance(block, Bullets):
        for item in block.items:
            console.print(Padding(Text(f"• {item}"), (0, 0, 0, 1)))
    elif isinstance(block, Facts):
        console.print(_facts(block))
    elif isinstance(block, Table):
        _table(block, console)
    elif isinstance(block, Listing):
        console.print(Text(f"{block.title}\n{block.text}"))


def _facts(facts: Facts) -> Padding:
    grid = Grid.grid(padding=(0, 2, 0, 0))
    for name, value in facts.rows:
        grid.add_row(Text(name), Text(value))
    return Padding(grid, (0, 0, 0, 3))


def _table(table: Table, console: Console) -> None:
    from drehkreuz.reports.paper.document import shown

    grid = Grid.grid(padding=(0, 2, 0, 0))
    for column in table.columns:
        grid.add_column(justify="right" if column.numeric else "left")
    grid.add_row(*(Text(column.title, style="dim") for column in table.columns))
    for row in table.rows:
        grid.add_row(*(Text(shown(cell)) for cell in row))
    console.print(Text(table.caption, style="dim"))
    console.print(Padding(grid, (0, 0, 1, 3)))
    for note in table.notes:
        console.print(Text(note, style="dim"))
