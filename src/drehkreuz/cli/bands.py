# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""An employer's answer on a terminal: three bands, and what stands between."""

from __future__ import annotations

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from drehkreuz.cli.output import Screen
from drehkreuz.reports.notes import sentence
from drehkreuz.reports.pair import Values
from drehkreuz.reports.sentences import note
from drehkreuz.reports.words import Words


def show_pool(answer: Values, screen: Screen) -> None:
    """Print the answer of `drehkreuz.reports.pool.pool`."""
    words, console, post = screen.words, screen.console, answer["post"]
    console.print(
        Text(
            words("pool.title", title=post["title"], employer=post["employer"] or "", place=post["place"]), style="bold"
        )
    )
    console.print(Text(f"{words('pool.asked')}: {_asked(answer['asked'], words)}", style="dim"), end="\n\n")
    console.print(Text(words("pool.bands"), style="bold underline"))
    console.print(_counts({f"pool.{band}": count for band, count in answer["bands"].items()}, words))
    console.print(Text(words("pool.between"), style="bold underline"))
    console.print(_counts({f"barrier.{name.upper()}": count for name, count in answer["between"].items()}, words))
    console.print(Text(words("pool.protected"), style="dim"))
    console.print(Text(note(answer, words), style="dim"))
    for group in answer["findings"]:
        console.print(Text(sentence(group), style="dim"))


def _counts(counts: dict[str, int | None], words: Words) -> Padding:
    table = Table.grid(padding=(0, 3, 0, 0))
    table.add_column(min_width=40)
    table.add_column(justify="right")
    for key, count in counts.items():
        table.add_row(words(key), words("pool.fewer") if count is None else words("pool.about", n=words.number(count)))
    return Padding(table, (0, 0, 1, 3))


def _asked(asked: Values, words: Words) -> str:
    extra = [*asked["qualifications"], *asked["languages"], *asked["licences"]]
    if not extra:
        return words("pool.asked_plain", n=asked["skills"])
    return words("pool.asked_skills", n=asked["skills"], extra=words.listed(extra))
