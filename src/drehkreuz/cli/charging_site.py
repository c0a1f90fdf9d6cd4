# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""`drehkreuz charging site`: where public points should be built first."""

from __future__ import annotations

from math import ceil
from pathlib import Path
from typing import Any

import click

from drehkreuz.cli.charging_asking import (
    MOST_SHOWN,
    assumptions_option,
    grid,
    ocpi_option,
    official_option,
    opened,
    out_option,
    register_option,
    year_option,
)
from drehkreuz.cli.output import Bars, Screen, answers, examples
from drehkreuz.cli.reach_asking import check_format


@click.command(
    epilog=examples(
        "drehkreuz charging site village --build 3",
        "drehkreuz charging site village --class fast --at stops --within 15 --out sites.svg",
        "drehkreuz charging site village --register Ladesaeulenregister.csv --json",
    )
)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--class",
    "of",
    type=click.Choice(["normal", "fast"]),
    default="normal",
    show_default=True,
    help="Up to 22 kW, or more.",
)
@click.option("--build", metavar="N", type=click.IntRange(1), default=10, show_default=True, help="New sites at most.")
@click.option(
    "--at",
    type=click.Choice(["stops", "zones", "workplace", "learning", "care", "service"]),
    default="zones",
    show_default=True,
    help="Where they could stand: stops, cells, or places of a kind.",
)
@click.option(
    "--within",
    metavar="MINUTES",
    type=click.FloatRange(1, 120),
    help="As far as people go, on foot or, for fast points, by car.  [default: 8; fast: 10]",
)
@click.option("--apart", metavar="METRES", type=click.FloatRange(0), default=0.0, help="New ones stand so far apart.")
@year_option
@register_option
@ocpi_option
@official_option
@assumptions_option
@out_option
@answers
@click.pass_obj
def site(screen: Screen, /, folder: Path, of: str, out: Path | None, **asked: Any) -> None:  # noqa: ANN401  # options
    """
    Choose where public points should be built first, and how many at each place.

    What counts is the points missing in each cell; the order puts first what adds most. How far from the best the choice can be is
    proven.
    """
    from drehkreuz.cli.engines import compile_kernels
    from drehkreuz.reports.charging_files import FORMATS, write_charging

    check_format(out, FORMATS)
    region = opened(folder, asked["register"], asked["ocpi"], screen)
    compile_kernels(screen, "drehkreuz.planning", "drehkreuz.planning.covers", "drehkreuz.reach")

    from drehkreuz.planning.charging.assumptions import read_assumptions
    from drehkreuz.planning.charging.need import need
    from drehkreuz.planning.charging.official import read_official
    from drehkreuz.planning.charging.siting import WITHIN, charging_sites
    from drehkreuz.planning.covers import Candidates
    from drehkreuz.progress import track
    from drehkreuz.reports.charging_siting import sited_answer, sited_picture, sited_table

    assumptions = read_assumptions(asked["assumed"])
    keys = region.table("municipalities")["municipality"].to_list()
    official = read_official(asked["official"], keys) if asked["official"] else ()
    found = need(region, asked["year"], assumptions, official)
    where = {"at": Candidates(asked["at"]), "within": asked["within"], "apart_metres": asked["apart"]}
    for _ in track([of], "charging.siting", Bars(screen.words)):
        sited = charging_sites(region, found, assumptions, of, asked["build"], **where)
    answer = sited_answer(region, found, sited, assumptions, of)
    answer |= {"at": asked["at"], "within": asked["within"] or WITHIN[of]}
    if out is not None:
        write_charging(sited_table(region, sited), lambda: sited_picture(region, found, answer, screen.words), out)
        answer["written"] = str(out)
    if screen.as_json:
        screen.print_json(answer)
    else:
        _show(answer, screen)


def _show(answer: dict[str, Any], screen: Screen) -> None:
    from rich.padding import Padding
    from rich.text import Text

    from drehkreuz.reports.charging_siting import sited_notes
    from drehkreuz.reports.outlook import about

    words, console = screen.words, screen.console
    kind = words(f"charging.class_{answer['class']}")
    shared = {"kind": kind, "year": answer["year"], "title": answer["provenance"]["title"]}
    console.print(Text(words("charging.site_title", **shared), style="bold"), end="\n\n")
    by = words("chain.WALK" if answer["class"] == "normal" else "chain.CAR")
    told = {"n": words.number(answer["candidates"]), "within": words.number(answer["within"]), "by": by}
    console.print(words("charging.site_asked", year=answer["year"], missing=words.number(answer["total"]), **told))
    rows = [
        (
            f"{row['step']}. {row['name'] or row['id']}",
            words.number(row["points"]),
            words.percent(row["share"]),
            about(row["kw"], words),
            words(f"charging.grid_{row['grid']}"),
        )
        for row in answer["sites"][:MOST_SHOWN]
    ]
    heads = tuple(words(f"charging.{name}") for name in ("site", "points_each", "covered", "kw", "grid"))
    console.print(Padding(grid(rows, heads), (1, 0, 1, 3)))
    if (more := len(answer["sites"]) - MOST_SHOWN) > 0:
        console.print(words("site.more", n=words.number(more)))
    share = words.percent(answer["served"] / answer["total"])
    sites = {"sites": words.number(len(answer["sites"])), "points": words.number(answer["points"])}
    console.print(words("charging.site_served", share=share, **sites))
    better = ceil(1e4 * answer["gap"] / (1 - answer["gap"])) / 100
    console.print(words("site.gap", gap=words.number(better, 2)) if better else words("site.proven"))
    for note in sited_notes(answer, words):
        console.print(Text(note, style="dim"))
    if "written" in answer:
        console.print(words("match.written", files=answer["written"]))
