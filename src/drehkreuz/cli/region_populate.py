# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""`drehkreuz region populate`: people for a region, fitted to official margins."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

import click
from rich import box
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from drehkreuz.cli.output import Bars, Screen, answers, examples
from drehkreuz.cli.region_shown import as_json, show_build

if TYPE_CHECKING:
    from collections.abc import Sequence

    from drehkreuz.model.population import Kept

_FOLDER = click.Path(path_type=Path, file_okay=False)


@click.command(
    epilog=examples(
        "drehkreuz region populate my-county --margins by-age.csv --margins by-status.csv --out my-county-people",
        "drehkreuz region populate my-county --margins by-age.csv --reference aachen --weight 10 --out my-county-people",
    )
)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--margins",
    multiple=True,
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Table of counts, CSV or Excel; several times, the most trusted first.  [default: the region's table margins]",
)
@click.option(
    "--reference",
    metavar="DIR",
    type=_FOLDER,
    help="Region whose people are the examples.  [default: the region itself]",
)
@click.option("--out", required=True, metavar="DIR", type=_FOLDER, help="Folder of the region with the new people.")
@click.option(
    "--weight",
    type=click.IntRange(1, 1_000_000),
    default=1,
    show_default=True,
    metavar="N",
    help="People that one row stands for.",
)
@click.option("--seed", type=int, default=1, show_default=True, metavar="N", help="Seed of everything drawn.")
@answers
@click.pass_obj
def populate(
    screen: Screen, folder: Path, margins: tuple[Path, ...], reference: Path | None, out: Path, weight: int, seed: int
) -> None:
    """
    Make people for a region whose counts are those of official margins.

    The people are synthetic: examples of the reference, as many of each kind and in each place as the margins count.
    What no margin speaks of comes from the examples. Prints how each margin is kept.
    """
    from drehkreuz.model.population import margins_of, read_margins, write_populated
    from drehkreuz.model.population import populate as make
    from drehkreuz.region import open_region
    from drehkreuz.region.fitted import speaks_for_region

    started = perf_counter()
    region = open_region(folder)
    tables = read_margins(margins) if margins else margins_of(region)
    examples_of = None if reference is None else open_region(reference)
    made = make(region, tables, reference=examples_of, weight=weight, seed=seed, progress=Bars(screen.words))
    seconds = perf_counter() - started
    report = write_populated(region, made, tables, out, reference=examples_of, seconds=seconds)
    for_region = speaks_for_region(report.region)
    if screen.as_json:
        answer = {
            "findings": report.findings,
            "folder": out,
            "for_region": for_region,
            "mapped": report.mapped,
            "margins": made.kept,
            "new": report.new,
            "people": len(made.tables["people"]),
            "weight": weight,
        }
        screen.print_json(answer | as_json(report.region, report.snapshot))
        return
    show_build(screen, replace(report, mapped=()), out)
    _show_kept(screen, made.kept)
    words = screen.words
    if report.mapped:
        screen.console.print(words("populate.mapped", n=words.number(len(report.mapped))))
    people = words.number(len(made.tables["people"]) * weight)
    screen.console.print(words("populate.people", people=people, rows=words.number(len(made.tables["people"]))))
    screen.console.print(words("populate.for_region" if for_region else "populate.not_for_region"))


def _show_kept(screen: Screen, kept: Sequence[Kept]) -> None:
    """Print a line for each margin: people asked and made, errors, and the row that is furthest off."""
    words = screen.words
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, header_style="bold")
    for column in ("margin", "asked", "made", "tae", "srmse", "secret", "worst"):
        numbers = column not in {"margin", "worst"}
        table.add_column(words(f"populate.{column}"), overflow="fold", justify="right" if numbers else "left")
    for one in kept:
        worst = f"{one.worst}: {one.worst_off:+.0f}" if one.worst else words("populate.exact")
        figures = [words.number(one.asked), words.number(one.made), words.number(one.tae), words.number(one.srmse, 4)]
        table.add_row(one.margin, *figures, words.number(one.secret), worst)
    screen.console.print(Text(words("populate.heading"), style="bold"))
    screen.console.print(Padding(table, (0, 0, 1, 0)))
