# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""`drehkreuz charging import`: sites from the register or an operator's feed, shown and put into a region."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final

import click

from drehkreuz.cli.charging_asking import A_SOURCE, grid, out_option, read
from drehkreuz.cli.output import Screen, answers, examples
from drehkreuz.cli.reach_asking import check_format

if TYPE_CHECKING:
    from drehkreuz.region import Region

LICENCE: Final = {"register": "CC-BY-4.0", "ocpi": "unknown: ask the operator"}
SOURCE: Final = {"register": "Ladesäulenregister der Bundesnetzagentur", "ocpi": "OCPI"}


@click.command(
    "import",
    epilog=examples(
        "drehkreuz charging import village Ladesaeulenregister.csv",
        "drehkreuz charging import village locations.json --kind ocpi --write",
        "drehkreuz charging import village --kind ocpi --url https://example.org/ocpi/2.2.1/locations --out sites.svg",
    ),
)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.argument("file", metavar="[FILE]", type=A_SOURCE, required=False)
@click.option(
    "--kind",
    type=click.Choice(["register", "ocpi"]),
    default="register",
    show_default=True,
    help="Register of the Bundesnetzagentur (CSV, Excel), or OCPI locations (JSON, a folder or zip of it).",
)
@click.option("--url", help="Fetch OCPI locations from this address instead of a file. Nothing is fetched otherwise.")
@click.option("--write", is_flag=True, help="Make a new snapshot of the region, these sites in the place of its own.")
@click.option("--licence", help="Licence of the data.  [default: CC-BY-4.0 for the register]")
@click.option(
    "--date", "day", type=click.DateTime(["%Y-%m-%d"]), help="Day that the data describe.  [default: the region's day]"
)
@out_option
@answers
@click.pass_obj
def import_sites(
    screen: Screen, folder: Path, file: Path | None, kind: str, url: str | None, write: bool, licence: str | None,
    day: datetime | None, out: Path | None,
) -> None:  # fmt: skip
    """
    Read charging sites, show them and how they were when last reported, and put them into a region.

    A status is what the source said at a time that is shown with it.
    """
    from drehkreuz.region import Provenance, open_region, write_snapshot
    from drehkreuz.reports.charging_files import FORMATS, write_charging
    from drehkreuz.reports.charging_sites import sites_answer, sites_picture, sites_table
    from drehkreuz.sources.ocpi_status import fetch_ocpi, read_ocpi_status

    if (file is None) == (url is None) or (url is not None and kind != "ocpi"):
        raise click.UsageError("name either FILE, or --url with --kind ocpi")
    check_format(out, FORMATS)
    region = open_region(folder)
    with TemporaryDirectory() as temporary:
        path = fetch_ocpi(url, Path(temporary)) if url is not None else file
        assert path is not None  # noqa: S101  # one of both, see above
        tables = read(path, {"register": "charging_register", "ocpi": "ocpi"}[kind], screen)
        status = read_ocpi_status(path) if kind == "ocpi" else None
    named = url or str(path.name)
    known = Provenance(
        "observed", f"{SOURCE[kind]}, {named}", licence or LICENCE[kind], day.date() if day else _day(region)
    )
    provenance = {**region.manifest.provenance, **dict.fromkeys(tables, known)}
    region = region.with_tables(tables).with_manifest(provenance=provenance)
    answer = sites_answer(region, named, status) | {"snapshot": None}
    if out is not None:
        table = sites_table(region, status)
        write_charging(table, lambda: sites_picture(region, answer, table, screen.words), out)
        answer["written"] = str(out)
    if write:
        answer["snapshot"] = write_snapshot(folder, region)
    if screen.as_json:
        screen.print_json(answer)
    else:
        _show(answer, folder, screen)


def _day(region: Region) -> date:
    return region.manifest.day


def _show(answer: dict[str, Any], folder: Path, screen: Screen) -> None:
    from rich.padding import Padding
    from rich.text import Text

    from drehkreuz.reports.charging_sites import sites_notes

    words, console = screen.words, screen.console
    console.print(Text(words("charging.import_title", source=answer["source"]), style="bold"), end="\n\n")
    figures = {name: words.number(answer[name]) for name in ("sites", "points", "kw", "inside", "away", "closed")}
    console.print(words("charging.import_read", title=answer["provenance"]["title"], **figures))
    if answer["status"] is not None:
        rows = [(words(f"charging.status_{name}"), words.number(n)) for name, n in answer["status"].items()]
        heads = (words("charging.import_status"), words("charging.import_status_points"))
        console.print(Padding(grid(rows, heads), (1, 0, 1, 3)))
    for note in sites_notes(answer, words):
        console.print(Text(note, style="dim"))
    if answer["snapshot"] is None:
        console.print(Text(words("charging.import_shown"), style="dim"))
    else:
        told = {"number": answer["snapshot"], "folder": folder, "sites": words.number(answer["sites"])}
        console.print(words("charging.import_written", **told))
    if "written" in answer:
        console.print(words("match.written", files=answer["written"]))
