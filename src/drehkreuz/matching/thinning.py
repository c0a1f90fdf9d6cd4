# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A region thinned evenly: a part of its people and posts, each of which counts for those left out."""

from __future__ import annotations

from math import ceil, sqrt
from typing import Final

import polars as pl

from drehkreuz.region import TABLES, Region

PAIRS: Final = 400_000
"""Rows of people times posts that are answered in a few minutes, with all their learning plans."""

IN_MEMORY: Final = 100_000_000
"""Rows of people times posts whose relation takes about five gigabytes."""


def share_for(region: Region, pairs: int = PAIRS) -> int:
    """Return the least k for which every k-th person and post make no more than so many pairs."""
    return max(1, ceil(sqrt(len(region.table("people")) * len(region.table("vacancies")) / pairs)))


def thinned(region: Region, k: int) -> Region:
    """
    Return a region with every k-th row of people and every k-th post, each of which counts k times.

    A systematic sample: people are lined up by the municipality they live in, posts by openings, occupation and municipality, and
    every k-th is taken, so that each group keeps its share as nearly as can be. Counts of the thinned region are estimates of the
    whole one's; what one row stands for is lumped together. No order of rows changes it.

    Args:
        region: The region.
        k: How many are thinned to one; 1: the region as it is.

    Source:
        Madow, Madow: On the theory of systematic sampling, I. Ann. Math. Stat. 15 (1944).
    """
    if k == 1:
        return region
    homes = region.table("zones").select("zone_id", "municipality")
    places = region.table("places").select("place_id", "municipality")
    people = _every(region.table("people"), k, homes, "zone_id", ["municipality", "person_id"])
    posts = _every(
        region.table("vacancies"), k, places, "place_id", ["openings", "occupation_id", "municipality", "vacancy_id"]
    )
    kept = {
        "people": people.with_columns(pl.col("weight") * k),
        "vacancies": posts.with_columns((pl.col("openings") * k).cast(pl.Int32)),
    }
    return region.with_tables(kept | _their_rows(region, kept))


def _every(rows: pl.DataFrame, k: int, places: pl.DataFrame, at: str, line: list[str]) -> pl.DataFrame:
    """Return every k-th row of a line, in the order in which they stood."""
    lined = rows.with_row_index("stood").join(places, on=at, how="left").sort(line, nulls_last=True)
    return lined.gather_every(k, k // 2).sort("stood").select(rows.columns)


def _their_rows(region: Region, kept: dict[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """Return the rows of other tables that tell of people and posts kept."""
    found: dict[str, pl.DataFrame] = {}
    for name, frame in region.tables.items():
        for column in TABLES[name].columns.values():
            if column.ref in kept and name not in kept:
                ids = kept[column.ref].select(pl.col(TABLES[column.ref].key[0]).alias(column.name))
                stays = pl.col(column.name).is_null() | pl.col(column.name).is_in(ids.to_series().implode())
                found[name] = found.get(name, frame).filter(stays)
    return found
