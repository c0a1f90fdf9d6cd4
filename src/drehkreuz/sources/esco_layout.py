# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The files and columns of ESCO's official CSV download, versions 1.1 and 1.2, and how a file of it is read."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import polars as pl

from drehkreuz.errors import Finding, InputError, did_you_mean
from drehkreuz.region import TABLES
from drehkreuz.sources.text import MAX_FINDINGS, ROW, bounded, read_csv

if TYPE_CHECKING:
    from drehkreuz.sources.archive import SourceFiles

BASE_URI: Final = "http://data.europa.eu/esco/"

OCCUPATIONS: Final = "occupations"
SKILLS: Final = "skills"
RELATIONS: Final = "occupationSkillRelations"
CONCEPT_OF_PILLAR: Final = {"broaderRelationsOccPillar": "occupation", "broaderRelationsSkillPillar": "skill"}
GROUPS_OF_PILLAR: Final = {"broaderRelationsOccPillar": "ISCOGroups", "broaderRelationsSkillPillar": "skillGroups"}

CONCEPT_OF_STEM: Final = {
    OCCUPATIONS: "occupation",
    SKILLS: "skill",
    "ISCOGroups": "occupation_group",
    "skillGroups": "skill_group",
    "digCompSkillsCollection": "skill",
    "digitalSkillsCollection": "skill",
    "greenSkillsCollection": "skill",
    "languageSkillsCollection": "skill",
    "researchOccupationsCollection": "occupation",
    "researchSkillsCollection": "skill",
    "transversalSkillsCollection": "skill",
}
"""The files that hold labels, and of what. A country's download may have a collection without the whole."""

CONCEPT_OF_TYPE: Final = {
    "Occupation": "occupation",
    "ISCOGroup": "occupation_group",
    "KnowledgeSkillCompetence": "skill",
    "SkillGroup": "skill_group",
}
KIND_OF_SKILL_TYPE: Final = {"skill/competence": "skill", "knowledge": "knowledge"}
REGULATED_OF_NOTE: Final = {"regulated": True, "unregulated": False}
LANGUAGES: Final[tuple[str, ...]] = TABLES["labels"].columns["language"].allowed or ()

_LABELS: Final = ("conceptUri", "preferredLabel")
_STEP: Final = ("conceptType", "conceptUri", "broaderType", "broaderUri")
REQUIRED: Final[dict[str, tuple[str, ...]]] = {
    **dict.fromkeys(CONCEPT_OF_STEM, _LABELS),
    **dict.fromkeys(CONCEPT_OF_PILLAR, _STEP),
    OCCUPATIONS: (*_LABELS, "altLabels", "iscoGroup", "regulatedProfessionNote"),
    SKILLS: (*_LABELS, "altLabels", "skillType", "reuseLevel"),
    RELATIONS: ("occupationUri", "relationType", "skillUri"),
}
"""Columns a file must have, by what it holds."""

OPTIONAL: Final = {
    **dict.fromkeys(CONCEPT_OF_STEM, ("altLabels", "hiddenLabels")),
    OCCUPATIONS: ("hiddenLabels", "code"),
}
"""Columns that are read where a file has them."""

AGAIN: Final = "Get the file again from ESCO, or read it with --lenient to leave the row out."

_NAME: Final = re.compile(rf"({'|'.join(REQUIRED)})(?:_(\w+))?\.csv", re.ASCII)
_URI: Final = r"^https?://\S+/[^/\s]+$"


@dataclass(slots=True)
class Faults:
    """
    What a reader finds: faults stop it unless it is lenient, notes never do.

    Attributes:
        lenient: Faulty rows are left out and listed.
        faults: What is wrong.
        notes: What the reader did that a person should know.
    """

    lenient: bool
    faults: list[Finding] = field(default_factory=list)
    notes: list[Finding] = field(default_factory=list)

    def note(self, where: str, problem: str, remedy: str) -> None:
        """Add a note about a whole file."""
        self.notes.append(Finding(where, "", "", "", problem, remedy, "warning"))

    def rows(self, frame: pl.DataFrame, wrong: pl.Expr, like: Finding) -> None:
        """Add a fault like the one given for each row that is wrong, with the row's own number and value."""
        bad = frame.filter(wrong)
        shown = bad.head(MAX_FINDINGS)
        values = shown[like.column] if like.column else [like.value] * len(shown)
        listed = [
            Finding(like.where, str(row), like.column, value or "", like.problem, like.remedy)
            for row, value in zip(shown[ROW], values, strict=True)
        ]
        if listed:
            self.faults.extend(bounded(listed, len(bad)))

    def leave_out(self, frame: pl.DataFrame, wrong: pl.Expr, like: Finding) -> pl.DataFrame:
        """Return the frame without the rows that are wrong, each of which is a fault."""
        self.rows(frame, wrong, like)
        return frame.filter(~wrong)

    def report(self) -> list[Finding]:
        """
        Return all that was found.

        Raises:
            InputError: If there are faults and the reader is not lenient.
        """
        if self.faults and not self.lenient:
            raise InputError(*bounded(self.faults))
        return self.faults + self.notes


