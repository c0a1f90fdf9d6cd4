# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The exact search for cheapest plans: branch and bound over sets of offers, each set placed in time."""

# ruff: noqa: PLR0917 (compiled functions take their arrays one by one, by position)
# ruff: noqa: C901, PLR0912, PLR0915 (a search without recursion is one loop; what can be named has been taken out of it)
from __future__ import annotations

import numpy as np

from drehkreuz.learning.arrays import (
    B1,
    CATALOGUE,
    DATE,
    DEAR,
    ENTRY,
    F8,
    MUST,
    NEVER,
    U1,
    UNFUNDED,
    Bools,
    Bytes,
    Catalogue,
    Floats,
    Ints,
)
from drehkreuz.learning.bounds._kernels import promising, together, weigh
from drehkreuz.learning.placing._kernels import (
    LAST,
    chain,
    follows,
    line_up,
    look_ahead,
    order,
    place,
    soonest,
    trace,
)
from drehkreuz.learning.reduction._kernels import drop_needless, drop_unready, drop_useless
from drehkreuz.region.kernels import inner_kernel, kernel


@inner_kernel(f"float64(int64, int64, boolean, {CATALOGUE}, {F8}, int32[::1], int32[::1])")
def count(
    offer: int, step: int, heed_needs: bool, catalogue: Catalogue, worth: Floats, given: Ints, wanted: Ints
) -> float:
    """Count an offer in (step 1) or out (step −1); return by how much the weight brought changes."""
    gives, needs = catalogue[:2]
    change = 0.0
    for a in range(gives[0][offer], gives[0][offer + 1]):
        item = gives[1][a]
        before = given[item] > 0
        given[item] += step
        if item < len(worth) and (given[item] > 0) != before:
            change += step * worth[item]
    if heed_needs:
        for a in range(needs[0][offer], needs[0][offer + 1]):
            wanted[needs[1][a]] += step
    return change


@inner_kernel("boolean(int64, int64, int32[::1], int64, int64, int32[::1])")
def goes_before(cost: int, day: int, plan: Ints, best_cost: int, best_day: int, best: Ints) -> bool:
    """Return whether a plan goes before the best one: by cost, end, offers."""
    if cost != best_cost:
        return cost < best_cost
    if day != best_day:
        return day < best_day
    for i in range(len(plan)):
        if plan[i] != best[i]:
            return bool(plan[i] < best[i])
    return False


@inner_kernel(f"int64(int32[::1], int32[::1], {CATALOGUE}, boolean[::1])")
def tightest(wanted: Ints, given: Ints, catalogue: Catalogue, free: Bools) -> int:
    """Return the open item that the fewest free offers give, −1 if no item is open."""
    givers = catalogue[2]
    found, fewest = -1, NEVER
    for item in range(len(wanted)):
        if wanted[item] > 0 and given[item] == 0:
            n = 0
            for a in range(givers[0][item], givers[0][item + 1]):
                n += free[givers[1][a]]
            if n < fewest:
                found, fewest = item, n
    return found


@inner_kernel(f"int64(int64, {CATALOGUE}, boolean[::1], int32[::1])")
def giving(item: int, catalogue: Catalogue, free: Bools, found: Ints) -> int:
    """Fill in the free offers that give an item; return how many there are."""
    givers = catalogue[2]
    n = 0
    for a in range(givers[0][item], givers[0][item + 1]):
        if free[givers[1][a]]:
            found[n] = givers[1][a]
            n += 1
    return n


@inner_kernel(f"int64(int32[::1], {CATALOGUE}, {B1}, int32[::1], boolean[::1], int32[::1])")
def enabling(plan: Ints, catalogue: Catalogue, held: Bools, usable: Ints, free: Bools, found: Ints) -> int:
    """Fill in the free offers that give something a plan's offers need and the person lacks; return how many there are."""
    needs, givers = catalogue[1:3]
    n = 0
    for offer in usable:
        enables = False
        for taken in plan:
            for a in range(needs[0][taken], needs[0][taken + 1]):
                item = needs[1][a]
                for b in range(givers[0][item], givers[0][item + 1]):
                    enables = enables or (free[offer] and not held[item] and givers[1][b] == offer)
        if enables:
            found[n] = offer
            n += 1
    return n


