# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""`drehkreuz reach trip`: one home, one place, there and back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from rich.padding import Padding
from rich.text import Text

from drehkreuz.cli.output import Bars, Screen, answers, examples
from drehkreuz.cli.reach_asking import CHAINS, check_format, clock, day_option, row_of, times_of
from drehkreuz.progress import track


@click.command(
    epilog=examples(
        "drehkreuz reach trip village --from Z01 --to P01 --start 06:00 --end 14:00",
        "drehkreuz reach trip village --from Z01 --to P01 --start 22:00 --end 06:00 --chain car --chain transit",
        "drehkreuz reach trip village --from Z01 --to P01 --start 08:00 --end 16:00 --out trip.geojson",
    )
)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--from", "home", required=True, metavar="ZONE", help="Home, the id or name of its zone.")
@click.option("--to", required=True, metavar="PLACE", help="Place, its id or name.")
@click.option("--start", required=True, metavar="HH:MM", callback=clock, help="Be there by then.")
@click.option(
    "--end", required=True, metavar="HH:MM", callback=clock, help="Leave then; before --start: on the next day."
)
@click.option(
    "--chain", "chains", multiple=True, type=click.Choice(CHAINS), help="By what; may be repeated.  [default: all]"
)
@click.option("--via", metavar="PLACE", help="Care on the way, out and back, its id or name.")
@click.option(
    "--opens", metavar="HH:MM", callback=clock, default="07:00", show_default=True, help="Care opens, Monday to Friday."
)
@click.option("--closes", metavar="HH:MM", callback=clock, default="17:00", show_default=True, help="Care closes.")
@day_option
@click.option(
    "--days", type=click.FloatRange(0.5, 7), default=5.0, show_default=True, help="Days a week, for a month's cost."
)
@click.option("--job-ticket", is_flag=True, help="The employer offers a job ticket.")
@click.option(
    "--out", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False), help="The legs as lines, .geojson."
)
@answers
@click.pass_obj
def trip(  # noqa: PLR0917  # one argument for each option
    screen: Screen, folder: Path, home: str, to: str, start: int, end: int, chains: tuple[str, ...], via: str | None,
    opens: int, closes: int, day: str, days: float, job_ticket: bool, out: Path | None,
) -> None:  # fmt: skip
    """
    Tell the way to a place and home again, leg by leg.

    Ways side by side, the fastest first: minutes, kilometres, cost and CO2 of a month.
    """
    from drehkreuz.cli.engines import compile_kernels
    from drehkreuz.region import open_region

    check_format(out, (".geojson",))
    region = open_region(folder)
    zone, place = row_of(region, "zones", "--from", home), row_of(region, "places", "--to", to)
    stop = None if via is None else row_of(region, "places", "--via", via)
    compile_kernels(screen, "drehkreuz.reach")

    from drehkreuz.reach.asked import JourneyPlanner, Travel
    from drehkreuz.reach.asked.care import ALL_THE_WAY, Care, round_trip_via_care
    from drehkreuz.reach.asked.moves import Spot
    from drehkreuz.reports.isochrone import write_json
    from drehkreuz.reports.trip import trip_answer, trip_geojson, way_answer

    times, planner, spot = times_of(start, end, day), JourneyPlanner(region), Spot("zones", zone)
    asked = [Travel(chain) for chain in dict.fromkeys(chains)] or list(Travel if stop is None else ALL_THE_WAY)
    ways = [
        (
            travel,
            planner.round_trip(travel, spot, place, times)
            if stop is None
            else round_trip_via_care(planner, travel, spot, Care(stop, opens, closes), place, times),
        )
        for travel in track(asked, "reach.ways", Bars(screen.words))
    ]
    said = [way_answer(planner, travel, way, times, days, job_ticket=job_ticket) for travel, way in ways]
    answer = trip_answer(planner, zone, place, times, days, said, [Travel(chain) for chain in chains])
    if out is not None:
        out.parent.mkdir(parents=True, exist_ok=True)
        write_json(trip_geojson(planner, ways), out)
        answer["written"] = str(out)
    if screen.as_json:
        screen.print_json(answer)
    else:
        _show(screen, answer)


def _show(screen: Screen, answer: dict[str, Any]) -> None:
    from drehkreuz.reports.isochrone import day_line
    from drehkreuz.reports.notes import sentence
    from drehkreuz.reports.trip import headline, sources, spoken, whole

    words, console = screen.words, screen.console
    clocks = {"time": words.clock(answer["start"]), "end": words.clock(answer["end"])}
    title = words("trip.title", home=answer["home_name"], place=answer["place_name"], **clocks)
    console.print(Text(title, style="bold"))
    console.print(Text(day_line(answer, words), style="dim"))
    for way in answer["ways"]:
        if not whole(way) or way["same_as"]:
            continue
        console.print()
        console.print(Text(headline(way, words), style="bold"))
        for line in spoken(way, words):
            console.print(Padding(Text(line), (0, 0, 0, 3)))
    missing = [words(f"chain.{way['chain'].upper()}") for way in answer["ways"] if not whole(way)]
    console.print()
    if missing:
        console.print(Text(words("trip.no_way", chains=", ".join(missing)), style="dim"))
    if any(map(whole, answer["ways"])):
        console.print(Text(words("trip.month", days=words.number(answer["days_a_week"], 0)), style="dim"))
    found = sources(answer, words)
    if found:
        console.print(Text(f"{words('trip.sources')} {'; '.join(found)}.", style="dim"))
    for group in answer["findings"]:
        console.print(Text(sentence(group), style="dim"))
    if answer["modelled_timetable"]:
        console.print(Text(words("isochrone.modelled"), style="dim"))
    if "written" in answer:
        console.print(words("match.written", files=answer["written"]))
