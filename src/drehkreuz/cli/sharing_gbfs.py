# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""`drehkreuz sharing gbfs`: what a region lends, as GBFS 3.0."""

from __future__ import annotations

from pathlib import Path

import click

from drehkreuz.cli.output import Screen, examples, speaks


@click.command(epilog=examples("drehkreuz sharing gbfs aachen --out feeds --address https://sharing.example.org"))
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--out", metavar="DIR", required=True, type=click.Path(path_type=Path, file_okay=False), help="Folder of the feeds."
)
@click.option(
    "--address", metavar="URL", default="https://example.org", show_default=True, help="Where they will be found."
)
@speaks
@click.pass_obj
def gbfs(screen: Screen, /, folder: Path, out: Path, address: str) -> None:
    """
    Write stations, vehicles and prices as GBFS 3.0, a folder for each lender.

    A snapshot of the region's day. Where a modelled region names no vehicle types and prices, assumed ones are written; of real lenders
    only what they published. The site has the state of the moment, below /sharing/gbfs/.
    """
    from drehkreuz.errors import Finding, InputError
    from drehkreuz.planning.sharing.offer import completed
    from drehkreuz.region import open_region
    from drehkreuz.sources.formats_write import write_format

    region = open_region(folder)
    if region.table("sharing_stations").is_empty():
        remedy = "Build a region that reads a GBFS feed, or add stations to the table."
        raise InputError(Finding("sharing_stations", "", "", "", "no station of shared vehicles", remedy))
    known = region.manifest.provenance.get("sharing_stations")
    modelled = known is not None and known.kind == "modelled"
    written, findings = write_format(completed(region) if modelled else region, "gbfs", out, address=address)
    for finding in findings:
        click.echo(f"drehkreuz: {finding}", err=True)
    screen.console.print(screen.words("region.exported", n=len(written), folder=out))
