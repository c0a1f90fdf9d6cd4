# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""`drehkreuz scenario`: what measures change, compared in pairs."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import click

from drehkreuz.cli.output import Screen, answers, examples
from drehkreuz.cli.scenario_asking import COUNTS, evaluator_of, figure_counted, of_region, read, worlds_computed
from drehkreuz.cli.scenario_report import report
from drehkreuz.cli.verbs import VerbGroup


@click.group(cls=VerbGroup)
def scenario() -> None:
    """Find out what measures would change: who finds work, what it costs, how sure that is."""


_path = click.argument("path", metavar="SCENARIO", type=click.Path(path_type=Path))
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
@of_region
@worlds_computed(0)
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
    region, (asked,) = read(folder, [path])
    with ThreadPoolExecutor() as executor:
        evaluator = evaluator_of(screen, region, [asked], day, executor)

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
@of_region
@worlds_computed(0)
@figure_counted
@answers
@click.pass_obj
def compare(screen: Screen, paths: tuple[Path, ...], folder: Path, day: date | None, worlds: int, figure: str) -> None:
    """
    Put scenarios side by side, each against the same region without measures.

    With worlds: how often one has more of a figure than another, in the same worlds.
    """
    region, asked = read(folder, paths)
    with ThreadPoolExecutor() as executor:
        evaluator = evaluator_of(screen, region, asked, day, executor)

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
@of_region
@figure_counted
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
    region, (asked,) = read(folder, [path])
    with ThreadPoolExecutor() as executor:
        evaluator = evaluator_of(screen, region, [asked], day, executor)

        from drehkreuz.cli.scenario_tables import show_portfolio
        from drehkreuz.measures.paired.joint import joint_effects
        from drehkreuz.reports.scenario_portfolio import portfolio_answer

        joint = joint_effects(evaluator, asked.measures, figure)
        answer = portfolio_answer(asked.title, joint, figure, budget, screen.language)
    if screen.as_json:
        screen.print_json(answer)
    else:
        show_portfolio(answer, screen)


scenario.add_command(report)
