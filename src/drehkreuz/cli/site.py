# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""`drehkreuz site`: where something should stand so that most are served."""

from __future__ import annotations

from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from drehkreuz.cli.output import Bars, Screen, answers, examples
from drehkreuz.cli.reach_asking import check_format

if TYPE_CHECKING:
    from drehkreuz.planning import Cover, Placement
    from drehkreuz.reports.words import Words

SHOWN = 20
"""Sites shown on the screen; all stand in the JSON object and in the file."""


@click.command(
    epilog=examples(
        "drehkreuz site village --at stops --by bike --within 10 --build 3",
        "drehkreuz site village --at zones --build 2 --goal nearest --json",
        "drehkreuz site village --at zones --goal all --out sites.csv",
        "drehkreuz site village --at stops --by bike --within 10 --out sites.svg",
    )
)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--at",
    type=click.Choice(["stops", "zones", "workplace", "learning", "care", "service"]),
    default="stops",
    show_default=True,
    help="Where it could stand: stops, cells, or places of a kind.",
)
@click.option(
    "--by",
    type=click.Choice(["walk", "bike", "pedelec", "car"]),
    default="walk",
    show_default=True,
    help="How people go there, on streets.",
)
@click.option(
    "--within",
    metavar="MINUTES",
    type=click.FloatRange(1, 120),
    default=15.0,
    show_default=True,
    help="As far as they go; the slower of there and back counts.",
)
@click.option("--build", metavar="N", type=click.IntRange(0), default=5, show_default=True, help="New ones at most.")
@click.option(
    "--goal",
    type=click.Choice(["most", "nearest", "all"]),
    default="most",
    show_default=True,
    help="Serve most; fewest minutes on average (whoever is not served counts twice --within); or all with the fewest.",
)
@click.option(
    "--count",
    type=click.Choice(["residents", "pairs"]),
    default="residents",
    show_default=True,
    help="Residents, or pairs of residents and openings that a pedelec brings within an hour and bus, train or feet do not.",
)
@click.option(
    "--existing",
    type=click.Choice(["pedelec", "carsharing"]),
    help="Count the region's stations of this kind as built.",
)
@click.option("--apart", metavar="METRES", type=click.FloatRange(0), default=0.0, help="New ones stand so far apart.")
@click.option(
    "--floor", metavar="SHARE", type=click.FloatRange(0, 1), default=0.0, help="Share served in every municipality."
)
@click.option(
    "--out",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="A table (.csv), points (.geojson) or a map (.svg).",
)
@answers
@click.pass_obj
def site(screen: Screen, /, folder: Path, at: str, out: Path | None, **asked: Any) -> None:  # noqa: ANN401  # options
    """
    Choose where something should stand.

    Stations, chargers or learning places: who is served, in which order to build, and how far from the best the
    proposal can be. The order puts first what adds most; fewer sites could be chosen better by asking for fewer.
    """
    from drehkreuz.cli.engines import compile_kernels
    from drehkreuz.region import open_region

    region = open_region(folder)
    compile_kernels(screen, "drehkreuz.planning", "drehkreuz.planning.covers", "drehkreuz.reach")

    from drehkreuz.planning import Cover, maximal_cover, p_median, set_cover
    from drehkreuz.planning.covers import Candidates, question
    from drehkreuz.planning.sharing.siting import pairs_by_pedelec, stations_of_kind
    from drehkreuz.reach.modes import Mode
    from drehkreuz.reports.charging_files import FORMATS, write_charging
    from drehkreuz.reports.siting import site_picture, site_table, siting_answer

    check_format(out, FORMATS)
    within, goal = asked["within"], asked["goal"]
    of = question(
        region,
        Candidates(at),
        Mode[asked["by"].upper()],
        within,
        weight=pairs_by_pedelec(region, Bars(screen.words)) if asked["count"] == "pairs" else None,
        existing=stations_of_kind(region, asked["existing"]) if asked["existing"] else None,
        apart_metres=asked["apart"],
        floor=asked["floor"],
    )
    beyond = 2 * within if goal == "nearest" else None
    if goal == "all":
        found: Placement | Cover = set_cover(of.siting)
    elif beyond is not None:
        found = p_median(of.siting, of.minutes, beyond, asked["build"])
    else:
        found = maximal_cover(of.siting, asked["build"])
    answer = siting_answer(region, of, found, beyond)
    answer |= {"at": at, **{name: asked[name] for name in ("by", "within", "goal", "count")}}
    if out is not None:
        placed = found.placement if isinstance(found, Cover) else found
        write_charging(
            site_table(region, of, placed), lambda: site_picture(region, of, placed, answer, screen.words), out
        )
        answer["written"] = str(out)
    if screen.as_json:
        screen.print_json(answer)
    else:
        _show(answer, screen)


def _show(answer: dict[str, Any], screen: Screen) -> None:
    from drehkreuz.reports.sentences import kind

    words, console = screen.words, screen.console
    known = answer["provenance"]
    title = words("site.title", title=known["title"], day=words.day(known["day"]))
    console.print(Text(title, style="bold"), Text(f"({kind(answer, words)})", style="dim"))
    chain = words(f"chain.{answer['by'].upper()}")
    how = {"n": words.number(answer["candidates"]), "within": words.number(answer["within"]), "by": chain}
    console.print(words(f"site.asked_{answer['count']}", **how))
    table = Table.grid(padding=(0, 2, 0, 0))
    for justify in ("right", "left", "right", "right"):
        table.add_column(justify=justify)
    mean = "mean_minutes" in answer
    table.add_row(
        "", "", *((words("site.minutes"),) if mean else (words("site.adds"), words("site.share"))), style="dim"
    )
    for row in answer["sites"][:SHOWN]:
        step, name = f"{row['step']}.", row["name"] or row["id"]
        if mean:
            table.add_row(step, name, words.number(row["mean_minutes"], 1))
        else:
            table.add_row(step, name, words.number(row["adds"]), words.percent(row["share"]))
    console.print(Padding(table, (1, 0, 1, 3)))
    more = len(answer["sites"]) - SHOWN
    if more > 0:
        console.print(words("site.more", n=words.number(more)))
    console.print(_summary(answer, words))
    if answer.get("unserved"):
        console.print(words("site.unserved", n=words.number(answer["unserved"])))
    better = ceil(1e4 * answer["gap"] / (1 - answer["gap"])) / 100
    console.print(words("site.gap", gap=words.number(better, 2)) if better else words("site.proven"))
    console.print(Text(words("site.order"), style="dim"))
    if answer["straight_line_ways"]:
        console.print(Text(words("access.straight"), style="dim"))
    if "written" in answer:
        console.print(words("match.written", files=answer["written"]))


def _summary(answer: dict[str, Any], words: Words) -> str:
    sites = words.number(len(answer["sites"]))
    if "mean_minutes" in answer:
        minutes = {"mean": words.number(answer["mean_minutes"], 1), "beyond": words.number(answer["beyond_minutes"])}
        return words("site.mean", sites=sites, **minutes)
    total = answer["total"] or 1.0
    return words(
        "site.served",
        sites=sites,
        served=words.number(answer["served"]),
        share=words.percent(answer["served"] / total),
        before=words.percent(answer["before"] / total),
    )
