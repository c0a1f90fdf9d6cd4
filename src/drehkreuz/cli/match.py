# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""`drehkreuz match`: the region's headline, working set and allocations."""

from __future__ import annotations

from pathlib import Path

import click

from drehkreuz.cli.every import every as option_every
from drehkreuz.cli.every import thinned_to
from drehkreuz.cli.output import Bars, Screen, answers, examples


@click.command(
    epilog=examples(
        "drehkreuz match village",
        "drehkreuz match village --out result",
        "drehkreuz match village --json",
    )
)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--out",
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder for edges.csv, stable.csv, barriers.csv and headline.json.",
)
@option_every
@answers
@click.pass_obj
def match(screen: Screen, folder: Path, out: Path | None, every: int | None) -> None:
    """
    Bring the people and the openings of a region together.

    Prints how many find each other, and what stands between the others: the shares add up exactly, and a certificate
    says whether every pair was checked. Then three allocations side by side (what is likely, stable, possible) and how
    evenly posts are shown.
    """
    from concurrent.futures import ThreadPoolExecutor

    from drehkreuz.cli.engines import compile_kernels, load_engines
    from drehkreuz.region import Cache, open_region

    region, cache = open_region(folder), Cache.default()
    load_engines(screen, region)

    from drehkreuz.cli.allocations import show_allocations
    from drehkreuz.cli.headline import show_headline
    from drehkreuz.matching.allocations.three import of_region
    from drehkreuz.matching.pipeline import match as match_region
    from drehkreuz.reports.allocations import allocations
    from drehkreuz.reports.files import write_match
    from drehkreuz.reports.headline import headline

    compile_kernels(screen, "drehkreuz.matching")
    counted, k = thinned_to(region, every)
    with ThreadPoolExecutor() as executor:
        matched = match_region(counted, cache=cache, executor=executor, progress=Bars(screen.words))
    answer = headline(matched) | {"every": k, "allocations": allocations(of_region(matched))}
    if out is not None:
        answer["written"] = write_match(matched, answer, out, Bars(screen.words))
    if screen.as_json:
        screen.print_json(answer)
    else:
        show_headline(answer, screen)
        show_allocations(answer["allocations"], answer["filled_today"], screen)
