# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Cheapest covers: branch and bound over sets of kinds of offers that bring what is asked, each placed in time."""

# ruff: noqa: PLR0917 (compiled functions take their arrays one by one, by position)
# ruff: noqa: C901, PLR0912 (a search without recursion is one loop; what can be named has been taken out of it)
from __future__ import annotations

from typing import Final

import numpy as np

from drehkreuz.learning.arrays import CATALOGUE, DATE, DEAR, ENTRY, I4, NEVER, UNFUNDED, Catalogue, Floats, Ints, Longs
from drehkreuz.learning.bitwise._kernels import (
    BITWISE,
    OFFERED,
    PERSON,
    TREE,
    Bitwise,
    Offered,
    Person,
    Tree,
    worth_of,
)
from drehkreuz.learning.placing._kernels import follows, order, place, trace
from drehkreuz.region.kernels import inner_kernel

INSTANT: Final = 1e-6
"""Days that a course of one day takes, so that weight for each day can be told."""

ROUNDING: Final = 1e-3
"""Weight, far below that of a skill, by which a bound that divides and multiplies may be off."""

RANKED: Final = 12
"""Branches that are put in order; those after them are hardly ever taken."""

IMPOSSIBLE: Final = -1  # no cost

NONE, FOUND, UNKNOWN = 0, 1, 2  # proved that there is none; a plan; neither


@inner_kernel("void(int64, int64, int32[::1], float64[::1])")
def rank(n: int, k: int, row: Ints, worth: Floats) -> None:
    """Put a kind into its place among the n ranked, the first `RANKED` of which are in order, the best first."""
    if n >= RANKED and worth[row[RANKED - 1]] >= worth[k]:
        row[n] = k
        return
    at = n
    if n >= RANKED:
        at = RANKED - 1
        row[n] = row[at]
    while at > 0 and worth[row[at - 1]] < worth[k]:
        row[at] = row[at - 1]
        at -= 1
    row[at] = k


@inner_kernel("float64(int64, int64, int32[::1], float64[::1])")
def most(left: int, n: int, row: Ints, gains: Floats) -> float:
    """Return the sum of the largest gains of so many kinds; gains are above zero."""
    total = 0.0
    for _ in range(min(left, n)):
        top = row[0]
        for i in range(n):
            if gains[row[i]] > gains[top]:
                top = row[i]
        total += gains[top]
        gains[top] = -gains[top]
    for i in range(n):
        gains[row[i]] = abs(gains[row[i]])
    return total


@inner_kernel("float64(float64, int64, int64, int32[::1], float64[::1], int64[::1])")
def in_days(rest: float, days: int, n: int, row: Ints, gains: Floats, lengths: Longs) -> float:
    """
    Return the most weight that kinds of so many days together gain, or `rest` where it is reached; gains are above zero.

    The fractional knapsack: kinds by weight for each day, each once, the last in part.
    """
    total, left = 0.0, float(days)
    for _ in range(n):
        if left <= 0.0 or total >= rest:
            break
        top = row[0]
        for i in range(n):
            if gains[row[i]] * lengths[top] > gains[top] * lengths[row[i]]:
                top = row[i]
        total += gains[top] * min(1.0, left / max(float(lengths[top]), INSTANT))
        left -= lengths[top]
        gains[top] = -gains[top]
    for i in range(n):
        gains[row[i]] = abs(gains[row[i]])
    return total


@inner_kernel(f"int64(int64, int64, int64, int64, int64, int64, {BITWISE}, {TREE})")
def branches(
    depth: int, steps: int, best: int, open_bits: int, can_pay: int, days_left: int, pair: Bitwise, tree: Tree
) -> int:
    """
    List the kinds of which one must be in every completion, the best first; return their number.

    Where an item is open, those that give the item that fewest kinds give; else those that add weight. Zero where all
    together, or the best of them for the steps left, do not bring what is missing, or not below the best cost: kinds sorted by
    cost for each unit of weight are a fractional knapsack, and what a kind adds only falls.
    """
    _, _, _, _, pair_gives, _, terms, _, size = pair
    row, state, out = tree[0][depth], tree[3], tree[6]
    gains, worth = tree[5][0], tree[5][1]
    given, spent, paid, rest = state[depth, 0], state[depth, 2], state[depth, 3], tree[4][depth]
    n, gives, quickest = 0, 0, 0.0
    for k in range(size[1]):
        gains[k] = -1.0
        if out[k] or spent + terms[0, k] >= best or paid + terms[1, k] > can_pay or terms[2, k] > days_left:
            continue
        gains[k] = worth_of(pair_gives[k] & ~given, pair)
        gives |= pair_gives[k]
        if gains[k] > 0.0:
            quickest = max(quickest, gains[k] / max(float(terms[2, k]), INSTANT))
            worth[k] = gains[k] / (terms[0, k] + 1)
            rank(n, k, row, worth)
            n += 1
    short_of_time = quickest * max(float(days_left), INSTANT) < rest - ROUNDING
    if open_bits & ~gives or worth_of(gives & ~given, pair) < rest or short_of_time:
        return 0
    if rest > 0.0:
        fill, priced, ranked = rest, float(spent), 0.0
        for i in range(min(n, RANKED)):
            share = min(1.0, fill / gains[row[i]])
            priced += share * terms[0, row[i]]
            fill -= share * gains[row[i]]
            ranked += gains[row[i]] if i < steps - depth else 0.0
        if fill > 0.0:
            priced += max(0.0, fill / worth[row[min(n, RANKED) - 1]] - steps)
        if priced >= best or (ranked < rest and most(steps - depth, n, row, gains) < rest):
            return 0
        if days_left < NEVER and in_days(rest, days_left, n, row, gains, terms[2]) < rest - ROUNDING:
            return 0
    if open_bits:
        tightest, fewest = 0, NEVER
        for bit in range(size[0]):
            if open_bits >> bit & 1:
                ways = 0
                for k in range(size[1]):
                    ways += gains[k] >= 0.0 and pair_gives[k] >> bit & 1
                if ways < fewest:
                    tightest, fewest = bit, ways
        n = 0
        for k in range(size[1]):
            if gains[k] >= 0.0 and pair_gives[k] >> tightest & 1:
                worth[k] = (1.0 + gains[k]) / (terms[0, k] + 1)
                rank(n, k, row, worth)
                n += 1
    return n


