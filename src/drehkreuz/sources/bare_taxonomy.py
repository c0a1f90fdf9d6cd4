# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A taxonomy for a region that lists occupations and no skills: to have worked in an occupation is its one skill."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

import polars as pl

from drehkreuz.errors import Finding
from drehkreuz.region import TABLES, Provenance
from drehkreuz.sources.crosswalk import named

LEARNING_WEEKS: Final[Mapping[int, float]] = {1: 4.0, 2: 104.0, 3: 156.0, 4: 208.0}
"""
Weeks full time to learn a whole occupation anew, by Anforderungsniveau. Assumed: a month on the job for a helper; for a skilled
occupation the two years of an Umschulung (§ 180 (4) SGB III: a third less than the apprenticeship); three years to Meister or
Techniker; four years of study. The last is longer than any plan may take.
"""

LEVEL_OF_MAJOR_GROUP: Final[Mapping[str, int]] = {
    "1": 4, "2": 4, "3": 3, "4": 2, "5": 2, "6": 2, "7": 2, "8": 2, "9": 1, "0": 2,
}  # fmt: skip
"""Level of an occupation that says none, by ISCO-08 major group. Assumed after the ILO's skill levels of these groups."""

LEVEL_UNKNOWN: Final = 2
"""Level of an occupation without any code: most are skilled ones."""

ALIKE: Final = 3
"""Digits that neighbouring occupations share: the minor group of ISCO-08, the Berufsgruppe of KldB 2010."""

NAMES: Final = {
    "de": ("Erfahrung als {label}", "Berufe der Gruppe {code} ({system})"),
    "en": ("experience as {label}", "occupations of group {code} ({system})"),
}
"""Names of a skill and of a group of skills."""

_SKILLED: Final = {
    "person_skills": "skill_id",
    "vacancy_skills": "skill_id",
    "course_skills": "skill_id",
    "course_prerequisites": "required_id",
}
"""Tables whose rows may name an occupation in place of its skill, and the column that does."""


@dataclass(frozen=True, slots=True)
class BareTaxonomy:
    """
    What is assumed about skills.

    Attributes:
        tables: The region's tables with the assumed rows; where rows named an occupation as a skill they name its skill now.
        assumed: The rows added, by table.
        provenance: What the rows added are.
        findings: A warning that says what is assumed.
    """

    tables: dict[str, pl.DataFrame]
    assumed: dict[str, pl.DataFrame]
    provenance: Provenance
    findings: tuple[Finding, ...]


def own_occupations(local: pl.DataFrame, language: str) -> dict[str, pl.DataFrame]:
    """
    Return the tables `occupations` and `labels` of a region whose own list of occupations is all there is.

    Args:
        local: Table `OCCUPATIONS_LOCAL`.
        language: Language of its names.
    """
    own = named(local)
    level = pl.col("kldb2010").str.slice(4, 1).cast(pl.Int32)  # by definition of KldB 2010
    occupations = own.select("occupation_id", "isco08", "kldb2010", level=pl.when(level.is_between(1, 4)).then(level))
    labels = own.select(
        pl.col("occupation_id").alias("concept_id"),
        pl.lit("occupation").alias("concept"),
        pl.lit(language).alias("language"),
        pl.lit("preferred").alias("kind"),
        pl.col("label").alias("text"),
    )
    return {"occupations": occupations, "labels": labels}


def bare_taxonomy(tables: Mapping[str, pl.DataFrame], day: date) -> BareTaxonomy:
    """
    Assume one skill for each occupation: to have worked in it.

    It is essential for the occupation, brought by whoever held it, and given by each course that leads to the whole of a
    qualification for it. Skills of occupations with the same ISCO-08 minor group, else the same three digits of KldB 2010, are
    siblings: a neighbour earns the credit for related skills and has the rest to learn. Rows of `person_skills`,
    `vacancy_skills`, `course_skills` and `course_prerequisites` may name the occupation in place of its skill.

    Args:
        tables: The region's tables, `occupations` among them and no `skills`.
        day: Day of the assumption.
    """
    occupations = _described(tables)
    whole = dict(tables) | {
        name: _naming_skills(tables[name], name, occupations) for name in _SKILLED if name in tables
    }
    added = {
        "skills": occupations.select(
            skill_id="skill", kind=pl.lit("skill"), reuse=pl.lit("occupation-specific"), learning_weeks="weeks"
        ),
        "occupation_skills": occupations.select("occupation_id", skill_id="skill", relation=pl.lit("essential")),
        "broader": occupations.drop_nulls("group").select(
            concept_id="skill", broader_id="group", concept=pl.lit("skill")
        ),
        "labels": _labels(occupations, tables),
        "course_skills": _taught(whole, occupations),
    }
    assumed = {name: TABLES[name].conform(rows) for name, rows in added.items() if len(rows)}
    provenance = Provenance("assumed", "one skill for each occupation: to have worked in it", "CC0-1.0", day)
    return BareTaxonomy(whole, assumed, provenance, tuple(_told(occupations)))


