# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Official margins: CSV or Excel tables that count people by where they live and what they are."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Final

from drehkreuz.errors import Finding, InputError, did_you_mean
from drehkreuz.model.population.dimensions import DIMENSIONS, GEOGRAPHY, OR, Test, dimension_of
from drehkreuz.sources.grid import PREAMBLE, Row, read_grid
from drehkreuz.sources.mapping import fold
from drehkreuz.sources.statistics_table import SUPPRESSED, ZERO

FIGURES: Final = {
    "count": ("count", "Anzahl", "Personen", "Menschen"),
    "least": ("least", "mindestens"),
    "most": ("most", "höchstens"),
}
"""Headings of the columns of figures."""
ABOUT: Final = {"source": ("source", "Quelle"), "date": ("date", "Stand"), "licence": ("licence", "license", "Lizenz")}
"""What stands above the headings, a line each: the word, then what it is."""

ALL: Final = "*"
"""Label of a row that counts everybody."""

_GROUPED: Final = re.compile(r"\d{1,3}(?:[.' \u00a0’]\d{3})+|\d{1,12}")
_GERMAN_DAY: Final = re.compile(r"(\d{2})\.(\d{2})\.(\d{4})")


@dataclass(frozen=True, slots=True)
class Counted:
    """
    A row of a margin: how many people there are of one kind.

    Attributes:
        line: Line in the file.
        place: Code of the zone or municipality; empty: everywhere.
        cells: Value by dimension as the file writes it; a dimension left empty is not asked.
        least: Fewest people.
        most: Most people; infinite where the office keeps the figure secret.
    """

    line: int
    place: str
    cells: dict[str, str]
    least: float
    most: float

    @property
    def known(self) -> bool:
        """Whether the office tells the figure."""
        return self.least == self.most

    @property
    def label(self) -> str:
        """What is counted, in words of the file."""
        return ", ".join(filter(None, (self.place, *(f"{name} {cell}" for name, cell in self.cells.items())))) or ALL


@dataclass(frozen=True, slots=True)
class Margin:
    """
    A table of counts.

    Attributes:
        name: Name of the file without its ending.
        where: Name of the file.
        source: Who published it.
        licence: Licence of the source.
        date: Day that the counts are of.
        geography: One of `GEOGRAPHY`, or empty where it speaks of the whole region.
        dimensions: What else it tells apart by.
        rows: Its counts.
    """

    name: str
    where: str
    source: str
    licence: str
    date: date
    geography: str
    dimensions: tuple[str, ...]
    rows: tuple[Counted, ...]

    @property
    def known(self) -> float:
        """People in all rows whose figure is told."""
        return sum(row.least for row in self.rows if row.known)


def read_margins(paths: Sequence[Path]) -> list[Margin]:
    """
    Read tables of counts.

    Lines above the headings say `source`, `date` and `licence`. A row counts the people who are all that its cells say;
    an empty cell asks nothing, `employed|part_time` means either. `count` is a whole number, `-` exactly none, and `*` or
    an empty cell a figure kept secret: then `least` and `most` bound it, if they are there, and it is never zero for being
    unknown.

    Raises:
        InputError: If a file cannot be read, or a row cannot be understood; carries every finding.
    """
    margins: list[Margin] = []
    findings: list[Finding] = []
    for path in paths:
        try:
            margins.append(_read(Path(path)))
        except InputError as error:
            findings += error.findings
    names = [margin.name for margin in margins]
    for name in sorted({name for name in names if names.count(name) > 1}):
        findings.append(Finding(name, "", "", "", "is the name of two margins", "Give each file a name of its own."))
    if findings:
        raise InputError(*findings)
    return margins


def accepting(cell: str, dimension: str) -> list[Test] | None:
    """Return the tests of a cell, any of which a person may pass; None: the cell cannot be read."""
    tests = [DIMENSIONS[dimension].read(part.strip()) for part in cell.split(OR)]
    found = [test for test in tests if test is not None]
    return found if len(found) == len(tests) else None


def _read(path: Path) -> Margin:
    name, rows, _ = read_grid(path)
    about: dict[str, str] = {}
    for line, cells in islice(rows, PREAMBLE):
        if set(map(fold, cells)) & set(map(fold, FIGURES["count"])):
            return _with_headings(path, name, about, (line, cells), rows)
        about |= _said(cells)
    remedy = "Let a row of headings name what the counts are by, and count."
    raise InputError(Finding(name, "", "", "", f"none of the first {PREAMBLE} rows has the heading count", remedy))


