# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""ESCO's official CSV download, versions 1.1 and 1.2, as the taxonomy tables of a region."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from drehkreuz.errors import Finding, InputError, did_you_mean
from drehkreuz.progress import SILENT, Progress, track
from drehkreuz.sources.archive import open_source
from drehkreuz.sources.esco_labels import groups_of, known_concepts, labels_of, merge_labels, only_known
from drehkreuz.sources.esco_layout import (
    CONCEPT_OF_STEM,
    GROUPS_OF_PILLAR,
    LANGUAGES,
    OCCUPATIONS,
    RELATIONS,
    SKILLS,
    EscoFile,
    Faults,
    esco_files,
)
from drehkreuz.sources.esco_tables import taxonomy_tables

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path


def read_esco(
    paths: Sequence[str | Path],
    *,
    languages: Collection[str] | None = None,
    lenient: bool = False,
    progress: Progress = SILENT,
) -> tuple[dict[str, pl.DataFrame], list[Finding]]:
    """
    Read folders or zips of ESCO's CSV download.

    The first that holds relations is the base: its occupations, skills, relations and hierarchies are taken. The others
    add labels, merged by URI: so a complete English download and German occupations of another version go together.

    Args:
        paths: Folders or zips, each of one version in one or several languages.
        languages: Languages of the labels, ISO 639-1; None: all that a region knows.
        lenient: Leave out faulty rows instead of refusing the file; each is listed.
        progress: Told of each file read.

    Returns:
        The tables `occupations`, `skills`, `labels`, `occupation_skills` and `broader`, each sorted by its key; and what
        a person should know: rows left out, labels without a concept, relations that lead nowhere.

    Raises:
        InputError: If a file is missing or cannot be read, or a row is faulty and the reading is not lenient.
    """
    faults = Faults(lenient)
    wanted = _wanted(languages)
    downloads = [esco_files(open_source(path)) for path in paths]
    base = _base(downloads)
    _note_unread(downloads, base, faults, every_language=languages is None)
    chosen = [_chosen(files, wanted, whole=place == base) for place, files in enumerate(downloads)]
    read = [file for files in chosen for file in files]
    frames = {file: file.read(faults) for file in track(read, "ESCO", progress)}
    _require_languages(read, wanted if languages else frozenset(), faults)

    own = {file: frames[file] for file in chosen[base]}
    tables = taxonomy_tables(own, faults)
    known = known_concepts(tables, groups_of(own))
    labels = [
        only_known(labels_of({file: frames[file] for file in files}, wanted, faults), known, download, faults)
        for download, files in zip((files[0].source.path.name for files in downloads), chosen, strict=True)
    ]
    tables["labels"] = merge_labels(labels, "ESCO", faults)
    return tables, faults.report()


# -------------------------------------------------------------------------------------------------------- which files


def _wanted(languages: Collection[str] | None) -> frozenset[str]:
    strange = [language for language in languages or () if language not in LANGUAGES]
    if strange:
        remedy = f"Choose from {', '.join(LANGUAGES)}."
        raise InputError(Finding("ESCO", "", "language", strange[0], "a region has no labels in this language", remedy))
    return frozenset(LANGUAGES if languages is None else languages)


def _base(downloads: Sequence[Sequence[EscoFile]]) -> int:
    """Return the place of the first download with relations, which must have all that they and hierarchies name."""
    where = ", ".join(str(files[0].source.path) for files in downloads) or "ESCO"
    base = next((place for place, files in enumerate(downloads) if any(f.stem == RELATIONS for f in files)), None)
    if base is None:
        remedy = "Name one complete download; it may be of any language."
        raise InputError(Finding(where, "", "", "", f"no {RELATIONS}.csv is there", remedy))
    files = downloads[base]
    there = {file.stem for file in files}
    needed = [OCCUPATIONS, SKILLS, *(stem for pillar, stem in GROUPS_OF_PILLAR.items() if pillar in there)]
    for stem in needed:
        if stem not in there:
            names = list(files[0].source.names)
            problem = f"{stem}_….csv is missing; found are {', '.join(names[:12])}"
            remedy = f"Add it from the same version of ESCO.{did_you_mean(f'{stem}_en.csv', names)}"
            raise InputError(Finding(str(files[0].source.path), "", "", "", problem, remedy))
    return base


def _note_unread(downloads: Sequence[Sequence[EscoFile]], base: int, faults: Faults, *, every_language: bool) -> None:
    for place, files in enumerate(downloads):
        where = files[0].source.path.name
        if place != base and any(file.stem == RELATIONS for file in files):
            remedy = "Name it first if its version is the one to build on."
            faults.note(where, "holds relations too; only its labels are read", remedy)
        strange = sorted({file.language for file in files if file.stem in CONCEPT_OF_STEM} - set(LANGUAGES))
        if strange and every_language:
            problem = f"labels in {', '.join(strange)} are left out"
            faults.note(where, problem, f"A region has labels in {', '.join(LANGUAGES)}.")


def _chosen(files: Sequence[EscoFile], wanted: frozenset[str], *, whole: bool) -> list[EscoFile]:
    """Return the label files in the languages wanted; of the whole base all relations, and every label file in some one."""
    chosen = [file for file in files if file.stem in CONCEPT_OF_STEM and file.language in wanted]
    if whole:
        there = {file.stem for file in chosen}
        rest = [file for file in files if file.stem not in there]
        chosen += [file for file in rest if file.stem not in CONCEPT_OF_STEM]
        chosen += {file.stem: file for file in reversed(rest) if file.stem in CONCEPT_OF_STEM}.values()
    return sorted(chosen, key=lambda file: file.name)


def _require_languages(files: Sequence[EscoFile], wanted: frozenset[str], faults: Faults) -> None:
    for language in sorted(wanted - {file.language for file in files}):
        problem, remedy = "no file has labels in this language", "Add the download in it, or do without it."
        faults.faults.append(Finding("ESCO", "", "language", language, problem, remedy))
