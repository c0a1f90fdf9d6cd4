# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What the verbs of `charging` are asked with: a register or a feed in the place of the region's own sites, a year, a file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from drehkreuz.reports.words import Words

if TYPE_CHECKING:
    import polars as pl

    from drehkreuz.cli.output import Screen
    from drehkreuz.region import Region

A_FILE: Final = click.Path(path_type=Path, dir_okay=False)
A_SOURCE: Final = click.Path(path_type=Path)

register_option = click.option(
    "--register",
    metavar="FILE",
    type=A_FILE,
    help="Register of the Bundesnetzagentur, CSV or Excel, instead of the region's sites.",
)
ocpi_option = click.option(
    "--ocpi", metavar="FILE", type=A_SOURCE, help="OCPI locations, JSON or a folder of it, beside --register or alone."
)
year_option = click.option("--year", type=int, default=2030, show_default=True, help="Year of the fleet.")
assumptions_option = click.option(
    "--assumptions", "assumed", metavar="FILE", type=A_FILE, help="TOML of assumptions of your own."
)
official_option = click.option(
    "--official", metavar="FILE", type=A_FILE, help="CSV of official counts of vehicles that replace modelled ones."
)
out_option = click.option(
    "--out", metavar="FILE", type=A_FILE, help="A table (.csv), points (.geojson) or a map (.svg)."
)

MOST_SHOWN: Final = 12
"""Rows shown; --out and --json have all."""


def opened(folder: Path, register: Path | None, ocpi: Path | None, screen: Screen) -> Region:
    """
    Open a region, with the charging sites of files in the place of its own.

    Rows of a file that cannot be used are left out, and how many is said.

    Raises:
        InputError: If the region or a file cannot be read.
    """
    import polars as pl

    from drehkreuz.region import open_region

    region = open_region(folder)
    tables: dict[str, pl.DataFrame] = {}
    for path, kind in ((register, "charging_register"), (ocpi, "ocpi")):
        if path is not None:
            for name, frame in read(path, kind, screen).items():
                tables[name] = pl.concat([tables[name], frame]) if name in tables else frame
    return region.with_tables(tables) if tables else region


def read(path: Path, kind: str, screen: Screen) -> dict[str, pl.DataFrame]:
    """
    Return the charging tables of a file; how many rows were left out goes to stderr.

    Raises:
        InputError: If it cannot be read at all.
    """
    from drehkreuz.cli.output import Bars
    from drehkreuz.progress import track
    from drehkreuz.sources.charging_register import read_charging_register
    from drehkreuz.sources.ocpi import read_ocpi

    reader: Any = {"charging_register": read_charging_register, "ocpi": read_ocpi}[kind]
    for _ in track([path], "charging.read", Bars(screen.words)):
        tables, notes = reader(path, lenient=True)
    errors = [note for note in notes if note.severity == "error"]
    if errors:
        click.echo(f"drehkreuz: {errors[0]} ({len(errors)})", err=True)
    return dict(tables)


def grid(rows: Sequence[tuple[str, ...]], heads: tuple[str, ...], *, wide: bool = False) -> Any:  # noqa: ANN401  # rich is imported when a verb runs
    """Return rows as a table: names left, figures right; with `wide` the last column is text."""
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0), header_style="dim")
    texts = {0, len(heads) - 1} if wide else {0}
    for at, head in enumerate(heads):
        table.add_column(
            head,
            justify="left" if at in texts else "right",
            vertical="top" if wide else "bottom",
            no_wrap=wide and at == 0,
        )
    for row in rows:
        table.add_row(*row)
    return table


def span(figures: dict[str, float], words: Words) -> str:
    """Return a figure with its interval."""
    from drehkreuz.reports.outlook import about

    low, mid, high = (about(figures[variant], words) for variant in ("low", "mid", "high"))
    return words("charging.span", low=low, mid=mid, high=high)
