# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""`drehkreuz region`: make, build, check and show a region."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click
from rich.table import Table
from rich.text import Text

from drehkreuz.cli.output import Bars, Screen, answers, examples
from drehkreuz.cli.region_fetch import fetch
from drehkreuz.cli.region_populate import populate
from drehkreuz.cli.region_publish import publish
from drehkreuz.cli.region_shown import FINDINGS_SHOWN, as_json, number_of, show_build, show_findings, size
from drehkreuz.cli.region_taxonomy import taxonomy
from drehkreuz.cli.verbs import VerbGroup

if TYPE_CHECKING:
    from drehkreuz.region import Provenance, Region

NAME_WIDTH: Final = 22
COLUMN_WIDTH: Final = 38
"""Room for a table's name; for that, its rows and a gap."""

FIRST_TEMPLATES: Final = (
    "zones.csv",
    "places.csv",
    "occupations_local.csv",
    "vacancies.csv",
    "people/people.csv",
    "people/person_occupations.csv",
)
"""What a first answer needs; courses come next."""


class _Folder(click.Path):
    """A folder that has a name: an empty one would be the folder one stands in."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:  # noqa: ANN401  # click's face
        """Return the path."""
        if not str(value).strip():
            self.fail("is empty; name a folder", param, ctx)
        return super().convert(value, param, ctx)


_FOLDER: Final = _Folder(path_type=Path)

folder_argument: Callable[[Callable[..., Any]], Callable[..., Any]] = click.argument(
    "folder", metavar="DIR", type=click.Path(path_type=Path)
)


@click.group(
    cls=VerbGroup,
    epilog=examples(
        "drehkreuz region new village",
        "drehkreuz region build region.toml --out aachen",
        "drehkreuz region check aachen",
    ),
)
def region() -> None:
    """
    Make, build, check and show a region.

    A region is a folder of numbered snapshots that never change; each holds the tables of one moment.
    """


@region.command(
    epilog=examples("drehkreuz region new village", "drehkreuz region new aachen --model aachen --scale 0.2 --seed 1")
)
@folder_argument
@click.option(
    "--model",
    default="village",
    show_default=True,
    metavar="NAME",
    help="Which of the shipped regions: village or aachen.",
)
@click.option("--scale", type=float, metavar="S", help="People, openings and courses against full scale; aachen only.")
@click.option("--seed", type=int, metavar="N", help="Seed of everything drawn; aachen only.  [default: 1]")
@answers
@click.pass_obj
def new(screen: Screen, folder: Path, model: str, scale: float | None, seed: int | None) -> None:
    """
    Make a region that comes with the software.

    If DIR already holds the same region nothing is written, else a new snapshot is added.
    """
    from drehkreuz.model import new_region

    show_build(screen, new_region(folder, model, scale=scale, seed=seed, progress=Bars(screen.words)), folder)


@region.command(
    epilog=examples(
        "drehkreuz region build region.toml", "drehkreuz region build region.toml --out regions/aachen --lenient"
    )
)
@click.argument("recipe", metavar="REGION_TOML", type=click.Path(path_type=Path))
@click.option("--out", type=_FOLDER, metavar="DIR", help="Region folder.  [default: NAME beside it]")
@click.option("--lenient", is_flag=True, help="Leave faulty rows out, list them, and go on.")
@answers
@click.pass_obj
def build(screen: Screen, recipe: Path, out: Path | None, lenient: bool) -> None:
    """
    Build a region from the sources of a recipe.

    Any fault ends the build and nothing is written; the faulty rows of a CSV file are listed beside it,
    those of people.csv in people.errors.csv. Without --out the region is the folder NAME (the recipe's name)
    beside REGION_TOML.
    """
    from drehkreuz.sources.build import build as build_region
    from drehkreuz.sources.recipe import read_recipe

    read = read_recipe(recipe)
    folder = recipe.parent / read.name if out is None else out
    show_build(screen, build_region(read, folder, lenient=lenient, progress=Bars(screen.words)), folder)


@region.command(epilog=examples("drehkreuz region check village", "drehkreuz region check village --json"))
@folder_argument
@answers
@click.pass_context
def check(context: click.Context, folder: Path) -> None:
    """
    List everything that is wrong with a region.

    Each finding names table, row, column, value and remedy. Ends with exit code 1 if there are errors, 0 if there
    are none; warnings alone are no errors.
    """
    from drehkreuz.region.check import check as check_region
    from drehkreuz.region.snapshot import open_region, verify

    screen: Screen = context.obj
    opened = open_region(folder)
    findings = verify(opened) or check_region(opened)  # of damaged tables nothing more can be said
    errors = sum(finding.severity == "error" for finding in findings)
    if screen.as_json:
        screen.print_json({"findings": findings, "errors": errors, "warnings": len(findings) - errors})
    elif findings:
        show_findings(screen, findings)
    else:
        screen.console.print(screen.words("region.clean", size=size(screen, opened)))
    context.exit(1 if errors else 0)


@region.command(epilog=examples("drehkreuz region show village", "drehkreuz region show village --json"))
@folder_argument
@answers
@click.pass_obj
def show(screen: Screen, folder: Path) -> None:
    """
    Show the tables of a region and their sources.

    Of a modelled region also what it was calibrated to, and what came out.
    """
    from drehkreuz.cli.targets import show_targets, targets_as_json
    from drehkreuz.region.snapshot import open_region

    opened = open_region(folder)
    targets = opened.table("targets")
    if screen.as_json:
        screen.print_json(as_json(opened) | {"targets": targets_as_json(targets)})
        return
    words, manifest = screen.words, opened.manifest
    state = words("region.state", number=number_of(opened), day=words.day(manifest.day), size=size(screen, opened))
    screen.console.print(Text.assemble((manifest.title, "bold"), f" ({manifest.name})\n{state}"))
    for known, names in _by_provenance(opened).items():
        screen.console.print(Text(f"\n{_told(screen, known)}", style="bold"))
        screen.console.print(_in_columns(screen, {name: len(opened.table(name)) for name in names}))
    if len(targets):
        show_targets(screen, targets)


@region.command(epilog=examples("drehkreuz region template my-county"))
@folder_argument
@answers
@click.pass_obj
def template(screen: Screen, folder: Path) -> None:
    """
    Write CSV files to fill in.

    One for each table, with a guide to all columns and a recipe that reads those with rows. Common rotas, and funding
    and rights that hold everywhere in Germany, are filled in. Existing files are never replaced.
    """
    from drehkreuz.sources.folder import GUIDE
    from drehkreuz.sources.forms import RECIPE, write_templates

    written = write_templates(folder)
    if screen.as_json:
        screen.print_json({"files": written})
        return
    words = screen.words
    screen.console.print(words("region.templates", n=len(written), folder=folder))
    screen.console.print(words("region.templates_start", files=", ".join(FIRST_TEMPLATES)))
    screen.console.print(words("region.templates_guide", guide=GUIDE, recipe=RECIPE, path=folder / RECIPE))


@region.command(
    epilog=examples(
        "drehkreuz region export village --as jobposting --out postings",
        "drehkreuz region export aachen --as gtfs --out feed",
    )
)
@folder_argument
@click.option("--as", "kind", required=True, metavar="FORMAT", help="jobposting, course, gbfs, ocpi or gtfs.")
@click.option("--out", required=True, type=_FOLDER, metavar="DIR", help="Folder for the files; made if missing.")
@click.option(
    "--address",
    default="https://example.org",
    show_default=True,
    metavar="URL",
    help="Where the files will stand on the web, for feeds that say so.",
)
@answers
@click.pass_obj
def export(screen: Screen, folder: Path, kind: str, out: Path, address: str) -> None:
    """
    Write posts, courses, sharing, charging or the timetable in a format that others read.

    What a format asks and the region does not know is listed and left out. Files of the same names are replaced.
    """
    from drehkreuz.region.snapshot import open_region
    from drehkreuz.sources.formats_write import write_format

    written, findings = write_format(open_region(folder), kind, out, address=address)
    if screen.as_json:
        screen.print_json({"files": written, "findings": findings})
        return
    if findings:
        show_findings(screen, findings, most=FINDINGS_SHOWN)
    screen.console.print(screen.words("region.exported", n=len(written), folder=out))


def _by_provenance(opened: Region) -> dict[Provenance | None, list[str]]:
    groups: dict[Provenance | None, list[str]] = {}
    for name in opened.tables:
        groups.setdefault(opened.manifest.provenance.get(name), []).append(name)
    return groups


def _told(screen: Screen, known: Provenance | None) -> str:
    if known is None:
        return screen.words("region.kind_unknown")
    kind, day = screen.words(f"region.kind_{known.kind}"), screen.words.day(known.date)
    return f"{kind} · {known.source} · {known.licence} · {day}"


def _in_columns(screen: Screen, rows: Mapping[str, int]) -> Table:
    """Return tables and their rows, downwards in as many columns as the screen has room for."""
    columns = max(1, min(len(rows), screen.console.width // COLUMN_WIDTH))
    height = -(-len(rows) // columns)
    cells = [(name, screen.words.number(n)) for name, n in rows.items()]
    grid = Table.grid(padding=(0, 3, 0, 0))
    for _ in range(columns):
        grid.add_column(min_width=NAME_WIDTH)
        grid.add_column(justify="right", min_width=6)
    for line in range(height):
        grid.add_row(*(text for cell in cells[line::height] for text in cell))
    return grid


region.add_command(fetch)
region.add_command(populate)
region.add_command(publish)
region.add_command(taxonomy)
