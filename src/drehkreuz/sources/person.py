# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""One person's answers from a TOML file, laid over a region in memory; nothing of them is stored."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, Final

import polars as pl

from drehkreuz.errors import Finding, InputError, did_you_mean
from drehkreuz.matching.utility import UtilityWeights
from drehkreuz.region import TABLES, Column, Region
from drehkreuz.region.checks.people import rules as people_rules
from drehkreuz.region.checks.rule import findings as findings_of
from drehkreuz.region.checks.rule import show
from drehkreuz.skills.linking import Link
from drehkreuz.skills.text import parse_years
from drehkreuz.skills.titles import titles_of
from drehkreuz.sources.cv import Cv, read_cv
from drehkreuz.sources.settings import Section, read_settings
from drehkreuz.sources.values import Decimal, explain, read_columns
from drehkreuz.sources.weights import HEADING as WEIGHTS
from drehkreuz.sources.weights import read_weights
from drehkreuz.sources.wishes import told_and_wished

ME: Final = "me"
"""The person's id in memory."""

SECTIONS: Final[dict[str, str]] = {
    "occupation": "person_occupations",
    "skill": "person_skills",
    "language": "person_languages",
    "qualification": "person_qualifications",
    "licence": "person_licences",
    "time": "person_times",
    "care": "care",
}
"""Table that each `[[section]]` of the file fills."""

CV: Final = "cv"
"""Key that names a CV; only a file has it, so that answers from elsewhere never open one."""

OWN_KEYS: Final = ("label", "text")
"""Keys of the file that are no columns: who it is in words, and what the person can do in words."""

LONGEST_TEXT: Final = 1_000
"""Characters of a text that is understood; an occupation is said in far fewer."""

UNASKED: Final = frozenset({"person_id", "weight", "origin", "source", "source_id", "first_seen", "last_seen"})
"""Columns that a person is not asked."""

GUESSES: Final = 20
"""Findings of a file up to which an unknown id is compared with those of the region: thousands would take minutes."""

YEARS_UNSAID: Final = 3.0
"""Years taken for an occupation named without a duration (assumed: about the length of a German apprenticeship)."""


@dataclass(frozen=True, slots=True)
class Person:
    """
    One person's answers.

    Attributes:
        label: Who it is, in words.
        tables: `people` and its child tables with this person alone, fit for `Region.with_tables`.
        text: What the person wrote about what they can do, wishes left out, else None.
        links: Occupations that the text may mean, best first; the first one was taken.
        weights: What counts for this person, and how much.
        wishes: What the person wrote of wishes (`told_and_wished`); no occupation is held through them.
        cv: What was read of the CV that the file names, else None.
    """

    label: str
    tables: Mapping[str, pl.DataFrame]
    text: str | None
    links: Sequence[Link]
    weights: UtilityWeights = field(default_factory=UtilityWeights)
    wishes: tuple[str, ...] = ()
    cv: Cv | None = None


def read_person(path: Path, region: Region) -> Person:
    """
    Read a person's file; its keys are the columns of `people`, its sections those of the child tables and `[weights]`.

    A key `cv` names a CV beside the file (`read_cv`); what the CV says is added to what the file says itself.

    Args:
        path: TOML file.
        region: Where zones, occupations, skills and qualifications named in the file must be found.

    Raises:
        InputError: If the file is not TOML, or a key or value is unknown, missing or not allowed; carries every finding.
    """
    top = read_settings(path)
    if CV not in top.values:
        return person_of(top, region, label=path.stem)
    named = top.values[CV]
    if not (isinstance(named, str) and named.strip()):
        raise InputError(top.finding(CV, "is not the name of a file", 'Write it between quotation marks: "…".'))
    cv = read_cv(path.parent / named, region, titles_of(region.ground, "occupation").link, years_unsaid=YEARS_UNSAID)
    return replace(person_of(_with_cv(top, cv), region, label=path.stem), cv=cv)


