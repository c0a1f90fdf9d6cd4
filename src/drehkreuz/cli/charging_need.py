# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""`drehkreuz charging need`: how much must be charged where, and what is missing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from drehkreuz.cli.charging_asking import (
    A_FILE,
    MOST_SHOWN,
    assumptions_option,
    grid,
    ocpi_option,
    official_option,
    opened,
    out_option,
    register_option,
    span,
    year_option,
)
from drehkreuz.cli.output import Screen, answers, examples
from drehkreuz.cli.reach_asking import check_format

if TYPE_CHECKING:
    import polars as pl

    from drehkreuz.planning.charging.assumptions import Assumptions
    from drehkreuz.region import Region
    from drehkreuz.reports.words import Words


@click.command(
    epilog=examples(
        "drehkreuz charging need village --year 2030",
        "drehkreuz charging need village --register Ladesaeulenregister.csv --out need.svg",
        "drehkreuz charging need village --official vehicles.csv --json",
        "drehkreuz charging need village --vehicles truck --year 2035 --out trucks.geojson",
    )
)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--vehicles", type=click.Choice(["car", "truck"]), default="car", show_default=True, help="Whose need.")
@click.option(
    "--freight", metavar="FILE", type=A_FILE, help="With --vehicles truck: depots, CSV of name, lat, lon, trucks."
)
@year_option
@register_option
@ocpi_option
@official_option
@assumptions_option
@out_option
@answers
@click.pass_obj
def need(screen: Screen, /, folder: Path, year: int, vehicles: str, out: Path | None, **asked: Any) -> None:  # noqa: ANN401  # options
    """
    Reckon what cars or heavy trucks need: electricity and points by use, what stands, what is missing.

    Cars cell by cell from residents, commuters and workplaces; trucks by depot, loading bay and trunk road. Nearly all of it rests on assumptions: each has a low, a middle and a
    high value, is printed with --json and can be replaced.
    """
    from drehkreuz.planning.charging.assumptions import read_assumptions
    from drehkreuz.reports.charging_files import FORMATS, write_charging

    check_format(out, FORMATS)
    unused = {"car": "freight", "truck": "official"}[vehicles]
    if asked[unused] is not None:
        raise click.UsageError(f"--{unused} says nothing of --vehicles {vehicles}; leave it out")
    assumptions = read_assumptions(asked["assumed"])
    region = opened(folder, asked["register"], asked["ocpi"], screen)
    if vehicles == "truck":
        table, answer, drawn = _trucks(region, year, assumptions, asked["freight"], screen)
    else:
        table, answer, drawn = _cars(region, year, assumptions, asked["official"], screen)
    if out is not None:
        write_charging(table, drawn, out)
        answer["written"] = str(out)
    if screen.as_json:
        screen.print_json(answer)
    elif vehicles == "truck":
        _show_trucks(answer, screen)
    else:
        _show(answer, screen)


Found = tuple["pl.DataFrame", dict[str, Any], Callable[[], str]]
"""A table for files, the answer, and what draws the map."""


def _cars(region: Region, year: int, assumptions: Assumptions, official: Path | None, screen: Screen) -> Found:
    from drehkreuz.planning.charging.need import need as of_region
    from drehkreuz.planning.charging.official import read_official
    from drehkreuz.reports.charging import need_answer, need_picture

    keys = region.table("municipalities")["municipality"].to_list()
    found = of_region(region, year, assumptions, read_official(official, keys) if official is not None else ())
    answer = need_answer(region, found, assumptions)
    return found.table(), answer, lambda: need_picture(region, found, answer, screen.words)


def _trucks(region: Region, year: int, assumptions: Assumptions, freight: Path | None, screen: Screen) -> Found:
    from drehkreuz.planning.charging.trucks import read_depots, truck_need
    from drehkreuz.reports.charging_trucks import trucks_answer, trucks_picture

    found = truck_need(region, year, assumptions, read_depots(freight) if freight is not None else ())
    answer = trucks_answer(region, found, assumptions)
    return found.sites, answer, lambda: trucks_picture(region, found, answer, screen.words)


