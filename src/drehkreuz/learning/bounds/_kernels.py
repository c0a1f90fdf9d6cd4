# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Bounds of what sets of offers can still bring and must still cost."""

# ruff: noqa: PLR0917 (compiled functions take their arrays one by one, by position)
# ruff: noqa: C901 (a search without recursion is one loop; what can be named has been taken out of it)
from __future__ import annotations

import numpy as np

from drehkreuz.learning.arrays import CATALOGUE, F8, Bools, Catalogue, Floats, Ints, Longs
from drehkreuz.region.kernels import inner_kernel


@inner_kernel(f"void({CATALOGUE}, {F8}, int32[::1], boolean[::1], int32[::1], float64[::1])")
def weigh(catalogue: Catalogue, worth: Floats, usable: Ints, free: Bools, given: Ints, gains: Floats) -> None:
    """Fill in by how much the weight brought would grow with each free offer, 0 for the other usable ones."""
    gives_at, gives = catalogue[0]
    for offer in usable:
        gains[offer] = 0.0
        if free[offer]:
            for a in range(gives_at[offer], gives_at[offer + 1]):
                item = gives[a]
                if item < len(worth) and given[item] == 0:
                    gains[offer] += worth[item]


@inner_kernel(f"float64({CATALOGUE}, {F8}, int32[::1], boolean[::1], int32[::1], boolean[::1])")
def together(catalogue: Catalogue, worth: Floats, usable: Ints, free: Bools, given: Ints, marked: Bools) -> float:
    """Return by how much the weight brought would grow with all free offers; `marked` is scratch, as long as `worth`."""
    gives_at, gives = catalogue[0]
    marked[:] = False
    change = 0.0
    for offer in usable:
        if free[offer]:
            for a in range(gives_at[offer], gives_at[offer + 1]):
                item = gives[a]
                if item < len(worth) and given[item] == 0 and not marked[item]:
                    marked[item] = True
                    change += worth[item]
    return change


@inner_kernel("float64(int32[::1], float64[::1], float64[::1])")
def largest(usable: Ints, gains: Floats, top: Floats) -> float:
    """Return the sum of the `len(top)` largest gains ≥ 0 of usable offers; fills them in, falling."""
    top[:] = 0.0
    for offer in usable:
        value = gains[offer]
        at = len(top)
        while at > 0 and top[at - 1] < value:
            if at < len(top):
                top[at] = top[at - 1]
            at -= 1
        if at < len(top):
            top[at] = value
    return float(top.sum())


@inner_kernel(f"void({CATALOGUE}, {F8}, int32[::1], int32[::1], float64[::1], float64[::1], float64[::1], int64[::1])")
def price(
    catalogue: Catalogue,
    worth: Floats,
    usable: Ints,
    given: Ints,
    gains: Floats,
    prices: Floats,
    reach: Floats,
    ways: Longs,
) -> None:
    """
    Find for each must skill the least cost of a unit of its weight, the weight that offers add, and how many offers add it.

    An offer's cost is shared out over the skills it adds weight to, in proportion to that weight.
    """
    gives_at, gives = catalogue[0]
    cost = catalogue[5]
    prices[:] = np.inf
    reach[:] = 0.0
    ways[:] = 0
    for offer in usable:
        if gains[offer] > 0.0:
            unit = cost[offer] / gains[offer]
            for a in range(gives_at[offer], gives_at[offer + 1]):
                item = gives[a]
                if item < len(worth) and given[item] == 0:
                    prices[item] = min(prices[item], unit)
                    reach[item] = worth[item]
                    ways[item] += 1


@inner_kernel("float64(float64, float64[::1], float64[::1], boolean[::1])")
def least_cost(missing: float, prices: Floats, reach: Floats, taken: Bools) -> float:
    """
    Return a lower bound of the cost of gaining the missing weight: the fractional knapsack over skills.

    What a set of offers costs is at least what each skill it reaches costs at its least price: so an offer that comes in
    ten places counts once, not ten times. `taken` is scratch, as long as the skills.
    """
    taken[:] = False
    least, rest = 0.0, missing
    while rest > 0.0:
        best = -1
        for item in range(len(prices)):
            if not taken[item] and reach[item] > 0.0 and (best < 0 or prices[item] < prices[best]):
                best = item
        if best < 0:
            return np.inf
        taken[best] = True
        share = min(reach[best], rest)
        least += share * prices[best]
        rest -= share
    return least


@inner_kernel(
    f"int64(float64, int64, int64, {CATALOGUE}, {F8}, int32[::1], int32[::1], float64[::1], float64[::1], float64[::1], float64[::1],"
    " int64[::1], boolean[::1], int32[::1])"
)
def promising(
    missing: float,
    affordable: int,
    grain: int,
    catalogue: Catalogue,
    worth: Floats,
    usable: Ints,
    given: Ints,
    gains: Floats,
    top: Floats,
    prices: Floats,
    reach: Floats,
    ways: Longs,
    spare: Bools,
    ranked: Ints,
) -> int:
    """
    Rank the offers of which one must be in every way to the missing weight; return how many there are.

    Zero means that no set is good enough. What an offer adds only falls as others are chosen (the weight brought is a
    submodular function of the set), so today's gains bound every completion: the largest must reach the missing weight in
    the steps left, and `least_cost` is a lower bound of the cost, which is a multiple of `grain`. Skills that together
    weigh less than what is missing can be spared, those with the most offers first; some offer must add to one of the rest.

    Args:
        missing: Weight to be gained, > 0.
        affordable: No completion that costs more is wanted, cents.
        grain: A divisor of all costs, cents.
        catalogue: Of the problem.
        worth: Weight that each must skill adds.
        usable: Offers that any plan may hold.
        given: Items given.
        gains: What each offer adds today; zero: not to be had.
        top: Scratch, as long as offers may still be added.
        prices: Scratch, as long as the must skills, as the next three.
        reach: Scratch.
        ways: Scratch.
        spare: Scratch.
        ranked: Filled with the offers, the cheapest for each unit of weight first.
    """
    if largest(usable, gains, top) < missing:
        return 0
    price(catalogue, worth, usable, given, gains, prices, reach, ways)
    if np.ceil(least_cost(missing, prices, reach, spare) / grain - 1e-9) * grain > affordable:
        return 0
    spare[:] = reach == 0.0
    left = missing
    while True:
        item = -1
        for i in range(len(spare)):
            if not spare[i] and reach[i] < left and (item < 0 or ways[i] * reach[item] > ways[item] * reach[i]):
                item = i
        if item < 0:
            break
        spare[item] = True
        left -= reach[item]
    gives_at, gives = catalogue[0]
    cost = catalogue[5]
    n = 0
    for offer in usable:
        if gains[offer] > 0.0:
            wanted = False
            for a in range(gives_at[offer], gives_at[offer + 1]):
                item = gives[a]
                wanted = wanted or (item < len(spare) and not spare[item] and given[item] == 0)
            if wanted:
                at = n
                while at > 0 and cost[ranked[at - 1]] * gains[offer] > cost[offer] * gains[ranked[at - 1]]:
                    ranked[at] = ranked[at - 1]
                    at -= 1
                ranked[at] = offer
                n += 1
    return n
