# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Rules about what feeds show and what was read in posts."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from drehkreuz.region.checks.rule import Rule
from drehkreuz.region.posts import TABLE_OF
from drehkreuz.region.region import Region


def rules(region: Region) -> Iterator[Rule]:
    """Yield the rules of sightings and readings."""
    sightings = region.table("sightings")
    half = pl.col("gone").is_null() != pl.col("why").is_null()
    yield Rule("sightings", sightings, "why", half, "and gone {gone} do not go together", "Give both, or none.")
    backwards = pl.col("last_shown") < pl.col("first_shown")
    swap = "Swap the two, or correct one."
    yield Rule("sightings", sightings, "last_shown", backwards, "is before first_shown {first_shown}", swap)
    for concept, table in TABLE_OF.items():
        known = region.table(table)[f"{concept}_id"].unique().implode()
        lost = (pl.col("concept") == concept) & pl.col("gone").is_null() & ~pl.col("post_id").is_in(known)
        problem, remedy = f"is open and is not in the table {table}", "Publish the feeds again."
        yield Rule("sightings", sightings, "post_id", lost, problem, remedy, "warning")
    empty = pl.col("end") <= pl.col("start")
    yield Rule(
        "readings", region.table("readings"), "end", empty, "is no later than start {start}", "Read the post again."
    )
