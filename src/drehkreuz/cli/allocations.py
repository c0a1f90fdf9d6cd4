# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The three allocations of a region on a terminal."""

from __future__ import annotations

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from drehkreuz.cli.output import Screen
from drehkreuz.reports.pair import Values
from drehkreuz.reports.words import Words

THOUSAND = 1_000


def show_allocations(answer: Values, most: int, screen: Screen) -> None:
    """
    Print the answer of `drehkreuz.reports.allocations.allocations`.

    Args:
        answer: What is printed.
        most: How many can find each other at most.
        screen: Where.
    """
    words, console = screen.words, screen.console
    assumed = answer["assumed"]
    console.print()
    console.print(words("match.allocations"))
    console.print(Padding(_sizes(answer, words), (0, 0, 0, 3)))
    bound, gap = words.number(answer["bound_eur_month"] / THOUSAND), words.number(100 * answer["gap"], 3)
    console.print(Text(words("match.proved", bound=bound, gap=gap), style="dim"))
    told = words(
        "match.assumed_search",
        applications=assumed["applications"],
        rounds=assumed["rounds"],
        calls=assumed["calls"],
        noise=words.number(assumed["noise_eur_month"]),
        employer=words.number(assumed["employer_eur_month"]),
    )
    console.print(Text(told, style="dim"))
    console.print()
    console.print(words("match.swept"))
    console.print(Padding(_swept(answer, words), (0, 0, 0, 3)))
    console.print()
    console.print(words("match.congestion", n=answer["shown"]))
    console.print(Padding(_shown(answer, most, words), (0, 0, 0, 3)))
    console.print(Text(words("match.kept_best"), style="dim"))


def _sizes(answer: Values, words: Words) -> Table:
    table = _grid("", words("match.placed"), words("match.worth"))
    keys = {name: f"match.kind_{name}" for name in ("likely", "stable", "possible")} | {
        "coordination": "match.coordination"
    }
    for name, key in keys.items():
        size = answer[name]
        table.add_row(words(key), words.number(size["placed"]), words.number(size["worth_eur_month"] / THOUSAND))
    return table


def _swept(answer: Values, words: Words) -> Table:
    habits = ("applications", "rounds", "calls", "noise_eur_month")
    table = _grid(*(words(f"match.{name}") for name in habits), words("match.placed"), words("match.worth"))
    for row in (answer["assumed"] | answer["likely"], *answer["swept"]):
        worth = words.number(row["worth_eur_month"] / THOUSAND)
        table.add_row(*(words.number(row[name]) for name in habits), words.number(row["placed"]), worth)
    return table


def _shown(answer: Values, most: int, words: Words) -> Table:
    table = _grid("", words("match.by_liking"), words("match.by_spread"))
    liking, spread = answer["by_liking"], answer["spread_out"]
    rows = (("gini", None, 2), ("unseen", liking["vacancies"], 0), ("reached", most, 0))
    for key, of, digits in rows:
        name = words(f"match.{key}") if of is None else words(f"match.{key}", n=words.number(of))
        table.add_row(name, words.number(liking[key], digits), words.number(spread[key], digits))
    return table


def _grid(*headings: str) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    for number, heading in enumerate(headings):
        table.add_column(heading, justify="right" if number else "left")
    return table
