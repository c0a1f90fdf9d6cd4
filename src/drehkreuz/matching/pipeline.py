# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The main job for a region: ways, pair relation, working set, allocations with certificates, shares of each barrier."""

from __future__ import annotations

from concurrent.futures import Executor
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from drehkreuz.matching.coalitions import Certificate, certify
from drehkreuz.matching.conditions import with_conditions
from drehkreuz.matching.headcount import Headcount, PeopleRelation, headcount
from drehkreuz.matching.market import Market, prepare
from drehkreuz.matching.shapley import BarrierReport, barrier_report
from drehkreuz.matching.stable import Stable, stable_allocation
from drehkreuz.matching.stages import relation_of_region
from drehkreuz.matching.working_set import working_set
from drehkreuz.progress import SILENT, Progress
from drehkreuz.region import Cache, Region


@dataclass(frozen=True, slots=True)
class Matched:
    """
    A region's answer.

    Attributes:
        market: The prepared region.
        arrays: The pair relation's arrays by name, each [rows of people, vacancies].
        counted: The people that rows stand for; `person` in edges and allocations is one of them.
        edges: Working set with the pairs the certificate added.
        certificate: Largest allocations of all 128 coalitions, proved against every pair.
        stable: The stable allocation of pairs without a barrier, proved likewise.
        report: What each class of barrier keeps apart; closes.
    """

    market: Market
    arrays: dict[str, NDArray[np.generic]]
    counted: Headcount
    edges: pl.DataFrame
    certificate: Certificate
    stable: Stable
    report: BarrierReport

    def described_edges(self, progress: Progress = SILENT) -> pl.DataFrame:
        """Return the working set by rows of people, with ids, how many people a row stands for, and all about each pair."""
        pairs = self._by_row(self.edges)
        at = pairs["row"].to_numpy().astype(np.int64), pairs["vacancy"].to_numpy().astype(np.int64)
        reasons = self.arrays["reasons"][at].astype(np.uint32)
        told = {name: array[at] for name, array in self.arrays.items() if name != "mask"}
        told["reasons"] = with_conditions(self.market, *at, reasons, progress=progress)
        return self._ids(pairs).with_columns(
            pl.Series("people", self.counted.of_row[at[0]]),
            pairs["mask"].alias("barriers"),
            *(pl.Series(name, values) for name, values in told.items()),
        )

    def described_stable(self) -> pl.DataFrame:
        """Return the stable allocation by rows of people, with ids and how many people of a row get the vacancy."""
        pairs = self._by_row(self.stable.edges)
        return self._ids(pairs).with_columns(pairs["people"], pairs["utility_person"].alias("utility_person_eur_month"))

    def _by_row(self, edges: pl.DataFrame) -> pl.DataFrame:
        """Return edges of people as edges of rows, each once, with how many of the row's people have it."""
        rows = pl.Series("row", self.counted.row_of[edges["person"].to_numpy()])
        alike = edges.with_columns(rows).group_by("row", "vacancy")
        return alike.agg(pl.len().alias("people"), pl.col("mask", "utility_person").first()).sort("row", "vacancy")

    def _ids(self, pairs: pl.DataFrame) -> pl.DataFrame:
        people, vacancies = self.market.region.table("people"), self.market.region.table("vacancies")
        return pl.DataFrame(
            [people["person_id"].gather(pairs["row"]), vacancies["vacancy_id"].gather(pairs["vacancy"])]
        )


def match(
    region: Region,
    *,
    cache: Cache | None = None,
    executor: Executor | None = None,
    progress: Progress = SILENT,
    seed: int = 0,
) -> Matched:
    """
    Do the main job for a region.

    Args:
        region: The region.
        cache: Where stages keep their partitions; None: computed always.
        executor: Threads, processes or many machines; None: here and now.
        progress: Told of every piece of work.
        seed: Breaks ties.
    """
    market = prepare(region, cache=cache, executor=executor, progress=progress)
    arrays = relation_of_region(market, cache=cache, executor=executor, progress=progress)
    counted = headcount(region.table("people"))
    relation = PeopleRelation.of_region(region, arrays, counted)
    certificate = certify(relation, working_set(relation, seed=seed), seed=seed, progress=progress)
    return Matched(
        market=market,
        arrays=arrays,
        counted=counted,
        edges=certificate.edges,
        certificate=certificate,
        stable=stable_allocation(relation, seed=seed),
        report=barrier_report(certificate, int(relation.capacity.sum(dtype=np.int64)), len(counted)),
    )
