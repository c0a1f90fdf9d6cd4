# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""`drehkreuz learn supply`: what a region teaches against what it needs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from drehkreuz.cli.commute_screen import show
from drehkreuz.cli.output import Bars, Screen, answers, examples

if TYPE_CHECKING:
    from drehkreuz.matching.market import Market


@click.command(
    epilog=examples(
        "drehkreuz learn supply village",
        "drehkreuz learn supply village --out tables --lang en",
        "drehkreuz learn supply village --calendar offers.ics",
        "drehkreuz learn supply village --json > supply.json",
    )
)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--out",
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False),
    help="Also write every table as CSV into this folder.",
)
@click.option(
    "--calendar",
    metavar="FILE.ics",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Also write every offer as iCalendar.",
)
@answers
@click.pass_obj
def supply(screen: Screen, folder: Path, out: Path | None, calendar: Path | None) -> None:
    """
    Set the seats of courses against the people who need them.

    For each bundle of skills, place, format and month: who needs it to get to an open post, which seats stay empty and why, which
    sessions are too small, where providers overlap; a calendar of all offers; digital skills asked and taught. The pair relation of the
    whole region is computed first and kept, as `match` does.
    """
    from drehkreuz.reports.learning.calendar import calendar_module

    if calendar is not None:
        calendar_module()
    market, relation = related(screen, folder)

    from drehkreuz.reports.learning.offers_calendar import write_offers_calendar
    from drehkreuz.reports.learning.supply import supply_answer, supply_paper, teaching, write_supply
    from drehkreuz.reports.learning.telling import Telling

    found = teaching(market, relation, progress=Bars(screen.words))
    answer = supply_answer(found)
    written = [] if out is None else [str(out / name) for name in write_supply(found, out)]
    if calendar is not None:
        write_offers_calendar(market.region, found.calendar, calendar, screen.language)
        written.append(str(calendar))
    answer["written"] = written
    if screen.as_json:
        screen.print_json(answer)
        return
    show(supply_paper(answer, market.region, screen.language), screen.console)
    if written:
        screen.console.print(Telling(screen.language)("files_written", files=", ".join(written)))


def related(screen: Screen, folder: Path) -> tuple[Market, dict[str, Any]]:
    """Return a region prepared for its pair relation, and the relation itself, both through the cache."""
    from drehkreuz.cli.engines import load_engines
    from drehkreuz.region import Cache, open_region

    region = open_region(folder)
    load_engines(screen, region)

    from drehkreuz.matching.market import prepare
    from drehkreuz.matching.stages import relation_of_region

    cache, bars = Cache.default(), Bars(screen.words)
    market = prepare(region, cache=cache, progress=bars)
    return market, relation_of_region(market, cache=cache, progress=bars)
