# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""`drehkreuz learn design`: the next modules worth creating."""

from __future__ import annotations

from pathlib import Path

import click

from drehkreuz.cli.commute_screen import show
from drehkreuz.cli.learn_supply import related
from drehkreuz.cli.output import Bars, Screen, answers, examples


@click.command(
    epilog=examples(
        "drehkreuz learn design village",
        "drehkreuz learn design village --modules 3 --verify --out modules.csv",
        "drehkreuz learn design village --lang en --out modules.pdf",
    )
)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--modules", metavar="N", type=click.IntRange(1, 20), default=5, show_default=True, help="New ones at most."
)
@click.option("--verify", is_flag=True, help="Also create them and work the whole region out again.")
@click.option(
    "--out",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Also write them: .csv, .pdf or .html.",
)
@answers
@click.pass_obj
def design(screen: Screen, folder: Path, modules: int, out: Path | None, *, verify: bool) -> None:
    """
    Choose the next modules to create.

    Each is a bundle of skills with level, hours, format, place and start, chosen by how many more people find a place when the market
    is cleared again, together with those before it. The pair relation of the whole region is computed first and kept, as `match` does.
    """
    from drehkreuz.reports.paper.printing import check_printer

    if out is not None and out.suffix.lower() != ".csv":
        check_printer(out)
    market, relation = related(screen, folder)

    from drehkreuz.matching.market import prepare
    from drehkreuz.matching.stages import relation_of_region
    from drehkreuz.matching.teaching import created, placed
    from drehkreuz.matching.teaching import design as designed
    from drehkreuz.region import Cache
    from drehkreuz.reports.learning.design import design_answer, design_paper, design_table
    from drehkreuz.reports.learning.telling import Telling
    from drehkreuz.reports.paper.printing import write_file, write_paper

    found = designed(market, relation, modules)
    verified = None
    if verify:
        cache, bars = Cache.default(), Bars(screen.words)
        after = prepare(created(market, found.modules), cache=cache, progress=bars)
        verified = placed(after, relation_of_region(after, cache=cache, progress=bars)) - found.placed_today
    answer = design_answer(market, found, modules, screen.language, verified=verified)
    paper = design_paper(answer, screen.language)
    if out is not None:
        answer["written"] = str(out)
        if out.suffix.lower() == ".csv":
            write_file(out, design_table(answer).write_csv().encode(), "--out")
        else:
            write_paper(paper, out)
    if screen.as_json:
        screen.print_json(answer)
        return
    show(paper, screen.console)
    if out is not None:
        screen.console.print(Telling(screen.language)("written", file=out))