@inner_kernel(
    f"int64(int64, int32[::1], int64, {CATALOGUE}, {CATALOGUE}, {I4}, {PERSON}, {OFFERED}, {TREE}, int32[::1], int32[::1])"
)
def settle(
    ignored: int,
    chosen: Ints,
    best: int,
    catalogue: Catalogue,
    kinds: Catalogue,
    offer_of: Ints,
    person: Person,
    offered: Offered,
    tree: Tree,
    offers: Ints,
    sessions: Ints,
) -> int:
    """
    Place kinds in time, by their cheapest offers, else by those least to pay for, else by any; return the cost.

    DEAR where it is not below the best or cannot be paid, IMPOSSIBLE where none of their offers come in an order that meets their needs.

    `offers` and `sessions` are filled only with what is cheaper.
    """
    own, cost = catalogue[4:6]
    before, table = tree[7], tree[8][1]
    plan = np.empty_like(chosen)
    placed = False
    for trial in range(2 if ignored & DATE else 3):
        any_offer = trial == 2
        for i in range(len(chosen)):
            kind = chosen[i]
            plan[i] = kind if any_offer else offered[1][kind] if trial else offered[0][kind]
        plan.sort()
        before[:, 0] = 0
        if ignored & ENTRY == 0:
            order(plan, kinds if any_offer else catalogue, person[0], before)
        ahead = offered[7] if any_offer else offered[6]
        if place(plan, ignored, kinds if any_offer else catalogue, ahead, before, table, 0) == NEVER:
            continue
        placed = True
        spent, paid, done = 0, 0, (1 << len(plan)) - 1
        while done:
            offer = offer_of[table[2, done]]
            spent += cost[offer]
            paid += own[offer]
            done ^= 1 << table[1, done]
        if spent < best and (ignored & UNFUNDED or paid <= person[3]):
            trace(plan, table, offers, sessions)
            for i in range(len(plan)):
                offers[i] = offer_of[sessions[i]]
            return spent
    return DEAR if placed else IMPOSSIBLE


@inner_kernel(f"int64(float64, int32[::1], int32[::1], {BITWISE}, {TREE})")
def trim(rest: float, chosen: Ints, kept: Ints, pair: Bitwise, tree: Tree) -> int:
    """Fill in a complete set without what it does not need, the dearest first; return how many kinds are left."""
    cost, n, fallen = pair[6][0], len(chosen), True
    for i in range(n):
        kept[i] = chosen[i]
    while fallen:
        fallen, worst = False, -1
        for i in range(n):
            given, wanted = tree[3][0, 0], tree[3][0, 1]
            for j in range(n):
                if j != i:
                    given |= pair[4][pair[7][kept[j]]]
                    wanted |= pair[5][pair[7][kept[j]]]
            spare = wanted & ~given == 0 and worth_of(given & ~tree[3][0, 0], pair) >= rest
            if spare and (worst < 0 or cost[pair[7][kept[i]]] > cost[pair[7][kept[worst]]]):
                fallen, worst = True, i
        if fallen:
            n -= 1
            kept[worst] = kept[n]
    return n


@inner_kernel(
    f"int64(int64, float64, int32[::1], int32[::1], int64, {CATALOGUE}, {CATALOGUE}, {I4}, {PERSON}, {BITWISE}, {OFFERED}, {TREE},"
    " int32[::1], int32[::1])"
)
def settle_trimmed(
    ignored: int,
    rest: float,
    chosen: Ints,
    kept: Ints,
    best: int,
    catalogue: Catalogue,
    kinds: Catalogue,
    offer_of: Ints,
    person: Person,
    pair: Bitwise,
    offered: Offered,
    tree: Tree,
    offers: Ints,
    sessions: Ints,
) -> int:
    """Settle a complete set without what it does not need, the whole one where what is needless puts the rest in order."""
    n = trim(rest, chosen, kept, pair, tree)
    while True:
        spent = settle(ignored, kept[:n], best, catalogue, kinds, offer_of, person, offered, tree, offers, sessions)
        if spent != IMPOSSIBLE or n == len(chosen):
            return spent
        n = len(chosen)
        for i in range(n):
            kept[i] = chosen[i]


