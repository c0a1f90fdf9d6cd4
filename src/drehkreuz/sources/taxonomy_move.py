# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A region folder moved to another version of ESCO: what is read, the next snapshot, and the list of what became of what."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Final

import polars as pl

from drehkreuz.errors import Finding, InputError
from drehkreuz.progress import SILENT, Progress
from drehkreuz.region import Provenance, Region, change_snapshot, check, snapshots
from drehkreuz.sources.archive import open_source
from drehkreuz.sources.build import BuildError
from drehkreuz.sources.crosswalk_table import known_codes, read_crosswalk
from drehkreuz.sources.esco import read_esco
from drehkreuz.sources.taxonomy_change import Moved, TaxonomyChange, change_taxonomy
from drehkreuz.sources.text import read_csv

REPLACED: Final = ("old", "new")
"""Headings of the list of what replaces what."""

JUDGED: Final = (
    "occupations", "skills", "labels", "occupation_skills", "broader", "occupation_codes", "qualifications", "person_occupations",
    "person_skills", "vacancies", "vacancy_skills", "courses", "course_skills", "course_prerequisites", "projects", "readings",
)  # fmt: skip
"""Tables whose check decides whether the move is written."""


@dataclass(frozen=True, slots=True)
class Move:
    """
    What a move did.

    Attributes:
        snapshot: Number of the snapshot that holds the region now.
        new: Whether it was written now; else an earlier one already said the same.
        change: What became of what.
        listed: The file that lists it.
        findings: What the readers noted.
    """

    snapshot: int
    new: bool
    change: TaxonomyChange
    listed: Path
    findings: tuple[Finding, ...]


def move_taxonomy(
    folder: Path,
    esco: Sequence[Path],
    provenance: Provenance,
    *,
    codes: Sequence[Path] = (),
    replaced: Path | None = None,
    listed: Path | None = None,
    lenient: bool = False,
    progress: Progress = SILENT,
) -> Move:
    """
    Move a region to another version of ESCO and write it as the next snapshot; the old one stays as it is.

    Args:
        folder: Region folder.
        esco: Folders or zips of ESCO's CSV download, read as one.
        provenance: Where they are from.
        codes: Official crosswalks of the new version, by which occupations without the same address are found.
        replaced: CSV with the columns `old` and `new`: ids or addresses of concepts and of what replaces them.
        listed: Where every mapping is listed; None: `taxonomy-<snapshot moved from>.csv` in the region folder.
        lenient: Leave out faulty rows of the sources; each is reported.
        progress: Told of each file read.

    Raises:
        InputError: If a source cannot be read or the folder is no region.
        BuildError: If the moved region would hold errors that it does not hold now; nothing is written.
        DrehkreuzError: If another writer does not finish in time or the folder cannot be written.
    """
    tables, findings = read_esco(esco, lenient=lenient, progress=progress)
    for path in codes:
        read, noted = read_crosswalk(path, lenient=lenient)
        findings += noted
        already = tables.get("occupation_codes", read["occupation_codes"].clear())
        tables["occupation_codes"] = pl.concat([already, read["occupation_codes"]])
    if codes:
        known, noted = known_codes(tables)
        findings += noted
        tables |= known
    successors = {} if replaced is None else read_replaced(replaced)
    done: list[tuple[TaxonomyChange, Path]] = []

    def change(current: Region) -> Region:
        changed = change_taxonomy(current, tables, provenance, successors)
        already = set(_errors(current))
        errors = [finding for finding in _errors(changed.region) if finding not in already]
        if errors:
            raise BuildError(errors)
        number = current.folder.name if current.folder is not None else "0"
        path = listed or folder / f"taxonomy-{number}.csv"
        write_moved(changed.moved, path)
        done.append((changed, path))
        return changed.region

    before = snapshots(folder)
    number = change_snapshot(folder, change)
    changed, path = done[-1]
    return Move(number, number not in before, changed, path, tuple(findings))


def read_replaced(path: Path) -> Mapping[str, str]:
    """
    Return the new id by the old one from a CSV of ids or addresses.

    Raises:
        InputError: If the file cannot be read, lacks a column or an id, or names two successors of one concept.
    """
    source = open_source(path)
    rows = read_csv(source, source.names[0])
    missing = [name for name in REPLACED if name not in rows.columns]
    if missing:
        remedy = "Write a CSV with the headings old and new."
        raise InputError(*(Finding(path.name, "1", name, "", "is missing", remedy) for name in missing))
    found: dict[str, str] = {}
    for row, old, new in rows.select("row", *REPLACED).iter_rows():
        if old is None or new is None:
            raise InputError(
                Finding(path.name, str(row), "", "", "says not both old and new", "Fill in both, or leave it out.")
            )
        own, successor = (name.rpartition("/")[2] for name in (old, new))
        if found.setdefault(own, successor) != successor:
            remedy = "Keep the one that fits the region's people."
            raise InputError(Finding(path.name, str(row), "old", old, "has two successors", remedy))
    return found


def write_moved(moved: Sequence[Moved], path: Path) -> None:
    """Write what became of each concept as CSV, those that are kept and the least sure first; old file or new, never half of one."""
    order = {"kept": 0, "label": 1, "code": 2, "replaced": 3, "same": 4}
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    names = [field.name for field in fields(Moved)]
    writer.writerow(names)
    for one in sorted(moved, key=lambda one: (order[one.how], one.confidence, one.concept, one.old_id)):
        writer.writerow([getattr(one, name) for name in names])
    draft = path.with_name(f".{path.name}")
    draft.write_text(text.getvalue(), encoding="utf-8")
    draft.replace(path)


def _errors(region: Region) -> list[Finding]:
    """Return what is wrong with the tables that speak of occupations and skills."""
    return [found for found in check(region) if found.severity == "error" and found.where in {*JUDGED, "region.toml"}]
