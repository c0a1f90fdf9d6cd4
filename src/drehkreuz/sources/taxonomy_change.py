# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""
A region moved from one taxonomy to another, without losing a row of a profile, a post or a course.

Each occupation and skill that anything names is looked for in the new taxonomy: under the same address, by what replaces it, by codes of
classifications, and last by its names. What is not found surely is kept as the region's own beside the new ones, and listed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

import polars as pl

from drehkreuz.errors import Finding, InputError
from drehkreuz.region import TABLES, Provenance, Region
from drehkreuz.skills.linking import TitleIndex
from drehkreuz.sources.build import common_provenance
from drehkreuz.sources.crosswalk import one_row_each
from drehkreuz.sources.occupation_finder import OccupationFinder

Concept = Literal["occupation", "skill"]
How = Literal["same", "replaced", "code", "label", "kept"]

TAXONOMY: Final = ("occupations", "skills", "labels", "occupation_skills", "broader", "occupation_codes")
"""Tables that are replaced."""

SURE_BY_CODE: Final = 0.94
"""
Confidence from which on an occupation found by a code is believed: the code's group, and a name that is nearly its own.

Half of the 129 occupations of the model region that a code leads to in ESCO 1.1.1 were read through: from 0.94 on nearly all mean the same, between
0.75 and 0.93 about a third does not ("Hotelfachfrau" and "Nachtempfangsleiterin"). What is kept loses nothing, what is mapped wrongly does.
"""

SURE_BY_LABEL: Final = 0.98
"""
Score from which on a concept found by its name alone is believed: the name itself.

Of 14 skills of the model region whose names scored 0.92 to 0.95 against ESCO's three were wrong ("in Betrieb nehmen" and "decommissioning").
"""

PREFERENCE: Final[Mapping[tuple[str, str], tuple[str, ...]]] = {
    ("person_skills", "through"): ("course", "volunteering", "family", "hobby", "claim", "corrected_away"),
    ("vacancy_skills", "demand"): ("must", "nice", "not_asked"),
}
"""Which of two rows stays that come to speak of the same: what is shown before what is claimed, what is asked before what is not."""

_LINKS: Final[dict[Concept, str]] = {"occupation": "occupations", "skill": "skills"}


@dataclass(frozen=True, slots=True)
class Moved:
    """
    What became of an occupation or skill that something names.

    Attributes:
        concept: Which of the two it is.
        old_id: Its id before.
        old_label: Its name before.
        new_id: Its id now.
        new_label: Its name now.
        how: `same`: the same address; `replaced`: by the list of what replaces what; `code`, `label`: found; `kept`: the region's own now.
        confidence: How sure that is; of what is kept, of the nearest that was not believed.
        nearest: Of what is kept: id and name of the nearest; else empty.
        rows: Rows that name it.
    """

    concept: Concept
    old_id: str
    old_label: str
    new_id: str
    new_label: str
    how: How
    confidence: float
    nearest: str
    rows: int


@dataclass(frozen=True, slots=True)
class TaxonomyChange:
    """
    A region in its new taxonomy.

    Attributes:
        region: The region.
        moved: What became of each concept that something names.
        merged: Rows that became one with another, by table.
        unnamed: Concepts of the old taxonomy that nothing names and the new one has not, by concept; they are gone.
    """

    region: Region
    moved: tuple[Moved, ...]
    merged: Mapping[str, int]
    unnamed: Mapping[Concept, int]

    def counts(self, concept: Concept) -> Counter[str]:
        """Return how many occupations or skills went which way."""
        return Counter(one.how for one in self.moved if one.concept == concept)


