# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Where the outlook begins: municipalities with their residents and posts, and where people live who work in each."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from drehkreuz.errors import Finding, InputError
from drehkreuz.region import Region


@dataclass(frozen=True, slots=True)
class Start:
    """
    A region in its first year.

    Attributes:
        year: The year of the region's day; stocks are those of its end.
        keys: Municipalities that reports count, ascending; a single empty key where the region has none.
        names: Their names.
        residents: People of any age, float64[m].
        posts: Posts at workplaces there, float64[m]; not a number: unknown.
    """

    year: int
    keys: tuple[str, ...]
    names: tuple[str, ...]
    residents: NDArray[np.float64]
    posts: NDArray[np.float64]


def start(region: Region) -> Start:
    """
    Return where the outlook of a region begins.

    Residents are those of table `municipalities`, else the sum of its zones.

    Raises:
        InputError: If no municipality, or a municipality that reports count, has any residents.
    """
    towns = _towns(region)
    lonely = towns.filter(pl.col("residents") <= 0)
    if len(lonely):
        remedy = "Fill `population` in municipalities or in zones."
        raise InputError(
            *(
                Finding("municipalities", key, "population", "", f"{name} has no residents to project", remedy)
                for key, name in lonely.select("municipality", "name").iter_rows()
            )
        )
    return Start(
        year=region.manifest.day.year,
        keys=tuple(towns["municipality"]),
        names=tuple(towns["name"]),
        residents=towns["residents"].to_numpy(),
        posts=towns["jobs"].cast(pl.Float64).fill_null(float("nan")).to_numpy(),
    )


def _towns(region: Region) -> pl.DataFrame:
    living = (
        region.table("zones")
        .group_by(pl.col("municipality").fill_null(""))
        .agg(pl.col("population").sum().alias("living"))
    )
    counted = region.table("municipalities").filter("study_area")
    if counted.is_empty():
        total = pl.DataFrame({"municipality": [""], "name": [region.manifest.title]})
        return total.with_columns(residents=pl.lit(float(living["living"].sum())), jobs=pl.lit(None, dtype=pl.Int32))
    return (
        counted.join(living, on="municipality", how="left")
        .with_columns(residents=pl.coalesce("population", "living").fill_null(0).cast(pl.Float64))
        .select("municipality", "name", "residents", "jobs")
        .sort("municipality")
    )


def homes_of_workers(region: Region, begin: Start) -> NDArray[np.float64]:
    """
    Return where those live who work in each municipality, by table `commuting`; elsewhere in proportion to residents.

    Returns:
        Shares, float64[m + 1, m], workplace by home; the last row is of posts at no named place. A row sums to less than 1
        where some live outside.
    """
    n = len(begin.keys)
    spread = begin.residents / begin.residents.sum()
    shares = np.tile(spread, (n + 1, 1))
    flows = region.table("commuting").filter(pl.col("work").is_in(begin.keys)).drop_nulls("commuters")
    position = {key: at for at, key in enumerate(begin.keys)}
    for (work,), rows in flows.sort("work", "home").group_by("work", maintain_order=True):
        total = rows["commuters"].sum()
        if total > 0:
            row = np.zeros(n)
            for home, commuters in rows.select("home", "commuters").iter_rows():
                if home in position:
                    row[position[home]] += commuters / total
            shares[position[str(work)]] = row
    return shares
