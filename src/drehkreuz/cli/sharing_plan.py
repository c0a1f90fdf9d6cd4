# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""`drehkreuz sharing plan`: where stations open most jobs, how many vehicles they need, what that costs and earns."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from drehkreuz.cli.charging_asking import MOST_SHOWN, grid
from drehkreuz.cli.output import Bars, Screen, answers, examples
from drehkreuz.cli.reach_asking import check_format

if TYPE_CHECKING:
    import polars as pl

    from drehkreuz.region import Region


@click.command(
    epilog=examples(
        "drehkreuz sharing plan village --build 3",
        "drehkreuz sharing plan aachen --kind pedelec --out fleet.svg",
        "drehkreuz sharing plan village --build 5 --scenario stations.toml",
        "drehkreuz sharing plan village --build 5 --at zones --count residents --json",
    )
)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--kind",
    type=click.Choice(["pedelec", "bike", "carsharing"]),
    default="pedelec",
    show_default=True,
    help="What is lent.",
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
    help="New ones serve most residents (for cars), or most pairs of residents and openings that a pedelec brings within an hour and bus, train or feet do not (for the others).",
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
@click.option(
    "--scenario",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write the new stations as a scenario (.toml) to review and to run.",
)
@answers
@click.pass_obj
def plan(
    screen: Screen,
    /,
    folder: Path,
    kind: str,
    seed: int,
    out: Path | None,
    scenario: Path | None,
    **asked: Any,  # noqa: ANN401  # options
) -> None:
    """
    Choose a fleet and try it.

    New stations stand where they open most jobs. Each station gets the vehicles and places that nine of ten working days need; then a
    hundred worlds, each with its own uptake and costs, say how many ride, what is missing, what must be brought back, what it costs and earns.
    Cars (--kind carsharing) are booked by residents near them, for some hours and back to the same station.
    """
    from drehkreuz.cli.engines import compile_kernels
    from drehkreuz.errors import Finding, InputError
    from drehkreuz.planning.sharing.assumed import ASSUMED, CARS
    from drehkreuz.planning.sharing.cars import KIND as CARS_KIND
    from drehkreuz.planning.sharing.cars import CarDemand, car_demand, car_plan
    from drehkreuz.planning.sharing.demand import Demand, demand
    from drehkreuz.planning.sharing.fleet import plan as of_demand
    from drehkreuz.planning.sharing.siting import ride_price
    from drehkreuz.region import open_region
    from drehkreuz.reports.charging_files import FORMATS, write_charging, write_text
    from drehkreuz.reports.sharing import car_answer, car_table, fleet_answer, fleet_picture, fleet_table
    from drehkreuz.reports.sharing_scenario import scenario_text

    check_format(out, FORMATS)
    if scenario is not None:
        _check_scenario(scenario, kind, asked["build"])
    asked["count"] = _counted(kind, asked["count"])
    region = open_region(folder)
    compile_kernels(screen, "drehkreuz.planning", "drehkreuz.planning.covers", "drehkreuz.reach")
    proposed = _proposed(region, kind, asked, screen) if asked["build"] else None
    could: Demand | CarDemand = car_demand(region, proposed) if kind == CARS_KIND else demand(region, kind, proposed)
    if not len(could):
        remedy = "Ask for new ones with --build 5, or choose another --kind."
        raise InputError(Finding("sharing_stations", "", "kind", kind, "no station of this kind", remedy))
    steps, source = ride_price(region, kind)
    about = {"kind": kind, "seed": seed, **{name: asked[name] for name in ("build", "at", "count", "apart")}}
    if isinstance(could, CarDemand):
        cars = car_plan(could, steps, seed=seed)
        answer, table = car_answer(region, could, cars, about, CARS, source), car_table(could, cars)
    else:
        fleet = of_demand(could, steps, seed=seed)
        answer, table = fleet_answer(region, could, fleet, about, ASSUMED, source), fleet_table(could, fleet)
    if out is not None:
        write_charging(table, lambda: fleet_picture(region, answer, screen.words), out)
        answer["written"] = str(out)
    if scenario is not None:
        write_text(scenario_text(region, answer, ASSUMED, screen.words), scenario)
        answer["scenario"] = str(scenario)
    if screen.as_json:
        screen.print_json(answer)
    else:
        _show(answer, screen)
        if scenario is not None:
            screen.console.print(screen.words("sharing.scenario_written", file=scenario, region=folder))


def _counted(kind: str, count: str | None) -> str:
    """Return what new stations are to serve; pairs are those that a pedelec opens, which says nothing of cars."""
    from drehkreuz.errors import Finding, InputError

    if kind == "carsharing" and count == "pairs":
        problem = "says what a pedelec opens, and nothing of cars"
        raise InputError(Finding("--count", "", "kind", kind, problem, "Leave it out, or ask for residents."))
    return count or ("residents" if kind == "carsharing" else "pairs")


def _check_scenario(path: Path, kind: str, build: int) -> None:
    """Refuse before anything is computed what no scenario can hold."""
    from drehkreuz.errors import Finding, InputError

    faults = []
    if path.suffix != ".toml":
        faults.append(Finding("--scenario", "", "", str(path), "does not end in .toml", "Name a file that does."))
    if kind != "pedelec":
        problem = "has no measure in the catalogue: pairs of people and posts know shared pedelecs only"
        faults.append(Finding("--scenario", "", "kind", kind, problem, "Plan pedelecs, or leave --scenario out."))
    if not build:
        problem = "there is no new station to write"
        faults.append(Finding("--scenario", "", "build", "0", problem, "Ask for new ones with --build 5."))
    if faults:
        raise InputError(*faults)


def _proposed(region: Region, kind: str, asked: dict[str, Any], screen: Screen) -> pl.DataFrame:
    """Return new stations: `id`, `name`, `lat`, `lon`, in the order of building."""
    from drehkreuz.planning import maximal_cover
    from drehkreuz.planning.covers import Candidates
    from drehkreuz.planning.sharing.siting import pairs_by_pedelec, station_question
    from drehkreuz.reports.siting import site_table

    weight = pairs_by_pedelec(region, Bars(screen.words)) if asked["count"] == "pairs" else None
    of = station_question(region, kind, at=Candidates(asked["at"]), weight=weight, apart_metres=asked["apart"])
    return site_table(region, of, maximal_cover(of.siting, asked["build"])).select("id", "name", "lat", "lon")


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
    console.print(
        Padding(
            grid(
                figures,
                (words("sharing.figure_cars" if "residents" in answer else "sharing.figure"), words("sharing.likely")),
            ),
            (1, 0, 0, 3),
        )
    )
    rows = [
        (
            words("sharing.new", name=row["name"] or row["id"]) if not row["existing"] else row["name"] or row["id"],
            words.number(row["vehicles"]),
            words.number(row["places"]),
            words.number(row["rides"], 1),
        )
        for row in answer["stations"][:MOST_SHOWN]
    ]
    begun = "bookings" if "residents" in answer else "rides_there"
    heads = tuple(words(f"sharing.{name}") for name in ("station", "vehicles", "places", begun))
    console.print(Padding(grid(rows, heads), (1, 0, 1, 3)))
    if (more := len(answer["stations"]) - MOST_SHOWN) > 0:
        console.print(Text(words("site.more", n=words.number(more)), style="dim"))
    for note in fleet_notes(answer, words):
        console.print(Text(note, style="dim"))
    if "written" in answer:
        console.print(words("match.written", files=answer["written"]))
