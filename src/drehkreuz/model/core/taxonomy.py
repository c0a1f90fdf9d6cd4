# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The core taxonomy as tables of a region."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Final

import polars as pl

from drehkreuz.region import TABLES

HERE: Final = files(__package__)
LANGUAGES: Final = ("de", "en", "nl", "fr")


@dataclass(frozen=True, slots=True)
class Core:
    """
    The core taxonomy, each frame in the region's schema and in the order of its key.

    Attributes:
        occupations: Table `occupations`.
        skills: Table `skills`.
        labels: Table `labels`, in four languages.
        occupation_skills: Table `occupation_skills`.
        broader: Table `broader`, one level of groups.
        qualifications: Table `qualifications`: awards of occupations, certificates, school leaving.
    """

    occupations: pl.DataFrame
    skills: pl.DataFrame
    labels: pl.DataFrame
    occupation_skills: pl.DataFrame
    broader: pl.DataFrame
    qualifications: pl.DataFrame

    def tables(self) -> dict[str, pl.DataFrame]:
        """Return the tables by name."""
        return {
            "occupations": self.occupations,
            "skills": self.skills,
            "labels": self.labels,
            "occupation_skills": self.occupation_skills,
            "broader": self.broader,
            "qualifications": self.qualifications,
        }


@cache
def core() -> Core:
    """Read the core taxonomy from the files beside this one."""
    occupations = read_occupations()
    skills = pl.concat([_csv(path) for path in _sorted("skills", ".csv")]).sort("skill_id")
    groups = _csv(HERE / "groups.csv")
    return Core(
        occupations=_conform("occupations", [_occupation(name, each) for name, each in occupations.items()]),
        skills=TABLES["skills"].conform(_skills(skills)),
        labels=_labels(occupations, skills, groups, _csv(HERE / "spoken.csv")),
        occupation_skills=_conform("occupation_skills", _asked(occupations)),
        broader=_broader(occupations, skills),
        qualifications=_qualifications(occupations),
    )


@cache
def read_occupations() -> dict[str, dict[str, Any]]:
    """Return what the files say of each occupation, by id."""
    found: dict[str, dict[str, Any]] = {}
    for path in _sorted("occupations", ".toml"):
        found |= tomllib.loads(path.read_text(encoding="utf-8"))
    return dict(sorted(found.items()))


def certificates() -> pl.DataFrame:
    """Return the certificates and school leaving awards, with usual length (weeks) and fee (EUR) of their courses."""
    return _csv(HERE / "certificates.csv")


def _sorted(folder: str, suffix: str) -> list[Traversable]:
    return sorted((p for p in (HERE / folder).iterdir() if p.name.endswith(suffix)), key=lambda path: path.name)


def _csv(path: Traversable) -> pl.DataFrame:
    return pl.read_csv(path.read_bytes(), infer_schema=False)


def _conform(name: str, rows: list[dict[str, Any]]) -> pl.DataFrame:
    return TABLES[name].conform(pl.DataFrame(rows, infer_schema_length=None)).sort(TABLES[name].key)


def _occupation(name: str, each: dict[str, Any]) -> dict[str, Any]:
    regulated = each.get("regulated")
    return {
        "occupation_id": name,
        "isco08": each["isco08"],
        "kldb2010": each["kldb2010"],
        "level": int(each["kldb2010"][-1]),
        "dqr": each["dqr"],
        "eqf": each["dqr"],
        "regulated": regulated is not None,
        "regulated_country": "DE" if regulated else None,
        "regulated_authority": regulated["authority"] if regulated else None,
        "regulated_act": regulated["act"] if regulated else None,
        "training_occupation": each["training"],
        "outlook": each["outlook"],
    }


def _skills(skills: pl.DataFrame) -> pl.DataFrame:
    return skills.select(
        "skill_id",
        "class",
        "kind",
        "reuse",
        pl.col("half_life_years").cast(pl.Float64),
        pl.col("learning_weeks").cast(pl.Float64),
    )


def _labels(
    occupations: dict[str, dict[str, Any]], skills: pl.DataFrame, groups: pl.DataFrame, spoken: pl.DataFrame
) -> pl.DataFrame:
    rows: list[dict[str, Any]] = []

    def add(concept_id: str, concept: str, language: str, texts: list[str]) -> None:
        rows.extend(
            {
                "concept_id": concept_id,
                "concept": concept,
                "language": language,
                "kind": "alternative" if i else "preferred",
                "text": text,
            }
            for i, text in enumerate(dict.fromkeys(texts))
        )

    for name, each in occupations.items():
        for language in LANGUAGES:
            add(name, "occupation", language, each[language])
    for named, concept, key in ((skills, "skill", "skill_id"), (groups, "", "group")):
        for row in named.iter_rows(named=True):
            for language in LANGUAGES:
                add(row[key], concept or f"{row['concept']}_group", language, [row[language]])
    rows.extend(
        {
            "concept_id": said["concept_id"],
            "concept": "occupation" if said["concept_id"] in occupations else "skill",
            "language": said["language"],
            "kind": said["kind"],
            "text": text,
        }
        for said in spoken.iter_rows(named=True)
        for text in said["texts"].split("; ")
    )
    return _conform("labels", rows)


def _asked(occupations: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {"occupation_id": name, "skill_id": skill, "relation": relation}
        for name, each in occupations.items()
        for relation in ("essential", "optional")
        for skill in each[relation]
    ]


def _broader(occupations: dict[str, dict[str, Any]], skills: pl.DataFrame) -> pl.DataFrame:
    rows = [(name, each["group"], "occupation") for name, each in occupations.items()]
    rows += [(skill, group, "skill") for skill, group in skills.select("skill_id", "group").iter_rows()]
    frame = pl.DataFrame(rows, schema=["concept_id", "broader_id", "concept"], orient="row")
    return TABLES["broader"].conform(frame).sort(TABLES["broader"].key)


def _qualifications(occupations: dict[str, dict[str, Any]]) -> pl.DataFrame:
    rows: list[dict[str, Any]] = [
        {
            "qualification_id": each["award"]["id"],
            "label_de": each["award"]["de"],
            "label_en": each["award"]["en"],
            "kind": each["award"]["kind"],
            "occupation_id": name,
            "dqr": each["dqr"],
            "valid_years": None,
            "regulated": "regulated" in each,
        }
        for name, each in occupations.items()
        if "award" in each
    ]
    rows += [
        {
            "qualification_id": row["qualification_id"],
            "label_de": row["de"],
            "label_en": row["en"],
            "kind": row["kind"],
            "occupation_id": row["occupation_id"],
            "dqr": int(row["dqr"]) if row["dqr"] else None,
            "valid_years": float(row["valid_years"]) if row["valid_years"] else None,
            "regulated": row["regulated_act"] is not None,
        }
        for row in certificates().iter_rows(named=True)
    ]
    return _conform("qualifications", rows)