def change_taxonomy(
    region: Region, new: Mapping[str, pl.DataFrame], provenance: Provenance, replaced: Mapping[str, str] | None = None
) -> TaxonomyChange:
    """
    Return a region in another taxonomy.

    What the region knows of an occupation beyond ESCO (outlook, level, regulation), and names in languages that the new taxonomy lacks, go over
    where the concept is the same or replaced. Rows that come to speak of the same become one: years add up.

    Args:
        region: The region.
        new: Tables of the new taxonomy: `occupations`, `skills`, `labels`, `occupation_skills`, and perhaps `broader` and `occupation_codes`.
        provenance: Where they are from.
        replaced: New id by old id, as the publisher of the taxonomy lists it.

    Raises:
        InputError: If a table of the new taxonomy is missing.
    """
    lacking = [name for name in TAXONOMY[:4] if name not in new or new[name].is_empty()]
    if lacking:
        remedy = "Name a complete download."
        raise InputError(*(Finding("taxonomy", "", "", "", f"has no {name}", remedy) for name in lacking))
    tables = {name: new.get(name, TABLES[name].empty()) for name in TAXONOMY}
    named = _named(region)
    occupations = _moved(region, tables, "occupation", named["occupation"], replaced or {})
    kept = {one.old_id for one in occupations if one.how == "kept"}
    asked = region.table("occupation_skills").filter(pl.col("occupation_id").is_in(sorted(kept)))["skill_id"]
    named["skill"].update(dict.fromkeys(set(asked) - set(named["skill"]), 0))
    skills = _moved(region, tables, "skill", named["skill"], replaced or {})
    moved = [*occupations, *skills]
    changed = _with_old(region, tables, moved)
    rows, merged = _renamed(region, moved)
    where = dict(region.manifest.provenance)
    for name in TAXONOMY:
        old = where.pop(name, None)
        if len(changed[name]):
            mixed = len(changed[name]) > len(tables[name]) and old is not None
            where[name] = common_provenance([provenance, old] if mixed and old is not None else [provenance])
    unnamed = {concept: _unnamed(region, tables, concept, named[concept]) for concept in _LINKS}
    return TaxonomyChange(
        region.with_tables({**changed, **rows}).with_manifest(provenance=where), tuple(moved), merged, unnamed
    )


def _naming(concept: Concept) -> Iterator[tuple[str, str]]:
    """Yield the tables outside the taxonomy that name a concept, and the column."""
    for name, schema in TABLES.items():
        if name not in TAXONOMY:
            yield from ((name, c.name) for c in schema.columns.values() if c.ref == _LINKS[concept])
    if concept == "occupation":
        yield "projects", "occupation_id"  # refers to it only where it is not empty


def _named(region: Region) -> dict[Concept, Counter[str]]:
    """Return how many rows name each occupation and each skill."""
    found: dict[Concept, Counter[str]] = {"occupation": Counter(), "skill": Counter()}
    for concept, counts in found.items():
        for table, column in _naming(concept):
            counts.update(name for name in region.table(table)[column].drop_nulls() if name)
    required = region.table("course_prerequisites").filter(requires="skill")["required_id"]
    found["skill"].update(required)
    return found


def _unnamed(region: Region, tables: Mapping[str, pl.DataFrame], concept: Concept, named: Counter[str]) -> int:
    key = f"{concept}_id"
    return len(set(region.table(_LINKS[concept])[key]) - set(tables[_LINKS[concept]][key]) - set(named))


# ---------------------------------------------------------------------------------------------------- where to


def _moved(
    region: Region,
    tables: Mapping[str, pl.DataFrame],
    concept: Concept,
    named: Mapping[str, int],
    replaced: Mapping[str, str],
) -> list[Moved]:
    """Return what becomes of each concept that is named, by id."""
    key, name = f"{concept}_id", _LINKS[concept]
    old = {row[key]: row for row in region.table(name).iter_rows(named=True)}
    new_ids = set(tables[name][key])
    by_uri = dict(tables[name].select("esco_uri", key).drop_nulls().iter_rows())
    old_names, new_names = _names(region.table("labels"), concept), _names(tables["labels"], concept)
    search = _Search(tables, concept)
    moved = []
    for old_id in sorted(named):
        row = old.get(old_id, {key: old_id})
        names = old_names.get(old_id, [old_id])
        how, new_id, confidence, nearest = _way(row, key, old_id, names, new_ids, by_uri, replaced, search)
        new_label = (new_names.get(new_id) or names)[0]
        told = f"{nearest} {(new_names.get(nearest) or [''])[0]}".strip() if nearest else ""
        moved.append(Moved(concept, old_id, names[0], new_id, new_label, how, confidence, told, named[old_id]))
    return moved


