# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""`drehkreuz measure`: what could be changed, and how a scenario says so."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import click
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from drehkreuz.cli.output import Screen, answers, examples
from drehkreuz.cli.verbs import VerbGroup

if TYPE_CHECKING:
    from drehkreuz.measures import Kind
    from drehkreuz.reports.words import Words


@click.group(
    cls=VerbGroup,
    epilog=examples("drehkreuz measure list", "drehkreuz measure explain bus_line", "drehkreuz measure list --json"),
)
def measure() -> None:
    """
    Show the measures that a scenario can be made of.

    A scenario is a TOML file with a section [[measure]] for each measure; `explain` shows one to copy.
    """


@measure.command("list", epilog=examples("drehkreuz measure list", "drehkreuz measure list --lang en --json"))
@answers
@click.pass_obj
def list_(screen: Screen) -> None:
    """List all kinds of measures, by what they are about."""
    from drehkreuz.measures import every_kind
    from drehkreuz.reports.measure import as_json

    if screen.as_json:
        screen.print_json({"measures": [as_json(kind) for kind in every_kind().values()]})
        return
    for area, kinds in groupby(every_kind().values(), key=lambda kind: kind.area):
        screen.console.print(Text(screen.words(f"measure.area_{area}"), style="bold"))
        rows = Table.grid(padding=(0, 2, 0, 0))
        rows.add_column(style="cyan", no_wrap=True, min_width=17)
        rows.add_column(overflow="fold")
        for kind in kinds:
            said = kind.doc.told(screen.language)
            rows.add_row(kind.name, Text.assemble((kind.title.told(screen.language), "bold"), f". {said}"))
        screen.console.print(Padding(rows, (0, 0, 1, 2)))
    screen.console.print(screen.words("measure.explain"))


@measure.command(
    epilog=examples("drehkreuz measure explain bus_line", "drehkreuz measure explain care_hours --lang en")
)
@click.argument("kind", metavar="KIND")
@answers
@click.pass_obj
def explain(screen: Screen, kind: str) -> None:
    """
    Explain a kind of measure.

    What it does, what a scenario says about it, who takes part, what it costs, which tables it changes; and a section to
    copy into a scenario.
    """
    from drehkreuz.measures import kind_named
    from drehkreuz.reports.measure import as_json, example, facts

    known = kind_named(kind)
    if screen.as_json:
        screen.print_json(as_json(known))
        return
    console, words = screen.console, screen.words
    console.print(Text.assemble((known.title.told(screen.language), "bold"), f" ({known.name})"))
    console.print(f"{known.doc.told(screen.language)}\n")
    if known.parameters:
        console.print(Text(words("measure.parameters"), style="bold"))
        console.print(Padding(_parameters(known, words), (0, 0, 1, 2)))
    told = Table.grid(padding=(0, 2, 0, 0))
    told.add_column(style="bold", no_wrap=True)
    told.add_column(overflow="fold")
    for name, text in facts(known, words):
        told.add_row(name, text)
    console.print(told)
    console.print(Text(f"\n{words('measure.example')}", style="bold"))
    console.print(Padding(Text(example(known)), (0, 0, 0, 2)))


def _parameters(kind: Kind, words: Words) -> Table:
    from drehkreuz.reports.measure import limits

    rows = Table.grid(padding=(0, 2, 0, 0))
    rows.add_column(style="cyan", no_wrap=True)
    rows.add_column(overflow="fold")
    for parameter in kind.parameters:
        parts = [parameter.doc.told(words.language), *limits(parameter, words)]
        rows.add_row(parameter.name, " ".join(parts))
    return rows
