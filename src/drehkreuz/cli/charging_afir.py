# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""`drehkreuz charging afir`: what the law asks by when, and what is missing."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

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
)
from drehkreuz.cli.output import Screen, answers, examples
from drehkreuz.cli.reach_asking import check_format


@click.command(
    epilog=examples(
        "drehkreuz charging afir village --by 2030-12-31",
        "drehkreuz charging afir village --roads roads.csv --sides sides.csv --out gaps.geojson",
        "drehkreuz charging afir village --node 99000001 --json",
    )
)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--by",
    type=click.DateTime(["%Y-%m-%d"]),
    default="2030-12-31",
    show_default=True,
    help="Targets to be met at the end of this day.",
)
@click.option(
    "--roads", metavar="FILE", type=A_FILE, help="Roads of the TEN-T: CSV of road, network, direction, lat, lon[, km]."
)
@click.option(
    "--sides",
    metavar="FILE",
    type=A_FILE,
    help="Sites for trucks or one direction: CSV of site_id, vehicles, direction.",
)
@click.option(
    "--node", "nodes", metavar="KEY", multiple=True, help="Municipality that is an urban node; may be repeated."
)
@click.option("--parking", metavar="FILE", type=A_FILE, help="Safe and secure parking areas: CSV of name, lat, lon.")
@register_option
@ocpi_option
@official_option
@assumptions_option
@out_option
@answers
@click.pass_obj
def afir(screen: Screen, /, folder: Path, by: datetime, out: Path | None, **asked: Any) -> None:  # noqa: ANN401  # options
    """
    Hold what stands against Regulation (EU) 2023/1804: power for the fleet, pools along roads, nodes, truck parking.

    The targets bind Member States; for a region they are a yardstick. Which roads belong to the trans-European network and which
    cities are its nodes stands in Regulation (EU) 2024/1679 and is handed in.
    """
    from drehkreuz.errors import Finding, InputError, did_you_mean
    from drehkreuz.planning.charging.assumptions import read_assumptions
    from drehkreuz.planning.charging.need import need
    from drehkreuz.planning.charging.official import read_official
    from drehkreuz.planning.charging.pools import pools, read_sides
    from drehkreuz.planning.charging.roads import check_roads, read_roads
    from drehkreuz.planning.charging.spots import check_spots, read_areas
    from drehkreuz.reports.charging_afir import Targets, afir_answer, afir_picture, afir_table
    from drehkreuz.reports.charging_files import FORMATS, write_charging

    check_format(out, FORMATS)
    day = by.date()
    assumptions = read_assumptions(asked["assumed"])
    region = opened(folder, asked["register"], asked["ocpi"], screen)
    keys = region.table("municipalities")["municipality"].to_list()
    for key in asked["nodes"]:
        if key not in keys:
            remedy = f"Name a key of table municipalities.{did_you_mean(key, keys)}"
            raise InputError(Finding("--node", "", "", key, "is no municipality of the region", remedy))
    given = read_official(asked["official"], keys) if asked["official"] else ()
    stand = pools(region, read_sides(asked["sides"], region) if asked["sides"] else None)
    areas = read_areas(asked["parking"]) if asked["parking"] else ()
    found = Targets(
        day=day,
        need=need(region, day.year, assumptions, given),
        roads=check_roads(read_roads(asked["roads"]), stand, day) if asked["roads"] else (),
        spots=check_spots(region, asked["nodes"], areas, stand, day),
    )
    answer = afir_answer(region, found)
    if out is not None:
        write_charging(afir_table(region, found), lambda: afir_picture(region, found, answer, screen.words), out)
        answer["written"] = str(out)
    if screen.as_json:
        screen.print_json(answer)
    else:
        _show(answer, screen)


