# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What all requirement profiles ask, as items."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from drehkreuz.learning.items import Items, Kind
from drehkreuz.learning.parameters import LearningParameters
from drehkreuz.region.csr import Csr
from drehkreuz.skills import Requirements, Taxonomy
from drehkreuz.skills.rows import stacked
from drehkreuz.skills.taxonomy import GRID, related_weight

TOLERANCE: Final = 1e-9  # of weight; far below the grid that weights lie on


@dataclass(frozen=True, slots=True, eq=False)
class Demands:
    """
    What profiles ask.

    A person meets a profile's skills when the weight of the must skills held, plus the part earned by the others that
    have a sibling held, reaches the target; the items asked beside must all be held.

    Attributes:
        must: Profile → items that are its must skills.
        asked: Profile → items asked beside skills.
        weight: float64[items], of skills; 0 for other items.
        part: float64[items], what a skill earns when only a sibling is held.
        total: float64[r], weight of all must skills.
        target: float64[r], weight to reach.
    """

    must: Csr
    asked: Csr
    weight: NDArray[np.float64]
    part: NDArray[np.float64]
    total: NDArray[np.float64]
    target: NDArray[np.float64]


def demands(taxonomy: Taxonomy, requirements: Requirements, items: Items, parameters: LearningParameters) -> Demands:
    """List what profiles ask."""
    skills = np.array([item.of for item in items.items if item.kind is Kind.SKILL], dtype=np.int32)
    weight = np.zeros(len(items.items))
    weight[: len(skills)] = taxonomy.idf[skills]
    must = Csr(requirements.must.indptr, np.searchsorted(skills, requirements.must.indices).astype(np.int32))
    total = np.array([weight[must.row(r)].sum() for r in range(len(must))])
    share = parameters.threshold - requirements.trainable_share
    return Demands(
        must=must,
        asked=stacked([items.numbers(asked).tolist() for asked in items.asked]),
        weight=weight,
        part=related_weight(weight, parameters.skills.related_credit),
        total=total,
        target=np.array([_target(*of) for of in zip(total.tolist(), share.tolist(), strict=True)]),
    )


def _target(total: float, share: float) -> float:
    """Return the least weight on the grid that is at least the share of all."""
    return max(0.0, math.ceil((share * total - TOLERANCE) / GRID) * GRID)
