# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Measures evaluated in pairs: the same people, posts and chances, with them and without them."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from datetime import date, timedelta
from math import ceil

import numpy as np

from drehkreuz.matching.coalitions import certify
from drehkreuz.matching.shapley import BarrierReport, barrier_report
from drehkreuz.matching.working_set import working_set
from drehkreuz.measures import Changed, Draw, Measure, with_measures
from drehkreuz.measures.measure import DAYS_PER_MONTH
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
        day: Day on which the measures are looked at.
    """

    measures: tuple[Measure, ...]
    changed: Changed
    before: Cleared
    after: Cleared
    effect: Effect
    day: date


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
        kept: The pairs of the region evaluated last, by what differs in it: worlds often differ in nothing but who is counted.
    """

    related: Related
    day: date | None = None
    cache: Cache | None = None
    executor: Executor | None = None
    progress: Progress = SILENT
    kept: dict[tuple[tuple[str, str], ...], Related] = field(default_factory=dict)

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
        day = self.day or self.related.region.manifest.day
        changed = with_measures(self.related.region, measures, day, draw)
        after = cleared_after(before, self._related(changed))
        return Evaluation(tuple(measures), changed, before, after, compare(before, after), day)

    def _related(self, changed: Changed) -> Related:
        if not changed.touched:
            return self.related
        differs = tuple((name, changed.region.digest(name)) for name in changed.touched)
        if differs not in self.kept:
            self.kept.clear()  # before the next ones are computed: they are large
            self.kept[differs] = related(
                changed.region, cache=self.cache, executor=self.executor, progress=self.progress
            )
        return self.kept[differs]


def whole_on(measures: Sequence[Measure]) -> date:
    """
    Return the first day on which all measures have begun and reached their uptake.

    Raises:
        ValueError: If there is no measure.
    """
    return max(each.start + timedelta(days=ceil(each.ramp_months * DAYS_PER_MONTH)) for each in measures)


def barriers(state: Cleared, progress: Progress = SILENT) -> BarrierReport:
    """
    Return what keeps people and openings apart in a state of the region, each coalition of barriers certified.

    Args:
        state: The state.
        progress: Told of every scan.
    """
    relation = state.related.relation(state.counted, state.resample)
    certificate = certify(relation, working_set(relation, seed=state.seed), seed=state.seed, progress=progress)
    return barrier_report(certificate, int(relation.capacity.sum(dtype=np.int64)), len(state.counted))