def _show(answer: dict[str, Any], screen: Screen) -> None:
    from rich.text import Text

    from drehkreuz.reports.charging_afir import afir_notes

    words, console = screen.words, screen.console
    title = words("charging.afir_title", day=words.day(answer["by"]), title=answer["provenance"]["title"])
    console.print(Text(title, style="bold"), end="\n\n")
    whole = answer["fleet_whole"]
    if whole is not None:
        stands = words.number(whole["existing_kw"])
        console.print(words("charging.fleet_target", target=span(whole["target_kw"], words), stands=stands))
        _show_fleet(answer["fleet"], screen)
    if answer["roads"]:
        _show_roads(answer["roads"], screen)
    if answer["spots"]:
        _show_spots(answer["spots"], screen)
    _show_rules(answer["rules"], screen)
    for note in afir_notes(answer, words):
        console.print(Text(note, style="dim"))
    if "written" in answer:
        console.print(words("match.written", files=answer["written"]))


def _show_fleet(rows: list[dict[str, Any]], screen: Screen) -> None:
    from rich.padding import Padding

    words = screen.words
    shown = [
        (
            row["name"] or row["municipality"] or "–",
            *(words.number(row[name]) for name in ("target_kw", "existing_kw", "gap_kw")),
        )
        for row in rows[:MOST_SHOWN]
    ]
    heads = tuple(words(f"charging.{name}") for name in ("town", "target_kw", "existing_kw", "gap_kw"))
    screen.console.print(Padding(grid(shown, heads), (1, 0, 1, 3)))


def _show_roads(rows: list[dict[str, Any]], screen: Screen) -> None:
    from rich.padding import Padding

    words = screen.words
    shown = [
        (
            words("charging.road", road=row["road"], direction=row["direction"] or "–"),
            words(f"charging.{row['vehicles']}"),
            words.number(row["km"]),
            words.number(row["meeting"]),
            words("charging.percents", low=words.percent(row["covered"][0]), high=words.percent(row["covered"][1])),
            words(f"charging.verdict_{row['verdict']}"),
            "; ".join(f"{words.number(part['from_km'])}–{words.number(part['to_km'])}" for part in row["too_long"])
            or "–",
            words.number(row["add"]),
        )
        for row in rows
    ]
    names = ("way", "vehicles", "km", "pools", "covered", "verdict", "too_long", "add")
    screen.console.print(Padding(grid(shown, tuple(words(f"charging.{name}") for name in names)), (0, 0, 1, 3)))


def _show_spots(rows: list[dict[str, Any]], screen: Screen) -> None:
    from rich.padding import Padding

    words = screen.words
    shown = [
        (
            row["name"],
            words(f"charging.what_{row['what']}"),
            *(words.number(row[name]) for name in ("asked", "stands", "missing")),
        )
        for row in rows
    ]
    heads = ("", "", *(words(f"charging.{name}") for name in ("asked", "stands", "missing")))
    screen.console.print(Padding(grid(shown, heads), (0, 0, 1, 3)))


def _show_rules(rows: list[dict[str, Any]], screen: Screen) -> None:
    from rich.padding import Padding

    words = screen.words
    shown = [
        (
            words(f"charging.what_{row['what']}" if row["network"] == "any" else f"charging.network_{row['network']}"),
            words(f"charging.{row['vehicles']}"),
            words.day(row["by"]),
            _asked(row, screen),
            words("charging.article", article=row["article"]),
            words(f"charging.status_{row['status']}"),
        )
        for row in rows
    ]
    names = ("target", "vehicles", "by", "asked", "where", "status")
    screen.console.print(Padding(grid(shown, tuple(words(f"charging.{name}") for name in names)), (0, 0, 1, 3)))


def _asked(row: dict[str, Any], screen: Screen) -> str:
    words = screen.words
    parts = []
    if row["battery_kw"]:
        return words(
            "charging.asks_fleet", battery=words.number(row["battery_kw"], 1), plugin=words.number(row["plugin_kw"], 1)
        )
    if row["pool_kw"]:
        parts.append(words("charging.asks_kw", kw=words.number(row["pool_kw"])))
    points = {"n": row["points"], "kw": words.number(row["point_kw"])}
    parts.append(words("charging.asks_points", **points) if row["points"] else words("charging.asks_from", **points))
    if row["max_km"]:
        parts.append(words("charging.asks_km", km=words.number(row["max_km"]), share=words.percent(row["share"])))
    return ", ".join(parts)
