# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The barriers of a region on a terminal."""

from __future__ import annotations

from typing import Final

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from drehkreuz.cli.output import Screen
from drehkreuz.reports.barriers import GROUPED, group_name
from drehkreuz.reports.barriers_picture import figure_name, span_shown
from drehkreuz.reports.notes import sentence
from drehkreuz.reports.pair import Values
from drehkreuz.reports.sentences import headline_sentence, kind, title
from drehkreuz.reports.spread import SIDES
from drehkreuz.reports.words import Words

BAR: Final = 20
"""Characters of the longest bar."""

TOP: Final = 3
"""Reasons of a barrier that are shown; --json and --out have all."""


def show_barriers(answer: Values, by: str | None, screen: Screen) -> None:
    """
    Print the answer of `drehkreuz.reports.barriers.barriers`.

    Args:
        answer: The answer.
        by: What the lines of groups are by; None: no groups.
        screen: Where to.
    """
    words, console = screen.words, screen.console
    console.print(Text(title(answer, words), style="bold"), Text(f"({kind(answer, words)})", style="dim"))
    if answer["every"] > 1:
        console.print(words("barriers.every", n=words.number(answer["every"])))
    console.print()
    console.print(headline_sentence(answer, words))
    for side in SIDES:
        told = answer[f"{side}_by"]
        console.print()
        console.print(words(f"barriers.{side}_caption", n=words.number(told["all"]["total"])))
        console.print(Padding(_line(told["all"], answer.get(f"{side}_stable"), side, words), (0, 0, 0, 3)))
        console.print(Text(words(f"barriers.{side}_closes"), style="dim"))
        if by in GROUPED[side]:
            console.print(Padding(_groups(told["by"][by], str(by), side, words), (1, 0, 0, 3)))
    console.print()
    console.print(words("barriers.below"))
    console.print(Padding(_reasons(answer["reasons"], words), (0, 0, 0, 3)))
    if answer["times"]:
        console.print(Text(words("barriers.interval_note", n=answer["times"]), style="dim"))
    for group in answer["findings"]:
        console.print(Text(sentence(group), style="dim"))
    if "written" in answer:
        console.print(words("match.written", files=", ".join(answer["written"])))


def _line(line: Values, stable: Values | None, side: str, words: Words) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim", show_header=stable is not None)
    table.add_column()
    table.add_column(justify="right")
    if stable is not None:
        table.add_column(words("barriers.stable"), justify="right")
    table.add_column()
    interval: Values = line.get("interval", {"shares": {}})
    rows = [("found", line["found"], interval.get("found"))]
    shares = sorted(line["shares"].items(), key=lambda share: -share[1])
    rows += [(barrier, share, interval["shares"].get(barrier)) for barrier, share in shares]
    rows += [("left", line["left"], interval.get("left"))]
    longest = max((count for _, count, _ in rows), default=0) or 1
    for figure, count, between in rows:
        bar = "█" * round(BAR * max(count, 0) / longest)
        style = "green" if figure == "found" else "blue"
        beside = [] if stable is None else [words.number(stable["shares"].get(figure, stable.get(figure)))]
        name, shown = figure_name(figure, side, words), span_shown(count, between, words)
        table.add_row(name, shown, *beside, Text(bar, style=style))
    return table


def _groups(lines: list[Values], by: str, side: str, words: Words) -> Table:
    """Return the groups as lines of a table: all, found, the three greatest shares, left."""
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
    table.add_column("")
    for key in ("all", f"{side}_found", "most", f"{side}_left"):
        table.add_column(words(f"barriers.{key}"), justify="left" if key == "most" else "right")
    for line in lines:
        most = sorted(line["shares"].items(), key=lambda share: -share[1])[:TOP]
        named = ", ".join(
            f"{figure_name(barrier, side, words)} {words.number(share)}" for barrier, share in most if share > 0
        )
        total, found, left = (words.number(line[key]) for key in ("total", "found", "left"))
        table.add_row(group_name(by, line["key"], words.language), total, found, named, left)
    return table


def _reasons(barriers: list[Values], words: Words) -> Table:
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column()
    table.add_column(justify="right")
    table.add_column()
    for entry in sorted(barriers, key=lambda entry: -int(entry["people"])):
        table.add_row(
            Text(words(f"barrier.{entry['barrier'].upper()}"), style="bold"), words.number(entry["people"]), ""
        )
        for told in entry["reasons"][:TOP]:
            said = words("barriers.and").join(words(f"reason_below.{reason.upper()}") for reason in told["reasons"])
            table.add_row("", words.number(told["people"]), said)
    return table
