# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""`drehkreuz learn plan`: one person's way to one job by learning, as advice, as a paper and as a calendar."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from drehkreuz.cli.commute_screen import show
from drehkreuz.cli.output import Bars, Screen, answers, examples

if TYPE_CHECKING:
    from drehkreuz.reports.pair import Values

WAYS = ("balanced", "fast", "cheap", "near", "part_time", "alongside")
"""Variants, as `drehkreuz.learning.variants.Way` has them; written out so that `--help` stays fast."""


@click.command(
    epilog=examples(
        "drehkreuz learn plan village --person examples/baggerfahrer.toml --to o-welder",
        "drehkreuz learn plan village --person me.toml --to V033 --out plan.pdf --out plan.ics",
        "drehkreuz learn plan village --person me.toml --to V033 --way part_time --out plan.ics --lang en",
    )
)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--person",
    "person_file",
    metavar="PERSON.toml",
    required=True,
    type=click.Path(path_type=Path),
    help="The person's answers, as for `paths`.",
)
@click.option("--to", "target", metavar="TARGET", required=True, help="A vacancy_id, or an occupation_id.")
@click.option(
    "--way",
    type=click.Choice(WAYS),
    default="balanced",
    show_default=True,
    help="The variant that a calendar is written of.",
)
@click.option(
    "--out",
    metavar="FILE",
    multiple=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="Also write the plan: .pdf, .html or .ics. May be given several times.",
)
@answers
@click.pass_obj
def plan(screen: Screen, folder: Path, person_file: Path, target: str, way: str, out: tuple[Path, ...]) -> None:
    """
    Show how a person gets to a job by learning.

    DIR is a region. The plan says what to learn, where and when, what it costs and who may pay, what it opens and what stays open;
    beside it stand the ways in which it could go faster, cheaper, nearer, part-time or alongside work. Nothing is stored.
    """
    from drehkreuz.cli.engines import load_engines
    from drehkreuz.region import Cache, open_region
    from drehkreuz.reports.learning.calendar import ENDING, calendar_module
    from drehkreuz.reports.paper.printing import check_printer
    from drehkreuz.sources.person import read_person

    for path in out:
        if path.suffix.lower() == ENDING:
            calendar_module()
        else:
            check_printer(path)
    region = open_region(folder)
    person = read_person(person_file, region)
    load_engines(screen, region)

    from dataclasses import replace

    from drehkreuz.matching.market import prepare
    from drehkreuz.reports.learning.plan import plan_answer
    from drehkreuz.reports.learning.plan_paper import plan_paper

    prepared = prepare(region.with_tables(person.tables), cache=Cache.default(), progress=Bars(screen.words))
    market = replace(prepared, weights=person.weights)
    answer = plan_answer(market, target, label=person.label, language=screen.language)
    paper = plan_paper(answer, screen.language)
    for path in out:
        _write(screen, answer, path, way)
    if screen.as_json:
        screen.print_json(answer | {"written": [str(path) for path in out]})
        return
    show(paper, screen.console)
    if out:
        from drehkreuz.reports.learning.telling import Telling

        written = ", ".join(str(path) for path in out)
        screen.console.print(Telling(screen.language)("written", file=written))


def _write(screen: Screen, answer: Values, path: Path, way: str) -> None:
    """
    Write a plan by the ending of its file.

    Raises:
        InputError: If there is no such variant, or the file cannot be written.
    """
    from drehkreuz.errors import Finding, InputError
    from drehkreuz.reports.learning.calendar import ENDING, write_calendar
    from drehkreuz.reports.learning.plan_paper import plan_paper
    from drehkreuz.reports.paper.printing import write_paper

    if path.suffix.lower() != ENDING:
        write_paper(plan_paper(answer, screen.language), path)
        return
    found = next((n for n, each in enumerate(answer["variants"]) if way in each["ways"]), None)
    if found is None:
        there = ", ".join(each for variant in answer["variants"] for each in variant["ways"])
        remedy = f"Choose one of {there}." if there else "Leave --out away: there is no plan to write."
        raise InputError(Finding("--way", "", "", way, "is a way in which there is no plan", remedy))
    write_calendar(answer, path, screen.language, found)
