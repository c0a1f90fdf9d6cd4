# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""`drehkreuz charging assumptions`: every value behind the figures, with its source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from drehkreuz.cli.charging_asking import assumptions_option, grid
from drehkreuz.cli.output import Screen, answers, examples

if TYPE_CHECKING:
    from drehkreuz.reports.words import Words


@click.command(
    epilog=examples(
        "drehkreuz charging assumptions",
        "drehkreuz charging assumptions --assumptions own.toml --json",
    )
)
@assumptions_option
@answers
@click.pass_obj
def assumptions(screen: Screen, assumed: Path | None) -> None:
    """
    List every value that need, sites and grid rest on: low, middle, high, what it is and where it is from.

    A file for --assumptions has the same form as what --json prints, as TOML, and names only what it replaces.
    """
    from drehkreuz.planning.charging.assumptions import read_assumptions

    found = read_assumptions(assumed)
    if screen.as_json:
        screen.print_json(found.plain())
        return
    words = screen.words
    heads = ("name", "low", "middle", "high", "meaning")
    rows = [row for section, table in found.entries.items() for row in _rows(section, table, words)]
    screen.console.print(grid(rows, tuple(words(f"charging.assumed_{head}") for head in heads), wide=True))


def _rows(section: str, table: Mapping[str, Mapping[str, Any]], words: Words) -> Iterator[tuple[str, ...]]:
    """Yield a row for each value: of a fleet each year, of a split each use, of the grid each column."""
    from drehkreuz.planning.charging.assumptions import HEAD, VARIANTS

    for name, entry in table.items():
        said = words(
            "charging.assumed_said",
            text=entry[words.language].rstrip("."),
            kind=words(f"charging.kind_{entry['kind']}"),
        )
        said += " " + entry[f"source_{words.language}"]
        if section == "parameters":
            yield name, *(_figure(entry[variant], words) for variant in VARIANTS), f"{said} [{entry['unit']}]"
        elif section == "fleet":
            for at, year in enumerate(entry["years"]):
                shares = (_figure(entry[variant][at], words) for variant in VARIANTS)
                yield f"fleet.{name} {year}", *shares, said if not at else ""
        elif section == "split":
            for at, use in enumerate(key for key in entry if key not in HEAD):
                yield f"split.{name}.{use}", "", _figure(entry[use], words), "", said if not at else ""
        else:
            limit = words("charging.assumed_up_to", kw=words.number(entry["up_to_kw"]))
            for column, unit, text in (
                ("years", "charging.years", f"{said}. {limit}"),
                ("eur_per_kw", "charging.eur_kw", ""),
            ):
                figures = (_figure(value, words) for value in entry[column])
                yield f"grid.{name}.{column}", *figures, f"{text} [{words(unit)}]".strip()


def _figure(value: float, words: Words) -> str:
    """Return a value with as many digits as it was written with."""
    digits = len(f"{value:g}".partition(".")[2]) if value < 1000 else 0
    return words.number(value, digits)
