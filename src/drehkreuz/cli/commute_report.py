# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""`drehkreuz commute report`: a firm's commutes as a paper, with texts for works council and data protection."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from drehkreuz.cli.commute_asking import analysed, asks
from drehkreuz.cli.output import Screen, answers, examples


@click.command(
    epilog=examples(
        "drehkreuz commute report village staff.csv --place P01 --rota rota.toml --out ways.html",
        "drehkreuz commute report village staff.csv --place P01 --rota rota.toml --out ways.pdf --lang en",
    )
)
@asks
@click.option(
    "--out", required=True, metavar="FILE", type=click.Path(path_type=Path, dir_okay=False), help=".html or .pdf."
)
@answers
@click.pass_obj
def report(screen: Screen, /, out: Path, **asked: Any) -> None:  # noqa: ANN401  # options
    """Write the report of `commute analyse` as a paper, with an annex of texts to start from."""
    from drehkreuz.reports.paper.printing import check_printer, write_paper

    check_printer(out)
    answer, _ = analysed(screen, **asked)

    from drehkreuz.reports.commuting.paper import commuting_paper
    from drehkreuz.reports.commuting.telling import Telling

    write_paper(commuting_paper(answer, screen.language), out)
    if screen.as_json:
        screen.print_json(answer | {"written": str(out)})
    else:
        screen.console.print(Telling(screen.language)("written", file=out))
