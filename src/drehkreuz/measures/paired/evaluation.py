# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Measures evaluated in pairs: the same people, posts and chances, with them and without them."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import date

from drehkreuz.matching.coalitions import certify
from drehkreuz.matching.shapley import BarrierReport, barrier_report
from drehkreuz.matching.working_set import working_set
from drehkreuz.measures import Changed, Draw, Measure, with_measures
from drehkreuz.measures.paired.effect import Cleared, Effect, cleared, cleared_after, compare
from drehkreuz.measures.paired.related import Related, related
from drehkreuz.progress import SILENT, Progress
from drehkreuz.region import Cache, Region


@dataclass(frozen=True, slots=True)
class Evaluation:
    """
    What measures do together.

    Attributes:
        measures: The measures.
        changed: The region with them, and what each costs.
        before: The region without them.
        after: The region with them.
        effect: What differs.
    """

    measures: tuple[Measure, ...]
    changed: Changed
    before: Cleared
    after: Cleared
    effect: Effect


@dataclass(frozen=True, slots=True)
class Evaluator:
    """
    Evaluates measures in a region; what they leave as it is comes from the cache.

    Attributes:
        related: The region without measures, and its pairs.
        day: Day on which measures are looked at; None: the region's day.
        cache: Where stages keep their partitions; None: computed always.
        executor: Threads, processes or many machines; None: here and now.
        progress: Told of every piece of work.
    """

    related: Related
    day: date | None = None
    cache: Cache | None = None
    executor: Executor | None = None
    progress: Progress = SILENT

    @classmethod
    def of(
        cls,
        region: Region,
        day: date | None = None,
        *,
        cache: Cache | None = None,
        executor: Executor | None = None,
        progress: Progress = SILENT,
    ) -> Evaluator:
        """Prepare a region; arguments as the attributes."""
        known = related(region, cache=cache, executor=executor, progress=progress)
        return cls(known, day, cache, executor, progress)

    def baseline(self, *, seed: int = 0, resample: int | None = None) -> Cleared:
        """Return the region without measures; arguments as for `cleared`."""
        return cleared(self.related, seed=seed, resample=resample)

    def evaluate(self, before: Cleared, measures: Sequence[Measure], draw: Draw | None = None) -> Evaluation:
        """
        Return what measures do together.

        Args:
            before: From `baseline`.
            measures: In any order.
            draw: The world of chance; None: the first, with uptake in the middle of its range.

        Raises:
            InputError: If measures conflict or a precondition does not hold.
        """
        changed = with_measures(self.related.region, measures, self.day, draw)
        after = cleared_after(before, self._related(changed.region))
        return Evaluation(tuple(measures), changed, before, after, compare(before, after))

    def _related(self, region: Region) -> Related:
        if region is self.related.region:
            return self.related
        return related(region, cache=self.cache, executor=self.executor, progress=self.progress)


def barriers(state: Cleared, progress: Progress = SILENT) -> BarrierReport:
    """
    Return what keeps people and openings apart in a state of the region, each coalition of barriers certified.

    Args:
        state: The state.
        progress: Told of every scan.
    """
    relation = state.related.relation(state.counted)
    certificate = certify(relation, working_set(relation, seed=state.seed), seed=state.seed, progress=progress)
    openings = int(state.related.region.table("vacancies")["openings"].sum())
    return barrier_report(certificate, openings, len(state.counted))
