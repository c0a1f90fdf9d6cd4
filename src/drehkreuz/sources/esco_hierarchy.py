# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""ESCO's two hierarchies: steps to the next broader concept, without loops, and the classes of skills they tell."""

from __future__ import annotations

from graphlib import TopologicalSorter
from typing import TYPE_CHECKING, Final

import polars as pl

from drehkreuz.errors import Finding
from drehkreuz.region import TABLES
from drehkreuz.region.checks.loops import loops
from drehkreuz.sources.esco_layout import AGAIN, CONCEPT_OF_PILLAR, CONCEPT_OF_TYPE, Faults, last_part
from drehkreuz.sources.esco_rules import ATTITUDE_GROUPS, CLASS_ORDER, CLASS_RULES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from drehkreuz.sources.esco_layout import EscoFile

_RANK_OF_GROUP: Final = {rule.group_id: CLASS_ORDER.index(rule.skill_class) for rule in CLASS_RULES}
_SHOWN_OF_A_LOOP: Final = 6


def steps(frames: Mapping[EscoFile, pl.DataFrame], faults: Faults) -> pl.DataFrame:
    """
    Return the steps of both hierarchies.

    Args:
        frames: Content of the files that hold them.
        faults: Gathers steps of unknown kinds.

    Returns:
        Columns of table `broader`, the kinds of both ends in `narrower_kind` and `broader_kind`, and `where`: the file.
    """
    parts = []
    for file, content in frames.items():
        frame = content
        for column in ("conceptType", "broaderType"):
            like = Finding(file.name, "", column, "", f"is none of {', '.join(CONCEPT_OF_TYPE)}", AGAIN)
            frame = faults.leave_out(frame, ~pl.col(column).fill_null("").is_in(list(CONCEPT_OF_TYPE)), like)
        parts.append(
            frame.select(
                concept_id=last_part("conceptUri"),
                broader_id=last_part("broaderUri"),
                concept=pl.lit(CONCEPT_OF_PILLAR[file.stem]),
                narrower_kind=pl.col("conceptType").replace_strict(CONCEPT_OF_TYPE, return_dtype=pl.String),
                broader_kind=pl.col("broaderType").replace_strict(CONCEPT_OF_TYPE, return_dtype=pl.String),
                where=pl.lit(file.name),
            )
        )
    empty = pl.DataFrame(
        schema=dict.fromkeys(
            ("concept_id", "broader_id", "concept", "narrower_kind", "broader_kind", "where"), pl.String
        )
    )
    key = list(TABLES["broader"].key)
    return pl.concat([empty, *parts]).unique(key, keep="first", maintain_order=True).sort(key)


def without_loops(edges: pl.DataFrame, faults: Faults) -> pl.DataFrame:
    """Return the steps without those that close a loop; each loop is a fault that names it."""
    where = dict(edges.select("concept_id", "where").iter_rows())
    closing = []
    for loop in loops(edges.select("concept_id", "broader_id").iter_rows()):
        closing.append((loop[-1], loop[0]))
        path = " → ".join(
            [*loop, loop[0]] if len(loop) < _SHOWN_OF_A_LOOP else [*loop[:_SHOWN_OF_A_LOOP], "…", loop[0]]
        )
        problem = f"the hierarchy runs in a loop: {path}"
        remedy = "Take one of these steps out, or read it with --lenient to leave out the last."
        faults.faults.append(Finding(where[loop[-1]], loop[-1], "", "", problem, remedy))
    cut = pl.DataFrame(closing, schema={"concept_id": pl.String, "broader_id": pl.String}, orient="row")
    return edges.join(cut, on=["concept_id", "broader_id"], how="anti", maintain_order="left")


def classes(edges: pl.DataFrame) -> pl.DataFrame:
    """
    Return the class of each skill by the groups it is in.

    A skill's own groups decide, or else its broader skills; a group without a rule has that of its broader groups.

    Args:
        edges: Steps of the hierarchy of skills, without loops.

    Returns:
        `skill_id`, `class` and `attitude`: whether one of the groups above the skill's own is one of attitudes.
    """
    group = {
        end
        for kind, end in (("narrower_kind", "concept_id"), ("broader_kind", "broader_id"))
        for end in edges.filter(pl.col(kind) == "skill_group")[end]
    }
    broader = _broader_of(edges)
    rank: dict[str, int] = {}
    attitude: set[str] = set()
    for node in TopologicalSorter(broader).static_order():
        above = broader.get(node, [])
        groups = [other for other in above if other in group]
        own = [_RANK_OF_GROUP[node]] if node in _RANK_OF_GROUP else []
        found = own or _known(groups, rank) or _known(above, rank)
        if found:
            rank[node] = min(found)
        if node in ATTITUDE_GROUPS or any(other in attitude for other in groups):
            attitude.add(node)
    skills = [node for node in broader if node not in group]
    return pl.DataFrame(
        {
            "skill_id": skills,
            "class": [CLASS_ORDER[rank[node]] if node in rank else None for node in skills],
            "attitude": [node in attitude for node in skills],
        },
        schema={"skill_id": pl.String, "class": pl.String, "attitude": pl.Boolean},
    )


def _known(nodes: Iterable[str], rank: Mapping[str, int]) -> list[int]:
    return [rank[node] for node in nodes if node in rank]


def _broader_of(edges: pl.DataFrame) -> dict[str, list[str]]:
    broader: dict[str, list[str]] = {}
    for narrower, other in edges.select("concept_id", "broader_id").iter_rows():
        broader.setdefault(narrower, []).append(other)
    return broader
