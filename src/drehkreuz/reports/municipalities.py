# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A region by municipality: who looks there, what is open there, and how much can be reached from there."""

from __future__ import annotations

from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from drehkreuz.matching.headcount import headcount
from drehkreuz.matching.market import Market
from drehkreuz.reach import Chain
from drehkreuz.reports.groups import by_name
from drehkreuz.reports.pair import Values

WITHIN: Final = 45
"""Minutes from door to door, each way, within which a post counts as reachable; assumed, an hour is often named as the most."""

BY: Final = {"transit": (Chain.WALK, Chain.TRANSIT), "car": (Chain.CAR,)}
"""Means of travel that are told apart, and the chains each allows."""

ZONES_AT_ONCE: Final = 256


def municipalities(market: Market) -> list[Values]:
    """
    Return the municipalities of the study area by name, fit for JSON.

    Returns:
        Of each `key`, `name`, `district`, `lat`, `lon`, `residents`, `people` (who live there and look), `openings` (posts
        there), and of `transit` and `car` the openings of the region that its residents reach within `WITHIN` minutes there
        and back on every shift, the mean over its residents. None: not known.
    """
    region = market.region
    zones = region.table("zones")
    lookers = pl.DataFrame(
        {"zone_id": region.table("people")["zone_id"], "people": headcount(region.table("people")).of_row}
    )
    people = lookers.join(zones, on="zone_id").group_by("municipality").agg(pl.col("people").sum())
    places = region.table("places").select("place_id", "municipality")
    posts = region.table("vacancies").join(places, on="place_id").group_by("municipality").agg(pl.col("openings").sum())
    reached = zones.select("municipality", "population").with_columns(
        pl.Series(name, reachable_openings(market, chains)) for name, chains in BY.items()
    )
    means = reached.group_by("municipality").agg(
        pl.col("population").sum().alias("living"), *(_mean(name) for name in BY)
    )
    towns = region.table("municipalities").filter("study_area").sort(by_name(), "municipality")
    for found in (people, posts, means):
        towns = towns.join(found, on="municipality", how="left", maintain_order="left")
    return towns.select(
        pl.col("municipality").alias("key"),
        "name",
        "district",
        "lat",
        "lon",
        pl.coalesce("population", "living").alias("residents"),
        pl.col("people", "openings").fill_null(0),
        *BY,
    ).to_dicts()


def _mean(name: str) -> pl.Expr:
    """Return the mean over residents, rounded; over cells where no residents are known."""
    weight = pl.col("population").fill_null(0).cast(pl.Float64)
    weighted = (pl.col(name) * weight).sum() / weight.sum()
    return pl.when(weight.sum() > 0).then(weighted).otherwise(pl.col(name).mean()).round().cast(pl.Int64).alias(name)


def reachable_openings(market: Market, chains: tuple[Chain, ...], within: int = WITHIN) -> NDArray[np.int64]:
    """
    Return the openings that can be reached from each zone.

    A post counts if each of its places and shifts can be reached both ways within the minutes by one of the chains; a post
    that asks no presence is reached from everywhere, one whose rota has no shift from nowhere.

    Args:
        market: The prepared region.
        chains: What may be used.
        within: Minutes each way.

    Returns:
        int64[zones].
    """
    vacancies = market.region.table("vacancies")
    needed, minutes = market.triples.of_vacancy, market.minutes
    remote = ((vacancies["presence_days"] == 0) | (vacancies["remote_share"] == 1)).to_numpy()
    asked = np.diff(needed.indptr)
    there, starts = asked > 0, needed.indptr[:-1][asked > 0]
    openings = vacancies["openings"].to_numpy().astype(np.int64)
    n_zones = minutes.out.shape[1]
    found = np.full(n_zones, openings[remote & ~there].sum(), dtype=np.int64)
    if not there.any():
        return found
    for first in range(0, n_zones, ZONES_AT_ONCE):
        some = slice(first, first + ZONES_AT_ONCE)
        way = np.minimum.reduce([np.maximum(minutes.out[:, some, c], minutes.back[:, some, c]) for c in chains])
        every = np.logical_and.reduceat((way <= within)[needed.indices], starts, axis=0)
        found[some] += openings[there] @ every
    return found
