# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""`drehkreuz region fetch`: the files of a recipe from their addresses."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich import box
from rich.padding import Padding
from rich.table import Table

from drehkreuz.cli.output import Bars, Screen, answers, examples
from drehkreuz.cli.region_shown import show_findings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from drehkreuz.sources.fetch import Fetched


@click.command(epilog=examples("drehkreuz region fetch region.toml", "drehkreuz region fetch region.toml --again"))
@click.argument("recipe", metavar="REGION_TOML", type=click.Path(path_type=Path))
@click.option("--again", is_flag=True, help="Fetch files that are there already as well.")
@answers
@click.pass_context
def fetch(context: click.Context, recipe: Path, again: bool) -> None:
    """
    Fetch the files of a recipe that have an address.

    The only command that goes into the network for data. Sources with `url` are fetched to their `path` if nothing is
    there; size, digest, licence and day are noted in REGION.fetched.toml beside the recipe. A file that is another one than
    before is told; one that is not what `sha256` says is not taken. Ends with exit code 1 if a file could not be had.
    """
    from drehkreuz.sources.fetch import fetch as fetch_files
    from drehkreuz.sources.fetch import record_of
    from drehkreuz.sources.recipe import read_addresses

    screen: Screen = context.obj
    addresses, record = read_addresses(recipe), record_of(recipe)
    today = datetime.now(tz=UTC).date()
    done, findings = fetch_files(addresses, record, today, again=again, progress=Bars(screen.words))
    if screen.as_json:
        screen.print_json({"files": done, "findings": findings, "record": record})
    else:
        if findings:
            show_findings(screen, findings)
        if done:
            _show_files(screen, done)
        if not addresses:
            screen.console.print(screen.words("fetch.none"))
        elif record.exists():
            screen.console.print(screen.words("fetch.done", record=record))
    context.exit(1 if any(finding.severity == "error" for finding in findings) else 0)


def _show_files(screen: Screen, done: Sequence[Fetched]) -> None:
    words = screen.words
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, header_style="bold")
    for column in ("file", "state", "bytes", "licence", "digest"):
        table.add_column(words(f"fetch.{column}"), overflow="fold", justify="right" if column == "bytes" else "left")
    for one in done:
        state = words(f"fetch.{one.state}", day=words.day(one.day) if one.day else "")
        table.add_row(one.path.name, state, words.number(one.bytes), one.licence, one.sha256[:12])
    screen.console.print(Padding(table, (0, 0, 1, 0)))