def _with_cv(top: Section, cv: Cv) -> Section:
    """Return the answers with what the CV says below what the file says itself, which comes first."""
    values = {key: value for key, value in top.values.items() if key != CV}
    for heading, entries in cv.sections.items():
        own = values.get(heading, [])
        if isinstance(own, list) and all(isinstance(entry, dict) for entry in own):
            key = TABLES[SECTIONS[heading]].key[1]
            told = {entry.get(key) for entry in own if isinstance(entry.get(key), str)}
            values[heading] = [*own, *(entry for entry in entries if entry[key] not in told)]
    return replace(top, values=values)


def person_of(top: Section, region: Region, *, label: str) -> Person:
    """
    Return the person whose answers are already read; keys and errors as in `read_person`.

    Args:
        top: The answers.
        region: Where zones, occupations, skills and qualifications named there must be found.
        label: Who it is where the answers do not say.
    """
    findings: list[Finding] = []
    own = {key: top.values[key] for key in OWN_KEYS if key in top.values}
    findings += [
        top.finding(key, "is not text", 'Write it between quotation marks: "…".')
        for key, value in own.items()
        if not (isinstance(value, str) and value.strip())
    ]
    findings += [
        top.finding(key, f"has more than {LONGEST_TEXT:,} characters", "Say it in a few words.")
        for key, value in own.items()
        if isinstance(value, str) and len(value) > LONGEST_TEXT
    ]
    weights = read_weights(top, findings)
    elsewhere = (*OWN_KEYS, *SECTIONS, WEIGHTS)
    scalars = {key: value for key, value in top.values.items() if key not in elsewhere}
    rows = {"people": _rows([top], [scalars], "people", region, findings, known=elsewhere)}
    for heading, table in SECTIONS.items():
        value = top.values.get(heading, [])
        if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
            findings.append(top.finding(heading, "is not a section", f"Write it as [[{heading}]] with its keys below."))
            continue
        parts = top.sections(heading)
        rows[table] = _rows(parts, [part.values for part in parts], table, region, findings)
        findings += _repeated(top, heading, table, rows[table])
    tables = {table: _frame(table, entries) for table, entries in rows.items()}
    findings = findings or _contradictions(top, region.with_tables(tables), rows)
    if findings:
        raise InputError(*findings)
    text, wishes = told_and_wished(own.get("text", ""))
    links = _link(text, region, top) if text else []
    if text and links:
        held = _with_linked(rows["person_occupations"], links[0], text, region.manifest.day)
        tables["person_occupations"] = _frame("person_occupations", held)
    return Person(
        label=own.get("label", label),
        tables=tables,
        text=text or None,
        links=links,
        weights=weights,
        wishes=wishes,
    )


def _rows(
    sections: Sequence[Section],
    values: Sequence[Mapping[str, Any]],
    table: str,
    region: Region,
    findings: list[Finding],
    known: Sequence[str] = (),
) -> list[dict[str, Any]]:
    """Return the typed values of the rows of a table; what is wrong is added to the findings."""
    if not values:
        return []
    columns = {name: column for name, column in TABLES[table].columns.items() if name not in UNASKED}
    names = [*columns, *known]
    told = [name for name, column in columns.items() if column.required or any(name in row for row in values)]
    frame = pl.DataFrame(
        {name: [_cell(row.get(name)) for row in values] for name in told}, dict.fromkeys(told, pl.String)
    )
    readings = read_columns(frame, {columns[name]: _decimal(name, values) for name in told})
    typed = pl.DataFrame({name: reading.value for name, reading in readings.items()}).rows(named=True)
    faults = pl.DataFrame({name: reading.fault for name, reading in readings.items()}).rows(named=True)
    untold = {name: column.default for name, column in columns.items() if name not in told}
    rows: list[dict[str, Any]] = []
    for section, given, row, fault in zip(sections, values, typed, faults, strict=True):
        findings += [
            section.finding(key, "no such key here", f"Known are {', '.join(names)}.{did_you_mean(key, names)}")
            for key in given
            if key not in columns
        ]
        for name in told:
            guess = len(findings) < GUESSES
            findings += _faults(section, columns[name], given.get(name), row[name], fault[name], region, guess=guess)
        rows.append({"person_id": ME, **untold, **row})
    return rows


