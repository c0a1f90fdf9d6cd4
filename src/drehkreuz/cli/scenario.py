# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""`drehkreuz scenario`: what measures change, compared in pairs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from drehkreuz.cli.output import Bars, Screen, answers, examples
from drehkreuz.cli.verbs import VerbGroup

if TYPE_CHECKING:
    from drehkreuz.measures.paired import Evaluator
    from drehkreuz.region import Region
    from drehkreuz.sources.scenario import Scenario

COUNTS = ("more_filled", "newly_placed", "possible_more_filled")
"""Figures that scenarios are compared by and measures share: whole numbers of posts or people."""


@click.group(cls=VerbGroup)
def scenario() -> None:
    """Find out what measures would change: who finds work, what it costs, how sure that is."""


def _asked(verb: Callable[..., Any]) -> Callable[..., Any]:
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


_path = click.argument("path", metavar="SCENARIO", type=click.Path(path_type=Path))
_worlds = click.option(
    "--worlds", type=click.IntRange(0, 1000), default=0, show_default=True, help="Worlds computed for intervals."
)
_figure = click.option("--figure", type=click.Choice(COUNTS), default=COUNTS[0], show_default=True, help="What counts.")
_out = click.option(
    "--out", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False), help="Table of all figures (.csv)."
)


@scenario.command(
    epilog=examples(
        "drehkreuz scenario run bus.toml --region village",
        "drehkreuz scenario run bus.toml --region village --worlds 20 --out bus.csv",
    )
)
@_path
@_asked
@_worlds
@click.option(
    "--barriers", "with_barriers", is_flag=True, help="Also what each class of barrier keeps apart; certified."
)
@_out
@answers
@click.pass_obj
def run(
    screen: Screen, path: Path, folder: Path, day: date | None, worlds: int, with_barriers: bool, out: Path | None
) -> None:
    """
    Compare a region with and without the measures of a scenario.

    Same people, same posts, same chances. People newly placed and posts filled in addition are told apart. What was
    computed is kept, so that a run that was stopped goes on where it was.
    """
    region, (asked,) = _read(folder, [path])
    with ThreadPoolExecutor() as executor:
        evaluator = _evaluator(screen, region, [asked], day, executor)

        from drehkreuz.cli.scenario_tables import show_run
        from drehkreuz.measures.paired import barriers
        from drehkreuz.measures.paired.replicates import replicates, swings
        from drehkreuz.reports.scenario import barrier_change, scenario_answer, scenario_table, uncertainty
        from drehkreuz.reports.siting import write_sites

        before = evaluator.baseline()
        found = evaluator.evaluate(before, asked.measures)
        answer = scenario_answer(asked.title, found, screen.language)
        if worlds:
            many = replicates(evaluator, [asked.measures], worlds, evaluator.progress)
            drivers = swings(evaluator, asked.measures, COUNTS[0], progress=evaluator.progress)
            answer["uncertainty"] = uncertainty(many, 0, {COUNTS[0]: drivers})
        if with_barriers:
            both = (barriers(state, evaluator.progress) for state in (before, found.after))
            answer["barriers"] = barrier_change(*both)
    if out is not None:
        write_sites(scenario_table(answer), out)
        answer["written"] = str(out)
    if screen.as_json:
        screen.print_json(answer)
    else:
        show_run(answer, screen)


@scenario.command(
    epilog=examples(
        "drehkreuz scenario compare bus.toml creche.toml --region village",
        "drehkreuz scenario compare bus.toml creche.toml --region village --worlds 20 --json",
    )
)
@click.argument("paths", metavar="SCENARIO…", nargs=-1, required=True, type=click.Path(path_type=Path))
@_asked
@_worlds
@_figure
@answers
@click.pass_obj
def compare(screen: Screen, paths: tuple[Path, ...], folder: Path, day: date | None, worlds: int, figure: str) -> None:
    """
    Put scenarios side by side, each against the same region without measures.

    With worlds: how often one has more of a figure than another, in the same worlds.
    """
    region, asked = _read(folder, paths)
    with ThreadPoolExecutor() as executor:
        evaluator = _evaluator(screen, region, asked, day, executor)

        from drehkreuz.cli.scenario_tables import show_compared
        from drehkreuz.measures.paired.replicates import replicates
        from drehkreuz.reports.scenario import better, scenario_answer, uncertainty

        before = evaluator.baseline()
        found = [evaluator.evaluate(before, each.measures) for each in asked]
        titles = [each.title for each in asked]
        rows = [scenario_answer(*each, screen.language) for each in zip(titles, found, strict=True)]
        answer: dict[str, Any] = {"scenarios": rows, "figure": figure, "provenance": rows[0]["provenance"]}
        if worlds:
            many = replicates(evaluator, [each.measures for each in asked], worlds, evaluator.progress)
            for number, row in enumerate(rows):
                row["uncertainty"] = uncertainty(many, number, {})
            answer["better"] = better(many, titles, figure)
    if screen.as_json:
        screen.print_json(answer)
    else:
        show_compared(answer, screen)


@scenario.command(
    epilog=examples(
        "drehkreuz scenario portfolio plan.toml --region village",
        "drehkreuz scenario portfolio plan.toml --region village --budget 500000",
    )
)
@_path
@_asked
@_figure
@click.option(
    "--budget", type=click.FloatRange(min=0), metavar="EUR", help="EUR a year that measures may cost together."
)
@answers
@click.pass_obj
def portfolio(screen: Screen, path: Path, folder: Path, day: date | None, figure: str, budget: float | None) -> None:
    """
    Take a scenario's measures apart: what each adds to all of them, which help each other, which to begin with.

    Effects of single measures are never added up; each set of measures is evaluated together.
    """
    region, (asked,) = _read(folder, [path])
    with ThreadPoolExecutor() as executor:
        evaluator = _evaluator(screen, region, [asked], day, executor)

        from drehkreuz.cli.scenario_tables import show_portfolio
        from drehkreuz.measures.paired.joint import joint_effects
        from drehkreuz.reports.scenario_portfolio import portfolio_answer

        joint = joint_effects(evaluator, asked.measures, figure)
        answer = portfolio_answer(asked.title, joint, figure, budget, screen.language)
    if screen.as_json:
        screen.print_json(answer)
    else:
        show_portfolio(answer, screen)


def _read(folder: Path, paths: Sequence[Path]) -> tuple[Region, list[Scenario]]:
    """Open the region and read the scenarios: what is wrong with them is said before anything is computed."""
    from drehkreuz.region import open_region
    from drehkreuz.sources.scenario import read_scenario

    region = open_region(folder)
    return region, [read_scenario(path, region) for path in paths]


def _evaluator(
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
