# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""`drehkreuz reach isochrone`: from where a place is reached."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from drehkreuz.cli.output import Bars, Screen, answers, examples
from drehkreuz.cli.reach_asking import CHAINS, check_format, clock, day_option, limits, row_of, times_of
from drehkreuz.progress import track


@click.command(
    epilog=examples(
        "drehkreuz reach isochrone village --to P01 --by 06:00",
        "drehkreuz reach isochrone village --to P01 --by 06:00 --end 14:00 --chain park_and_ride",
        "drehkreuz reach isochrone village --to P01 --by 06:00 --out reach.svg",
    )
)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--to", required=True, metavar="PLACE", help="Place to be reached, its id or name.")
@click.option("--by", "start", required=True, metavar="HH:MM", callback=clock, help="Be there by then.")
@click.option("--end", metavar="HH:MM", callback=clock, help="Leave then for home; the slower of the two ways counts.")
@click.option("--chain", type=click.Choice(CHAINS), default="transit", show_default=True, help="By what.")
@click.option("--minutes", default="30,45,60", show_default=True, callback=limits, help="Limits.")
@day_option
@click.option(
    "--out",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Outlines (.geojson), a picture (.svg) or a table of homes (.csv).",
)
@answers
@click.pass_obj
def isochrone(
    screen: Screen, folder: Path, to: str, start: int, end: int | None, chain: str, minutes: tuple[int, ...], day: str,
    out: Path | None,
) -> None:  # fmt: skip
    """
    Show from where a place is reached in so many minutes.

    Out, home is left as late as possible and waiting before the begin counts. The cells round homes are schematic:
    nobody lives between them.
    """
    from drehkreuz.cli.engines import compile_kernels
    from drehkreuz.region import open_region
    from drehkreuz.reports.isochrone import FORMATS, Asked, isochrone_answer

    check_format(out, FORMATS)
    region = open_region(folder)
    place = row_of(region, "places", "--to", to)
    compile_kernels(screen, "drehkreuz.reach")

    from drehkreuz.reach.asked import JourneyPlanner, Travel
    from drehkreuz.reach.asked.isochrone import Isochrone

    times = times_of(start, start if end is None else end, day)
    asked = Asked(place, Travel(chain), times, both=end is not None)
    for _ in track([place], "reach.ways", Bars(screen.words)):
        planner = JourneyPlanner(region)
        spans = planner.spans(asked.travel, place, times)
    found = Isochrone.of(spans, minutes, planner.network.parameters.longest_minutes, both=asked.both)
    answer = isochrone_answer(planner, asked, found)
    if out is not None:
        _write(screen, region, answer, found, out)
        answer["written"] = str(out)
    if screen.as_json:
        screen.print_json(answer)
    else:
        _show(screen, answer)


def _write(screen: Screen, region: Any, answer: dict[str, Any], found: Any, path: Path) -> None:  # noqa: ANN401  # lazy
    from drehkreuz.cli.output import plain
    from drehkreuz.reports.isochrone import isochrone_geojson, isochrone_table, write_json
    from drehkreuz.reports.isochrone_picture import picture

    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".csv":
        isochrone_table(region, found).write_csv(path)
    elif path.suffix == ".svg":
        path.write_text(picture(region, answer, found, screen.words), encoding="utf-8")
    else:
        write_json(plain(isochrone_geojson(answer, found.outlines(region))), path)


def _show(screen: Screen, answer: dict[str, Any]) -> None:
    from drehkreuz.reports.isochrone import day_line, heading
    from drehkreuz.reports.notes import sentence

    words, console = screen.words, screen.console
    console.print(Text(heading(answer, words), style="bold"))
    console.print(Text(day_line(answer, words), style="dim"))
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column()
    table.add_column(justify="right")
    table.add_column(justify="right")
    table.add_row("", words("isochrone.homes"), words("isochrone.residents"), style="dim")
    for row in answer["within"]:
        shown = (words.number(row[name]) for name in ("homes", "residents"))
        table.add_row(words("isochrone.within", n=row["minutes"]), *shown)
    console.print(Padding(table, (1, 0, 1, 3)))
    for group in answer["findings"]:
        console.print(Text(sentence(group), style="dim"))
    if answer["modelled_timetable"]:
        console.print(Text(words("isochrone.modelled"), style="dim"))
    if "written" in answer:
        console.print(words("match.written", files=answer["written"]))
