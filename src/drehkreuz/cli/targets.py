# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Targets of a modelled region beside its results, on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich import box
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    import polars as pl

    from drehkreuz.cli.output import Screen
    from drehkreuz.reports.words import Words


def show_targets(screen: Screen, targets: pl.DataFrame) -> None:
    """Print what the region was calibrated to and what came out; targets that were missed are named."""
    words = screen.words
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, header_style="bold")
    for column in ("target", "result", "range", "grade"):
        number = column in {"result", "range"}
        table.add_column(words(f"targets.{column}"), overflow="fold", justify="right" if number else "left")
    missed = []
    for row in targets.iter_rows(named=True):
        label = row[f"label_{words.language}"]
        met = row["low"] <= row["result"] <= row["high"]
        if not met:
            missed.append(label)
        table.add_row(
            label,
            Text(_figure(words, row, "result"), style="" if met else "bold red"),
            words("targets.from_to", low=_figure(words, row, "low"), high=_figure(words, row, "high")),
            words(f"targets.{row['grade']}"),
        )
    screen.console.print(Text(f"\n{words('targets.heading')}", style="bold"))
    screen.console.print(Padding(table, (0, 0, 0, 0)))
    kept = len(targets) - len(missed)
    screen.console.print(words("targets.kept", kept=kept, all=len(targets)))
    if missed:
        screen.console.print(Text(words("targets.missed", names=words.listed(missed, most=len(missed))), style="red"))


def targets_as_json(targets: pl.DataFrame) -> list[dict[str, Any]]:
    """Return the targets as objects, with `met`."""
    return [row | {"met": row["low"] <= row["result"] <= row["high"]} for row in targets.iter_rows(named=True)]


def _figure(words: Words, row: dict[str, Any], column: str) -> str:
    value = row[column]
    if row["unit"] == "share":
        return words.percent(value)
    return words.number(value, 0 if abs(value) >= 100 or value == int(value) else 1)  # three digits say enough
