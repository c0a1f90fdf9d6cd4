# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""ESCO's occupations, skills, relations and hierarchies as tables of a region."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

import polars as pl

from drehkreuz.errors import Finding, InputError
from drehkreuz.region import TABLES
from drehkreuz.sources.esco_hierarchy import classes, steps, without_loops
from drehkreuz.sources.esco_labels import groups_of
from drehkreuz.sources.esco_layout import (
    AGAIN,
    CONCEPT_OF_PILLAR,
    KIND_OF_SKILL_TYPE,
    OCCUPATIONS,
    REGULATED_OF_NOTE,
    RELATIONS,
    SKILLS,
    EscoFile,
    Faults,
    last_part,
)
from drehkreuz.sources.esco_rules import CLASS_OF_COLLECTION, EQF_OF_LEVEL, LEVEL_OF_MAJOR_GROUP
from drehkreuz.sources.text import ROW

if TYPE_CHECKING:
    from collections.abc import Mapping

SOURCE: Final = "esco"

TOLERATED: Final = 0.001
"""
Share of rows that may name a concept without a row of its own, also for strict readers: in the official ESCO v1.1.1 so do
67 of 123,855 relations, 1 of 3,617 steps between occupations and 7 of 20,656 between skills. More is a damaged file.
"""

_ENDS: Final = (("concept_id", "narrower_kind", "conceptUri"), ("broader_id", "broader_kind", "broaderUri"))
_AGAIN_ALL: Final = "Get all files of one version from ESCO, or read them with --lenient to leave these rows out."
_EMPTIED: Final = "Get the file again from ESCO, or read it with --lenient to leave the value empty."


def taxonomy_tables(frames: Mapping[EscoFile, pl.DataFrame], faults: Faults) -> dict[str, pl.DataFrame]:
    """
    Return the tables `occupations`, `skills`, `occupation_skills` and `broader`, each sorted by its key.

    Args:
        frames: Content of the files of one complete download.
        faults: Gathers what is wrong.

    Raises:
        InputError: If a file that must hold something is empty.
    """
    occupations = _occupations(_of(frames, OCCUPATIONS), faults)
    skills = _skills(_of(frames, SKILLS), faults)
    relations = _relations(_of(frames, RELATIONS), occupations, skills, faults)
    ids = {"occupation": occupations["occupation_id"], "skill": skills["skill_id"]}
    for (kind,), groups in groups_of(frames).group_by("concept", maintain_order=True):
        ids[str(kind)] = groups["concept_id"]
    broader = _broader(_of(frames, *CONCEPT_OF_PILLAR), ids, faults)
    skills = _classified(skills, broader, _of(frames, *CLASS_OF_COLLECTION), faults)
    tables = {"occupations": occupations, "skills": skills, "occupation_skills": relations, "broader": broader}
    return {name: _finished(frame, name) for name, frame in tables.items()}


def _of(frames: Mapping[EscoFile, pl.DataFrame], *stems: str) -> dict[EscoFile, pl.DataFrame]:
    return {file: frame for file, frame in frames.items() if file.stem in stems}


def _finished(frame: pl.DataFrame, name: str) -> pl.DataFrame:
    schema = TABLES[name]
    return schema.conform(frame.select(column for column in schema.columns if column in frame.columns)).sort(schema.key)


def _rows(frames: Mapping[EscoFile, pl.DataFrame]) -> pl.DataFrame:
    """Return the rows of one file in several languages, each concept once."""
    rows = pl.concat([frame.drop(ROW) for frame in frames.values()])
    if not len(rows):
        raise InputError(Finding(next(iter(frames)).name, "", "", "", "holds no row", "Get the file again from ESCO."))
    return rows.unique("conceptUri", keep="first", maintain_order=True)


def _occupations(frames: Mapping[EscoFile, pl.DataFrame], faults: Faults) -> pl.DataFrame:
    for file, frame in frames.items():
        found = Finding(file.name, "", "iscoGroup", "", "is no ISCO-08 unit group of four digits", _EMPTIED)
        faults.rows(frame, ~pl.col("iscoGroup").str.contains(r"^\d{4}$"), found)
        problem = "ends in neither regulated nor unregulated"
        found = Finding(file.name, "", "regulatedProfessionNote", "", problem, _EMPTIED)
        faults.rows(frame, ~last_part("regulatedProfessionNote").is_in(list(REGULATED_OF_NOTE)), found)
    major_group, note = pl.col("isco08").str.head(1), last_part("regulatedProfessionNote")
    return (
        _rows(frames)
        .select(
            occupation_id=last_part("conceptUri"),
            esco_uri="conceptUri",
            isco08=pl.col("iscoGroup").str.extract(r"^(\d{4})$"),
            regulated=note.replace_strict(REGULATED_OF_NOTE, default=False, return_dtype=pl.Boolean),
            source=pl.lit(SOURCE),
            source_id="code",
        )
        .with_columns(level=major_group.replace_strict(LEVEL_OF_MAJOR_GROUP, default=None, return_dtype=pl.Int32))
        .with_columns(eqf=pl.col("level").replace_strict(EQF_OF_LEVEL, default=None, return_dtype=pl.Int32))
    )