def _described(tables: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """Return the occupations with skill, group of neighbours, its system and code, and weeks to learn them."""
    major = pl.col("isco08").str.slice(0, 1).replace_strict(LEVEL_OF_MAJOR_GROUP, default=None, return_dtype=pl.Int32)
    by_kldb = pl.col("kldb2010").str.slice(4, 1).cast(pl.Int32)
    level = pl.coalesce("level", by_kldb, major, pl.lit(LEVEL_UNKNOWN))
    by_isco = pl.col("isco08").str.len_chars() >= ALIKE
    code = pl.when(by_isco).then("isco08").otherwise("kldb2010").str.slice(0, ALIKE)
    system = pl.when(by_isco).then(pl.lit("ISCO-08")).otherwise(pl.lit("KldB 2010"))
    return (
        tables["occupations"]
        .with_columns(system=system, code=code)
        .select(
            "occupation_id",
            "system",
            "code",
            skill=pl.format("experience:{}", "occupation_id"),
            group=pl.format("{}:{}", "system", "code"),
            weeks=level.replace_strict(LEARNING_WEEKS, default=LEARNING_WEEKS[LEVEL_UNKNOWN], return_dtype=pl.Float64),
        )
    )


def _naming_skills(rows: pl.DataFrame, table: str, occupations: pl.DataFrame) -> pl.DataFrame:
    """Return rows that name the skill of an occupation where they named the occupation."""
    column = pl.col(_SKILLED[table])
    of_skill = pl.col("requires") == "skill" if table == "course_prerequisites" else pl.lit(value=True)
    skills = column.replace(occupations["occupation_id"], occupations["skill"])
    return rows.with_columns(pl.when(of_skill).then(skills).otherwise(column).alias(_SKILLED[table]))


def _labels(occupations: pl.DataFrame, tables: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """Return names of the skills and their groups; an occupation without a name in a language keeps another's, else its id."""
    labels = tables.get("labels", TABLES["labels"].empty())
    preferred = labels.filter(pl.col("concept") == "occupation", pl.col("kind") == "preferred").sort("language", "text")
    anyhow = preferred.group_by(occupation_id="concept_id", maintain_order=True).agg(anyhow=pl.col("text").first())
    frames = []
    for language, (of_skill, of_group) in NAMES.items():
        own = preferred.filter(pl.col("language") == language).unique("concept_id", keep="first", maintain_order=True)
        named_so = occupations.join(anyhow, on="occupation_id", how="left").join(
            own.select(occupation_id="concept_id", label="text"), on="occupation_id", how="left"
        )
        label = pl.coalesce("label", "anyhow", "occupation_id")
        groups = occupations.drop_nulls("group").unique("group", keep="first", maintain_order=True)
        frames += [
            named_so.select(
                concept_id="skill",
                concept=pl.lit("skill"),
                text=_filled(of_skill, label=label),
                language=pl.lit(language),
            ),
            groups.select(
                concept_id="group",
                concept=pl.lit("skill_group"),
                text=_filled(of_group, code=pl.col("code"), system=pl.col("system")),
                language=pl.lit(language),
            ),
        ]
    return pl.concat(frames).with_columns(kind=pl.lit("preferred"))


def _filled(sentence: str, **values: pl.Expr) -> pl.Expr:
    """Return the sentence with the values in the order they stand in it."""
    return pl.format(sentence.format_map(dict.fromkeys(values, "{}")), *values.values())


def _taught(tables: Mapping[str, pl.DataFrame], occupations: pl.DataFrame) -> pl.DataFrame:
    """Return what courses teach that lead to the whole of a qualification for an occupation, and do not say so themselves."""
    if "courses" not in tables or "qualifications" not in tables:
        return TABLES["course_skills"].empty()
    whole = tables["courses"].filter(pl.col("module_number").is_null() | (pl.col("modules_total") == 1))
    leading = whole.select("course_id", qualification_id="leads_to").join(
        tables["qualifications"].select("qualification_id", "occupation_id"), on="qualification_id"
    )
    taught = leading.join(occupations, on="occupation_id").select("course_id", skill_id="skill")
    said = tables.get("course_skills", TABLES["course_skills"].empty())
    return taught.join(said, on=["course_id", "skill_id"], how="anti").sort("course_id")


def _told(occupations: pl.DataFrame) -> list[Finding]:
    weeks = ", ".join(f"{weeks:g}" for weeks in LEARNING_WEEKS.values())
    problem = (
        f"no source has any. Assumed for each of {len(occupations):,} occupations: one skill, to have worked in it; "
        f"those alike in the first {ALIKE} digits of ISCO-08 (else KldB 2010) are neighbours and fit by half; "
        f"learning one anew takes {weeks} weeks, by level 1 to 4"
    )
    remedy = "Enough to begin with; add ESCO to see what people bring to other occupations."
    told = [Finding("skills", "", "", "", problem, remedy, "warning")]
    alone = occupations.filter(pl.col("group").is_null())["occupation_id"].sort()
    if len(alone):
        problem = f"{len(alone):,} occupations have no code of {ALIKE} digits or more: they have no neighbours"
        remedy = "Add their ISCO-08 or KldB 2010 codes."
        told.append(Finding("occupations", "", "occupation_id", ", ".join(alone[:ALIKE]), problem, remedy, "warning"))
    return told
