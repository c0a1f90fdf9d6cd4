# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A region's pair relation, computed once and cleared as often as is asked: people and posts may count otherwise each time."""

from __future__ import annotations

from concurrent.futures import Executor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from drehkreuz.matching.headcount import Headcount, PeopleRelation, headcount
from drehkreuz.matching.market import Market, prepare
from drehkreuz.matching.resampling import resampled, times
from drehkreuz.matching.stages import relation_of_region
from drehkreuz.progress import SILENT, Progress
from drehkreuz.region import Cache, Region


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
        return headcount(people) if resample is None else resampled(people, resample)

    def openings(self, resample: int | None = None) -> NDArray[np.int64]:
        """
        Return how many people each vacancy takes, int64[v].

        Args:
            resample: Seed of a bootstrap: each row counts as often as `times` says, perhaps not at all. None: each once.
        """
        vacancies = self.region.table("vacancies")
        openings = vacancies["openings"].to_numpy().astype(np.int64)
        return openings if resample is None else openings * times(resample, vacancies["vacancy_id"].to_list())

    def relation(self, counted: Headcount, resample: int | None = None) -> PeopleRelation:
        """Return the pairs of everybody counted with all openings, or those of a bootstrap."""
        return PeopleRelation.of_region(self.region, self.arrays, counted, self.openings(resample))


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
