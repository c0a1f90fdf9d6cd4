# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""`drehkreuz sharing plan`: where stations open most jobs, how many vehicles they need, what that costs and earns."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from drehkreuz.cli.charging_asking import MOST_SHOWN, grid
from drehkreuz.cli.output import Screen, answers, examples
from drehkreuz.cli.reach_asking import check_format

if TYPE_CHECKING:
    import polars as pl

    from drehkreuz.planning.sharing.price import Step
    from drehkreuz.region import Region


@click.command(
    epilog=examples(
        "drehkreuz sharing plan village --build 3",
        "drehkreuz sharing plan aachen --kind pedelec --out fleet.svg",
        "drehkreuz sharing plan village --build 5 --at zones --count residents --json",
    )
)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--kind", type=click.Choice(["pedelec", "bike"]), default="pedelec", show_default=True, help="What is lent."
)
@click.option(
    "--build",
    metavar="N",
    type=click.IntRange(0),
    default=0,
    show_default=True,
    help="New stations beside those there are.",
)
@click.option(
    "--at",
    type=click.Choice(["stops", "zones"]),
    default="stops",
    show_default=True,
    help="Where new ones could stand.",
)
@click.option(
    "--count",
    type=click.Choice(["pairs", "residents"]),
    default="pairs",
    show_default=True,
    help="New ones serve most residents, or most pairs of residents and openings that a pedelec brings within an hour and bus, train or feet do not.",
)
@click.option(
    "--apart",
    metavar="METRES",
    type=click.FloatRange(0),
    default=300.0,
    show_default=True,
    help="New ones stand so far apart.",
)
@click.option("--seed", type=int, default=0, show_default=True, help="Of everything drawn.")
@click.option(
    "--out",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="A table (.csv), points (.geojson) or a map (.svg).",
)
@answers
@click.pass_obj
def plan(screen: Screen, /, folder: Path, kind: str, seed: int, out: Path | None, **asked: Any) -> None:  # noqa: ANN401  # options
    """
    Choose a fleet and try it.

    New stations stand where they open most jobs. Each station gets the vehicles and places that nine of ten working days need; then a
    hundred worlds, each with its own uptake and costs, say how many ride, what is missing, what must be brought back, what it costs and earns.
    """
    from drehkreuz.cli.engines import compile_kernels
    from drehkreuz.errors import Finding, InputError
    from drehkreuz.planning.sharing.assumed import ASSUMED
    from drehkreuz.planning.sharing.demand import demand
    from drehkreuz.planning.sharing.fleet import plan as of_demand
    from drehkreuz.region import open_region
    from drehkreuz.reports.charging_files import FORMATS, write_charging
    from drehkreuz.reports.sharing import fleet_answer, fleet_picture, fleet_table

    check_format(out, FORMATS)
    region = open_region(folder)
    compile_kernels(screen, "drehkreuz.planning", "drehkreuz.planning.covers", "drehkreuz.reach")
    proposed = _proposed(region, kind, asked, screen) if asked["build"] else None
    could = demand(region, kind, proposed)
    if not len(could):
        remedy = "Ask for new ones with --build 5, or choose another --kind."
        raise InputError(Finding("sharing_stations", "", "kind", kind, "no station of this kind", remedy))
    steps, source = _price(region, kind)
    found = of_demand(could, steps, seed=seed)
    about = {"kind": kind, "seed": seed, **{name: asked[name] for name in ("build", "at", "count", "apart")}}
    answer = fleet_answer(region, could, found, about, ASSUMED, source)
    if out is not None:
        write_charging(fleet_table(could, found), lambda: fleet_picture(region, answer, screen.words), out)
        answer["written"] = str(out)
    if screen.as_json:
        screen.print_json(answer)
    else:
        _show(answer, screen)


def _proposed(region: Region, kind: str, asked: dict[str, Any], screen: Screen) -> pl.DataFrame:
    """Return new stations: `id`, `name`, `lat`, `lon`, in the order of building."""
    from drehkreuz.cli.site import pairs, stations
    from drehkreuz.planning import maximal_cover
    from drehkreuz.planning.covers import Candidates, question
    from drehkreuz.planning.sharing.assumed import ASSUMED
    from drehkreuz.reach.modes import Mode
    from drehkreuz.reports.siting import site_table

    of = question(
        region,
        Candidates(asked["at"]),
        Mode.WALK,
        ASSUMED.walk_minutes,
        weight=pairs(region, screen) if asked["count"] == "pairs" else None,
        existing=stations(region, kind),
        apart_metres=asked["apart"],
    )
    return site_table(region, of, maximal_cover(of.siting, asked["build"])).select("id", "name", "lat", "lon")


def _price(region: Region, kind: str) -> tuple[list[Step], str]:
    """Return the price of the first lender that has vehicles of a kind, and its source; empty: it is assumed."""
    import polars as pl

    from drehkreuz.planning.sharing.offer import kinds
    from drehkreuz.planning.sharing.price import Step

    lenders = region.table("sharing_stations").filter(kind=kind)["system"].drop_nulls().unique()
    known = region.table("sharing_prices").filter(
        pl.col("system").is_in(lenders.implode()) & (pl.col("currency") == "EUR")
    )
    if known.is_empty():
        rows: list[dict[str, Any]] = kinds()[kind]["prices"]
        return [Step(row["per"], Decimal(str(row["price"])), interval=row.get("interval", 0)) for row in rows], ""
    first = known.filter(plan_id=known["plan_id"].min())
    names = ("per", "price", "start", "end", "interval")
    steps = [
        Step(per, Decimal(str(price)), start, end, interval)
        for per, price, start, end, interval in first.select(names).iter_rows()
    ]
    source = region.manifest.provenance.get("sharing_prices")
    return steps, source.source if source else str(first["name"][0])


def _show(answer: dict[str, Any], screen: Screen) -> None:
    from rich.padding import Padding
    from rich.text import Text

    from drehkreuz.reports.sentences import kind
    from drehkreuz.reports.sharing import fleet_notes, fleet_sentences, interval

    words, console = screen.words, screen.console
    title = words("sharing.title", kind=words(f"sharing.kind_{answer['kind']}"), title=answer["provenance"]["title"])
    console.print(Text(title, style="bold"), Text(f"({kind(answer, words)})", style="dim"), end="\n\n")
    for sentence in fleet_sentences(answer, words):
        console.print(sentence)
    figures = [
        (words(f"sharing.{name}"), interval(figure, words))
        for part in ("day", "year")
        for name, figure in answer[part].items()
    ]
    console.print(Padding(grid(figures, (words("sharing.figure"), words("sharing.likely"))), (1, 0, 0, 3)))
    rows = [
        (
            words("sharing.new", name=row["name"] or row["id"]) if not row["existing"] else row["name"] or row["id"],
            words.number(row["vehicles"]),
            words.number(row["places"]),
            words.number(row["rides"], 1),
        )
        for row in answer["stations"][:MOST_SHOWN]
    ]
    heads = tuple(words(f"sharing.{name}") for name in ("station", "vehicles", "places", "rides_there"))
    console.print(Padding(grid(rows, heads), (1, 0, 1, 3)))
    if (more := len(answer["stations"]) - MOST_SHOWN) > 0:
        console.print(Text(words("site.more", n=words.number(more)), style="dim"))
    for note in fleet_notes(answer, words):
        console.print(Text(note, style="dim"))
    if "written" in answer:
        console.print(words("match.written", files=answer["written"]))
