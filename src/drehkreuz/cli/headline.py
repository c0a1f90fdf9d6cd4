# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A region's headline on a terminal."""

from __future__ import annotations

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from drehkreuz.cli.output import Screen
from drehkreuz.reports.notes import sentence
from drehkreuz.reports.pair import Values
from drehkreuz.reports.sentences import headline_sentence, kind, title
from drehkreuz.reports.words import Words

BAR = 30
"""Characters of the longest bar."""


def show_headline(answer: Values, screen: Screen) -> None:
    """Print the answer of `drehkreuz.reports.headline.headline`."""
    words, console = screen.words, screen.console
    console.print(Text(title(answer, words), style="bold"), Text(f"({kind(answer, words)})", style="dim"))
    if answer["every"] > 1:
        console.print(words("barriers.every", n=words.number(answer["every"])))
    console.print()
    counts = Table.grid(padding=(0, 2, 0, 0))
    counts.add_column(justify="right", style="bold")
    counts.add_column()
    for key, value in (
        ("people", answer["people"]),
        ("openings", answer["openings"]),
        ("courses", answer["courses"]),
        ("filled", answer["filled_today"]),
        ("stable", answer["stable"]),
    ):
        counts.add_row(words.number(value), words(f"match.{key}"))
    console.print(Padding(counts, (0, 0, 1, 3)))
    console.print(headline_sentence(answer, words))
    console.print()
    console.print(words("match.left"))
    console.print(Padding(_shares(answer, words), (0, 0, 0, 3)))
    console.print(Text(words("match.closes"), style="dim"))
    console.print(Text(_proof(answer, words), style="dim"))
    for group in answer["findings"]:
        console.print(Text(sentence(group), style="dim"))
    if "written" in answer:
        console.print(words("match.written", files=", ".join(answer["written"])))


def _shares(answer: Values, words: Words) -> Table:
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column()
    table.add_column(justify="right")
    table.add_column()
    rows = [("match.today", answer["filled_today"], 0)]
    rows += [(f"barrier.{entry['barrier'].upper()}", entry["share"], 1) for entry in answer["shares"]]
    rows += [("match.no_person", answer["no_person_left"], 0)]
    longest = max(value for _, value, _ in rows) or 1
    for key, value, digits in rows:
        bar = "█" * round(BAR * value / longest)
        table.add_row(
            words(key), words.number(value, digits), Text(bar, style="green" if key == "match.today" else "blue")
        )
    table.add_row(
        Text(words("match.total_openings"), style="bold"), Text(words.number(answer["openings"]), style="bold"), ""
    )
    return table


def _proof(answer: Values, words: Words) -> str:
    if answer["certificate"]["exact"]:
        return words("match.exact", pairs=words.number(answer["certificate"]["pairs"]))
    return words("match.bounds", low=answer["filled_today"], high=answer["filled_today_most"])
