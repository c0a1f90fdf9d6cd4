# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""ESCO's official CSV download, versions 1.1 and 1.2, as the taxonomy tables of a region."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import polars as pl

from drehkreuz.errors import Finding, InputError, did_you_mean
from drehkreuz.progress import SILENT, Progress, track
from drehkreuz.region import TABLES
from drehkreuz.sources.archive import open_source
from drehkreuz.sources.esco_hierarchy import classes, steps, without_loops
from drehkreuz.sources.esco_labels import known_concepts, labels_of_file, merge_labels, only_known
from drehkreuz.sources.esco_layout import (
    AGAIN,
    CONCEPT_OF_PILLAR,
    CONCEPT_OF_STEM,
    KIND_OF_SKILL_TYPE,
    LANGUAGES,
    OCCUPATIONS,
    REGULATED_OF_NOTE,
    RELATIONS,
    SKILLS,
    EscoFile,
    Faults,
    esco_files,
    last_part,
)
from drehkreuz.sources.esco_rules import CLASS_OF_COLLECTION, CLASS_ORDER, EQF_OF_LEVEL, LEVEL_OF_MAJOR_GROUP

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

SOURCE: Final = "esco"

TOLERATED: Final = 0.001
"""
Share of relations that may lead to concepts without a row, also for strict readers: the official ESCO v1.1.1 relates 67
of 123,855 skills, and one of 3,617 steps of its hierarchy, to an occupation it does not list. More is a damaged file.
"""

Frames = dict[EscoFile, pl.DataFrame]


def read_esco(
    paths: Sequence[str | Path],
    *,
    languages: Sequence[str] | None = None,
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
    base = _base(downloads, paths)
    _note_unread(downloads, base, wanted, faults, every_language=languages is None)
    chosen = [_chosen(files, wanted, whole=files is base) for files in downloads]
    reads = list(track([file for files in chosen for file in files], "ESCO", progress))
    frames = {file: _unique(file, file.read(faults), faults) for file in reads}
    own = {file: frames[file] for file in chosen[downloads.index(base)]}

    occupations = _occupations(_of(own, OCCUPATIONS), faults)
    skills = _skills(_of(own, SKILLS), faults)
    relations = _relations(_of(own, RELATIONS), occupations, skills, faults)
    broader = _broader(_of(own, *CONCEPT_OF_PILLAR), occupations, skills, faults)
    skills = _classified(skills, broader, own, faults)
    tables = {"occupations": occupations, "skills": skills, "occupation_skills": relations, "broader": broader}
    tables = {name: TABLES[name].conform(_columns(frame, name)) for name, frame in tables.items()}

    groups = pl.concat([labels_of_file(file, frame, Faults(lenient)) for file, frame in own.items() if file.stem in _GROUPS])
    known = known_concepts(tables["occupations"], tables["skills"], tables["broader"], groups)
    parts = []
    for files in chosen:
        labels = [labels_of_file(file, frames[file], faults) for file in files if file.language in wanted]
        parts.append(only_known(labels, known, files[0].source.path.name, faults))
    tables["labels"] = merge_labels(parts, "labels", faults)
    report = faults.report()
    return {name: tables[name].sort(TABLES[name].key) for name in sorted(tables)}, report
