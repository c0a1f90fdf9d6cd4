# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What posts ask, courses give and need, and people hold, as items of one kind of set."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from drehkreuz.errors import Finding, InputError
from drehkreuz.region import Region
from drehkreuz.skills import CEFR, Requirements, Taxonomy
from drehkreuz.skills.rows import rows_of


class Kind(IntEnum):
    """What an item is."""

    SKILL = 0
    AWARD = 1  # one module of an award; most awards have one
    LANGUAGE = 2  # a level reached
    EXAM = 3  # a level reached and certified
    COURSE = 4  # a course done


class Item(NamedTuple):
    """
    One thing a person holds or does not.

    Attributes:
        kind: What it is.
        of: Row of `skills`, `qualifications` or `courses`; for a language its position in `Items.languages`.
        part: Module of an award, from 1; level of a language, from 1 (A1) to 6 (C2); else 0.
    """

    kind: Kind
    of: int
    part: int


@dataclass(frozen=True, slots=True, eq=False)
class Items:
    """
    Every item that a profile asks or a course gives or needs, and every level below one asked, numbered.

    A course that reaches level B2 gives the levels A1 to B2, so "at least" is plain set membership; a course that
    examines gives the same levels certified. A qualification is the set of its modules: a course for the whole award gives
    all of them, module k of a Teilqualifikation gives one.

    Attributes:
        items: Item i, in order of kind, thing and part: the skills come first.
        index: Number of an item.
        languages: ISO 639-1 codes that `Item.of` stands for.
        modules: int32[q], modules that make up each qualification; the largest number any of its courses names.
        asked: Items beside skills that each profile asks.
        gives: Items that each course gives, itself included (as COURSE) where another course asks for it.
        needs: Items that each course needs.
    """

    items: tuple[Item, ...]
    index: dict[Item, int]
    languages: tuple[str, ...]
    modules: NDArray[np.int32]
    asked: tuple[frozenset[Item], ...]
    gives: tuple[frozenset[Item], ...]
    needs: tuple[frozenset[Item], ...]

    def numbers(self, items: Iterable[Item]) -> NDArray[np.int32]:
        """Return the numbers of some items, ascending."""
        return np.array(sorted(self.index[item] for item in items), dtype=np.int32)

    def whole(self, qualification: int) -> frozenset[Item]:
        """Return all modules of a qualification."""
        return levels(Kind.AWARD, qualification, int(self.modules[qualification]))


def number_items(region: Region, taxonomy: Taxonomy, requirements: Requirements) -> Items:
    """
    Number everything that posts ask and courses give or need.

    Raises:
        InputError: If a row names a course, a skill or a qualification that is not there.
    """
    languages = _languages(region, requirements)
    modules = _modules(region)
    whole = [levels(Kind.AWARD, q, n) for q, n in enumerate(modules.tolist())]
    asked = tuple(_asked(requirements, r, languages, whole) for r in range(len(requirements)))
    needs = _needs(region, taxonomy, languages, whole)
    gives = _gives(region, languages, whole, frozenset[Item]().union(*needs))
    must = {Item(Kind.SKILL, skill, 0) for skill in requirements.must.indices.tolist()}
    spoken = frozenset[Item]().union(*asked)
    below = (levels(Kind.LANGUAGE, i.of, i.part) for i in spoken if i.kind in {Kind.LANGUAGE, Kind.EXAM})
    items = tuple(sorted(must.union(*asked, *gives, *needs, *below)))
    return Items(items, {item: i for i, item in enumerate(items)}, languages, modules, asked, gives, needs)


def levels(kind: Kind, of: int, up_to: int) -> frozenset[Item]:
    """Return the parts 1 … up_to of something: the modules of an award, the levels of a language."""
    return frozenset(Item(kind, of, part) for part in range(1, up_to + 1))


def _languages(region: Region, requirements: Requirements) -> tuple[str, ...]:
    courses = region.table("courses")
    taught = {*courses["leads_to_language"].drop_nulls(), *courses["entry_language"].drop_nulls()}
    return tuple(sorted(taught.union(requirements.language_names)))


