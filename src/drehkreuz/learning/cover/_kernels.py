# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Cheapest covers: branch and bound over sets of kinds of offers that bring what is asked, each placed in time."""

# ruff: noqa: PLR0917 (compiled functions take their arrays one by one, by position)
# ruff: noqa: C901, PLR0912, PLR0915 (a search without recursion is one loop; what can be named has been taken out of it)
from __future__ import annotations

from typing import Final

import numpy as np

from drehkreuz.learning.arrays import CATALOGUE, DATE, DEAR, ENTRY, I4, NEVER, UNFUNDED, Catalogue, Ints
from drehkreuz.learning.bitwise._kernels import (
    BITWISE,
    OFFERED,
    PERSON,
    TREE,
    Bitwise,
    Offered,
    Person,
    Tree,
    gain,
)
from drehkreuz.learning.placing._kernels import order, place, trace
from drehkreuz.region.kernels import kernel

INSTANT: Final = 1e-6
"""Days that a course of one day takes, so that weight for each day can be told."""

ROUNDING: Final = 1e-3
"""Weight, far below that of a skill, by which a bound that divides and multiplies may be off."""

NONE, FOUND, UNKNOWN = 0, 1, 2  # proved that there is none; a plan; neither


@kernel(f"int64(int64, int64, int64, int64, int64, {CATALOGUE}, {PERSON}, {BITWISE}, {OFFERED}, {TREE})")
def branches(
    depth: int,
    steps: int,
    ignored: int,
    best: int,
    open_bits: int,
    catalogue: Catalogue,
    person: Person,
    pair: Bitwise,
    offered: Offered,
    tree: Tree,
) -> int:
    """
    List the kinds of which one must be in every completion, the dearest for what it brings last; return their number.

    Where an item is open, those that give the item that fewest kinds give; else those that add weight. Zero where all
    together, or the best of them for the steps left, do not bring what is missing, or not below the best cost: kinds sorted by
    cost for each unit of weight are a fractional knapsack, and what a kind adds only falls.
    """
    ranked, _, _, state, missing, gains, out = tree[:7]
    given, lit, spent, paid = state[depth, 0], state[depth, 1], state[depth, 3], state[depth, 4]
    own, cost = catalogue[7:9]
    can_pay = DEAR if ignored & UNFUNDED else person[3]
    days_left = NEVER if ignored & DATE else offered[4][0] - state[depth, 5]
    n_kinds = pair[9][1]
    rest = missing[depth]
    n, gives, lights = 0, 0, 0
    row = ranked[depth]
    for k in range(n_kinds):
        if not out[k]:
            gives |= pair[5][k]
            lights |= pair[6][k]
    if open_bits & ~gives or gain(gives, lights, given, lit, pair) < rest:
        return 0
    gives, lights, quickest = 0, 0, 0.0
    for k in range(n_kinds):
        gains[k] = -1.0
        offer = offered[0][pair[4][k]]
        days = offered[3][pair[4][k]]
        if out[k] or spent + cost[offer] >= best or paid + own[offered[1][pair[4][k]]] > can_pay or days > days_left:
            continue
        gains[k] = gain(pair[5][k], pair[6][k], given, lit, pair)
        gives |= pair[5][k]
        lights |= pair[6][k]
        quickest = max(quickest, gains[k] / max(float(days), INSTANT))
        if gains[k] > 0.0:
            at = n
            while at > 0 and gains[row[at - 1]] * (cost[offer] + 1) < gains[k] * (
                cost[offered[0][pair[4][row[at - 1]]]] + 1
            ):
                row[at] = row[at - 1]
                at -= 1
            row[at] = k
            n += 1
    short_of_time = quickest * max(float(days_left), INSTANT) < rest - ROUNDING
    if open_bits & ~gives or gain(gives, lights, given, lit, pair) < rest or short_of_time:
        return 0
    fill, priced = rest, float(spent)
    if rest > 0.0:
        for i in range(n):
            share = min(1.0, fill / gains[row[i]])
            priced += share * cost[offered[0][pair[4][row[i]]]]
            fill -= share * gains[row[i]]
            if fill <= 0.0:
                break
        if priced >= best:
            return 0
        most, left = 0.0, steps - depth  # the largest gains for the steps left
        if left < n:
            for _ in range(left):
                top = -1
                for i in range(n):
                    if gains[row[i]] > 0.0 and (top < 0 or gains[row[i]] > gains[row[top]]):
                        top = i
                most += gains[row[top]]
                gains[row[top]] = -gains[row[top]]
            for i in range(n):
                gains[row[i]] = abs(gains[row[i]])
            if most < rest:
                return 0
    if open_bits:
        tightest, fewest = 0, NEVER
        for bit in range(pair[9][0]):
            if open_bits >> bit & 1:
                ways = 0
                for k in range(n_kinds):
                    ways += gains[k] >= 0.0 and pair[5][k] >> bit & 1
                if ways < fewest:
                    tightest, fewest = bit, ways
        n = 0
        for k in range(n_kinds):
            if gains[k] >= 0.0 and pair[5][k] >> tightest & 1:
                price = cost[offered[0][pair[4][k]]] / (1.0 + gains[k])
                at = n
                while at > 0 and cost[offered[0][pair[4][row[at - 1]]]] / (1.0 + gains[row[at - 1]]) > price:
                    row[at] = row[at - 1]
                    at -= 1
                row[at] = k
                n += 1
    return n


