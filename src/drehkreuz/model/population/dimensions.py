# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What a margin may tell people apart by: where they live, their age, their work, and columns of `people`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import polars as pl

from drehkreuz.region import TABLES, Region
from drehkreuz.sources.cell_words import words_of
from drehkreuz.sources.mapping import fold, headings_of

Test = Callable[[Any], bool]
"""Whether a person's value is meant."""

GEOGRAPHY: Final = ("zone_id", "municipality")
"""Where people live, the finest first; a margin without either speaks of the whole region."""

COLUMNS: Final = (
    "employment_status",
    "employer_group",
    "residence_purpose",
    "eqf",
    "car",
    "bike",
    "pedelec",
    "transit_pass",
    "learning_online",
)
"""Columns of `people` that a margin may have."""

HEADINGS: Final = {
    "age": ("Alter", "Altersgruppe", "Age band"),
    "level": ("Anforderungsniveau", "Niveau"),
    "occupation": ("Beruf", "KldB 2010", "KldB"),
    "municipality": ("Gemeinde", "Gemeindeschlüssel", "AGS"),
    "zone_id": ("Zelle", "Gebiet", "Postleitzahl", "PLZ"),
    "sex": ("Geschlecht",),
}
"""Further headings of dimensions that are no column of `people` or mean more than that."""

OR: Final = "|"
"""Stands between values that a row counts together."""

_BAND: Final = re.compile(
    r"(?P<first>\d{1,3})\s*(?:[-–]|bis|to)\s*(?P<last>\d{1,3})|(?P<only>\d{1,3})|(?P<least>\d{1,3})\s*\+"
)
_NUMBER: Final = re.compile(r"\d+")
_TRUTH: Final = {
    "ja": True,
    "yes": True,
    "true": True,
    "1": True,
    "nein": False,
    "no": False,
    "false": False,
    "0": False,
}


@dataclass(frozen=True, slots=True)
class Dimension:
    """
    What people are told apart by.

    Attributes:
        name: As a margin's column is called.
        read: Turns a cell into a test of a person's value; None: the cell cannot be read.
        written: How a cell is written, for findings.
    """

    name: str
    read: Callable[[str], Test | None]
    written: str


def dimension_of(heading: str) -> str | None:
    """Return which dimension a heading means: its own name, or a German one; None: none."""
    return _by_heading().get(fold(heading))


def _by_heading() -> dict[str, str]:
    further = {fold(name): column for column in COLUMNS for name in headings_of("people").get(column, ())}
    further |= {fold(name): dimension for dimension, names in HEADINGS.items() for name in (dimension, *names)}
    return further | {column: column for column in COLUMNS}


def values_of(region: Region, of_day: int, names: Sequence[str]) -> pl.DataFrame:
    """
    Return what everybody of a region is in some dimensions.

    Args:
        region: Region whose people are asked.
        of_day: Year in which ages are counted.
        names: Dimensions that are not geography.

    Returns:
        A row for each row of `people`, a column for each dimension; null where it is not known. `age` is the age reached in
        the year by the middle of the birth-year band; `occupation` the KldB 2010 code of the occupation of today, else of
        the last one, and `level` its Anforderungsniveau.
    """
    people = region.table("people")
    born = (pl.col("birth_year_from") + pl.col("birth_year_to")) / 2
    found = people.select(
        "person_id", *(name for name in names if name in COLUMNS), age=of_day - born.ceil().cast(pl.Int32)
    )
    worked = _occupation(region)
    return found.join(worked, on="person_id", how="left", maintain_order="left").select(names)


def _occupation(region: Region) -> pl.DataFrame:
    """Return code and level of the occupation of today, else of the last one: person_id, occupation, level."""
    codes = region.table("occupations").select("occupation_id", "level", occupation="kldb2010")
    return (
        region.table("person_occupations")
        .sort(
            ["person_id", "current", "last_year", "years", "occupation_id"],
            descending=[False, True, True, True, False],
            nulls_last=True,
        )
        .unique("person_id", keep="first", maintain_order=True)
        .join(codes, on="occupation_id", how="left")
        .select("person_id", "occupation", "level")
    )


def _age(cell: str) -> Test | None:
    band = _BAND.fullmatch(cell)
    if band is None:
        return None
    given = {name: int(value) for name, value in band.groupdict().items() if value is not None}
    first = given.get("first", given.get("only", given.get("least", 0)))
    last = given.get("last", given.get("only", 999))
    return (lambda age: first <= age <= last) if first <= last else None


def _number(cell: str) -> Test | None:
    if not _NUMBER.fullmatch(cell):
        return None
    wanted = int(cell)
    return lambda value: value == wanted


def _code(cell: str) -> Test | None:
    return (lambda code: code.startswith(cell)) if _NUMBER.fullmatch(cell) and len(cell) <= 5 else None


def _truth(cell: str) -> Test | None:
    wanted = _TRUTH.get(cell.lower())
    return None if wanted is None else lambda value: value is wanted


def _one_of(column: str) -> Callable[[str], Test | None]:
    allowed = TABLES["people"].columns[column].allowed or ()
    meant = {word.lower(): value for value, words in words_of("people", column).items() for word in words}

    def read(cell: str) -> Test | None:
        wanted = meant.get(cell.lower(), cell)
        return (lambda value: value == wanted) if wanted in allowed else None

    return read


def _of_column(column: str) -> Dimension:
    known = TABLES["people"].columns[column]
    if known.type == "bool":
        return Dimension(column, _truth, "ja or nein")
    if known.type == "int":
        return Dimension(column, _number, "a whole number")
    return Dimension(column, _one_of(column), f"one of {', '.join(known.allowed or ())}")


DIMENSIONS: Final[Mapping[str, Dimension]] = {
    "age": Dimension("age", _age, "a band of years such as 25-34 or 65+"),
    "level": Dimension("level", _number, "an Anforderungsniveau, 1 to 4"),
    "occupation": Dimension("occupation", _code, "a KldB 2010 code of one to five digits"),
    **{column: _of_column(column) for column in COLUMNS},
}
"""Dimensions that are not geography, by name."""
