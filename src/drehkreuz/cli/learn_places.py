# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""`drehkreuz learn places`: who could learn where, by day and in the evening."""

from __future__ import annotations

from pathlib import Path

import click

from drehkreuz.cli.commute_screen import show
from drehkreuz.cli.output import Bars, Screen, answers, examples


@click.command(
    epilog=examples(
        "drehkreuz learn places village",
        "drehkreuz learn places village --at service --build 2 --when evening",
        "drehkreuz learn places village --place P18 --json",
    )
)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--at",
    type=click.Choice(["learning", "workplace", "care", "service"]),
    default="learning",
    show_default=True,
    help="Which places of the region are looked at, beside those where something is taught today.",
)
@click.option("--place", metavar="PLACE", help="Look at one place alone: its id or name.")
@click.option("--build", metavar="N", type=click.IntRange(0, 50), default=0, help="Choose so many new places together.")
@click.option(
    "--when", type=click.Choice(["day", "morning", "evening"]), default="day", show_default=True, help="For which time."
)
@click.option("--out", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False), help="Also write them as CSV.")
@answers
@click.pass_obj
def places(screen: Screen, folder: Path, at: str, place: str | None, build: int, when: str, out: Path | None) -> None:
    """
    Count who could learn at a place by day, in the morning and in the evening.

    Counted is who gets there and back within the own limit for those hours, has so many hours a week, and is free then; people with
    care duties also apart. `drehkreuz site` chooses sites by streets alone; here everybody comes by the own means, bus and train among
    them.
    """
    from drehkreuz.cli.engines import compile_kernels
    from drehkreuz.cli.reach_asking import row_of
    from drehkreuz.region import Cache, open_region

    region = open_region(folder)
    table = region.table("places")
    taught = table["place_id"].is_in(region.table("course_sessions")["place_id"].drop_nulls().implode())
    one = None if place is None else row_of(region, "places", "--place", place)
    looked_at = taught | (table["kind"] == at)
    chosen = looked_at.arg_true().to_list() if one is None else sorted({one, *taught.arg_true().to_list()})
    compile_kernels(screen, "drehkreuz.reach", "drehkreuz.planning")

    from drehkreuz.planning.learning_places import learners
    from drehkreuz.reports.learning.places import places_answer, places_paper, places_table
    from drehkreuz.reports.learning.telling import Telling
    from drehkreuz.reports.paper.printing import write_file

    found = learners(region, chosen, cache=Cache.default(), progress=Bars(screen.words))
    answer = places_answer(region, found, build=build, when=when)
    if one is not None:
        answer["places"] = [row for row in answer["places"] if row["place_id"] == table["place_id"][one]]
    if out is not None:
        write_file(out, places_table(answer).write_csv().encode(), "--out")
        answer["written"] = str(out)
    if screen.as_json:
        screen.print_json(answer)
        return
    show(places_paper(answer, screen.language), screen.console)
    if out is not None:
        screen.console.print(Telling(screen.language)("written", file=out))
