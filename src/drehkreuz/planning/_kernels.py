# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
# ruff: noqa: C901, D417, PLR0912, PLR0917  # compiled: flat arrays by position, described once at the top, and no calls where loops are hot
"""
The compiled inside of the search for places: what each site would add or take away, kept up to date move by move.

All functions share the same arrays. The ground: rows by site (`starts`, `demand`, `shares`), the same by demand (`first`, `site`,
`portions`), `weight` of demand, rows of sites that stand too near (`near_starts`, `too_near`). Where `shares` is empty, each
entry serves its demand whole. The state: what the `best` and the `second` open site are worth to each demand, the `owner` (the
best), which sites are `open`, the `gain` of opening and the `loss` of closing each site, how many open sites have it `blocked`.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from drehkreuz.region.kernels import inner_kernel, kernel

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Doubles = NDArray[np.float64]
Bools = NDArray[np.bool_]
Int = int | np.integer[Any]


@kernel("void(int32[::1], int64[::1], int32[::1], float64[::1], float64[::1], float64[::1], float64[::1])")
def surplus(
    sites: Ints, starts: Longs, demand: Ints, shares: Doubles, weight: Doubles, price: Doubles, total: Doubles
) -> None:
    """Write, beside each of some sites, the sum of what its entries are worth above the price of their demand."""
    plain = len(shares) == 0
    excess = np.maximum(weight - price, 0.0)
    for k in range(len(sites)):
        begin, end = starts[sites[k]], starts[sites[k] + 1]
        if plain:
            a, b, c, d = 0.0, 0.0, 0.0, 0.0  # four sums at a time: one alone waits for each addition
            fours = begin + (end - begin) // 4 * 4
            for e in range(begin, fours, 4):
                a += excess[demand[e]]
                b += excess[demand[e + 1]]
                c += excess[demand[e + 2]]
                d += excess[demand[e + 3]]
            for e in range(fours, end):
                a += excess[demand[e]]
            total[k] = (a + b) + (c + d)
        else:
            above = 0.0
            for e in range(begin, end):
                above += max(0.0, weight[demand[e]] * shares[e] - price[demand[e]])
            total[k] = above


@inner_kernel(
    "void(int64, float64, float64, int64[::1], int32[::1], float64[::1], float64[::1], float64[::1])",
)
def shift(
    d: Int, old: float, new: float, first: Longs, site: Ints, portions: Doubles, weight: Doubles, gain: Doubles
) -> None:
    """Tell all sites that serve a demand that the best open one is worth something else now."""
    plain = len(portions) == 0
    for c in range(first[d], first[d + 1]):
        worth = weight[d] if plain else weight[d] * portions[c]
        gain[site[c]] += max(0.0, worth - new) - max(0.0, worth - old)


@kernel(
    "void(int64, int64[::1], int32[::1], float64[::1], int64[::1], int32[::1], float64[::1], float64[::1],"
    " int64[::1], int32[::1],"
    " float64[::1], float64[::1], int32[::1], boolean[::1], float64[::1], float64[::1], int32[::1])"
)
def open_site(
    i: Int,
    starts: Longs,
    demand: Ints,
    shares: Doubles,
    first: Longs,
    site: Ints,
    portions: Doubles,
    weight: Doubles,
    near_starts: Longs,
    too_near: Ints,
    best: Doubles,
    second: Doubles,
    owner: Ints,
    opened: Bools,
    gain: Doubles,
    loss: Doubles,
    blocked: Ints,
) -> None:
    """Open a site."""
    plain = len(shares) == 0
    for e in range(starts[i], starts[i + 1]):
        d = demand[e]
        worth = weight[d] if plain else weight[d] * shares[e]
        if worth > best[d]:
            shift(d, best[d], worth, first, site, portions, weight, gain)
            if owner[d] >= 0:
                loss[owner[d]] -= best[d] - second[d]
            second[d] = best[d]
            best[d] = worth
            owner[d] = i
            loss[i] += worth - second[d]
        elif worth > second[d]:
            loss[owner[d]] -= worth - second[d]
            second[d] = worth
    opened[i] = True
    for e in range(near_starts[i], near_starts[i + 1]):
        blocked[too_near[e]] += 1


@kernel(
    "void(int64, int64[::1], int32[::1], float64[::1], int64[::1], int32[::1], float64[::1], float64[::1],"
    " int64[::1], int32[::1],"
    " float64[::1], float64[::1], int32[::1], boolean[::1], float64[::1], float64[::1], int32[::1])"
)
def close_site(
    i: Int,
    starts: Longs,
    demand: Ints,
    shares: Doubles,
    first: Longs,
    site: Ints,
    portions: Doubles,
    weight: Doubles,
    near_starts: Longs,
    too_near: Ints,
    best: Doubles,
    second: Doubles,
    owner: Ints,
    opened: Bools,
    gain: Doubles,
    loss: Doubles,
    blocked: Ints,
) -> None:
    """Close a site; what it served goes to the next best that is open."""
    plain = len(shares) == 0
    opened[i] = False
    for e in range(starts[i], starts[i + 1]):
        d = demand[e]
        worth = weight[d] if plain else weight[d] * shares[e]
        if worth < second[d]:
            continue
        top, who, then = 0.0, -1, 0.0
        for c in range(first[d], first[d + 1]):
            k = site[c]
            if opened[k]:
                other = weight[d] if plain else weight[d] * portions[c]
                if other > top:
                    top, who, then = other, k, top
                elif other > then:
                    then = other
                if plain and then > 0.0:
                    break
        if owner[d] >= 0 and owner[d] != i:
            loss[owner[d]] -= best[d] - second[d]
        if who >= 0:
            loss[who] += top - then
        if top != best[d]:
            shift(d, best[d], top, first, site, portions, weight, gain)
        best[d], second[d], owner[d] = top, then, who
    loss[i] = 0.0
    for e in range(near_starts[i], near_starts[i + 1]):
        blocked[too_near[e]] -= 1


@kernel(
    "int64(int32[::1], float64[::1], float64, float64, int64,"
    " int64[::1], int32[::1], float64[::1], int64[::1], int32[::1], float64[::1], float64[::1],"
    " int64[::1], int32[::1],"
    " float64[::1], float64[::1], int32[::1], boolean[::1], float64[::1], float64[::1], int32[::1])"
)
def improve(
    order: Ints,
    cost: Doubles,
    budget: float,
    least: float,
    limit: Int,
    starts: Longs,
    demand: Ints,
    shares: Doubles,
    first: Longs,
    site: Ints,
    portions: Doubles,
    weight: Doubles,
    near_starts: Longs,
    too_near: Ints,
    best: Doubles,
    second: Doubles,
    owner: Ints,
    opened: Bools,
    gain: Doubles,
    loss: Doubles,
    blocked: Ints,
) -> int:
    """
    Add sites and swap them one for one, the first better move found each time, until a whole round finds none.

    Args:
        order: int32[n], the sites tried, in this order.
        cost: float64[s].
        budget: What all open sites may cost.
        least: A move must add more than this.
        limit: Stop after so many entries looked at.

    Returns:
        Entries looked at.

    Source:
        Resende, Werneck: A fast swap-based local search procedure for location problems. Annals of Operations Research 150 (2007).
    """
    plain = len(shares) == 0
    n = len(order)
    kept = np.zeros(len(cost))  # what of an open site's loss the newcomer would keep
    members = np.empty(len(cost), dtype=np.int32)
    count = 0
    spent = 0.0
    for k in range(len(cost)):
        if opened[k]:
            members[count] = k
            count += 1
            spent += cost[k]
    looked, quiet, at = 0, 0, 0
    while quiet < n and looked < limit:
        i = order[at]
        at = (at + 1) % n
        quiet += 1
        if opened[i] or gain[i] <= least or blocked[i] > 1:
            continue
        if blocked[i] == 0 and spent + cost[i] <= budget:
            spent += cost[i]
            members[count] = i
            count += 1
            open_site(
                i, starts, demand, shares, first, site, portions, weight, near_starts, too_near,
                best, second, owner, opened, gain, loss, blocked,
            )  # fmt: skip
            quiet = 0
            continue
        only = -1
        if blocked[i] == 1:
            for e in range(near_starts[i], near_starts[i + 1]):
                if opened[too_near[e]]:
                    only = too_near[e]
        for e in range(starts[i], starts[i + 1]):
            d = demand[e]
            worth = weight[d] if plain else weight[d] * shares[e]
            if owner[d] >= 0 and worth > second[d]:
                kept[owner[d]] += min(worth, best[d]) - second[d]
        looked += starts[i + 1] - starts[i] + count
        most, out = least, -1
        for a in range(count):
            j = members[a]
            more = gain[i] - loss[j] + kept[j]
            kept[j] = 0.0
            if more > most and (only < 0 or j == only) and spent + cost[i] - cost[j] <= budget:
                most, out = more, a
        if out >= 0:
            j = members[out]
            close_site(
                j, starts, demand, shares, first, site, portions, weight, near_starts, too_near,
                best, second, owner, opened, gain, loss, blocked,
            )  # fmt: skip
            open_site(
                i, starts, demand, shares, first, site, portions, weight, near_starts, too_near,
                best, second, owner, opened, gain, loss, blocked,
            )  # fmt: skip
            spent += cost[i] - cost[j]
            members[out] = i
            quiet = 0
    return looked
