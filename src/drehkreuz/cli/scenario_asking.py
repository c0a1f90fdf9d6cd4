# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What the verbs on scenarios have in common: which region, which day, how many worlds, which figure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from drehkreuz.cli.output import Bars, Screen, Verb

if TYPE_CHECKING:
    from drehkreuz.measures.paired import Evaluator
    from drehkreuz.region import Region
    from drehkreuz.sources.scenario import Scenario

COUNTS = ("more_filled", "newly_placed", "possible_more_filled")
"""Figures that scenarios are compared by and measures share: whole numbers of posts or people."""


def of_region(verb: Callable[..., Any]) -> Callable[..., Any]:
    """Give a verb the region and the day."""
    day = click.option(
        "--day",
        type=click.DateTime(formats=["%Y-%m-%d"]),
        callback=lambda _context, _option, value: None if value is None else value.date(),
        help="Day on which measures are looked at.  [default: when all have begun and reached their uptake]",
    )
    folder = click.option(
        "--region",
        "folder",
        required=True,
        metavar="DIR",
        type=click.Path(path_type=Path),
        help="Folder of the region.",
    )
    return folder(day(verb))


def worlds_computed(default: int) -> Callable[[Verb], Verb]:
    """Return what gives a verb the number of worlds."""
    return click.option(
        "--worlds",
        type=click.IntRange(0, 1000),
        default=default,
        show_default=True,
        help="Worlds computed for intervals.",
    )


def figure_counted(verb: Verb) -> Verb:
    """Give a verb the figure that counts."""
    given = click.option(
        "--figure", type=click.Choice(COUNTS), default=COUNTS[0], show_default=True, help="What counts."
    )
    return given(verb)


def read(folder: Path, paths: Sequence[Path]) -> tuple[Region, list[Scenario]]:
    """Open the region and read the scenarios: what is wrong with them is said before anything is computed."""
    from drehkreuz.region import open_region
    from drehkreuz.sources.scenario import read_scenario

    region = open_region(folder)
    return region, [read_scenario(path, region) for path in paths]


def evaluator_of(
    screen: Screen, region: Region, asked: Sequence[Scenario], day: date | None, executor: Executor
) -> Evaluator:
    """Prepare a region."""
    from drehkreuz.cli.engines import load_engines

    load_engines(screen, region)

    from drehkreuz.measures.paired import Evaluator, whole_on
    from drehkreuz.region import Cache

    measures = [measure for each in asked for measure in each.measures]
    looked_at = day or max(whole_on(measures), region.manifest.day)
    return Evaluator.of(region, looked_at, cache=Cache.default(), executor=executor, progress=Bars(screen.words))
