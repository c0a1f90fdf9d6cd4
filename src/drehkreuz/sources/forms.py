# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""CSV files to fill in, with a guide to their columns, a recipe that reads them, and an example of a person."""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from typing import Final

import polars as pl

from drehkreuz.errors import Finding, InputError
from drehkreuz.region import TABLES, Column, TableSchema
from drehkreuz.region.schema import SOURCED
from drehkreuz.sources.cell_words import words_of
from drehkreuz.sources.crosswalk import OCCUPATIONS_LOCAL
from drehkreuz.sources.folder import GUIDE, NAMES
from drehkreuz.sources.mapping import headings_of
from drehkreuz.sources.templates import SPREADSHEET_SEPARATOR

RECIPE: Final = "region.toml"
PERSON: Final = "person.toml"

_WRITTEN: Final = {
    "id": "code",
    "text": "text",
    "int": "whole number",
    "float": "number",
    "bool": "ja, nein",
    "date": "2026-11-03 or 03.11.2026",
    "clock": "06:00; the next night 26:00",
    "seconds": "06:00:00; the next night 26:00:00",
}
"""How a value is written, by type of column."""

PEOPLE: Final = "people"
ROTAS: Final = "rotas"
LAW: Final = "law"
MORE: Final = "more"

FOLDERS: Final[dict[str, tuple[str, ...]]] = {
    "": (
        "zones",
        "places",
        "occupations_local",
        "vacancies",
        "courses",
        "course_sessions",
        "course_skills",
        "qualifications",
        "vacancy_qualifications",
        "vacancy_languages",
        "vacancy_licences",
    ),
    PEOPLE: tuple(name for name in TABLES if name == "people" or name.startswith("person_") or name == "care"),
    ROTAS: ("shift_systems", "shifts"),
    LAW: ("rules",),
}
"""Tables by the folder they are written to; all others go to `MORE`. Rows of one folder have one provenance."""

READY: Final = (*FOLDERS[ROTAS], *FOLDERS[LAW])
"""Tables that come filled in: common rotas, and what holds everywhere in Germany."""

_RECIPE: Final = """\
# A region built from the CSV files in this folder. Fill in what you have; a file without rows is left out.
# columns.csv says what each column means. Then:
#
#     drehkreuz region build region.toml

name = "example" # of the folder the region is written to
title = "Beispielregion"
day = 2026-11-03 # the day the region describes
language = "de"

[provenance] # what your rows are: observed, modelled or assumed; where from; under which licence; of which day
kind = "observed"
source = "Example"
licence = "CC-BY-4.0"
date = 2026-11-03

[[source]] # places, occupations, vacancies, courses
kind = "folder"
path = "."
decimal = "," # 1.234,50 as German spreadsheets write it; "." for 1,234.50

[[source]] # examples of people: never real persons
kind = "folder"
path = "people"
decimal = ","
provenance = { kind = "modelled", source = "Beispielprofile", licence = "CC-BY-4.0", date = 2026-11-03 }

[[source]] # common rotas, ready to use; change them, or add your own
kind = "folder"
path = "rotas"
provenance = { kind = "modelled", source = "common rotas", licence = "Apache-2.0", date = 2026-11-22 }

[[source]] # funding and rights that hold everywhere in Germany, each with its source; add those of your Land
kind = "folder"
path = "law"
provenance = { kind = "observed", source = "laws and offices, named in each row", licence = "Apache-2.0", date = 2026-11-22 }

[[source]] # every other table, for later
kind = "folder"
path = "more"
"""


def write_templates(folder: Path) -> list[Path]:
    """
    Write a CSV file to fill in for every table, a guide to all columns, a recipe that reads the files, and a person.

    Headings are German where `headings.toml` has one, else the columns' names; both are read. The files carry a byte
    order mark and semicolons, so that German spreadsheets open them as tables. Those of `READY` are filled in.

    Args:
        folder: Made if missing.

    Returns:
        The files written.

    Raises:
        InputError: If one of the files is already there; then none is written.
    """
    files = {folder / _file(name): _table(name) for name in NAMES}
    files |= {folder / GUIDE: _guide().write_csv(separator=SPREADSHEET_SEPARATOR)}
    files |= {folder / RECIPE: _RECIPE, folder / PERSON: _default_text(PERSON)}
    present = [path for path in files if path.exists()]
    if present:
        remedy = "Name another folder; nothing was written."
        raise InputError(*(Finding(str(path), "", "", "", "is already there", remedy) for path in present))
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8-sig" if path.suffix == ".csv" else "utf-8", newline="\n")
    return list(files)


def _file(name: str) -> Path:
    """Return where a table's file stands within the folder."""
    place = next((place for place, names in FOLDERS.items() if name in names), MORE)
    return Path(place, f"{name}.csv")


def _table(name: str) -> str:
    """Return the text of a table's file: its headings, and its rows where it comes filled in."""
    if name in READY:
        return _default_text(f"{name}.csv")
    headings = [_heading(_schema(name), column) for column in _to_fill_in(_schema(name))]
    return SPREADSHEET_SEPARATOR.join(headings) + "\n"


def _default_text(name: str) -> str:
    return resources.files(__package__).joinpath("defaults", name).read_text(encoding="utf-8")


def _schema(name: str) -> TableSchema:
    return OCCUPATIONS_LOCAL if name == OCCUPATIONS_LOCAL.name else TABLES[name]


def _heading(schema: TableSchema, column: str) -> str:
    """Return the first German heading of a column, where it has one."""
    return (*headings_of(schema.name).get(column, ()), column)[0]


def _to_fill_in(schema: TableSchema) -> dict[str, Column]:
    """Return the columns without those that the build fills in by itself."""
    built = SOURCED if "first_seen" in schema.columns else {}
    return {name: column for name, column in schema.columns.items() if name not in built}


def _ordered() -> list[str]:
    """Return all tables, those to begin with first."""
    return list(dict.fromkeys([*(name for names in FOLDERS.values() for name in names), *NAMES]))


def _guide() -> pl.DataFrame:
    rows = [
        _guide_row(schema, column) for schema in map(_schema, _ordered()) for column in _to_fill_in(schema).values()
    ]
    return pl.DataFrame(rows).with_columns(pl.all().replace("", None))


def _guide_row(schema: TableSchema, column: Column) -> dict[str, str]:
    return {
        "file": _file(schema.name).as_posix(),
        "column": column.name,
        "heading": _heading(schema, column.name),
        "needed": "ja" if column.required and column.default is None else "nein",
        "written as": _WRITTEN[column.type],
        "unit": column.unit,
        "from": "" if column.min is None else f"{column.min:g}",
        "to": "" if column.max is None else f"{column.max:g}",
        "allowed": ", ".join(_allowed(schema, column)),
        "if empty": _default(column),
        "code found in": _found_in(column),
        "meaning": column.doc,
    }


def _found_in(column: Column) -> str:
    """Return the file that lists the codes of a column."""
    name = OCCUPATIONS_LOCAL.name if column.ref == "occupations" else column.ref
    return _file(name).as_posix() if name else ""


def _allowed(schema: TableSchema, column: Column) -> list[str]:
    """Return the values of a column, each with a German word that may stand in its place."""
    words = words_of(schema.name, column.name)
    values = [str(value) for value in column.allowed or words]
    return [f"{words[value][0]} = {value}" if value in words else value for value in values]


def _default(column: Column) -> str:
    match column.type, column.default:
        case _, None:
            return ""
        case "bool", value:
            return "ja" if value else "nein"
        case "clock", value:
            return f"{value // 60:02d}:{value % 60:02d}"
        case _, value:
            return str(value)
