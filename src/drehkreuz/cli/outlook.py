# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""`drehkreuz outlook`: the region by year if nothing happens."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import click

from drehkreuz.cli.output import Screen, answers, examples

MOST_TOWNS: Final = 10
"""Municipalities shown; --out writes all."""

BY_YEAR: Final = (
    "working_age",
    "entrants",
    "retirements",
    "posts",
    "posts_created",
    "posts_lost",
    "gap",
    "purchasing_power",
)
BY_TOWN: Final = ("working_age_change", "living_lost", "posts_created", "posts_lost", "gap", "purchasing_power_change")

STOCKS: Final = ("working_age", "posts", "purchasing_power")
"""What the first year has; flows begin with the second."""

A_FILE: Final = click.Path(path_type=Path, dir_okay=False)


@click.command(
    epilog=examples(
        "drehkreuz outlook village",
        "drehkreuz outlook village --to 2032 --json",
        "drehkreuz outlook village --official projections.csv --out outlook.csv",
    )
)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--to", metavar="YEAR", type=int, default=2035, show_default=True, help="Last year.")
@click.option("--official", metavar="FILE", type=A_FILE, help="CSV of official projections that replace modelled rows.")
@click.option("--assumptions", "assumed", metavar="FILE", type=A_FILE, help="TOML of assumptions of your own.")
@click.option("--out", metavar="FILE", type=A_FILE, help="CSV of every municipality, year and quantity.")
@answers
@click.pass_obj
def outlook(
    screen: Screen, folder: Path, to: int, official: Path | None, assumed: Path | None, out: Path | None
) -> None:
    """
    See what becomes of a region by year if nothing happens but what is announced.

    People grow older, enter work and retire; closures end posts and sites bring some, late or not at all by their
    chances. No forecast: every assumption is named, and --official puts published projections in the place of ours.
    """
    from drehkreuz.foresight import outlook as of_region
    from drehkreuz.foresight import read_assumptions, read_official
    from drehkreuz.foresight.start import start
    from drehkreuz.region import open_region
    from drehkreuz.reports.outlook import outlook_report, write_outlook

    region = open_region(folder)
    begin = start(region)
    given = read_official(official, begin.keys, range(begin.year, max(to, begin.year) + 1)) if official else None
    found = of_region(region, to, assumptions=read_assumptions(assumed), official=given)
    answer = outlook_report(found) | {"title": region.manifest.title, "day": region.manifest.day}
    if out is not None:
        write_outlook(found, out)
        answer["written"] = out
    if screen.as_json:
        screen.print_json(answer)
    else:
        _show(answer, screen)


def _show(answer: dict[str, Any], screen: Screen) -> None:
    from rich.text import Text

    from drehkreuz.reports.outlook import outlook_sentences

    words, console = screen.words, screen.console
    title = words("outlook.title", title=answer["title"], first=answer["from"], last=answer["to"])
    console.print(Text(title, style="bold"), end="\n\n")
    for sentence in outlook_sentences(answer, words):
        console.print(sentence)
    console.print()
    console.print(_years(answer, screen))
    if len(answer["municipalities"]) > 1:
        console.print()
        console.print(_towns(answer, screen))
        left = len(answer["municipalities"]) - MOST_TOWNS
        if left > 0:
            console.print(Text(words("outlook.more", n=left), style="dim"))
    console.print()
    if answer["unplaced"]:
        console.print(Text(words("outlook.unplaced", n=words.number(answer["unplaced"]["posts_lost"])), style="dim"))
    console.print(Text(words("outlook.no_forecast"), style="dim"))
    if "written" in answer:
        console.print(words("match.written", files=answer["written"]))


def _years(answer: dict[str, Any], screen: Screen) -> Any:  # noqa: ANN401  # rich is imported when a verb runs
    heads = [screen.words("outlook.year"), *(screen.words(f"outlook.q_{name}") for name in BY_YEAR)]
    rows = []
    for at, year in enumerate(answer["years"]):
        values = [answer["region"][name]["value"][at] if at or name in STOCKS else None for name in BY_YEAR]
        rows.append([str(year), *(_cell(value, screen) for value in values)])
    return _table(heads, rows)


def _towns(answer: dict[str, Any], screen: Screen) -> Any:  # noqa: ANN401  # as above
    heads = [screen.words("outlook.town"), *(screen.words(f"outlook.q_{name}") for name in BY_TOWN)]
    towns = sorted(answer["municipalities"], key=lambda town: (-town["living_lost"], -town["gap"], town["key"]))
    rows = [[town["name"], *(_cell(town[name], screen) for name in BY_TOWN)] for town in towns[:MOST_TOWNS]]
    return _table(heads, rows)


def _table(heads: list[str], rows: list[list[str]]) -> Any:  # noqa: ANN401  # as above
    """Return a table whose heads are as narrow as their words and the cells below allow."""
    from textwrap import wrap

    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0), header_style="bold")
    for at, head in enumerate(heads):
        width = max(len(part) for part in (*head.split(), *(row[at] for row in rows)))
        text = "\n".join(wrap(head, width, break_long_words=False, break_on_hyphens=False))
        table.add_column(text, justify="right" if at else "left", vertical="bottom")
    for row in rows:
        table.add_row(*row)
    return table


def _cell(value: float | None, screen: Screen) -> str:
    if value is None:
        return "–"
    rounded = round(value)
    return f"{'−' if rounded < 0 else ''}{screen.words.number(abs(rounded))}"
