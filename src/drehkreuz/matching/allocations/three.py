# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The three allocations of a region side by side: likely, stable, possible; and how its posts are shown."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from drehkreuz.matching.allocations.auction import possible_allocation
from drehkreuz.matching.allocations.congestion import SHOWN, Congestion, congestion, favourites, spread
from drehkreuz.matching.allocations.search import HABITS, Habits, likely_allocation, swept
from drehkreuz.matching.allocations.surplus import SURPLUS, Surplus
from drehkreuz.matching.headcount import PeopleRelation
from drehkreuz.matching.pairs import PairRelation
from drehkreuz.matching.pipeline import Matched
from drehkreuz.matching.stable import Stable


@dataclass(frozen=True, slots=True)
class Size:
    """How many an allocation places, and what its pairs are worth together, EUR a month."""

    placed: int
    worth: float


@dataclass(frozen=True, slots=True)
class ThreeAllocations:
    """
    What is likely, what is stable and what is possible, over all pairs without a barrier.

    Attributes:
        likely: By limited search.
        stable: Where no pair would rather leave.
        possible: Worth most, by auction.
        bound: No allocation is worth more, EUR a month.
        gap: Share of the bound that the auction may have missed.
        swept: What is likely by other habits, one value another at a time.
        favourites: How posts spread if everybody is shown what they like best.
        spread: How they spread by the prices of the auction.
        shown: Posts shown to a person.
        habits: Assumed for the search.
        surplus: Assumed for the worth of a pair.
    """

    likely: Size
    stable: Size
    possible: Size
    bound: float
    gap: float
    swept: tuple[tuple[Habits, Size], ...]
    favourites: Congestion
    spread: Congestion
    shown: int
    habits: Habits
    surplus: Surplus

    @property
    def coordination(self) -> Size:
        """What could be gained by knowing of one another: possible less likely."""
        return Size(self.possible.placed - self.likely.placed, self.possible.worth - self.likely.worth)


def of_region(matched: Matched, *, seed: int = 0) -> ThreeAllocations:
    """Return the three allocations of a region that has been matched."""
    relation = PeopleRelation.of_region(matched.market.region, matched.arrays, matched.counted)
    return three_allocations(relation, matched.edges, matched.stable, seed=seed)


def three_allocations(
    relation: PairRelation,
    edges: pl.DataFrame,
    stable: Stable,
    *,
    habits: Habits = HABITS,
    surplus: Surplus = SURPLUS,
    seed: int = 0,
) -> ThreeAllocations:
    """
    Return the three allocations over pairs without a barrier.

    Args:
        relation: All pairs.
        edges: `EDGES`, a working set.
        stable: The stable allocation of these pairs.
        habits: How people look for posts.
        surplus: What a pair is worth to both together.
        seed: Draws, and breaks ties.
    """
    ready = edges.filter(pl.col("mask") == 0)
    possible = possible_allocation(relation, ready, surplus=surplus, seed=seed)
    likely, *others = (
        (ways, _size(likely_allocation(relation, habits=ways, seed=seed).edges, surplus))
        for ways in (habits, *swept(habits))
    )
    liked = favourites(possible.edges, relation, seed=seed)
    apart = spread(possible.edges, relation, possible.prices.price, surplus=surplus, seed=seed)
    return ThreeAllocations(
        likely=likely[1],
        stable=_size(stable.edges, surplus),
        possible=Size(int(np.count_nonzero(possible.prices.vacancy >= 0)), possible.prices.value),
        bound=possible.prices.bound,
        gap=possible.prices.gap,
        swept=tuple(others),
        favourites=congestion(liked, possible.edges, relation, seed=seed),
        spread=congestion(apart, possible.edges, relation, seed=seed),
        shown=SHOWN,
        habits=habits,
        surplus=surplus,
    )


def _size(edges: pl.DataFrame, surplus: Surplus) -> Size:
    worth = surplus.of(edges["utility_person"].to_numpy(), edges["utility_employer"].to_numpy())
    return Size(len(edges), float(worth.sum(dtype=np.float64)))
