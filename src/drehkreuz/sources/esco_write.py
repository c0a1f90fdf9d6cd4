# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The taxonomy tables of a region in the layout of ESCO's official CSV download."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import polars as pl

from drehkreuz.errors import Finding, InputError
from drehkreuz.sources.esco_labels import COLUMN_OF_KIND
from drehkreuz.sources.esco_layout import (
    BASE_URI,
    CONCEPT_OF_PILLAR,
    CONCEPT_OF_TYPE,
    KIND_OF_SKILL_TYPE,
    OCCUPATIONS,
    REGULATED_OF_NOTE,
    RELATIONS,
    SKILLS,
)
from drehkreuz.sources.esco_rules import CLASS_OF_COLLECTION

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_TYPE_OF_CONCEPT: Final = {concept: name for name, concept in CONCEPT_OF_TYPE.items()}
_SKILL_TYPE_OF_KIND: Final = {kind: name for name, kind in KIND_OF_SKILL_TYPE.items()} | {
    "attitude": "skill/competence"
}
_NOTE_OF_REGULATED: Final = {
    value: f"{BASE_URI}regulated-professions/{note}" for note, value in REGULATED_OF_NOTE.items()
}
_SPACE: Final = {"occupation": "occupation", "occupation_group": "isco", "skill": "skill", "skill_group": "skill"}
"""Part of a URI that says what is named; the numbers of groups of knowledge are ISCED-F's."""

_OCCUPATION: Final = (
    *("conceptType", "conceptUri", "iscoGroup", "preferredLabel", "altLabels", "hiddenLabels", "status"),
    *("modifiedDate", "regulatedProfessionNote", "scopeNote", "definition", "inScheme", "description", "code"),
)
_SKILL: Final = (
    *("conceptType", "conceptUri", "skillType", "reuseLevel", "preferredLabel", "altLabels", "hiddenLabels"),
    *("status", "modifiedDate", "scopeNote", "definition", "inScheme", "description"),
)
_GROUP: Final = ("conceptType", "conceptUri", "preferredLabel", "altLabels", "hiddenLabels", "status", "description")
_COLLECTION: Final = ("conceptType", "conceptUri", "preferredLabel", "status", "skillType", "reuseLevel", "altLabels")
_RELATION: Final = ("occupationUri", "relationType", "skillType", "skillUri")
_LABEL_FILES: Final = {
    OCCUPATIONS: ("occupation", _OCCUPATION),
    SKILLS: ("skill", _SKILL),
    "ISCOGroups": ("occupation_group", _GROUP),
    "skillGroups": ("skill_group", _GROUP),
}


