# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Finding a post by its id, and what became of one that is no longer there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

import polars as pl

from drehkreuz.errors import Finding, InputError, did_you_mean
from drehkreuz.region.region import Region

Concept = Literal["vacancy", "course"]

TABLE_OF: Final[dict[Concept, str]] = {"vacancy": "vacancies", "course": "courses"}


@dataclass(frozen=True, slots=True)
class PostState:
    """
    What became of a post or course that an earlier snapshot held.

    Attributes:
        post_id: The id it stands under now: its own, or that of the post it was joined to.
        title: Its title, as last seen.
        gone: First day it was no longer open; None: it is open.
        why: `expired`: its last day was over; `withdrawn`: its source listed it no more; None: it is open.
        last_shown: Last day a source showed it; None where no source is listed.
    """

    post_id: str
    title: str
    gone: date | None = None
    why: str | None = None
    last_shown: date | None = None


def post_state(region: Region, post_id: str, concept: Concept = "vacancy") -> PostState | None:
    """
    Return what became of a post or course, None where the region has never heard of it.

    Ask the newest snapshot with an id that an older one gave out: between a computation and a click a post may have
    gone, or stand under another id since it was found in an older feed too.

    Args:
        region: The newest snapshot.
        post_id: vacancy_id or course_id of any snapshot.
        concept: Which of the two it is.
    """
    seen = region.table("sightings").filter(pl.col("concept") == concept).sort("last_shown", "source", "source_id")
    names = [post_id, *seen.filter(pl.col("source_id") == post_id)["post_id"]]
    shown = seen.filter(pl.col("post_id").is_in(names) | (pl.col("source_id") == post_id)).to_dicts()
    last = shown[-1]["last_shown"] if shown else None
    table = region.table(TABLE_OF[concept])
    for name in names:
        row = table.filter(pl.col(f"{concept}_id") == name)
        if len(row):
            return PostState(name, row["title"][0], last_shown=last)
    gone = sorted((one for one in shown if one["gone"] is not None), key=lambda one: one["gone"])
    if not gone:
        return None
    return PostState(names[-1], gone[-1]["title"], gone[-1]["gone"], gone[-1]["why"], last)


def known_post(region: Region, vacancy_id: str) -> int:
    """
    Return the row of a post in table `vacancies`.

    Raises:
        InputError: If the region has no such post.
    """
    ids = region.table("vacancies")["vacancy_id"].to_list()
    if vacancy_id not in ids:
        examples = f", such as {', '.join(ids[:3])}" if ids else "; it has none"
        remedy = f"Use one of the region's posts{examples}.{did_you_mean(vacancy_id, ids)}"
        raise InputError(Finding("--vacancy", "", "vacancy_id", vacancy_id, "is no post of the region", remedy))
    return ids.index(vacancy_id)