def _way(
    row: Mapping[str, str | None],
    key: str,
    old_id: str,
    names: list[str],
    new_ids: set[str],
    by_uri: Mapping[str, str],
    replaced: Mapping[str, str],
    search: _Search,
) -> tuple[How, str, float, str]:
    """Return how a concept goes over, its new id, how sure that is, and of one that is kept the nearest."""
    uri = row.get("esco_uri")
    if old_id in new_ids:
        return "same", old_id, 1.0, ""
    if uri is not None and uri in by_uri:
        return "same", by_uri[uri], 1.0, ""
    successor = _successor(old_id, replaced, new_ids)
    if successor is not None:
        return "replaced", successor, 1.0, ""
    found = search.find(names, row)
    if found is None:
        return "kept", str(row[key]), 0.0, ""
    how, new_id, confidence = found
    if confidence >= (SURE_BY_CODE if how == "code" else SURE_BY_LABEL):
        return how, new_id, confidence, ""
    return "kept", str(row[key]), confidence, new_id


def _successor(old_id: str, replaced: Mapping[str, str], new_ids: set[str]) -> str | None:
    """Return what replaces a concept, also over several versions."""
    seen = {old_id}
    here = replaced.get(old_id)
    while here is not None and here not in seen:
        if here in new_ids:
            return here
        seen.add(here)
        here = replaced.get(here)
    return None


class _Search:
    """Looks for concepts of the new taxonomy by codes and names; built when first asked."""

    def __init__(self, tables: Mapping[str, pl.DataFrame], concept: Concept) -> None:
        self._tables = tables
        self._concept = concept
        self._occupations: OccupationFinder | None = None
        self._skills: TitleIndex | None = None

    def find(self, names: list[str], row: Mapping[str, str | None]) -> tuple[How, str, float] | None:
        """Return how a concept was found, its id and how sure that is."""
        if self._concept == "occupation":
            self._occupations = self._occupations or OccupationFinder(self._tables)
            found = self._occupations.find(names, isco08=row.get("isco08"), kldb2010=row.get("kldb2010"))
            return None if found is None else (found.how, found.occupation_id, round(found.confidence, 3))
        self._skills = self._skills or TitleIndex(self._tables["labels"], concept="skill")
        links = [link for name in names for link in self._skills.link(name, top=1)]
        if not links:
            return None
        best = min(links, key=lambda link: (-link.score, link.concept_id))
        return "label", best.concept_id, round(best.score, 3)


def _names(labels: pl.DataFrame, concept: Concept) -> dict[str, list[str]]:
    """Return the preferred names of each concept, German first, then by language."""
    own = labels.filter(pl.col("concept") == concept, pl.col("kind") == "preferred")
    found: dict[str, list[str]] = {}
    for name, text in own.sort(pl.col("language") != "de", "language", "text").select("concept_id", "text").iter_rows():
        found.setdefault(name, []).append(text)
    return found


# ------------------------------------------------------------------------------------------------------ the tables


def _with_old(region: Region, tables: Mapping[str, pl.DataFrame], moved: Iterable[Moved]) -> dict[str, pl.DataFrame]:
    """Return the new taxonomy with what goes over of the old one."""
    moved = list(moved)
    known = [one for one in moved if one.how in {"same", "replaced"}]
    kept = {
        concept: [one.old_id for one in moved if one.concept == concept and one.how == "kept"] for concept in _LINKS
    }
    changed = dict(tables)
    for concept, name in _LINKS.items():
        to = {one.old_id: one.new_id for one in known if one.concept == concept}
        changed[name] = _filled_in(name, tables[name], region.table(name), to)
        own = region.table(name).filter(pl.col(f"{concept}_id").is_in(kept[concept]))
        changed[name] = pl.concat([changed[name], own]).sort(f"{concept}_id")
    changed["labels"] = _labels(region, tables, known, [*kept["occupation"], *kept["skill"]])
    skills = {one.old_id: one.new_id for one in moved if one.concept == "skill"}
    asked = (
        region.table("occupation_skills")
        .filter(pl.col("occupation_id").is_in(kept["occupation"]))
        .with_columns(pl.col("skill_id").replace(skills))
        .sort(pl.col("relation") != "essential")
    )
    codes = region.table("occupation_codes").filter(pl.col("occupation_id").is_in(kept["occupation"]))
    changed["occupation_skills"] = _together("occupation_skills", tables["occupation_skills"], asked)
    changed["occupation_codes"] = _together("occupation_codes", tables["occupation_codes"], codes)
    there = pl.concat([changed["labels"]["concept_id"], tables["broader"]["broader_id"]]).unique().sort().implode()
    above = region.table("broader").filter(
        pl.col("concept_id").is_in([*kept["occupation"], *kept["skill"]]), pl.col("broader_id").is_in(there)
    )
    changed["broader"] = _together("broader", tables["broader"], above)
    return changed