def _faults(
    section: Section, column: Column, given: object, typed: object, fault: str | None, region: Region, *, guess: bool
) -> Iterator[Finding]:
    """Yield what is wrong with a value: it is none of the column's type, or names a row that is not there."""
    text = _cell(given)
    if isinstance(given, list | dict):
        yield section.finding(column.name, "is a list or a section", f"Write one value: {column.doc}")
    elif fault is not None:
        yield section.finding(column.name, *explain(column, fault, text or ""), text)
    elif column.ref is not None and typed is not None:
        ids = region.table(column.ref)[TABLES[column.ref].key[0]]
        if typed not in ids:
            examples = ", ".join(ids.head(3))
            meant = did_you_mean(str(typed), ids.to_list()) if guess else ""
            remedy = f"Use an id of the region's table {column.ref}, such as {examples}.{meant}"
            yield section.finding(column.name, "is not in the region", remedy, text)


def _decimal(name: str, values: Sequence[Mapping[str, Any]]) -> Decimal | None:
    """Return the decimal separator of a key: the point where all its values are numbers, unknown where some are texts."""
    return None if any(isinstance(row.get(name), str) for row in values) else "."


def _cell(value: object) -> str | None:
    """Return a TOML value as the text that a table's cell would hold; what is no single value holds nothing."""
    return None if isinstance(value, list | dict) else _text(value)


def _text(value: object) -> str | None:
    """Return a TOML value as the text that a table's cell would hold."""
    match value:
        case None:
            return None
        case bool():
            return "true" if value else "false"
        case time():
            return f"{value:%H:%M}"
        case datetime():
            return value.isoformat()
        case date():
            return value.isoformat()
        case _:
            return str(value).strip() or None


def _repeated(top: Section, heading: str, table: str, rows: list[dict[str, Any]]) -> list[Finding]:
    """Return a finding for each section that repeats the key of an earlier one."""
    seen: set[tuple[object, ...]] = set()
    findings = []
    for section, row in zip(top.sections(heading), rows, strict=True):
        key = tuple(row[name] for name in TABLES[table].key)
        if key in seen and None not in key:
            name = TABLES[table].key[1]
            findings.append(section.finding(name, "stands twice", "Keep one of the two sections."))
        seen.add(key)
    return findings


def _contradictions(top: Section, laid: Region, rows: Mapping[str, list[dict[str, Any]]]) -> list[Finding]:
    """Return what the check of a region says of values that do not go together, each at its line of the file."""
    headings = {table: heading for heading, table in SECTIONS.items()}
    found = []
    for finding in findings_of(list(people_rules(laid))):
        if finding.severity == "error":
            sections = top.sections(headings[finding.where]) if finding.where in headings else [top]
            keys = [
                "/".join(show(finding.where, name, row[name]) for name in TABLES[finding.where].key)
                for row in rows[finding.where]
            ]
            section = sections[keys.index(finding.row)]
            found.append(section.finding(finding.column, finding.problem, finding.remedy, finding.value))
    return found


def _link(text: str, region: Region, top: Section) -> list[Link]:
    links = list(titles_of(region.ground, "occupation").link(text))
    if not links:
        remedy = "Say it in other words, or name an occupation of the region under [[occupation]]."
        raise InputError(top.finding("text", "matches no occupation of the region", remedy))
    return links


def _with_linked(rows: list[dict[str, Any]], link: Link, text: str, day: date) -> list[dict[str, Any]]:
    """Return the occupations held with the linked one, unless it is already named."""
    if any(row["occupation_id"] == link.concept_id for row in rows):
        return rows
    years = parse_years(text, day)
    held = {
        "person_id": ME,
        "occupation_id": link.concept_id,
        "years": YEARS_UNSAID if years is None else years,
        "current": True,
    }
    return [*rows, held]


def _frame(table: str, rows: list[dict[str, Any]]) -> pl.DataFrame:
    schema = TABLES[table]
    names = dict.fromkeys(name for row in rows for name in row)
    return schema.conform(pl.DataFrame(rows, schema={name: schema.columns[name].dtype for name in names}))
