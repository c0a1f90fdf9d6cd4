# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""`drehkreuz barriers`: what keeps a region's people and work apart, how sure that is, and the reasons below."""

from __future__ import annotations

from pathlib import Path

import click

from drehkreuz.cli.every import every as option_every
from drehkreuz.cli.every import thinned_to
from drehkreuz.cli.output import Bars, Screen, answers, examples

GROUPED = ("level", "occupation_group", "municipality", "situation")


@click.command(
    epilog=examples(
        "drehkreuz barriers village",
        "drehkreuz barriers village --by level",
        "drehkreuz barriers village --out result --times 0",
    )
)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--by",
    type=click.Choice(GROUPED),
    help="Show groups too: of openings by level, occupation group or municipality, of people by situation or municipality.",
)
@click.option(
    "--times",
    metavar="N",
    type=click.IntRange(0, 1000),
    default=20,
    show_default=True,
    help="Bootstraps of the people for intervals; 0: none.",
)
@click.option("--stable", is_flag=True, help="Beside it the shares if both sides chose freely (the stable allocation).")
@option_every
@click.option(
    "--out",
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder for barriers.csv, reasons.csv, openings.svg, people.svg and barriers.json.",
)
@answers
@click.pass_obj
def barriers(
    screen: Screen, folder: Path, by: str | None, times: int, every: int | None, out: Path | None, *, stable: bool
) -> None:
    """
    See what keeps a region's people and work apart.

    The openings and the people close: what finds its counterpart today, the share of each barrier, and what is left with
    all of them gone. Intervals say how much depends on who happens to be in the modelled population, nothing else.
    """
    from concurrent.futures import ThreadPoolExecutor

    from drehkreuz.cli.engines import compile_kernels, load_engines
    from drehkreuz.region import Cache, open_region

    region, cache = open_region(folder), Cache.default()
    load_engines(screen, region)

    from drehkreuz.cli.barriers_shown import show_barriers
    from drehkreuz.matching.pipeline import match
    from drehkreuz.reports.barriers import barriers as report
    from drehkreuz.reports.files import write_barriers

    compile_kernels(screen, "drehkreuz.matching")
    (counted, k), bars = thinned_to(region, every), Bars(screen.words)
    with ThreadPoolExecutor() as executor:
        matched = match(counted, cache=cache, executor=executor, progress=bars)
    answer = report(matched, every=k, times=times, stable=stable, progress=bars)
    if out is not None:
        answer["written"] = write_barriers(answer, screen.words, out)
    if screen.as_json:
        screen.print_json(answer)
    else:
        show_barriers(answer, by, screen)