def write_esco(tables: Mapping[str, pl.DataFrame], folder: str | Path) -> list[Path]:
    """
    Write the tables as ESCO publishes them, one set of label files for each language.

    What ESCO does not hold is not written: levels, half-lives, national codes, and classes beyond its collections.

    Args:
        tables: Region tables `occupations`, `skills`, `labels`, `occupation_skills` and `broader`.
        folder: Where to; made if it is not there.

    Returns:
        The files written, by name.

    Raises:
        InputError: If labels cannot be told apart in the layout: a line break or bar within one, or two preferred ones.
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    labels = tables["labels"]
    _check(labels)
    concepts = _concepts(tables)
    files = {RELATIONS: _relations(tables, concepts)}
    for stem, concept in CONCEPT_OF_PILLAR.items():
        files[stem] = _steps(tables["broader"].filter(pl.col("concept") == concept), concepts)
    languages = labels["language"].unique().sort().to_list() or ["en"]
    for language in languages:
        named = concepts.join(_texts(labels.filter(pl.col("language") == language)), on=["id", "concept"], how="left")
        if language != languages[0]:  # the first language's files hold every concept, named or not
            named = named.filter(pl.any_horizontal(pl.col(*COLUMN_OF_KIND.values()).is_not_null()))
        for stem, rows in _label_files(named, tables["skills"]).items():
            files[f"{stem}_{language}"] = rows
    for stem, frame in files.items():
        frame.write_csv(folder / f"{stem}.csv")
    return sorted(folder / f"{stem}.csv" for stem in files)


def _check(labels: pl.DataFrame) -> None:
    broken = labels.filter(pl.col("text").str.contains(r"[\n\r|]"))
    for concept, text in broken.select("concept_id", "text").head(1).iter_rows():
        problem, remedy = "ESCO's layout parts labels by lines and bars", "Take the line break or bar out."
        raise InputError(Finding("labels", concept, "text", text, problem, remedy))
    preferred = labels.filter(pl.col("kind") == "preferred")
    second = preferred.filter(~pl.struct("concept_id", "concept", "language").is_first_distinct())
    for concept, text in second.select("concept_id", "text").head(1).iter_rows():
        problem, remedy = "is a second preferred label in its language", "Make all but one alternatives."
        raise InputError(Finding("labels", concept, "text", text, problem, remedy))


def _concepts(tables: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """Return every occupation, skill and group with the columns that ESCO has for one of them."""
    occupations = tables["occupations"].select(
        id="occupation_id",
        concept=pl.lit("occupation"),
        uri="esco_uri",
        iscoGroup="isco08",
        regulatedProfessionNote=pl.col("regulated").replace_strict(_NOTE_OF_REGULATED, return_dtype=pl.String),
        code="source_id",
    )
    skills = tables["skills"].select(
        id="skill_id",
        concept=pl.lit("skill"),
        uri="esco_uri",
        skillType=pl.col("kind").replace_strict(_SKILL_TYPE_OF_KIND, return_dtype=pl.String),
        reuseLevel="reuse",
    )
    named = tables["labels"].select(id="concept_id", concept="concept")
    ends = [
        tables["broader"].select(id=end, concept=pl.col("concept") + "_group") for end in ("concept_id", "broader_id")
    ]
    groups = pl.concat([named.filter(pl.col("concept").str.ends_with("_group")), *ends])
    every = pl.concat([occupations, skills, groups], how="diagonal")
    every = every.with_columns(pillar=pl.col("concept").str.strip_suffix("_group"))
    concepts = every.unique(["id", "pillar"], keep="first", maintain_order=True).sort("id", "pillar")
    is_knowledge = (pl.col("concept") == "skill_group") & pl.col("id").str.contains(r"^\d+$")
    other = pl.col("concept").replace_strict(_SPACE, return_dtype=pl.String)
    space = pl.when(is_knowledge).then(pl.lit("isced-f")).otherwise(other)
    return concepts.with_columns(
        uri=pl.coalesce("uri", pl.concat_str(pl.lit(BASE_URI), space, pl.lit("/"), "id")),
        type=pl.col("concept").replace_strict(_TYPE_OF_CONCEPT, return_dtype=pl.String),
        status=pl.lit("released"),
    )


def _texts(labels: pl.DataFrame) -> pl.DataFrame:
    """Return the labels of one language, a row a concept: several of a kind one a line."""
    kinds = [
        pl.col("text").filter(pl.col("kind") == kind).str.join("\n").replace("", None).alias(column)
        for kind, column in COLUMN_OF_KIND.items()
    ]
    return labels.rename({"concept_id": "id"}).group_by("id", "concept", maintain_order=True).agg(kinds)


def _label_files(named: pl.DataFrame, skills: pl.DataFrame) -> dict[str, pl.DataFrame]:
    files = {
        stem: _columns(named.filter(pl.col("concept") == concept), columns)
        for stem, (concept, columns) in _LABEL_FILES.items()
    }
    for stem, skill_class in CLASS_OF_COLLECTION.items():
        listed = skills.filter(pl.col("class") == skill_class)["skill_id"]
        rows = named.filter((pl.col("concept") == "skill") & pl.col("id").is_in(listed.implode()))
        files[stem] = _columns(rows.with_columns(altLabels=None), _COLLECTION)
    return files


def _columns(rows: pl.DataFrame, columns: Sequence[str]) -> pl.DataFrame:
    """Return the official columns; those that a region does not know are empty."""
    rows = rows.rename({"type": "conceptType", "uri": "conceptUri"})
    return rows.select(column if column in rows.columns else pl.lit("").alias(column) for column in columns)


def _relations(tables: Mapping[str, pl.DataFrame], concepts: pl.DataFrame) -> pl.DataFrame:
    occupations = concepts.filter(pl.col("pillar") == "occupation").select(occupation_id="id", occupationUri="uri")
    skills = concepts.filter(pl.col("pillar") == "skill").select("skillType", skill_id="id", skillUri="uri")
    related = tables["occupation_skills"].sort("occupation_id", "skill_id").rename({"relation": "relationType"})
    related = related.join(occupations, on="occupation_id", maintain_order="left")
    return related.join(skills, on="skill_id", maintain_order="left").select(_RELATION)


def _steps(broader: pl.DataFrame, concepts: pl.DataFrame) -> pl.DataFrame:
    narrower = concepts.select(concept_id="id", concept="pillar", conceptType="type", conceptUri="uri")
    other = concepts.select(broader_id="id", concept="pillar", broaderType="type", broaderUri="uri")
    steps = broader.sort("concept_id", "broader_id")
    steps = steps.join(narrower, on=["concept_id", "concept"], maintain_order="left")
    steps = steps.join(other, on=["broader_id", "concept"], maintain_order="left")
    return steps.select("conceptType", "conceptUri", "broaderType", "broaderUri")