@kernel(
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

    DEAR where it cannot be or is not below the best.

    `offers` and `sessions` are filled only with what is cheaper.
    """
    own, cost = catalogue[7:9]
    before, table = tree[7:]
    plan = np.empty_like(chosen)
    for trial in range(2 if ignored & DATE else 3):
        any_offer = trial == 2
        for i in range(len(chosen)):
            kind = chosen[i]
            plan[i] = kind if any_offer else offered[1][kind] if trial else offered[0][kind]
        plan.sort()
        before[:, 0] = 0
        if ignored & ENTRY == 0:
            order(plan, kinds if any_offer else catalogue, person[0], before)
        if place(plan, ignored, kinds if any_offer else catalogue, offered[2], before, table) == NEVER:
            continue
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
    return DEAR


@kernel(
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
    ranked, n_branches, at, state, missing, _, out, before, table = tree
    steps = len(offers)
    chosen = np.empty(steps, dtype=np.int32)
    missing[0] = rest
    best, seen, unplaced, depth, arrived = DEAR, 0, False, 0, True
    while depth >= 0:
        if arrived:
            arrived = False
            seen += 1
            if seen > limit:
                unplaced = True
                break
            n_branches[depth], at[depth] = 0, -1
            if depth > 1 and ignored & DATE == 0 and not any_will_do:
                before[:, 0] = (
                    0  # whatever comes before what: a set that cannot be placed so has no larger one that can
                )
                if place(chosen[:depth], ignored, kinds, offered[2], before, table) == NEVER:
                    unplaced = unplaced or pair[9][3] > 0  # one left out might have fitted
                    continue
            open_bits = state[depth, 2] & ~state[depth, 0]
            if missing[depth] <= 0.0 and open_bits == 0:
                spent = settle(
                    ignored, chosen[:depth], best, catalogue, kinds, offer_of, person, offered, tree, offers, sessions
                )
                if spent < best:
                    best = spent
                    if any_will_do:
                        break
                else:
                    unplaced = True
            elif depth < steps:
                n_branches[depth] = branches(
                    depth, steps, ignored, best, open_bits, catalogue, person, pair, offered, tree
                )
            continue
        at[depth] += 1
        if at[depth] < n_branches[depth]:
            k = ranked[depth, at[depth]]
            given, lit = state[depth, 0], state[depth, 1]
            kind = pair[4][k]
            out[k] = True
            chosen[depth] = kind
            missing[depth + 1] = missing[depth] - gain(pair[5][k], pair[6][k], given, lit, pair)
            state[depth + 1, 0] = given | pair[5][k]
            state[depth + 1, 1] = lit | pair[6][k]
            state[depth + 1, 2] = state[depth, 2] | pair[7][k]
            state[depth + 1, 3] = state[depth, 3] + catalogue[8][offered[0][kind]]
            state[depth + 1, 5] = state[depth, 5] + offered[3][kind]
            state[depth + 1, 4] = state[depth, 4] + catalogue[7][offered[1][kind]]
            depth += 1
            arrived = True
        else:
            for b in range(n_branches[depth]):
                out[ranked[depth, b]] = False
            depth -= 1
    if best < DEAR:
        return FOUND
    return UNKNOWN if unplaced else NONE
