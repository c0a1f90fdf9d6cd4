# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Rows that speak of a region's own occupations, turned to those of the taxonomy by way of ISCO-08."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import polars as pl

from drehkreuz.errors import Finding, did_you_mean
from drehkreuz.region import TABLES, Column, TableSchema
from drehkreuz.skills.linking import TitleIndex

OCCUPATIONS_LOCAL: Final = TableSchema(
    name="occupations_local",
    doc="The region's own list of occupations: every name or code that other tables use, with its official code.",
    key=("occupation_id",),
    columns={
        column.name: column
        for column in (
            Column("occupation_id", "id", "Name or code that the other tables call the occupation by.", required=True),
            Column("isco08", "text", "ISCO-08 code, one to four digits.", pattern=r"\d{1,4}"),
            Column("kldb2010", "text", "KldB 2010 code, five digits.", pattern=r"\d{5}"),
            Column("label", "text", "Name of the occupation; empty: occupation_id is its name."),
        )
    },
)

_MAPPED: Final = ("person_occupations", "vacancies", "qualifications", "projects")
"""Tables whose occupation_id is looked up."""

_SKILLED: Final = {
    "person_skills": pl.col("skill_id"),
    "vacancy_skills": pl.col("skill_id"),
    "course_skills": pl.col("skill_id"),
    "course_prerequisites": pl.when(requires="skill").then("required_id"),
}
"""Tables that speak of skills, and the skill a row speaks of; null where it speaks of none."""


@dataclass(frozen=True, slots=True)
class MappedOccupation:
    """
    One of the source's occupations and what it became.

    Attributes:
        occupation_id: The source's own code.
        label: Its name there.
        isco08: Its ISCO-08 code.
        candidates: Occupations of the taxonomy under that code.
        mapped_to: The one chosen: the likest by name; of equals, the first by id.
        mapped_label: Its name.
        rows: Rows that spoke of it.
    """

    occupation_id: str
    label: str
    isco08: str
    candidates: int
    mapped_to: str
    mapped_label: str
    rows: int


@dataclass(frozen=True, slots=True)
class Crossing:
    """
    Tables after their occupations were looked up.

    Attributes:
        tables: All tables, those that spoke of unknown occupations or skills replaced.
        mapped: What each unknown occupation became, by its code.
        unmapped: A finding for each that could not be found.
        dropped: A finding for each table from which rows with unknown skills were left out.
    """

    tables: dict[str, pl.DataFrame]
    mapped: tuple[MappedOccupation, ...]
    unmapped: tuple[Finding, ...]
    dropped: tuple[Finding, ...]


def cross_to_taxonomy(tables: Mapping[str, pl.DataFrame], local: pl.DataFrame) -> Crossing:
    """
    Replace occupations that the taxonomy does not know by the one of their ISCO-08 group whose name is likest.

    Rows that thereby come to speak of the same person and occupation become one: years add up, the last year is the later.
    Rows that name a skill which the taxonomy does not know are left out and counted: no crosswalk of skills exists.

    Args:
        tables: Tables of the region, the taxonomy (`occupations`, `skills`, `labels`) among them.
        local: Table `OCCUPATIONS_LOCAL`.
    """
    tables = {name: TABLES[name].empty() for name in ("occupations", "skills", "labels")} | dict(tables)
    known = tables["occupations"].get_column("occupation_id")
    described = {row["occupation_id"]: row for row in named(local).iter_rows(named=True)}
    rows = _unknown_rows(tables, known)
    unmapped = list(unlisted(tables, {*known, *described}))
    mapped = []
    for code, n in rows.items():
        if code in described:
            found = _find(described[code], n, tables)
            if isinstance(found, Finding):
                unmapped.append(found)
            else:
                mapped.append(found)
    chosen = {found.occupation_id: found.mapped_to for found in mapped}
    crossed = dict(tables)
    for name in _MAPPED:
        if name in tables and chosen:
            crossed[name] = tables[name].with_columns(pl.col("occupation_id").replace(chosen))
    if "person_occupations" in crossed:
        crossed["person_occupations"] = one_row_each(crossed["person_occupations"])
    dropped = _drop_unknown_skills(crossed)
    return Crossing(crossed, tuple(mapped), tuple(unmapped), tuple(dropped))