def _show(answer: dict[str, Any], screen: Screen) -> None:
    from rich.padding import Padding
    from rich.text import Text

    from drehkreuz.reports.charging import need_notes, need_sentences
    from drehkreuz.reports.outlook import about

    words, console = screen.words, screen.console
    title = words("charging.need_title", year=answer["year"], title=answer["provenance"]["title"])
    console.print(Text(title, style="bold"), end="\n\n")
    for sentence in need_sentences(answer, words):
        console.print(sentence)
    uses = [
        (words(f"charging.use_{row['use']}"), about(row["kwh"], words), about(row["points"], words))
        for row in answer["uses"]
    ]
    console.print(Padding(grid(uses, _heads("use", "kwh", "points", words=words)), (1, 0, 0, 3)))
    classes = [
        (
            words(f"charging.class_{row['class']}"),
            span(row["need"], words),
            words.number(row["existing"]),
            span(row["gap"], words),
        )
        for row in answer["classes"]
    ]
    console.print(Padding(grid(classes, _heads("public", "needed", "stands", "missing", words=words)), (1, 0, 0, 3)))
    towns = [
        (
            row["name"] or row["municipality"] or "–",
            about(row["battery"], words),
            about(row["normal_need"], words),
            words.number(row["normal_existing"]),
            about(row["fast_need"], words),
            words.number(row["fast_existing"]),
            words.number(_per_thousand(row), 1),
        )
        for row in answer["municipalities"][:MOST_SHOWN]
    ]
    heads = _heads("town", "battery", "normal_needed", "stands", "fast_needed", "stands", "per_thousand", words=words)
    named = any(town["name"] for town in answer["municipalities"])
    console.print(Padding(grid(towns, heads), (1, 0, 1, 3)) if named else "")
    if (more := len(answer["municipalities"]) - MOST_SHOWN) > 0:
        console.print(Text(words("charging.more", n=more), style="dim"))
    for note in need_notes(answer, words):
        console.print(Text(note, style="dim"))
    if "written" in answer:
        console.print(words("match.written", files=answer["written"]))


def _per_thousand(row: dict[str, Any]) -> float:
    """Return public points needed per 1,000 residents."""
    needed = float(row["normal_need"] + row["fast_need"])
    return 1000 * needed / row["residents"] if row["residents"] else 0.0


def _show_trucks(answer: dict[str, Any], screen: Screen) -> None:
    from rich.padding import Padding
    from rich.text import Text

    from drehkreuz.reports.charging_trucks import trucks_notes
    from drehkreuz.reports.outlook import about

    words, console = screen.words, screen.console
    title = words("charging.truck_title", year=answer["year"], title=answer["provenance"]["title"])
    console.print(Text(title, style="bold"), end="\n\n")
    share = answer["battery"]["mid"] / answer["trucks"]["mid"] if answer["trucks"]["mid"] else 0.0
    fleet = {name: span(answer[name], words) for name in ("trucks", "battery")}
    kwh = span(answer["kwh"], words)
    console.print(words("charging.truck_fleet", share=words.percent(share), kwh=kwh, **fleet))
    uses = [
        (words(f"charging.use_{row['use']}"), span(row["kwh"], words), span(row["points"], words))
        for row in answer["uses"]
    ]
    console.print(Padding(grid(uses, _heads("use", "kwh", "points", words=words)), (1, 0, 0, 3)))
    placed = [row for row in answer["sites"] if row["kw"] is not None]
    rows = [
        (
            row["name"] if row["use"] == "depot" else words("charging.along", name=row["name"]),
            about(row["kwh"], words),
            about(row["kw"], words),
            words(f"charging.grid_{row['grid']}"),
            _years(row, screen),
            _cost(row, screen),
        )
        for row in placed[:MOST_SHOWN]
    ]
    heads = _heads("site", "kwh", "kw", "grid", "years", "cost", words=words)
    console.print(Padding(grid(rows, heads), (1, 0, 1, 3)))
    if (more := len(placed) - MOST_SHOWN) > 0:
        console.print(Text(words("charging.more_sites", n=more), style="dim"))
    for note in trucks_notes(answer, words):
        console.print(Text(note, style="dim"))
    if "written" in answer:
        console.print(words("match.written", files=answer["written"]))


def _heads(*names: str, words: Words) -> tuple[str, ...]:
    return tuple(words(f"charging.{name}") for name in names)


def _years(row: dict[str, Any], screen: Screen) -> str:
    if row["years"] is None:
        return "–"
    low, high = (screen.words.number(row[name], 2 if row[name] % 1 else 0) for name in ("years_low", "years_high"))
    return screen.words("charging.years_span", low=low, high=high)


def _cost(row: dict[str, Any], screen: Screen) -> str:
    from drehkreuz.reports.outlook import about

    if row["eur"] is None:
        return "–"
    low, high = (about(row[name], screen.words) for name in ("eur_low", "eur_high"))
    return screen.words("charging.money_span", low=low, high=high)
