# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A region's pair relation, computed once and cleared as often as is asked: people and posts may count otherwise each time."""

from __future__ import annotations

from concurrent.futures import Executor
from dataclasses import dataclass
from math import exp, factorial
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from drehkreuz.matching.headcount import Headcount, PeopleRelation, headcount
from drehkreuz.matching.market import Market, prepare
from drehkreuz.matching.pairs import DenseRelation
from drehkreuz.matching.stages import relation_of_region
from drehkreuz.measures.draw import Draw
from drehkreuz.progress import SILENT, Progress
from drehkreuz.region import Cache, Region

POISSON: Final = np.cumsum([exp(-1.0) / factorial(n) for n in range(20)])
"""Distribution function of the Poisson variable of mean 1 at 0, 1, 2, …"""


@dataclass(frozen=True, slots=True)
class Related:
    """
    A region and all its pairs.

    Attributes:
        market: The prepared region.
        arrays: The pair relation's arrays by name, each [rows of people, vacancies].
    """

    market: Market
    arrays: dict[str, NDArray[np.generic]]

    @property
    def region(self) -> Region:
        """The region."""
        return self.market.region

    def counted(self, resample: int | None = None) -> Headcount:
        """
        Return who is counted.

        Args:
            resample: Seed of a bootstrap: each row counts as often as `times` says. None: everybody once.
        """
        people = self.region.table("people")
        if resample is None:
            return headcount(people)
        return headcount(people.with_columns(pl.col("weight") * pl.Series(times(resample, people["person_id"]))))

    def openings(self, resample: int | None = None) -> NDArray[np.int64]:
        """
        Return how many people each vacancy takes, int64[v].

        Args:
            resample: Seed of a bootstrap: each row counts as often as `times` says, perhaps not at all. None: each once.
        """
        vacancies = self.region.table("vacancies")
        openings = vacancies["openings"].to_numpy().astype(np.int64)
        return openings if resample is None else openings * times(resample, vacancies["vacancy_id"])

    def relation(self, counted: Headcount, resample: int | None = None) -> PeopleRelation:
        """Return the pairs of everybody counted with all openings, or those of a bootstrap."""
        people, vacancies = self.region.table("people"), self.region.table("vacancies")
        rows = DenseRelation.of(
            self.arrays["mask"],
            self.arrays["utility_person"],
            self.arrays["utility_employer"],
            self.openings(resample),
            people["person_id"].to_list(),
            vacancies["vacancy_id"].to_list(),
        )
        return PeopleRelation.of(rows, counted)


def times(seed: int, ids: pl.Series) -> NDArray[np.int64]:
    """
    Return how often each row counts in a bootstrap: a Poisson variable of mean 1, drawn from a hash of seed and id.

    So whoever or whatever is there with a measure and without counts as often in both.

    Source:
        Chamandy, Muralidharan, Najmi, Naidu: Estimating uncertainty for massive data streams (2012), on the Poisson bootstrap.
    """
    return np.searchsorted(POISSON, Draw(seed).numbers("resample", ids), side="right").astype(np.int64)


def related(
    region: Region,
    *,
    cache: Cache | None = None,
    executor: Executor | None = None,
    progress: Progress = SILENT,
) -> Related:
    """
    Compute a region's pair relation; what no change touches comes from the cache.

    Args:
        region: The region.
        cache: Where stages keep their partitions; None: computed always.
        executor: Threads, processes or many machines; None: here and now.
        progress: Told of every piece of work.
    """
    market = prepare(region, cache=cache, executor=executor, progress=progress)
    arrays = relation_of_region(market, cache=cache, executor=executor, progress=progress)
    return Related(market, arrays)