def _skills(frames: Mapping[EscoFile, pl.DataFrame], faults: Faults) -> pl.DataFrame:
    reuse = TABLES["skills"].columns["reuse"].allowed or ()
    for file, frame in frames.items():
        for column, allowed in (("skillType", tuple(KIND_OF_SKILL_TYPE)), ("reuseLevel", reuse)):
            found = Finding(file.name, "", column, "", f"is none of {', '.join(allowed)}", _EMPTIED)
            faults.rows(frame, ~pl.col(column).is_in(allowed), found)
    rows = _rows(frames)
    untyped = rows["skillType"].null_count()
    if untyped:
        problem, remedy = f"{untyped:,} skills have no skillType", "They are read as skills, not as knowledge."
        faults.note(next(iter(frames)).name, problem, remedy)
    return rows.select(
        skill_id=last_part("conceptUri"),
        esco_uri="conceptUri",
        kind=pl.col("skillType").replace_strict(KIND_OF_SKILL_TYPE, default="skill", return_dtype=pl.String),
        reuse=pl.when(pl.col("reuseLevel").is_in(reuse)).then("reuseLevel"),
        source=pl.lit(SOURCE),
    )


def _relations(
    frames: Mapping[EscoFile, pl.DataFrame], occupations: pl.DataFrame, skills: pl.DataFrame, faults: Faults
) -> pl.DataFrame:
    allowed = TABLES["occupation_skills"].columns["relation"].allowed or ()
    parts = []
    for file, frame in frames.items():
        found = Finding(file.name, "", "relationType", "", f"is none of {', '.join(allowed)}", AGAIN)
        rows = faults.leave_out(frame, ~pl.col("relationType").fill_null("").is_in(allowed), found)
        rows = rows.unique(["occupationUri", "skillUri", "relationType"], keep="first", maintain_order=True)
        found = Finding(file.name, "", "skillUri", "", "is essential and optional for the same occupation", AGAIN)
        rows = faults.leave_out(rows, ~pl.struct("occupationUri", "skillUri").is_first_distinct(), found)
        parts.append(rows.select(last_part("occupationUri"), last_part("skillUri"), "relationType"))
    columns = ("occupation_id", "skill_id", "relation")
    relations = pl.concat(parts).rename(dict(zip(parts[0].columns, columns, strict=True)))
    relations = relations.unique(["occupation_id", "skill_id"], keep="first", maintain_order=True)
    where = next(iter(frames)).name
    if not len(relations):
        raise InputError(Finding(where, "", "", "", "holds no relation", "Get the file again from ESCO."))
    for end, column, ids in (
        ("occupation_id", "occupationUri", occupations["occupation_id"]),
        ("skill_id", "skillUri", skills["skill_id"]),
    ):
        lost = ~pl.col(end).is_in(ids.implode())
        relations = _without_dangling(relations, lost, end, Finding(where, "", column, "", "", ""), faults)
    return relations


def _broader(frames: Mapping[EscoFile, pl.DataFrame], ids: Mapping[str, pl.Series], faults: Faults) -> pl.DataFrame:
    """Return the steps of both hierarchies between concepts that have a row, by kind of concept."""
    edges = steps(frames, faults)
    pillars = []
    for stem, concept in CONCEPT_OF_PILLAR.items():
        where = next((file.name for file in frames if file.stem == stem), "")
        if not where:
            faults.note(f"{stem}.csv", f"is missing: no groups of {concept}s", "Add it from the same version of ESCO.")
        pillar = edges.filter(pl.col("concept") == concept)
        for end, kind, column in _ENDS:
            there = pl.any_horizontal(
                (pl.col(kind) == name) & pl.col(end).is_in(known.implode()) for name, known in ids.items()
            )
            pillar = _without_dangling(pillar, ~there, end, Finding(where, "", column, "", "", ""), faults)
        pillars.append(without_loops(pillar, faults))
    return pl.concat(pillars)


def _without_dangling(frame: pl.DataFrame, lost: pl.Expr, end: str, like: Finding, faults: Faults) -> pl.DataFrame:
    """Return the frame without the rows whose end leads nowhere, all told of in one finding."""
    bad = frame.filter(lost)
    if len(bad):
        problem = f"has no row of its own; {len(bad):,} of {len(frame):,} rows name such a concept"
        few = len(bad) < TOLERATED * len(frame)
        remedy = "They are left out: so few are known in official versions." if few else _AGAIN_ALL
        severity: Literal["error", "warning"] = "warning" if few else "error"
        found = Finding(like.where, "", like.column, str(bad[end].min()), problem, remedy, severity)
        (faults.notes if few else faults.faults).append(found)
    return frame.filter(~lost)


def _classified(
    skills: pl.DataFrame, broader: pl.DataFrame, collections: Mapping[EscoFile, pl.DataFrame], faults: Faults
) -> pl.DataFrame:
    """Return the skills with their class, and attitudes told from skills."""
    listed = pl.DataFrame(schema={"skill_id": pl.String, "listed": pl.String})
    for stem, skill_class in CLASS_OF_COLLECTION.items():
        frames = _of(collections, stem)
        if not frames:
            problem = f"is missing: fewer skills are told to be of class {skill_class}"
            faults.note(f"{stem}.csv", problem, "Add it from the same version of ESCO.")
        parts = [
            frame.select(skill_id=last_part("conceptUri"), listed=pl.lit(skill_class)) for frame in frames.values()
        ]
        listed = pl.concat([listed, *parts]).unique("skill_id", keep="first", maintain_order=True)
    grouped = classes(broader.filter(pl.col("concept") == "skill"))
    told = skills.join(listed, on="skill_id", how="left").join(grouped, on="skill_id", how="left")
    attitude = (
        pl.col("attitude").fill_null(value=False) & (pl.col("reuse") == "transversal") & (pl.col("kind") == "skill")
    )
    return told.with_columns(
        pl.coalesce("listed", "class").alias("class"),
        kind=pl.when(attitude).then(pl.lit("attitude")).otherwise("kind"),
    )
