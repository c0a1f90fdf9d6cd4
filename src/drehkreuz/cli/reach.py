# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""`drehkreuz reach`: what people have within reach."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from drehkreuz.cli.output import Bars, Screen, answers, examples
from drehkreuz.cli.reach_isochrone import isochrone
from drehkreuz.cli.reach_matrix import matrix
from drehkreuz.cli.reach_trip import trip
from drehkreuz.cli.verbs import VerbGroup


@click.group(
    cls=VerbGroup,
    epilog=examples("drehkreuz reach access village", "drehkreuz reach access village --of learning --out reach.csv"),
)
def reach() -> None:
    """See what people have within reach."""


for verb in (trip, isochrone, matrix):
    reach.add_command(verb)


@reach.command(
    epilog=examples(
        "drehkreuz reach access village",
        "drehkreuz reach access village --of services",
        "drehkreuz reach access village --out reach.geojson",
    )
)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--of",
    type=click.Choice(["jobs", "learning", "services"]),
    default="jobs",
    show_default=True,
    help="Openings of posts, places with courses, or places of care and service.",
)
@click.option(
    "--out",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Table by zone and means: .csv, .parquet or .geojson.",
)
@answers
@click.pass_obj
def access(screen: Screen, folder: Path, of: str, out: Path | None) -> None:
    """
    Count what is within reach of every home.

    By every means, there and back: within 30, 45 and 60 minutes; by gravity; and with competition, where every
    opening is given out once among all who can reach it.
    """
    from concurrent.futures import ThreadPoolExecutor

    from drehkreuz.cli.engines import compile_kernels
    from drehkreuz.region import Cache, open_region
    from drehkreuz.reports.access import access_answer, check_format, write_access

    if out is not None:
        check_format(out)
    region = open_region(folder)
    compile_kernels(screen, "drehkreuz.reach")

    from drehkreuz.reach import access as tables
    from drehkreuz.reach.stage import minutes_of_region
    from drehkreuz.reach.triples import triples

    kind = tables.Of(of)
    where = tables.service_triples(region) if kind is tables.Of.SERVICES else triples(region)
    with ThreadPoolExecutor() as executor:
        progress = Bars(screen.words)
        ways = minutes_of_region(region, where, cache=Cache.default(), executor=executor, progress=progress)
    opportunities = {
        tables.Of.JOBS: lambda: tables.jobs(region, where),
        tables.Of.LEARNING: lambda: tables.learning_places(where),
        tables.Of.SERVICES: lambda: tables.services(where),
    }[kind]()
    people = tables.residents(region)
    found = tables.access(opportunities, ways, people)
    answer = access_answer(region, kind, opportunities, ways, people, found)
    if out is not None:
        write_access(region, tables.access_table(region, found), out)
        answer["written"] = str(out)
    if screen.as_json:
        screen.print_json(answer)
    else:
        _show(answer, screen)


def _show(answer: dict[str, Any], screen: Screen) -> None:
    from drehkreuz.reports.notes import sentence
    from drehkreuz.reports.sentences import kind

    words, console = screen.words, screen.console
    known = answer["provenance"]
    title = words("access.title", title=known["title"], day=words.day(known["day"]))
    console.print(Text(title, style="bold"), Text(f"({kind(answer, words)})", style="dim"))
    console.print(words(f"access.{answer['of']}", n=words.number(answer["total"])))
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column()
    for _ in (*answer["limits"], "gravity", "anybody"):
        table.add_column(justify="right")
    limits = [words("access.within", n=limit) for limit in answer["limits"]]
    table.add_row("", *limits, words("access.gravity"), words("access.anybody"), style="dim")
    digits = 0 if answer["total"] >= 100 else 1
    for row in answer["chains"]:
        values = (*row["within"], row["gravity"], row["reached_by_anybody"])
        table.add_row(words(f"chain.{row['chain'].name}"), *(words.number(value, digits) for value in values))
    console.print(Padding(table, (1, 0, 1, 3)))
    console.print(Text(words("access.mean", half=words.number(answer["half_minutes"])), style="dim"))
    if answer["straight_line_ways"]:
        console.print(Text(words("access.straight"), style="dim"))
    for group in answer["findings"]:
        console.print(Text(sentence(group), style="dim"))
    if "written" in answer:
        console.print(words("match.written", files=answer["written"]))
