# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The measures of a scenario as a portfolio: every set of them evaluated together, each set once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from drehkreuz.measures import Draw, Measure, with_measures
from drehkreuz.measures.paired.evaluation import Evaluator
from drehkreuz.measures.paired.ledger import yearly_cost
from drehkreuz.measures.paired.portfolio import Portfolio


@dataclass(frozen=True, slots=True)
class Joint:
    """
    Measures together.

    Attributes:
        measures: The measures, by id.
        portfolio: What every set of them brings.
        costs: EUR a year of each in the middle of its range, alone; None: not known.
    """

    measures: dict[str, Measure]
    portfolio: Portfolio
    costs: dict[str, float | None]


def joint_effects(evaluator: Evaluator, measures: Sequence[Measure], figure: str, draw: Draw | None = None) -> Joint:
    """
    Prepare a portfolio; sets are evaluated when they are asked for.

    Args:
        evaluator: The region.
        measures: The measures, each id once.
        figure: Name of a whole figure of `Effect.figures`.
        draw: The world of chance; None: the first, with uptake in the middle of its range.
    """
    before = evaluator.baseline()
    by_id = {measure.id: measure for measure in measures}

    def worth(some: frozenset[str]) -> int:
        found = evaluator.evaluate(before, [by_id[one] for one in sorted(some)], draw)
        return int(found.effect.figures()[figure] or 0)

    costs: dict[str, float | None] = {}
    for name, measure in by_id.items():
        changed = with_measures(evaluator.related.region, [measure], evaluator.day, draw)
        cost = yearly_cost([measure], changed.outcomes)
        costs[name] = None if cost is None else cost.mid
    return Joint(by_id, Portfolio.of(list(by_id), worth), costs)