def _unknown_rows(tables: Mapping[str, pl.DataFrame], known: pl.Series) -> dict[str, int]:
    """Return how many rows speak of each occupation that the taxonomy does not know, ascending by code."""
    spoken = pl.concat(
        [tables[name].select("occupation_id") for name in _MAPPED if name in tables] or [known.to_frame()]
    )
    counts = (
        spoken.filter(pl.col("occupation_id").is_in(known.implode()).not_() & (pl.col("occupation_id") != ""))
        .group_by("occupation_id")
        .len()
        .sort("occupation_id")
    )
    return dict(counts.iter_rows())


def unlisted(tables: Mapping[str, pl.DataFrame], known: Iterable[str]) -> Iterator[Finding]:
    """Yield a finding for each occupation that rows speak of and no list holds."""
    listed = sorted(known)
    for code, rows in _unknown_rows(tables, pl.Series("occupation_id", listed, dtype=pl.String)).items():
        problem = f"is in no list of occupations, and is named by {_count(rows, 'row')}"
        remedy = f"Add it to {OCCUPATIONS_LOCAL.name}.csv with its ISCO-08 or KldB 2010 code, or correct the rows."
        near = did_you_mean(code, listed)
        yield Finding(OCCUPATIONS_LOCAL.name, code, "occupation_id", code, problem, remedy + near)


def named(local: pl.DataFrame) -> pl.DataFrame:
    """Return the region's own occupations, those without a label named by their id."""
    return local.with_columns(pl.coalesce("label", "occupation_id").alias("label"))


def _find(
    described: Mapping[str, str | None], rows: int, tables: Mapping[str, pl.DataFrame]
) -> MappedOccupation | Finding:
    code, isco, label = str(described["occupation_id"]), described["isco08"], str(described["label"])
    if isco is None:
        problem = "has no ISCO-08 code to find it in the taxonomy by"
        return Finding(OCCUPATIONS_LOCAL.name, code, "isco08", "", problem, "Add the code.")
    group = tables["occupations"].filter(pl.col("isco08").str.starts_with(isco)).get_column("occupation_id").sort()
    if not len(group):
        problem = "is an ISCO-08 code that no occupation of the taxonomy has"
        return Finding(OCCUPATIONS_LOCAL.name, code, "isco08", isco, problem, "Correct the code.")
    names = tables["labels"].filter(pl.col("concept_id").is_in(group.implode()))
    links = TitleIndex(names).link(label, top=1)
    best = min(links, key=lambda link: (-link.score, link.concept_id)).concept_id if links else group[0]
    return MappedOccupation(code, label, isco, len(group), best, _preferred(names, best), rows)


def _preferred(names: pl.DataFrame, concept: str) -> str:
    own = names.filter((pl.col("concept_id") == concept) & (pl.col("kind") == "preferred")).sort("language")
    return str(own["text"][0]) if len(own) else concept


def one_row_each(held: pl.DataFrame) -> pl.DataFrame:
    """Return `person_occupations` with one row for a person and occupation: years add up, the last year is the later."""
    return held.group_by("person_id", "occupation_id", maintain_order=True).agg(
        pl.col("years").sum(),
        pl.when(pl.col("last_year").is_not_null().all()).then(pl.col("last_year").max()).alias("last_year"),
        pl.col("current").any(),
    )


def _drop_unknown_skills(tables: dict[str, pl.DataFrame]) -> list[Finding]:
    """Take rows with unknown skills out of the tables; return a finding for each table that lost some."""
    known = pl.col("skill").is_in(tables["skills"].get_column("skill_id").implode())
    findings = []
    for name, skill in _SKILLED.items():
        if name not in tables:
            continue
        split = tables[name].with_columns(skill.alias("skill"))
        lost = split.filter(~known & pl.col("skill").is_not_null())
        if len(lost):
            tables[name] = split.filter(known | pl.col("skill").is_null()).drop("skill")
            findings.append(_lost(name, lost))
    return findings


def _lost(table: str, lost: pl.DataFrame) -> Finding:
    skills = lost["skill"].unique().sort()
    problem = (
        f"{_count(len(lost), 'row')} left out: the taxonomy does not know {_count(len(skills), 'skill')} they name"
    )
    remedy = "Name skills of the taxonomy; until then the occupation alone says what is asked and brought."
    return Finding(table, "", "skill_id", ", ".join(skills[:3]), problem, remedy, "warning")


def _count(n: int, noun: str) -> str:
    return f"{n:,} {noun}{'' if n == 1 else 's'}"