@kernel(
    f"int64(int64, boolean, int64, {CATALOGUE}, int64, {B1}, {F8}, float64, {B1}, {U1}, int64, int32[::1], int32[::1],"
    " boolean[::1])"
)
def cheapest(
    grain: int,
    any_will_do: bool,
    limit: int,
    catalogue: Catalogue,
    ignored: int,
    held: Bools,
    worth: Floats,
    missing: float,
    asked: Bools,
    fails: Bytes,
    budget: int,
    best_offers: Ints,
    best_sessions: Ints,
    proven: Bools,
) -> int:
    """
    Find a cheapest plan for one person; return its cost in cents, DEAR where there is none.

    Depth-first over sets of offers. A node branches over the offers that give its tightest open item; where none is open,
    over those that add weight; where the set is complete but cannot be put in an order that meets its own needs, over those
    that give one of these needs. The i-th branch leaves out the offers of the branches before it, so no set is seen twice.
    A set that cannot be placed in time even without its needs has no larger one that can.

    Among plans of one cost the one that ends first is kept, then the one whose offers come first: a rule, not the order of
    the search. After `limit` sets the search stops with the best so far.

    Args:
        grain: A divisor of all costs, cents.
        any_will_do: Stop at the first plan found.
        limit: Sets of offers looked at, at most.
        catalogue: The profile's problem and the days of all sessions.
        ignored: Conditions that a plan may break.
        held: bool[items], what the person holds.
        worth: float64[must skills], weight that each adds.
        missing: Weight to be gained.
        asked: bool[items], items that must be got.
        fails: uint8[sessions], bits of `TrainingReason`.
        budget: The most the person can pay, cents.
        best_offers: Filled with the steps in order, −1 after the last; as long as a plan may be.
        best_sessions: Filled with the session of each step.
        proven: Filled with whether the search came to its end, one entry.
    """
    _, needs, _, _, own, cost, _, _, _, line_sessions = catalogue
    n_offers, max_steps = len(cost), len(best_offers)
    heed_needs = ignored & ENTRY == 0
    can_pay = DEAR if ignored & UNFUNDED else budget
    fail = fails.copy()
    given = held.astype(np.int32)
    wanted = asked.astype(np.int32)
    is_usable = np.empty(n_offers, dtype=np.bool_)
    ahead = np.empty(len(line_sessions), dtype=np.int32)
    look_ahead(ignored, catalogue, fail, ahead)
    for each in range(n_offers):
        is_usable[each] = soonest(each, 0, ignored, catalogue, ahead) >= 0
    drop_unready(is_usable, ignored, catalogue, held, fail, ahead)
    drop_useless(is_usable, len(worth), catalogue, held, asked)
    if not any_will_do:  # to find the first plan it takes longer than it saves
        drop_needless(is_usable, ignored, catalogue, held, fail)
    usable = np.flatnonzero(is_usable).astype(np.int32)
    prices, reach = np.empty(len(worth), dtype=np.float64), np.empty(len(worth), dtype=np.float64)
    ways_to, spare = np.empty(len(worth), dtype=np.int64), np.empty(len(worth), dtype=np.bool_)

    out = np.zeros(n_offers, dtype=np.bool_)  # chosen or left out
    free = np.zeros(n_offers, dtype=np.bool_)
    gains = np.zeros(n_offers, dtype=np.float64)
    top = np.empty(max_steps, dtype=np.float64)
    marked = np.empty(len(worth), dtype=np.bool_)
    branch = np.empty((max_steps + 1, n_offers), dtype=np.int32)
    n_branches = np.zeros(max_steps + 1, dtype=np.int64)
    at = np.zeros(max_steps + 1, dtype=np.int64)
    chosen = np.empty(max_steps, dtype=np.int32)
    placed, known = np.empty((max_steps + 1, max_steps), dtype=np.int32), np.zeros(1, dtype=np.int64)
    best = np.empty(max_steps, dtype=np.int32)
    before = np.zeros((max_steps, 1 + len(needs[1])), dtype=np.int64)
    table, free_table = np.empty((3, 1 << max_steps), dtype=np.int64), np.empty((3, 1 << max_steps), dtype=np.int64)
    n_line, line = -1, np.empty((3, max(len(line_sessions), len(usable))), dtype=np.int32)
    net, better = np.empty(len(usable), dtype=np.float64), np.empty(line.shape[1], dtype=np.bool_)
    later = np.empty(0, dtype=np.float64)
    best_cost, best_day = DEAR, NEVER
    best_offers[:] = -1
    best_sessions[:] = -1
    spent, paid, depth, arrived, seen = 0, 0, 0, True, 0
    proven[0] = True
    while depth >= 0:
        if arrived:  # at a new set, chosen[:depth]
            arrived = False
            seen += 1
            if seen > limit:
                proven[0] = False
                break
            at[depth] = -1
            n_branches[depth] = 0
            if spent > best_cost:
                continue
            is_dated = depth > 0 and ignored & DATE == 0
            if is_dated and not follows(
                depth, ignored, chosen, catalogue, ahead, fail, before, free_table, placed, known
            ):
                continue
            for offer in usable:
                affordable = spent + cost[offer] <= best_cost and paid + own[offer] <= can_pay
                free[offer] = depth < max_steps and affordable and not out[offer]
            item = tightest(wanted, given, catalogue, free)
            if item < 0 and missing <= 0.0:
                plan = np.sort(chosen[:depth])
                before[:, 0] = 0
                if heed_needs:
                    order(plan, catalogue, held, before)
                day = place(plan, ignored, catalogue, ahead, before, table, 0)
                if day == NEVER:
                    n_branches[depth] = enabling(plan, catalogue, held, usable, free, branch[depth])
                elif goes_before(spent, day, plan, best_cost, best_day, best):
                    best_cost, best_day = spent, day
                    best[:depth] = plan
                    trace(plan, table, best_offers, best_sessions)
                    if any_will_do:
                        break
                continue
            if missing > together(catalogue, worth, usable, free, given, marked):
                continue
            ways = n_offers
            if missing > 0.0:
                weigh(catalogue, worth, usable, free, given, gains)
                if ignored & DATE == 0:
                    if n_line < 0:
                        n_line = line_up(ignored, catalogue, usable, fail, line)
                        later = np.empty(line[LAST, :n_line].max() + 1, dtype=np.float64)
                    for offer in chosen[:depth]:
                        gains[offer] = MUST
                    for k in range(len(usable)):
                        net[k] = -gains[usable[k]]
                    chain(n_line, line, net, later, better)
                    for offer in chosen[:depth]:
                        gains[offer] = 0.0
                    if -later[0] < missing + depth * MUST:
                        continue
                ways = promising(
                    missing,
                    best_cost - spent,
                    grain,
                    catalogue,
                    worth,
                    usable,
                    given,
                    gains,
                    top[depth:],
                    prices,
                    reach,
                    ways_to,
                    spare,
                    branch[depth],
                )
            n_branches[depth] = giving(item, catalogue, free, branch[depth]) if ways > 0 and item >= 0 else ways
            continue
        if at[depth] >= 0:  # take back the branch just searched; it stays out of the sets that follow
            offer = branch[depth, at[depth]]
            missing -= count(offer, -1, heed_needs, catalogue, worth, given, wanted)
            spent -= cost[offer]
            paid -= own[offer]
        at[depth] += 1
        if at[depth] < n_branches[depth]:
            offer = branch[depth, at[depth]]
            missing -= count(offer, 1, heed_needs, catalogue, worth, given, wanted)
            spent += cost[offer]
            paid += own[offer]
            out[offer] = True
            chosen[depth] = offer
            depth += 1
            arrived = True
        else:
            for b in range(n_branches[depth]):
                out[branch[depth, b]] = False
            depth -= 1
    return best_cost