def _modules(region: Region) -> NDArray[np.int32]:
    modules = np.ones(len(region.table("qualifications")), dtype=np.int32)
    leads_to = rows_of(region, "courses", "leads_to", "qualifications")
    number = region.table("courses").select(pl.max_horizontal("module_number", "modules_total").fill_null(1))
    np.maximum.at(modules, leads_to[leads_to >= 0], number.to_series().to_numpy()[leads_to >= 0])
    return modules


def _asked(
    requirements: Requirements, r: int, languages: tuple[str, ...], whole: list[frozenset[Item]]
) -> frozenset[Item]:
    spoken = slice(requirements.languages.indptr[r], requirements.languages.indptr[r + 1])
    entries = zip(
        requirements.languages.indices[spoken], requirements.cefr[spoken], requirements.certified[spoken], strict=True
    )
    tongues = {
        Item(Kind.EXAM if certified else Kind.LANGUAGE, languages.index(requirements.language_names[name]), int(level))
        for name, level, certified in entries
    }
    return frozenset(tongues.union(*(whole[q] for q in requirements.qualifications.row(r))))


def _gives(
    region: Region, languages: tuple[str, ...], whole: list[frozenset[Item]], wanted: frozenset[Item]
) -> tuple[frozenset[Item], ...]:
    courses = region.table("courses")
    leads_to = rows_of(region, "courses", "leads_to", "qualifications").tolist()
    gives: list[set[Item]] = [{Item(Kind.COURSE, c, 0)} & wanted for c in range(len(courses))]
    taught = zip(
        rows_of(region, "course_skills", "course_id", "courses").tolist(),
        rows_of(region, "course_skills", "skill_id", "skills").tolist(),
        strict=True,
    )
    for c, skill in taught:
        gives[c].add(Item(Kind.SKILL, skill, 0))
    columns = courses.select(
        "module_number", "modules_total", "leads_to_language", "leads_to_cefr", pl.col("exam_body").fill_null("")
    )
    for given, award, (module, total, language, cefr, exam_body) in zip(
        gives, leads_to, columns.iter_rows(), strict=True
    ):
        if award >= 0:
            given.update(whole[award] if module is None or total == 1 else {Item(Kind.AWARD, award, module)})
        if language is not None and cefr is not None:
            at, level = languages.index(language), CEFR.index(cefr) + 1
            given.update(levels(Kind.LANGUAGE, at, level), levels(Kind.EXAM, at, level if exam_body else 0))
    return tuple(frozenset(given) for given in gives)


def _needs(
    region: Region, taxonomy: Taxonomy, languages: tuple[str, ...], whole: list[frozenset[Item]]
) -> tuple[frozenset[Item], ...]:
    courses = region.table("courses")
    needs: list[set[Item]] = [
        set() if cefr is None else {Item(Kind.LANGUAGE, languages.index(language), CEFR.index(cefr) + 1)}
        for language, cefr in courses.select("entry_language", "entry_cefr").iter_rows()
    ]
    row_of = {
        "course": {name: c for c, name in enumerate(courses["course_id"])},
        "skill": taxonomy.skill_index,
        "qualification": {name: q for q, name in enumerate(region.table("qualifications")["qualification_id"])},
    }
    before = region.table("course_prerequisites").select("requires", "required_id")
    course_of = rows_of(region, "course_prerequisites", "course_id", "courses").tolist()
    lost = [key for key in before.iter_rows() if key[1] not in row_of[key[0]]]
    if lost:
        raise InputError(*(_dangling(requires, name) for requires, name in lost))
    for c, (requires, name) in zip(course_of, before.iter_rows(), strict=True):
        at = row_of[requires][name]
        needs[c] |= whole[at] if requires == "qualification" else {Item(Kind[requires.upper()], at, 0)}
    return tuple(frozenset(each) for each in needs)


def _dangling(requires: str, name: str) -> Finding:
    remedy = "Add it, or mend this row; `drehkreuz region check` lists all such rows."
    return Finding("course_prerequisites", "", "required_id", name, f"is not in table {requires}s", remedy)
