# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""`drehkreuz commute`: an employer's mobility, alone and in a business park."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from drehkreuz.cli.commute_asking import analysed, asks, table_written
from drehkreuz.cli.commute_park import park
from drehkreuz.cli.commute_report import report
from drehkreuz.cli.commute_screen import show
from drehkreuz.cli.output import Screen, answers, examples
from drehkreuz.cli.verbs import VerbGroup


@click.group(
    cls=VerbGroup,
    epilog=examples(
        "drehkreuz commute analyse village staff.csv --place P01 --rota rota.toml",
        "drehkreuz commute report village staff.csv --place P01 --rota rota.toml --out ways.html",
        "drehkreuz commute park village firm-a.csv firm-b.csv --place P01",
    ),
)
def commute() -> None:
    """See how a firm's people come to work, and what would change that. No names, nothing stored."""


@commute.command(
    epilog=examples(
        "drehkreuz commute analyse village staff.csv --place P01 --rota rota.toml",
        "drehkreuz commute analyse village staff.csv --place 50.87,6.33 --json",
        "drehkreuz commute analyse village staff.csv --place P01 --rota rota.toml --out tables",
        "drehkreuz commute analyse village staff.csv --place P01 --rota rota.toml --out homes.svg",
        "drehkreuz commute analyse village staff.csv --place P01 --rota rota.toml --share-table part.csv",
    )
)
@asks
@click.option(
    "--share-table",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Also write what may be handed to a business park: groups of five and more, as CSV.",
)
@click.option(
    "--out",
    metavar="DIR|FILE.svg",
    type=click.Path(path_type=Path),
    help="Also write every table as CSV into this folder, or the map of homes as a picture (.svg).",
)
@answers
@click.pass_obj
def analyse(screen: Screen, /, share_table: Path | None, out: Path | None, **asked: Any) -> None:  # noqa: ANN401  # options
    """
    Analyse the ways to one workplace.

    FILE is CSV or Excel: where people live (a cell or postcode of the region, a code of the European 1 km grid, or lat and lon,
    which are snapped and dropped), their shift, and perhaps mode, count and days a week. A file with names is refused.
    """
    from drehkreuz.reports.paper.picture import ENDING, write_picture
    from drehkreuz.reports.paper.printing import write_tables

    answer, found = analysed(screen, **asked)

    from drehkreuz.reports.commuting.paper import commuting_paper
    from drehkreuz.reports.commuting.telling import Telling

    paper = commuting_paper(answer, screen.language, with_annex=False)
    if out is not None and out.suffix == ENDING:
        write_picture(paper, "map", out)
        answer["written"] = [str(out)]
    elif out is not None:
        answer["written"] = [str(out / name) for name in write_tables(paper, out)]
    if share_table is not None:
        answer["share_table"] = table_written(found, share_table)
    if screen.as_json:
        screen.print_json(answer)
        return
    show(paper, screen.console)
    if out is not None:
        screen.console.print(Telling(screen.language)("written", file=", ".join(answer["written"])))
    if share_table is not None:
        written = answer["share_table"]
        key = "share_written" if written["groups"] else "share_none"
        screen.console.print(Telling(screen.language)(key, **written))


commute.add_command(report)
commute.add_command(park)