@inner_kernel(f"int64(int64, {BITWISE}, {TREE})")
def preparing(depth: int, pair: Bitwise, tree: Tree) -> int:
    """
    List the kinds of which one must be in every completion of a set that brings all but cannot be ordered; return their number.

    Whatever else is added, the order stays as impossible as it is until something gives what the set needs.
    """
    row, out = tree[0][depth], tree[6]
    needed = tree[3][depth, 1]
    n = 0
    for k in range(pair[8][1]):
        if not out[k] and pair[4][k] & needed:
            row[n] = k
            n += 1
    return n


@inner_kernel(
    f"int64(int64, float64, int64, boolean, {CATALOGUE}, {CATALOGUE}, {I4}, {PERSON}, {BITWISE}, {OFFERED}, {TREE},"
    " int32[::1], int32[::1])"
)
def cover(
    ignored: int,
    rest: float,
    limit: int,
    any_will_do: bool,
    catalogue: Catalogue,
    kinds: Catalogue,
    offer_of: Ints,
    person: Person,
    pair: Bitwise,
    offered: Offered,
    tree: Tree,
    offers: Ints,
    sessions: Ints,
) -> int:
    """
    Look for a cheap plan: depth-first over sets of kinds, each taken at its cheapest offer's cost.

    Every plan is a set of kinds, none twice, that costs at least as much. So a search that came to its end without a
    complete set proves that there is no plan. A complete set that cannot be put in an order that meets its needs, or cannot be
    paid, proves nothing: it leaves the answer open where no other is found.

    Args:
        ignored: Conditions that may be broken.
        rest: Weight to be gained.
        limit: Sets looked at, at most.
        any_will_do: Stop at the first plan.
        catalogue: Offers.
        kinds: The same by kinds.
        offer_of: Offer of each session.
        person: What the person holds, lacks and can pay.
        pair: The pair in bits.
        offered: What is offered under the conditions.
        tree: Scratch; `tell` has been called.
        offers: Filled with the steps of the plan, −1 after the last, where one is found.
        sessions: Filled with their sessions.

    Returns:
        NONE, FOUND or UNKNOWN.
    """
    ranked, n_branches, at, state, missing, _, out, before, tables, placed, known = tree
    steps, can_pay = len(offers), DEAR if ignored & UNFUNDED else person[3]
    chosen, kept = np.empty(steps, dtype=np.int32), np.empty(steps, dtype=np.int32)
    missing[0], known[0] = rest, 0
    best, seen, unplaced, depth, arrived = DEAR, 0, False, 0, True
    while depth >= 0:
        if arrived:
            arrived = False
            seen += 1
            if seen > limit:
                unplaced = True
                break
            n_branches[depth], at[depth] = 0, -1
            if (
                depth > 0
                and ignored & DATE == 0
                and not follows(depth, ignored, chosen, kinds, offered[7], offered[2], before, tables[0], placed, known)
            ):
                unplaced = unplaced or pair[8][4] > 0  # one left out might have fitted
                continue
            open_bits = state[depth, 1] & ~state[depth, 0]
            if missing[depth] <= 0.0 and open_bits == 0:
                spent = settle_trimmed(
                    ignored,
                    rest,
                    chosen[:depth],
                    kept,
                    best,
                    catalogue,
                    kinds,
                    offer_of,
                    person,
                    pair,
                    offered,
                    tree,
                    offers,
                    sessions,
                )
                if spent == DEAR:
                    unplaced = True
                elif spent != IMPOSSIBLE:
                    best = spent
                    if any_will_do:
                        break
                elif depth < steps:
                    n_branches[depth] = preparing(depth, pair, tree)
            elif depth < steps:
                days_left = NEVER if ignored & DATE else offered[4][0] - state[depth, 4]
                n_branches[depth] = branches(depth, steps, best, open_bits, can_pay, days_left, pair, tree)
            continue
        at[depth] += 1
        if at[depth] < n_branches[depth]:
            k = ranked[depth, at[depth]]
            fresh = pair[4][k] & ~state[depth, 0]
            out[k] = True
            chosen[depth] = pair[3][k]
            missing[depth + 1] = missing[depth] - worth_of(fresh, pair)
            state[depth + 1, 0] = state[depth, 0] | fresh
            state[depth + 1, 1] = state[depth, 1] | pair[5][k]
            for term in range(3):
                state[depth + 1, 2 + term] = state[depth, 2 + term] + pair[6][term, k]
            depth += 1
            arrived = True
        else:
            for b in range(n_branches[depth]):
                out[ranked[depth, b]] = False
            depth -= 1
    if best < DEAR:
        return FOUND
    return UNKNOWN if unplaced else NONE
