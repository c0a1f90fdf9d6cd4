# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Rules about occupations, skills and their names."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from drehkreuz.errors import Finding, shorten
from drehkreuz.region.checks.loops import loops
from drehkreuz.region.checks.rule import Rule
from drehkreuz.region.region import Region

CONCEPTS = {"occupation": "occupations", "skill": "skills"}


def rules(region: Region) -> Iterator[Rule]:
    """Yield the rules of occupations, skills, labels and hierarchies."""
    labels, broader = region.table("labels"), region.table("broader")
    for concept, table in CONCEPTS.items():
        ids = region.table(table)[f"{concept}_id"]
        groups = labels.filter(pl.col("concept") == f"{concept}_group")["concept_id"]
        yield from _labels(concept, table, labels, ids)
        yield _unnamed(concept, table, region.table(table), labels)
        known = pl.concat([ids, groups]).unique().implode()
        for column in ("concept_id", "broader_id"):
            wrong = (pl.col("concept") == concept) & ~pl.col(column).is_in(known)
            problem = f"is neither in the table {table} nor a group with a label"
            yield Rule("broader", broader, column, wrong, problem, "Add it there, or correct it.")
    preferred = (pl.col("kind") == "preferred") & (pl.len().over("concept_id", "concept", "language", "kind") > 1)
    problem = "{concept_id} has more than one preferred label in {language}"
    yield Rule("labels", labels, "text", preferred, problem, "Make the others alternative labels.")
    level = pl.col("level") != pl.col("kldb2010").str.slice(4, 1).cast(pl.Int32, strict=False)
    problem = "contradicts the fifth digit of kldb2010 {kldb2010}"
    yield Rule("occupations", region.table("occupations"), "level", level, problem, "Correct one of the two.")


def _labels(concept: str, table: str, labels: pl.DataFrame, ids: pl.Series) -> Iterator[Rule]:
    dangling = (pl.col("concept") == concept) & ~pl.col("concept_id").is_in(ids.unique().implode())
    remedy = f"Add the {concept}, or take the label away."
    yield Rule("labels", labels, "concept_id", dangling, f"is not in the table {table}", remedy)


def _unnamed(concept: str, table: str, rows: pl.DataFrame, labels: pl.DataFrame) -> Rule:
    named = labels.filter((pl.col("concept") == concept) & (pl.col("kind") == "preferred"))["concept_id"]
    unnamed = ~pl.col(f"{concept}_id").is_in(named.unique().implode())
    remedy = "Add one to labels, at least in the region's language."
    return Rule(table, rows, "", unnamed, "has no preferred label in any language", remedy, "warning")


def hierarchy_loops(region: Region) -> Iterator[Finding]:
    """Yield a finding for each loop in a hierarchy: what is broader than itself has no level."""
    for (concept,), rows in region.table("broader").group_by("concept", maintain_order=True):
        if concept in CONCEPTS:
            pairs = rows.select("concept_id", "broader_id").drop_nulls().iter_rows()
            for loop in loops(pairs):
                problem = f"is broader than itself: {_chain(loop)}"
                yield Finding(
                    "broader", f"{loop[-1]}/{loop[0]}", "broader_id", loop[0], problem, "Take one of these rows away."
                )


def prerequisite_loops(region: Region) -> Iterator[Finding]:
    """Yield a finding for each loop of courses that ask one another: nobody can begin one of them."""
    needs = region.table("course_prerequisites").filter(pl.col("requires") == "course")
    for loop in loops(needs.select("course_id", "required_id").drop_nulls().iter_rows()):
        problem = f"nobody can begin: each course asks the next, {_chain(loop)}"
        yield Finding(
            "course_prerequisites",
            f"{loop[-1]}/course/{loop[0]}",
            "required_id",
            loop[0],
            problem,
            "Take one of these rows away.",
        )


def _chain(loop: list[str]) -> str:
    return shorten(" → ".join([*loop, loop[0]]), limit=300)