def _together(name: str, first: pl.DataFrame, second: pl.DataFrame) -> pl.DataFrame:
    key = TABLES[name].key
    return pl.concat([first, second]).unique(key, keep="first", maintain_order=True).sort(key)


def _filled_in(name: str, new: pl.DataFrame, old: pl.DataFrame, to: Mapping[str, str]) -> pl.DataFrame:
    """Return new rows, with what the old one says where they say nothing; what is true of either is true."""
    key = TABLES[name].key[0]
    before = (
        old.filter(pl.col(key).is_in(sorted(to)))
        .sort(key)
        .with_columns(pl.col(key).replace(to))
        .unique(key, keep="first", maintain_order=True)
    )
    both = new.join(before, on=key, how="left", suffix=" before", maintain_order="left")
    told = [
        (pl.col(column) | pl.col(f"{column} before").fill_null(value=False)).alias(column)
        if dtype == pl.Boolean
        else pl.coalesce(column, f"{column} before").alias(column)
        for column, dtype in new.schema.items()
        if column != key
    ]
    return both.with_columns(told).select(new.columns)


def _labels(region: Region, tables: Mapping[str, pl.DataFrame], known: list[Moved], kept: list[str]) -> pl.DataFrame:
    """Return the new names, those of kept concepts, and of known ones those in languages that the new taxonomy has none in."""
    old, new = region.table("labels"), tables["labels"]
    own = old.filter(pl.col("concept_id").is_in(kept), pl.col("concept").is_in(list(_LINKS)))
    further = old.filter(pl.col("concept_id").is_in([one.old_id for one in known])).with_columns(
        pl.col("concept_id").replace({one.old_id: one.new_id for one in known})
    )
    said = new.select("concept_id", "language").unique()
    further = further.join(said, on=["concept_id", "language"], how="anti").sort(TABLES["labels"].key)
    return _together("labels", new, pl.concat([own, further]))


def _renamed(region: Region, moved: Iterable[Moved]) -> tuple[dict[str, pl.DataFrame], dict[str, int]]:
    """Return the tables that name concepts with their new ids, and how many rows became one with another."""
    to: dict[Concept, dict[str, str]] = {"occupation": {}, "skill": {}}
    for one in moved:
        to[one.concept][one.old_id] = one.new_id
    changed: dict[str, pl.DataFrame] = {}
    for concept, ids in to.items():
        for table, column in _naming(concept):
            rows = changed.get(table, region.table(table))
            changed[table] = rows.with_columns(pl.col(column).replace(ids))
    required = pl.when(pl.col("requires") == "skill").then(pl.col("required_id").replace(to["skill"]))
    rows = region.table("course_prerequisites").with_columns(required.otherwise("required_id").alias("required_id"))
    changed["course_prerequisites"] = rows
    named = pl.when(pl.col("what") != "pay").then(pl.col("value").replace(to["skill"])).otherwise("value")
    changed["readings"] = region.table("readings").with_columns(named.alias("value"))
    ready = {name: _one_each(name, rows) for name, rows in changed.items()}
    merged = {name: len(region.table(name)) - len(rows) for name, rows in ready.items()}
    return ready, {name: n for name, n in merged.items() if n}


def _one_each(name: str, rows: pl.DataFrame) -> pl.DataFrame:
    """Return one row for each key: years and posts add up, of others the one that says more stays."""
    schema = TABLES[name]
    if name == "person_occupations":
        rows = one_row_each(rows)
    elif name == "projects":
        others = [column for column in schema.columns if column not in {*schema.key, "posts"}]
        rows = rows.group_by(schema.key).agg(*(pl.col(column).first() for column in others), pl.col("posts").sum())
    for (table, column), order in PREFERENCE.items():
        if table == name:
            rank = pl.col(column).replace_strict(
                {word: place for place, word in enumerate(order)}, return_dtype=pl.Int32
            )
            rows = rows.sort(rank, *schema.key)
    return schema.conform(rows.unique(schema.key, keep="first", maintain_order=True)).sort(schema.key)
