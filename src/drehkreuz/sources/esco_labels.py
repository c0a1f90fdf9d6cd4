# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Labels of ESCO concepts in several languages: from its own files, and from a plain CSV of further labels."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import polars as pl

from drehkreuz.errors import Finding, InputError, did_you_mean
from drehkreuz.region import TABLES
from drehkreuz.sources.archive import open_source
from drehkreuz.sources.esco_layout import CONCEPT_OF_STEM, LANGUAGES, EscoFile, Faults, last_part
from drehkreuz.sources.text import read_csv

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from drehkreuz.progress import Progress

COLUMN_OF_KIND: Final = {"preferred": "preferredLabel", "alternative": "altLabels", "hidden": "hiddenLabels"}
_RANK: Final = pl.col("kind").replace_strict({kind: rank for rank, kind in enumerate(COLUMN_OF_KIND)})
_COLUMNS: Final = ("concept_uri", "language", "kind", "text")


def read_labels(
    path: str | Path,
    tables: Mapping[str, pl.DataFrame],
    *,
    languages: Collection[str] | None = None,
    lenient: bool = False,
) -> tuple[dict[str, pl.DataFrame], list[Finding]]:
    """
    Add labels from a CSV file with the columns `concept_uri`, `language`, `kind` and `text`.

    Args:
        path: The file, plain, gzipped or alone in a zip.
        tables: Region tables as `read_esco` returns them.
        languages: Languages to take; None: all that a region knows.
        lenient: Leave out faulty rows instead of refusing the file; each is listed.

    Returns:
        The tables with the further labels, and what was left out. A concept keeps the preferred label it has: a second
        one becomes an alternative.

    Raises:
        InputError: If the file cannot be read, or a row is faulty and the reading is not lenient.
    """
    source, faults = open_source(path), Faults(lenient)
    name = source.names[0] if len(source.names) == 1 else Path(path).name
    frame = read_csv(source, name, report=faults.faults if lenient else None)
    for column in _COLUMNS:
        if column not in frame.columns:
            remedy = f"Name the columns {', '.join(_COLUMNS)}.{did_you_mean(column, frame.columns)}"
            raise InputError(Finding(name, "1", "", "", f"column {column!r} is missing", remedy))
    for column, allowed in (("language", LANGUAGES), ("kind", tuple(COLUMN_OF_KIND))):
        found = Finding(name, "", column, "", f"is none of {', '.join(allowed)}", "Correct it or take the row out.")
        frame = faults.leave_out(frame, ~pl.col(column).fill_null("").is_in(allowed), found)
    for column in ("concept_uri", "text"):
        found = Finding(name, "", column, "", "is empty", "Fill it in or take the row out.")
        frame = faults.leave_out(frame, pl.col(column).is_null(), found)
    wanted = frame.filter(pl.col("language").is_in(list(languages or LANGUAGES)))
    labels = wanted.select(last_part("concept_uri").alias("concept_id"), "language", "kind", "text")
    known = known_concepts(tables["occupations"], tables["skills"], tables["broader"], tables["labels"])
    added = only_known(labels, known, name, faults)
    merged = merge_labels([tables["labels"], added.join(known, on="concept_id")], name, faults)
    return {**tables, "labels": merged}, faults.report()


def labels_of_file(file: EscoFile, faults: Faults, progress: Progress) -> pl.DataFrame:
    """Return the labels in one file of the download; alternatives stand there one a line, or between bars."""
    frame = file.read(["conceptUri", "preferredLabel"], faults, progress, optional=["altLabels", "hiddenLabels"])
    empty = frame["preferredLabel"].null_count()
    if empty:
        faults.note(file.name, f"{empty:,} concepts have no preferred label", "They are shown by their identifier.")
    return (
        frame.select(last_part("conceptUri").alias("concept_id"), **COLUMN_OF_KIND)
        .unpivot(list(COLUMN_OF_KIND), index="concept_id", variable_name="kind", value_name="text")
        .with_columns(pl.col("text").str.replace_all("|", "\n", literal=True).str.split("\n"))
        .explode("text")
        .with_columns(pl.col("text").str.strip_chars())
        .filter(pl.col("text").fill_null("") != "")
        .with_columns(concept=pl.lit(CONCEPT_OF_STEM[file.stem]), language=pl.lit(file.language))
    )


def known_concepts(
    occupations: pl.DataFrame, skills: pl.DataFrame, broader: pl.DataFrame, labels: pl.DataFrame
) -> pl.DataFrame:
    """Return `concept_id` and `concept` of all occupations and skills, and of groups in a hierarchy or with a label."""
    rows = pl.concat(
        [
            occupations.select(concept_id="occupation_id", concept=pl.lit("occupation")),
            skills.select(concept_id="skill_id", concept=pl.lit("skill")),
        ]
    )
    ends = [broader.select(concept_id=end, concept=pl.col("concept") + "_group") for end in ("concept_id", "broader_id")]
    named = labels.filter(pl.col("concept").str.ends_with("_group")).select("concept_id", "concept")
    groups = pl.concat([*ends, named]).join(rows, on="concept_id", how="anti").unique().sort("concept_id", "concept")
    return pl.concat([rows, groups.unique("concept_id", keep="first", maintain_order=True)])


def only_known(labels: pl.DataFrame, known: pl.DataFrame, where: str, faults: Faults) -> pl.DataFrame:
    """Return the labels of known concepts; the others are counted in one note."""
    unknown = labels.join(known, on="concept_id", how="anti")
    if len(unknown):
        concepts, first = unknown["concept_id"].n_unique(), unknown["concept_id"].min()
        problem = f"{len(unknown):,} labels of {concepts:,} concepts that the base has not, such as {first}, were left out"
        faults.note(where, problem, "Nothing need be done if its version differs from the base's.")
    return labels.join(known, on="concept_id", how="semi")


def merge_labels(parts: Sequence[pl.DataFrame], where: str, faults: Faults) -> pl.DataFrame:
    """Return the labels as one table; earlier parts decide which label is preferred, and no text stands twice."""
    columns = list(TABLES["labels"].columns)
    place = ["concept_id", "concept", "language"]
    labels = pl.concat([part.select(columns).with_columns(part=pl.lit(i)) for i, part in enumerate(parts)])
    labels = labels.unique([*place, "kind", "text"], keep="first", maintain_order=True)
    first = pl.struct("part", "text") == pl.struct("part", "text").filter(pl.col("kind") == "preferred").min().over(place)
    second = (pl.col("kind") == "preferred") & ~first
    demoted = int(labels.select(second.sum()).item())
    if demoted:
        problem = f"{demoted:,} preferred labels became alternatives, since their concepts have one already"
        faults.note(where, problem, "Give the source whose names are to be shown first.")
    labels = labels.with_columns(pl.when(second).then(pl.lit("alternative")).otherwise("kind").alias("kind"))
    ranked = labels.with_columns(rank=_RANK).sort("rank").unique([*place, "text"], keep="first")
    return TABLES["labels"].conform(ranked.select(columns)).sort(columns)
