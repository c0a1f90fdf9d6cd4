# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What the verbs of `commute` have in common: a firm's file, its rotas, its workplace."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from drehkreuz.cli.output import Bars, Screen, Verb
from drehkreuz.cli.reach_asking import row_of
from drehkreuz.errors import Finding, InputError, shorten

if TYPE_CHECKING:
    from drehkreuz.commuting.analysis import Analysis
    from drehkreuz.region import Region


def asks(verb: Verb) -> Verb:
    """Give a verb what every question about a firm has."""
    options = (
        click.argument("folder", metavar="DIR", type=click.Path(path_type=Path)),
        click.argument("file", metavar="FILE", type=click.Path(path_type=Path)),
        place_option,
        click.option(
            "--rota",
            metavar="FILE",
            type=click.Path(path_type=Path, dir_okay=False),
            help="Shifts and rotas by name, TOML. Times such as 06:00-14:00 and the region's own rotas need none.",
        ),
        click.option(
            "--postcodes",
            metavar="FILE",
            type=click.Path(path_type=Path, dir_okay=False),
            help="Centres of postcodes: CSV with postcode, lat, lon. Not needed where the region's cells are postcodes.",
        ),
        click.option(
            "--ticket-share",
            metavar="SHARE",
            type=click.FloatRange(0, 1),
            default=0.25,
            show_default=True,
            help="Share of the job ticket that the firm pays.",
        ),
    )
    for option in reversed(options):
        verb = option(verb)
    return verb


def place_option(verb: Verb) -> Verb:
    """Give a verb `--place`."""
    return click.option(
        "--place", required=True, metavar="PLACE", help="Workplace: its id or name in the region, or LAT,LON."
    )(verb)


def placed(region: Region, place: str) -> tuple[Region, int]:
    """
    Return the region with the workplace in it, and its row.

    Raises:
        InputError: If the place is not known.
    """
    from drehkreuz.commuting import with_workplace

    parts = place.split(",")
    try:
        lat, lon = (float(part) for part in parts)
    except ValueError:
        return region, row_of(region, "places", "--place", place)
    if abs(lat) > 90 or abs(lon) > 180:
        problem = f"{shorten(place)!r} is no latitude and longitude in degrees"
        raise InputError(Finding("--place", "", "", "", problem, "Write it as 50.84,6.33."))
    return with_workplace(region, lat, lon, f"{lat:.4f}, {lon:.4f}")


def analysed(
    screen: Screen,
    *,
    folder: Path,
    file: Path,
    place: str,
    rota: Path | None,
    postcodes: Path | None,
    ticket_share: float,
) -> tuple[dict[str, Any], Analysis]:
    """Return the answer to a question about a firm, and the analysis itself."""
    from dataclasses import replace

    from drehkreuz.cli.engines import compile_kernels
    from drehkreuz.region import open_region
    from drehkreuz.sources.rota import read_rotas
    from drehkreuz.sources.workforce import read_centres, read_workforce

    region, row = placed(open_region(folder), place)
    rotas = {} if rota is None else read_rotas(rota)
    centres = None if postcodes is None else read_centres(postcodes)
    read = read_workforce(file, region, rotas, centres)
    compile_kernels(screen, "drehkreuz.reach")

    from drehkreuz.commuting import ASSUMED
    from drehkreuz.commuting.analysis import analyse
    from drehkreuz.reports.commuting.answer import analysis_answer

    parameters = replace(ASSUMED, ticket_share=ticket_share)
    found = analyse(region, row, read.staff, parameters=parameters, progress=Bars(screen.words))
    return analysis_answer(found, snapped=read.snapped, notes=read.notes), found


def table_written(found: Analysis, path: Path) -> dict[str, Any]:
    """
    Write the table for a business park.

    Raises:
        InputError: If the file cannot be written.
    """
    from drehkreuz.commuting.sharing import shared
    from drehkreuz.reports.siting import write_sites

    least = found.parameters.least_group
    groups = shared(found.region, found.staff, least)
    if len(groups):
        write_sites(groups, path)
    return {"file": str(path), "groups": len(groups), "least": least}