def _said(cells: list[str]) -> dict[str, str]:
    what = next((key for key, words in ABOUT.items() if fold(cells[0]) in map(fold, words)), None)
    told = next((cell for cell in cells[1:] if cell), "")
    return {what: told} if what else {}


def _with_headings(path: Path, name: str, about: dict[str, str], headings: Row, rows: Iterator[Row]) -> Margin:
    line, texts = headings
    findings = [
        Finding(name, "", key, "", "is not said", f"Write a line above the headings: {key}, then what it is.")
        for key in ("source", "date", "licence")
        if not about.get(key)
    ]
    day = _day(about.get("date", ""))
    if about.get("date") and day is None:
        findings.append(Finding(name, "", "date", about["date"], "is no day", "Write 2025-12-31 or 31.12.2025."))
    columns: dict[str, int] = {}
    for place, text in enumerate(texts):
        column = _column(text)
        if isinstance(column, str) and column not in columns:
            columns[column] = place
        elif text:
            findings.append(_strange(name, line, text, column))
    geography = [key for key in GEOGRAPHY if key in columns]
    if len(geography) > 1:
        remedy = "Keep the finer one: a zone lies in one municipality."
        findings.append(Finding(name, str(line), geography[1], "", f"stands beside {geography[0]}", remedy))
    counted = []
    for row, cells in rows:
        values = {column: cells[at] if at < len(cells) else "" for column, at in columns.items()}
        found = _counted(name, row, values, geography)
        if isinstance(found, Finding):
            findings.append(found)
        else:
            counted.append(found)
    if not counted and not findings:
        findings.append(Finding(name, "", "", "", "has no rows", "Fill in at least one below the headings."))
    if findings or day is None:
        raise InputError(*findings)
    dimensions = tuple(key for key in columns if key in DIMENSIONS)
    where = geography[0] if geography else ""
    title = path.name.partition(".")[0]
    return Margin(title, name, about["source"], about["licence"], day, where, dimensions, tuple(counted))


def _column(heading: str) -> str | None:
    for column, words in FIGURES.items():
        if fold(heading) in map(fold, words):
            return column
    found = dimension_of(heading)
    return found if found in DIMENSIONS or found in GEOGRAPHY else None


def _strange(name: str, line: int, heading: str, column: str | None) -> Finding:
    if column is not None:
        return Finding(name, str(line), heading, "", "stands for a column that is there already", "Keep one of them.")
    if dimension_of(heading) == "sex":
        remedy = "Leave the column out and sum the rows over it."
        return Finding(name, str(line), heading, "", "is not known of the people of a region", remedy)
    known = [*GEOGRAPHY, *DIMENSIONS, *FIGURES]
    remedy = f"Known are {', '.join(known)}.{did_you_mean(fold(heading), known)}"
    return Finding(name, str(line), heading, "", "is nothing that people are told apart by", remedy)


def _counted(name: str, line: int, values: dict[str, str], geography: Sequence[str]) -> Counted | Finding:
    cells = {key: value for key, value in values.items() if key in DIMENSIONS and value}
    for dimension, cell in cells.items():
        if accepting(cell, dimension) is None:
            remedy = f"Write {DIMENSIONS[dimension].written}; {OR} between several that are counted together."
            return Finding(name, str(line), dimension, cell, "cannot be read", remedy)
    least, most = _figure(values["count"]), _figure(values["count"])
    if values["count"] in SUPPRESSED or not values["count"]:
        least = _figure(values.get("least") or "0")
        most = _figure(values["most"]) if values.get("most") else math.inf
    if least is None or most is None or least > most:
        shown = values["count"] if least is None or most is None else f"{least:g} to {most:g}"
        remedy = "Write a whole number, - for none, * for a figure kept secret; least not above most."
        return Finding(name, str(line), "count", shown, "is no count of people", remedy)
    place = values[geography[0]] if geography else ""
    return Counted(line, place, cells, least, most)


def _figure(cell: str) -> float | None:
    if cell in ZERO:
        return 0.0
    return float(re.sub(r"\D", "", cell)) if _GROUPED.fullmatch(cell) else None


def _day(text: str) -> date | None:
    german = _GERMAN_DAY.fullmatch(text)
    try:
        return date.fromisoformat("-".join(reversed(german.groups())) if german else text)
    except ValueError:
        return None
