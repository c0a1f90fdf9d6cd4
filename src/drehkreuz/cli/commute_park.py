# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""`drehkreuz commute park`: a business park from the tables that its firms hand in."""

from __future__ import annotations

from pathlib import Path

import click

from drehkreuz.cli.commute_asking import place_option, placed
from drehkreuz.cli.commute_screen import show
from drehkreuz.cli.output import Bars, Screen, answers, examples


@click.command(
    epilog=examples(
        "drehkreuz commute park village firm-a.csv firm-b.csv --place P01",
        "drehkreuz commute park village firm-a.csv firm-b.csv --place P01 --out park.html",
        "drehkreuz commute park village firm-a.csv firm-b.csv --place P01 --out shuttle.svg",
    )
)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.argument("tables", metavar="PART...", nargs=-1, required=True, type=click.Path(path_type=Path))
@place_option
@click.option(
    "--out",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="As a paper (.html or .pdf), or the map of the shuttle (.svg).",
)
@answers
@click.pass_obj
def park(screen: Screen, folder: Path, tables: tuple[Path, ...], place: str, out: Path | None) -> None:
    """
    Put together what firms hand in: who comes from where, a shuttle, a job ticket for all.

    Each PART is a table that `commute analyse --share-table` wrote at the firm: groups of five and more. Lists of people are
    refused.
    """
    from drehkreuz.cli.engines import compile_kernels
    from drehkreuz.region import open_region
    from drehkreuz.reports.paper.picture import ENDING, write_picture
    from drehkreuz.reports.paper.printing import check_printer, write_paper
    from drehkreuz.sources.park_part import read_part

    if out is not None and out.suffix != ENDING:
        check_printer(out)
    region, row = placed(open_region(folder), place)

    from drehkreuz.commuting import ASSUMED

    parts = [read_part(table, region, ASSUMED.least_group) for table in tables]
    compile_kernels(screen, "drehkreuz.reach")

    from drehkreuz.commuting.park import business_park
    from drehkreuz.reports.commuting.park import park_answer, park_paper
    from drehkreuz.reports.commuting.telling import Telling

    answer = park_answer(business_park(region, row, parts, progress=Bars(screen.words)))
    paper = park_paper(answer, screen.language)
    if out is not None:
        write_picture(paper, "shuttle", out) if out.suffix == ENDING else write_paper(paper, out)
        answer["written"] = str(out)
    if screen.as_json:
        screen.print_json(answer)
        return
    show(paper, screen.console)
    if out is not None:
        screen.console.print(Telling(screen.language)("written", file=out))
