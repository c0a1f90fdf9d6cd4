# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""`drehkreuz scenario report`: scenarios as a paper for a council."""

from __future__ import annotations

import shlex
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import click

from drehkreuz.cli.output import Screen, answers, examples
from drehkreuz.cli.scenario_asking import evaluator_of, figure_counted, of_region, read, worlds_computed

WORLDS = 20
"""Worlds of a paper, where nothing else is said: a figure to decide by has an interval."""


@click.command(
    epilog=examples(
        "drehkreuz scenario report bus.toml --region village --out bus.pdf",
        "drehkreuz scenario report bus.toml creche.toml --region village --out plans.html --tables plans --lang en",
    )
)
@click.argument("paths", metavar="SCENARIO…", nargs=-1, required=True, type=click.Path(path_type=Path))
@of_region
@click.option(
    "--out",
    required=True,
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="File of the report: .html, or .pdf with the extra `report`.",
)
@click.option(
    "--tables",
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder for its tables as CSV.",
)
@worlds_computed(WORLDS)
@figure_counted
@click.option(
    "--budget",
    type=click.FloatRange(min=0),
    metavar="EUR",
    help="EUR a year that the measures of each may cost together.",
)
@click.option(
    "--portfolio/--no-portfolio",
    "apart",
    default=True,
    show_default=True,
    help="Take the measures of each scenario apart: every set of them is evaluated.",
)
@answers
@click.pass_context
def report(
    context: click.Context,
    paths: tuple[Path, ...],
    folder: Path,
    day: date | None,
    out: Path,
    tables: Path | None,
    worlds: int,
    figure: str,
    budget: float | None,
    apart: bool,
) -> None:
    """
    Write what scenarios change as a paper for a council: summary, figures with their intervals, maps, method, limits, annex.

    Each is compared with the same region without measures. What was computed is kept, so that a run that was stopped goes on
    where it was.
    """
    screen: Screen = context.obj

    from drehkreuz.reports.paper.printing import check_printer, write_paper, write_tables

    check_printer(out)
    region, scenarios = read(folder, paths)
    with ThreadPoolExecutor() as executor:
        evaluator = evaluator_of(screen, region, scenarios, day, executor)

        from drehkreuz.measures.paired.joint import joint_effects
        from drehkreuz.measures.paired.replicates import replicates, swings
        from drehkreuz.reports.paper.study import Studied, Study, study_paper
        from drehkreuz.reports.scenario import better, scenario_answer, uncertainty
        from drehkreuz.reports.scenario_portfolio import portfolio_answer

        progress, language = evaluator.progress, screen.language
        before = evaluator.baseline()
        found = [evaluator.evaluate(before, each.measures) for each in scenarios]
        answered = [scenario_answer(each.title, one, language) for each, one in zip(scenarios, found, strict=True)]
        titles, compared = [each.title for each in scenarios], []
        if worlds:
            many = replicates(evaluator, [each.measures for each in scenarios], worlds, progress)
            for number, (each, answer) in enumerate(zip(scenarios, answered, strict=True)):
                drivers = swings(evaluator, each.measures, figure, progress=progress)
                answer["uncertainty"] = uncertainty(many, number, {figure: drivers})
            compared = better(many, titles, figure)
        portfolios = [
            portfolio_answer(each.title, joint_effects(evaluator, each.measures, figure), figure, budget, language)
            if apart and len(each.measures) > 1
            else None
            for each in scenarios
        ]
    studied = [
        Studied(each.title, each.text, path.read_text(encoding="utf-8"), one, answer, portfolio)
        for each, path, one, answer, portfolio in zip(scenarios, paths, found, answered, portfolios, strict=True)
    ]
    paper = study_paper(Study(tuple(studied), compared, figure, worlds, _typed(context, paths), screen.words))
    write_paper(paper, out)
    written = [str(out)]
    if tables is not None:
        written += [str(tables / name) for name in write_tables(paper, tables)]
    if screen.as_json:
        screen.print_json({"written": written, "scenarios": answered, "portfolios": portfolios, "better": compared})
    else:
        places = [str(out)] if tables is None else [str(out), str(tables)]
        screen.console.print(screen.words("match.written", files=", ".join(places)))


def _typed(context: click.Context, paths: tuple[Path, ...]) -> str:
    """Return the command that makes the same paper again."""
    given = context.params
    parts = ["drehkreuz", "scenario", "report", *map(str, paths), "--region", str(given["folder"])]
    parts += ["--out", str(given["out"]), "--worlds", str(given["worlds"]), "--figure", str(given["figure"])]
    for option in ("day", "tables", "budget"):
        if given[option] is not None:
            parts += [f"--{option}", str(given[option])]
    parts += [] if given["apart"] else ["--no-portfolio"]
    return shlex.join([*parts, "--lang", context.obj.language])
