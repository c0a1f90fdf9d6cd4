# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""
Prices of items, and what any plan costs at least at these prices.

A plan is a chain of sessions, one after the other, that gives enough items. Relaxed is that the two belong together: the chain
sells every item it gives at its price, as often as it gives it, and what is missing is bought at the same prices. Whatever the
prices ≥ 0, the chain that costs least plus the least purchase is a lower bound of the cost of every plan. What the person pays
beyond the purse has its price, too. Chains are paths in an acyclic graph, and no price makes the bound larger than the linear
relaxation with every conflict in time; the best prices reach it.

Source: Geoffrion, Lagrangean relaxation for integer programming (1974); Held, Wolfe, Crowder, Validation of subgradient
optimization (1974); the step is Polyak's.
"""

from __future__ import annotations

from typing import Final, TypeAlias

import numpy as np

from drehkreuz.learning.arrays import Bools, Floats, Ints, Longs
from drehkreuz.learning.compact._kernels import COMPACT, Compact, has
from drehkreuz.learning.placing._kernels import FIRST, LAST, OFFER, chain
from drehkreuz.region.kernels import inner_kernel

ROUNDS: Final = 150
"""Prices tried. More change the bound by less than one part in a thousand on drawn catalogues."""

PATIENCE: Final = 10
"""Rounds without a better bound after which the steps are halved."""

AHEAD: Final = 0.1
"""Share of the best bound by which the optimum is taken to be above it, for the length of a step."""

ROUNDING: Final = 1e-9
"""Weight, far below that of a skill, by which sums of weights may be off."""

Prices: TypeAlias = tuple[Floats, Longs, Floats, Floats]
"""
Price of each bit that is asked; these bits by price for a unit of weight; one entry, the price of a cent that the person pays; least cost of a chain from
each day on.
"""
PRICES = "Tuple((float64[::1], int64[::1], float64[::1], float64[::1]))"


@inner_kernel(f"void({COMPACT}, float64[::1], float64, float64[::1])")
def net_costs(offers: Compact, prices: Floats, toll: float, net: Floats) -> None:
    """Fill in what each offer costs, less what it gives, at prices."""
    _, gives, _, cost, own, weight, _ = offers
    for k in range(len(cost)):
        net[k] = cost[k] + toll * own[k]
        for bit in range(len(weight)):
            if has(gives[k], bit):
                net[k] -= prices[bit]


@inner_kernel("void(float64[::1], float64[::1], boolean[::1], int64[::1])")
def sort_bits(prices: Floats, weight: Floats, asked: Bools, order: Longs) -> None:
    """Put bits in order: those that must be got, then by price for each unit of weight."""
    for bit in range(len(order)):
        at = bit
        while at > 0:
            other = order[at - 1]
            if asked[other] or (not asked[bit] and prices[other] * weight[bit] <= prices[bit] * weight[other]):
                break
            order[at] = other
            at -= 1
        order[at] = bit


@inner_kernel("float64(float64, int64[::1], float64[::1], boolean[::1], float64[::1], int64[::1], float64[::1])")
def purchase(
    rest: float, given: Longs, weight: Floats, asked: Bools, prices: Floats, order: Longs, bought: Floats
) -> float:
    """
    Return the least price of items that bring a weight and all that must be got: the fractional knapsack; inf where they do not.

    Args:
        rest: Weight to be gained.
        given: Bits that are there already.
        weight: Weight that each bit adds.
        asked: Whether each must be got.
        prices: Price of each.
        order: By `sort_bits`.
        bought: Filled with the share of each that is bought.
    """
    total = 0.0
    for bit in order:
        bought[bit] = 0.0
        if not has(given, bit):
            if asked[bit]:
                bought[bit] = 1.0
            elif rest > 0.0 and weight[bit] > 0.0:
                bought[bit] = min(1.0, rest / weight[bit])
            total += bought[bit] * prices[bit]
            rest -= bought[bit] * weight[bit]
    return total if rest <= ROUNDING else np.inf


@inner_kernel(f"float64(int64, int64, int32[:, ::1], {COMPACT}, boolean[::1], float64[::1])")
def excess(budget: int, n: int, line: Ints, offers: Compact, better: Bools, bought: Floats) -> float:
    """Take from what is bought what the chain sells, so that `bought` becomes the subgradient; return the cents beyond the budget."""
    _, gives, _, _, own, _, _ = offers
    day, paid = 0, 0
    for i in range(n):
        if better[i] and line[FIRST, i] >= day:
            k, day = line[OFFER, i], line[LAST, i]
            paid += own[k]
            for bit in range(len(bought)):
                if has(gives[k], bit):
                    bought[bit] -= 1.0
    return float(paid - budget)


@inner_kernel(f"void({COMPACT}, float64[::1])")
def first_prices(offers: Compact, prices: Floats) -> None:
    """Fill in what an item costs at least where an offer's cost is shared out evenly over all it gives."""
    _, gives, _, cost, _, weight, _ = offers
    prices[:] = np.inf
    for k in range(len(cost)):
        n = 0
        for bit in range(len(weight)):
            n += has(gives[k], bit)
        for bit in range(len(weight)):
            if has(gives[k], bit):
                prices[bit] = min(prices[bit], cost[k] / n)
    for bit in range(len(weight)):
        if np.isinf(prices[bit]):
            prices[bit] = 0.0  # no offer gives it


@inner_kernel(f"void(int64, float64, float64, int64, int32[:, ::1], {COMPACT}, {PRICES})")
def price(budget: int, missing: float, dear: float, n: int, line: Ints, offers: Compact, found: Prices) -> None:
    """
    Find prices at which plans cost much at least, by subgradient ascent.

    Args:
        budget: The most the person can pay, cents.
        missing: Weight to be gained.
        dear: A bound above this is high enough.
        n: Sessions in the line.
        line: By `line_up`.
        offers: The problem.
        found: Filled in.
    """
    prices, order, toll, later = found
    _, gives, _, _, own, weight, asked = offers
    trial, bought, net = np.empty_like(prices), np.empty_like(prices), np.empty(len(own), dtype=np.float64)
    better, nothing = np.empty(line.shape[1], dtype=np.bool_), np.zeros(gives.shape[1], dtype=np.int64)
    first_prices(offers, trial)
    fee, dearest = 0.0, float(max(1, own.max()))
    best, step, stale = -np.inf, 1.0, 0
    for _ in range(ROUNDS):
        net_costs(offers, trial, fee, net)
        chain(n, line, net, later, better)
        sort_bits(trial, weight, asked, order)
        bound = later[0] + purchase(missing, nothing, weight, asked, trial, order, bought) - fee * budget
        stale += 1
        if bound > best:
            best, stale, prices[:], toll[0] = bound, 0, trial, fee
        if best > dear:
            break
        if stale > PATIENCE:
            step, stale = step / 2, 0
        beyond = excess(budget, n, line, offers, better, bought) / dearest
        if beyond < 0.0 and fee == 0.0:
            beyond = 0.0
        length = beyond * beyond
        for bit in range(len(bought)):
            length += bought[bit] * bought[bit]
        if length == 0.0:
            break  # chain and purchase agree: no prices are better
        stride = step * (AHEAD * abs(best) + best - bound + 1.0) / length
        for bit in range(len(bought)):
            trial[bit] = max(0.0, trial[bit] + stride * bought[bit])
        fee = max(0.0, fee + stride * beyond / dearest)
    net_costs(offers, prices, toll[0], net)
    chain(n, line, net, later, better)
    sort_bits(prices, weight, asked, order)