@dataclass(frozen=True, slots=True)
class EscoFile:
    """
    One file of the download.

    Attributes:
        source: Folder or zip it is in.
        name: Its name there.
        stem: What it holds, for example `occupations`.
        language: Language suffix; empty where there is none.
    """

    source: SourceFiles
    name: str
    stem: str
    language: str

    def read(self, faults: Faults) -> pl.DataFrame:
        """
        Return the file's columns by `REQUIRED` and `OPTIONAL`, and `row`.

        Rows without proper URIs, and second rows of a concept, are faults.

        Raises:
            InputError: If the file cannot be read as a table or lacks a column.
        """
        frame = read_csv(self.source, self.name, report=faults.faults if faults.lenient else None)
        required = REQUIRED[self.stem]
        require(frame, required, self.name)
        optional = [column for column in OPTIONAL.get(self.stem, ()) if column not in required]
        nulls = [pl.lit(None, pl.String).alias(column) for column in optional if column not in frame.columns]
        frame = frame.with_columns(nulls).select(ROW, *required, *optional)
        for column in (column for column in required if column.endswith("Uri")):
            found = Finding(self.name, "", column, "", "is no URI", AGAIN)
            frame = faults.leave_out(frame, ~pl.col(column).fill_null("").str.contains(_URI), found)
        if self.stem not in CONCEPT_OF_STEM:
            return frame
        found = Finding(self.name, "", "conceptUri", "", "stands twice in this file", AGAIN)
        return faults.leave_out(frame, ~pl.col("conceptUri").is_first_distinct(), found)


def esco_files(source: SourceFiles) -> list[EscoFile]:
    """
    Return the files of the source that Drehkreuz reads, by name.

    Raises:
        InputError: If there is none, or a file with labels does not tell its language by its name.
    """
    matches = [(name, match) for name in source.names if (match := _NAME.fullmatch(name))]
    if not matches:
        wanted = ["occupations_de.csv", "skills_de.csv", f"{RELATIONS}_de.csv"]
        near = "".join(did_you_mean(name, wanted) for name in source.names[:1])
        problem = f"holds no ESCO file; found are {', '.join(source.names[:8])}"
        remedy = f"Name the folder or zip of ESCO's CSV download, with files such as {wanted[0]}.{near}"
        raise InputError(Finding(str(source.path), "", "", "", problem, remedy))
    files = [EscoFile(source, name, match[1], match[2] or "") for name, match in matches]
    for file in files:
        if file.stem in CONCEPT_OF_STEM and not file.language:
            remedy = f"Name it {file.stem}_en.csv if its labels are English."
            raise InputError(Finding(file.name, "", "", "", "the name does not say the language", remedy))
    return files


def require(frame: pl.DataFrame, columns: tuple[str, ...], where: str) -> None:
    """
    Check that the frame has the columns.

    Raises:
        InputError: If some are missing; names those that are there.
    """
    missing = [column for column in columns if column not in frame.columns]
    if missing:
        there = [name for name in frame.columns if name != ROW]
        held = ", ".join(there[:8]) + (", …" if len(there) > 8 else "")
        lacks = f"column {missing[0]!r} is" if len(missing) == 1 else f"columns {', '.join(missing)} are"
        remedy = f"Name the columns {', '.join(columns)}.{did_you_mean(missing[0], there)}"
        raise InputError(Finding(where, "1", "", "", f"{lacks} missing; found are {held}", remedy))


def last_part(column: str) -> pl.Expr:
    """Return the last part of the URIs in a column."""
    return pl.col(column).str.extract(r"([^/]+)$")
