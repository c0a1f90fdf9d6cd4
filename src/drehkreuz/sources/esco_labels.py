# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Labels of ESCO concepts in several languages: from its own files, and from a plain CSV of further labels."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import polars as pl

from drehkreuz.errors import Finding
from drehkreuz.region import TABLES
from drehkreuz.sources.archive import open_source
from drehkreuz.sources.esco_layout import CONCEPT_OF_STEM, LANGUAGES, EscoFile, Faults, last_part, require
from drehkreuz.sources.text import read_csv

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence


COLUMN_OF_KIND: Final = {"preferred": "preferredLabel", "alternative": "altLabels", "hidden": "hiddenLabels"}
_RANK: Final = pl.col("kind").replace_strict({kind: rank for rank, kind in enumerate(COLUMN_OF_KIND)})
_COLUMNS: Final = ("concept_uri", "language", "kind", "text")
_NONE: Final = TABLES["labels"].empty()


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
    require(frame, _COLUMNS, name)
    for column, allowed in (("language", LANGUAGES), ("kind", tuple(COLUMN_OF_KIND))):
        found = Finding(name, "", column, "", f"is none of {', '.join(allowed)}", "Correct it or take the row out.")
        frame = faults.leave_out(frame, ~pl.col(column).fill_null("").is_in(allowed), found)
    for column in ("concept_uri", "text"):
        found = Finding(name, "", column, "", "is empty", "Fill it in or take the row out.")
        frame = faults.leave_out(frame, pl.col(column).is_null(), found)
    wanted = frame.filter(pl.col("language").is_in(list(LANGUAGES if languages is None else languages)))
    labels = wanted.select(last_part("concept_uri").alias("concept_id"), "language", "kind", "text")
    groups = tables["labels"].filter(pl.col("concept").str.ends_with("_group")).select("concept_id", "concept")
    known = known_concepts(tables, groups)
    added = only_known(labels, known, name, faults).join(known, on="concept_id")
    merged = merge_labels([tables["labels"], added], name, faults)
    return {**tables, "labels": merged}, faults.report()


def labels_of(frames: Mapping[EscoFile, pl.DataFrame], languages: Collection[str], faults: Faults) -> pl.DataFrame:
    """Return the labels in files of the download; alternatives stand there one a line, or between bars."""
    parts = [_NONE]
    for file, frame in frames.items():
        if file.language not in languages or file.stem not in CONCEPT_OF_STEM:
            continue
        empty = frame["preferredLabel"].null_count()
        if empty:
            faults.note(
                file.name,
                f"{empty:,} concepts have no preferred label",
                "They are shown by another label or by their code.",
            )
        texts = frame.select(last_part("conceptUri").alias("concept_id"), **COLUMN_OF_KIND).unpivot(
            list(COLUMN_OF_KIND), index="concept_id", variable_name="kind", value_name="text"
        )
        named = texts.with_columns(concept=pl.lit(CONCEPT_OF_STEM[file.stem]), language=pl.lit(file.language))
        parts.append(named.select(_NONE.columns))
    return (
        pl.concat(parts)
        .with_columns(pl.col("text").str.replace_all("|", "\n", literal=True).str.split("\n"))
        .explode("text")
        .with_columns(pl.col("text").str.strip_chars())
        .filter(pl.col("text").fill_null("") != "")
    )


def groups_of(frames: Mapping[EscoFile, pl.DataFrame]) -> pl.DataFrame:
    """Return `concept_id` and `concept` of the groups that have a row."""
    parts = [
        frame.select(concept_id=last_part("conceptUri"), concept=pl.lit(CONCEPT_OF_STEM[file.stem]))
        for file, frame in frames.items()
        if CONCEPT_OF_STEM.get(file.stem, "").endswith("_group")
    ]
    return pl.concat([_NONE.select("concept_id", "concept"), *parts])


def known_concepts(tables: Mapping[str, pl.DataFrame], groups: pl.DataFrame) -> pl.DataFrame:
    """Return `concept_id` and `concept` of all occupations and skills, and of the groups given."""
    rows = pl.concat(
        [
            tables["occupations"].select(concept_id="occupation_id", concept=pl.lit("occupation")),
            tables["skills"].select(concept_id="skill_id", concept=pl.lit("skill")),
            groups,
        ]
    )
    return rows.unique(["concept_id", "concept"], keep="first", maintain_order=True)


def only_known(labels: pl.DataFrame, known: pl.DataFrame, where: str, faults: Faults) -> pl.DataFrame:
    """Return the labels of known concepts, told by `concept_id` and, where there is one, `concept`; others are noted."""
    key = [column for column in known.columns if column in labels.columns]
    unknown = labels.join(known, on=key, how="anti")
    if len(unknown):
        concepts, first = unknown["concept_id"].n_unique(), str(unknown["concept_id"].min())
        problem = (
            f"{len(unknown):,} labels of {concepts:,} concepts that the base has not, such as {first}, were left out"
        )
        faults.note(where, problem, "Nothing need be done if its version differs from the base's.")
    return labels.join(known, on=key, how="semi")


def merge_labels(parts: Sequence[pl.DataFrame], where: str, faults: Faults) -> pl.DataFrame:
    """Return the labels as one table; earlier parts decide which label is preferred, and no text stands twice."""
    columns = list(TABLES["labels"].columns)
    place = ["concept_id", "concept", "language"]
    labels = pl.concat([part.select(columns).with_columns(part=pl.lit(i)) for i, part in enumerate(parts)])
    labels = labels.unique([*place, "kind", "text"], keep="first", maintain_order=True)
    is_preferred = pl.col("kind") == "preferred"
    preferred = labels.filter(is_preferred).sort("part", "text")
    first = preferred.unique(place, keep="first", maintain_order=True)
    second = preferred.join(first, on=[*place, "text"], how="anti")
    if len(second):
        problem = f"{len(second):,} preferred labels became alternatives, since their concepts have one already"
        faults.note(where, problem, "Name the source whose labels are to be shown first before the others.")
    demoted = second.with_columns(kind=pl.lit("alternative"))
    labels = pl.concat([first, demoted, labels.filter(~is_preferred)])
    ranked = labels.with_columns(rank=_RANK).sort("rank").unique([*place, "text"], keep="first")
    return TABLES["labels"].conform(ranked.select(columns)).sort(columns)
