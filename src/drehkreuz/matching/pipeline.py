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
from drehkreuz.matching.market import Market, prepare
from drehkreuz.matching.pairs import DenseRelation
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
        arrays: The pair relation's arrays by name, each [people, vacancies].
        edges: Working set with the pairs the certificate added.
        certificate: Largest allocations of all 128 coalitions, proved against every pair.
        stable: The stable allocation of pairs without a barrier, proved likewise.
        report: What each class of barrier keeps apart; closes.
    """

    market: Market
    arrays: dict[str, NDArray[np.generic]]
    edges: pl.DataFrame
    certificate: Certificate
    stable: Stable
    report: BarrierReport

    def described_edges(self) -> pl.DataFrame:
        """Return the working set with ids and everything known about each pair."""
        people, vacancies = self.market.region.table("people"), self.market.region.table("vacancies")
        rows, columns = self.edges["person"].to_numpy(), self.edges["vacancy"].to_numpy()
        values = {name: array[rows, columns] for name, array in self.arrays.items() if name != "mask"}
        return self.edges.select(
            people["person_id"].gather(rows).alias("person_id"),
            vacancies["vacancy_id"].gather(columns).alias("vacancy_id"),
            pl.col("mask").alias("barriers"),
            *(pl.Series(name, array) for name, array in values.items()),
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
    vacancies = region.table("vacancies")
    relation = DenseRelation.of(
        arrays["mask"],
        arrays["utility_person"],
        arrays["utility_employer"],
        vacancies["openings"].to_numpy(),
        region.table("people")["person_id"].to_list(),
        vacancies["vacancy_id"].to_list(),
    )
    certificate = certify(relation, working_set(relation, seed=seed), seed=seed, progress=progress)
    return Matched(
        market=market,
        arrays=arrays,
        edges=certificate.edges,
        certificate=certificate,
        stable=stable_allocation(relation, seed=seed),
        report=barrier_report(certificate, int(vacancies["openings"].sum()), market.n_people),
    )
