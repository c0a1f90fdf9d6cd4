# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""`drehkreuz reach matrix`: minutes of all homes to every place and time that occur, as a file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from drehkreuz.cli.output import Bars, Screen, answers, examples
from drehkreuz.cli.reach_asking import check_format

if TYPE_CHECKING:
    import polars as pl

FORMATS: Final = (".parquet", ".csv")


@click.command(
    epilog=examples(
        "drehkreuz reach matrix village --out minutes.parquet", "drehkreuz reach matrix village --out minutes.csv"
    )
)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--out", required=True, metavar="FILE", type=click.Path(path_type=Path, dir_okay=False), help=".parquet or .csv."
)
@answers
@click.pass_obj
def matrix(screen: Screen, folder: Path, out: Path) -> None:
    """
    Write the minutes out and back of every home to every place and time that occur.

    A row for each place, begin, end, kind of day and home; two columns of bytes for each way of getting about, empty
    where there is none. Homes without any way are left out.
    """
    from concurrent.futures import ThreadPoolExecutor

    from drehkreuz.cli.engines import compile_kernels
    from drehkreuz.region import Cache, open_region

    check_format(out, FORMATS)
    region = open_region(folder)
    compile_kernels(screen, "drehkreuz.reach")

    from drehkreuz.reach import matrix as tables
    from drehkreuz.reach.stage import minutes_of_region
    from drehkreuz.reach.triples import triples
    from drehkreuz.reports.provenance import provenance

    where, progress = triples(region), Bars(screen.words)
    with ThreadPoolExecutor() as executor:
        ways = minutes_of_region(region, where, cache=Cache.default(), executor=executor, progress=progress)
    out.parent.mkdir(parents=True, exist_ok=True)
    blocks = tables.matrix(region, where, ways)
    rows = _as_csv(blocks, out) if out.suffix == ".csv" else _as_parquet(blocks, out, tables.schema(ways.chains))
    answer = {
        "provenance": provenance(region),
        "rows": rows,
        "triples": len(where),
        "places": len(set(where.place.tolist())),
        "homes": len(region.table("zones")),
        "written": str(out),
    }
    if screen.as_json:
        screen.print_json(answer)
    else:
        words = screen.words
        counts = {name: words.number(answer[name]) for name in ("rows", "triples", "places")}  # type: ignore[arg-type]
        screen.console.print(
            words("matrix.written", file=out, zones=words.number(len(region.table("zones"))), **counts)
        )


def _as_csv(blocks: Iterator[pl.DataFrame], path: Path) -> int:
    """Write block after block; return the number of rows."""
    rows = 0
    with path.open("wb") as file:
        for number, block in enumerate(blocks):
            block.write_csv(file, include_header=number == 0)
            rows += len(block)
    return rows


def _as_parquet(blocks: Iterator[pl.DataFrame], path: Path, schema: pl.Schema) -> int:
    """Write block after block, as Polars reads from a source; return the number of rows."""
    import polars as pl
    from polars.io.plugins import register_io_source

    def source(*_asked: object) -> Iterator[pl.DataFrame]:
        return blocks

    register_io_source(source, schema=schema).sink_parquet(path)
    return int(pl.scan_parquet(path).select(pl.len()).collect().item())
