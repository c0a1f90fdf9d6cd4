# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""
The compiled search for cheapest plans: branch and bound over sets of offers, each set placed in time.

Words used here, all arrays over the items or offers of one `Problem`: `given` counts what gives an item (the person, the
offers chosen), `lit` what lights a must skill (siblings held, offers chosen), `wanted` what asks for an item (the profile,
the offers chosen). An item wanted and not given is open. `ignored` holds the bits of `TrainingReason` a plan may break.
Rows of integers (`Csr`) come as a pair (indptr, indices).
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from drehkreuz.region.kernels import kernel

Rows: TypeAlias = tuple[NDArray[np.int64], NDArray[np.int32]]

# Arrays that are only read: memory-mapped and shipped ones may not be written to.
ROWS = "Tuple((Array(int64, 1, 'C', readonly=True), Array(int32, 1, 'C', readonly=True)))"
I8 = "Array(int64, 1, 'C', readonly=True)"
I4 = "Array(int32, 1, 'C', readonly=True)"
F8 = "Array(float64, 1, 'C', readonly=True)"
U1 = "Array(uint8, 1, 'C', readonly=True)"
B1 = "Array(boolean, 1, 'C', readonly=True)"
U1X2 = "Array(uint8, 2, 'C', readonly=True)"
B1X2 = "Array(boolean, 2, 'C', readonly=True)"

NEVER = 2**30  # no day
DEAR = 2**60  # no price
DATE, ENTRY, UNFUNDED = 8, 32, 64  # the bits of `TrainingReason` that the search itself heeds


@kernel(f"float64(int64, int64, {ROWS}, {ROWS}, {F8}, {F8}, int32[::1], int32[::1])")
def count(
    offer: int,
    step: int,
    full: Rows,
    half: Rows,
    weight: NDArray[np.float64],
    part: NDArray[np.float64],
    given: NDArray[np.int32],
    lit: NDArray[np.int32],
) -> float:
    """Count an offer in (step 1) or out (step −1); return by how much the weight brought changes."""
    change = 0.0
    for a in range(full[0][offer], full[0][offer + 1]):
        item = full[1][a]
        before = given[item] > 0
        given[item] += step
        if item < len(weight) and (given[item] > 0) != before:
            change += step * (weight[item] - (part[item] if lit[item] > 0 else 0.0))
    for a in range(half[0][offer], half[0][offer + 1]):
        item = half[1][a]
        before = lit[item] > 0
        lit[item] += step
        if given[item] == 0 and (lit[item] > 0) != before:
            change += step * part[item]
    return change


@kernel(f"float64(int64, {ROWS}, {ROWS}, {F8}, {F8}, int32[::1], int32[::1])")
def gain(
    offer: int,
    full: Rows,
    half: Rows,
    weight: NDArray[np.float64],
    part: NDArray[np.float64],
    given: NDArray[np.int32],
    lit: NDArray[np.int32],
) -> float:
    """Return by how much the weight brought would grow with an offer."""
    change = 0.0
    for a in range(full[0][offer], full[0][offer + 1]):
        item = full[1][a]
        if item < len(weight) and given[item] == 0:
            change += weight[item] - (part[item] if lit[item] > 0 else 0.0)
    for a in range(half[0][offer], half[0][offer + 1]):
        item = half[1][a]
        if given[item] == 0 and lit[item] == 0:
            change += part[item]
    return change


@kernel(f"int64(int64, int64, int64, {ROWS}, {I4}, {I4}, {U1})")
def soonest(
    offer: int,
    since: int,
    ignored: int,
    sessions: Rows,
    start: NDArray[np.int32],
    end: NDArray[np.int32],
    fail: NDArray[np.uint8],
) -> int:
    """Return the session of an offer that begins on or after a day and ends first, −1 if none fits; without dates, any."""
    best = -1
    for a in range(sessions[0][offer], sessions[0][offer + 1]):
        s = sessions[1][a]
        if fail[s] & ~ignored:
            continue
        if ignored & DATE:
            return s
        if start[s] >= since and (best < 0 or end[s] < end[best]):
            best = s
    return best


@kernel(f"void(int32[::1], {ROWS}, {ROWS}, {B1}, int64[:, ::1])")
def order(
    chosen: NDArray[np.int32], full: Rows, needs: Rows, held: NDArray[np.bool_], before: NDArray[np.int64]
) -> None:
    """
    Find what must come before what.

    `before[c, 0]` becomes the number of needs of offer c that the person lacks, `before[c, 1 …]` for each of them the bit set
    of the offers chosen that give it.
    """
    n = len(chosen)
    for c in range(n):
        before[c, 0] = 0
        for a in range(needs[0][chosen[c]], needs[0][chosen[c] + 1]):
            if not held[needs[1][a]]:
                givers = 0
                for d in range(n):
                    for b in range(full[0][chosen[d]], full[0][chosen[d] + 1]):
                        if full[1][b] == needs[1][a]:
                            givers |= 1 << d
                before[c, 0] += 1
                before[c, before[c, 0]] = givers


@kernel(f"int64(int32[::1], int64, int64[:, ::1], {ROWS}, {I4}, {I4}, {U1}, int64[::1], int64[::1], int64[::1])")
def place(
    chosen: NDArray[np.int32],
    ignored: int,
    before: NDArray[np.int64],
    sessions: Rows,
    start: NDArray[np.int32],
    end: NDArray[np.int32],
    fail: NDArray[np.uint8],
    finish: NDArray[np.int64],
    last: NDArray[np.int64],
    via: NDArray[np.int64],
) -> int:
    """
    Place a set of offers in time, one after the other; return the day on which the last one ends, NEVER if it cannot be.

    Dynamic programming over subsets: `finish[done]` is the earliest day on which all offers of the bit set `done` can be
    over, `last` the one taken last, `via` its session. Ending earlier never hurts, so the earliest end is enough.
    """
    n = len(chosen)
    everything = (1 << n) - 1
    finish[: everything + 1] = NEVER
    finish[0] = 0
    for done in range(everything):
        if finish[done] == NEVER:
            continue
        for c in range(n):
            ready = done >> c & 1 == 0
            for q in range(1, before[c, 0] + 1):
                ready = ready and before[c, q] & done != 0
            if not ready:
                continue
            s = soonest(chosen[c], finish[done], ignored, sessions, start, end, fail)
            if s < 0:
                continue
            then = done | 1 << c
            day = 0 if ignored & DATE else end[s]
            if day < finish[then]:
                finish[then] = day
                last[then] = c
                via[then] = s
    return finish[everything]


@kernel(f"int64(float64, int64, int64, int64, {I8}, float64[::1], int32[::1], float64[::1])")
def promising(
    missing: float,
    steps: int,
    affordable: int,
    grain: int,
    cost: NDArray[np.int64],
    gains: NDArray[np.float64],
    ranked: NDArray[np.int32],
    scratch: NDArray[np.float64],
) -> int:
    """
    Rank offers by cost for each unit of weight, and return how many of the first can begin a way to the missing weight.

    Zero means that no set of them is good enough. What an offer adds only falls as others are chosen (the weight brought is a
    submodular function of the set), so today's gains bound every completion: `steps` of the largest must reach the missing
    weight, and the fractional knapsack over all of them is a lower bound of the cost, which is a multiple of `grain`.

    Args:
        missing: Weight to be gained.
        steps: Offers that may still be added.
        affordable: No completion that costs more is wanted, cents.
        grain: Greatest common divisor of all costs, cents.
        cost: Cost of each offer, cents.
        gains: What each offer adds today; zero or less: not to be had.
        ranked: Filled with the offers, best first.
        scratch: As long as `gains`.
    """
    n = 0
    for offer in range(len(gains)):
        if gains[offer] > 0.0:
            at = n
            while at > 0 and cost[ranked[at - 1]] * gains[offer] > cost[offer] * gains[ranked[at - 1]]:
                ranked[at] = ranked[at - 1]
                at -= 1
            ranked[at] = offer
            n += 1
    for i in range(n):
        scratch[i] = gains[ranked[i]]
    most = np.sort(scratch[:n])
    if most[max(0, n - steps) :].sum() < missing:
        return 0
    least = 0.0
    rest = missing
    for i in range(n):
        share = min(1.0, rest / scratch[i])
        least += share * cost[ranked[i]]
        rest -= share * scratch[i]
        if share < 1.0:
            break
    if np.ceil(least / grain - 1e-9) * grain > affordable:
        return 0
    tail = 0.0
    for i in range(n - 1, -1, -1):
        tail += scratch[i]
        if tail >= missing:
            return i + 1
    return 0


@kernel(f"int64(int32[::1], int32[::1], {ROWS}, boolean[::1])")
def tightest(wanted: NDArray[np.int32], given: NDArray[np.int32], givers: Rows, free: NDArray[np.bool_]) -> int:
    """Return the open item that the fewest free offers give, −1 if no item is open."""
    found, fewest = -1, 2**30
    for item in range(len(wanted)):
        if wanted[item] > 0 and given[item] == 0:
            n = 0
            for a in range(givers[0][item], givers[0][item + 1]):
                n += free[givers[1][a]]
            if n < fewest:
                found, fewest = item, n
    return found


@kernel(f"int64(int32[::1], {ROWS}, {B1}, {ROWS}, boolean[::1], int32[::1])")
def enablers(
    plan: NDArray[np.int32],
    needs: Rows,
    held: NDArray[np.bool_],
    givers: Rows,
    free: NDArray[np.bool_],
    found: NDArray[np.int32],
) -> int:
    """Fill in the free offers that give something a plan's offers need and the person lacks; return how many there are."""
    n = 0
    for offer in range(len(free)):
        enables = False
        if free[offer]:
            for taken in plan:
                for a in range(needs[0][taken], needs[0][taken + 1]):
                    item = needs[1][a]
                    for b in range(givers[0][item], givers[0][item + 1]):
                        enables = enables or (not held[item] and givers[1][b] == offer)
        if enables:
            found[n] = offer
            n += 1
    return n


@kernel("boolean(int64, int64, int32[::1], int64, int64, int32[::1])")
def earlier(
    cost: int, day: int, plan: NDArray[np.int32], best_cost: int, best_day: int, best: NDArray[np.int32]
) -> bool:
    """Return whether a plan goes before the best one: by cost, end, offers."""
    if cost != best_cost:
        return cost < best_cost
    if day != best_day:
        return day < best_day
    for i in range(len(plan)):
        if plan[i] != best[i]:
            return plan[i] < best[i]
    return False


@kernel("void(int32[::1], int64[::1], int64[::1], int32[::1], int32[::1])")
def trace(
    plan: NDArray[np.int32],
    last: NDArray[np.int64],
    via: NDArray[np.int64],
    offers: NDArray[np.int32],
    sessions: NDArray[np.int32],
) -> None:
    """Write down a placed plan in the order in which it is taken, −1 after the last step."""
    offers[:] = -1
    sessions[:] = -1
    done = (1 << len(plan)) - 1
    for step in range(len(plan) - 1, -1, -1):
        offers[step] = plan[last[done]]
        sessions[step] = via[done]
        done ^= 1 << last[done]


@kernel(f"void(int64, int64, {ROWS}, int32[::1])")
def demand(offer: int, step: int, needs: Rows, wanted: NDArray[np.int32]) -> None:
    """Count in (step 1) or out (step −1) what an offer needs."""
    for a in range(needs[0][offer], needs[0][offer + 1]):
        wanted[needs[1][a]] += step


@kernel(f"int64({ROWS})")
def longest(rows: Rows) -> int:
    """Return the length of the longest row."""
    most = 0
    for row in range(len(rows[0]) - 1):
        most = max(most, rows[0][row + 1] - rows[0][row])
    return most


@kernel(
    f"void(float64, int64, boolean, {F8}, {F8}, {ROWS}, {ROWS}, {ROWS}, {ROWS}, {ROWS}, {I8}, {I8}, {I4}, {I4}, {I8}, {U1},"
    f" {B1X2}, {B1X2}, {B1X2}, {U1X2}, {I8}, int64[::1], int32[::1], int32[:, ::1], int32[:, ::1])"
)
def cheapest(
    target: float,
    grain: int,
    any_will_do: bool,
    weight: NDArray[np.float64],
    part: NDArray[np.float64],
    full: Rows,
    half: Rows,
    needs: Rows,
    givers: Rows,
    sessions: Rows,
    own: NDArray[np.int64],
    cost: NDArray[np.int64],
    start: NDArray[np.int32],
    end: NDArray[np.int32],
    people: NDArray[np.int64],
    ignored: NDArray[np.uint8],
    held: NDArray[np.bool_],
    related: NDArray[np.bool_],
    asked: NDArray[np.bool_],
    fail: NDArray[np.uint8],
    budget: NDArray[np.int64],
    found_cost: NDArray[np.int64],
    found_end: NDArray[np.int32],
    found_offers: NDArray[np.int32],
    found_sessions: NDArray[np.int32],
) -> None:
    """
    Find a cheapest plan for one profile and some people.

    Depth-first over sets of offers. A node branches over the offers that give its tightest open item; where none is open,
    over those that add weight; where the set is complete but cannot be put in an order that meets its own needs, over those
    that give one of these needs. The i-th branch excludes the offers of the branches before it, so no set is seen twice.
    A set that cannot be placed in time even without needs has no larger one that can.

    Among plans of one cost the one that ends first is kept, then the one whose offers come first: a rule, no order of search.

    Args:
        target, weight, part, full, half, needs, givers, sessions, own, cost: See `Problem`.
        grain: Greatest common divisor of the costs, cents.
        any_will_do: Stop at the first plan found.
        start, end: Days of the sessions.
        people: Rows of the next arrays that are solved for.
        ignored: Conditions that each person's plan may break, beside `people`.
        held, related, asked: bool[n, items], [n, must skills], [n, items]: what people hold, lack but have a sibling of, and
            still have to get.
        fail: uint8[n, sessions].
        budget: int64[n], the most a person can pay, cents.
        found_cost: Filled with the cost, DEAR where there is no plan; beside `people`, as the next three.
        found_end: Filled with the day the plan ends.
        found_offers, found_sessions: Filled with the steps in order, −1 after the last; as wide as a plan may be long.
    """
    n_offers, n_items, max_steps = len(cost), held.shape[1], found_offers.shape[1]
    given = np.empty(n_items, dtype=np.int32)
    wanted = np.empty(n_items, dtype=np.int32)
    lit = np.empty(len(weight), dtype=np.int32)
    usable = np.empty(n_offers, dtype=np.bool_)
    out = np.empty(n_offers, dtype=np.bool_)
    free = np.empty(n_offers, dtype=np.bool_)
    gains = np.empty(n_offers, dtype=np.float64)
    scratch = np.empty(n_offers, dtype=np.float64)
    branch = np.empty((max_steps + 1, n_offers), dtype=np.int32)
    n_branches = np.zeros(max_steps + 1, dtype=np.int64)
    at = np.empty(max_steps + 1, dtype=np.int64)
    chosen = np.empty(max_steps, dtype=np.int32)
    kept = np.empty(max_steps, dtype=np.int32)
    before = np.zeros((max_steps, 1 + longest(needs)), dtype=np.int64)
    finish = np.empty(1 << max_steps, dtype=np.int64)
    last = np.empty(1 << max_steps, dtype=np.int64)
    via = np.empty(1 << max_steps, dtype=np.int64)

    for row in range(len(people)):
        p, ignore = people[row], np.int64(ignored[row])
        can_pay = DEAR if ignore & UNFUNDED else budget[p]
        heed_needs = ignore & ENTRY == 0
        brought = 0.0
        for item in range(n_items):
            given[item] = held[p, item]
            wanted[item] = asked[p, item]
        for item in range(len(weight)):
            lit[item] = related[p, item]
            brought += weight[item] if given[item] > 0 else part[item] if lit[item] > 0 else 0.0
        for offer in range(n_offers):
            usable[offer] = soonest(offer, 0, ignore, sessions, start, end, fail[p]) >= 0
            out[offer] = False
        found_cost[row] = DEAR
        found_end[row] = NEVER
        found_offers[row] = -1
        found_sessions[row] = -1
        spent, paid, depth, entering = 0, 0, 0, True
        while depth >= 0:
            if entering:  # a new set: chosen[:depth]
                entering = False
                at[depth] = -1
                n_branches[depth] = 0
                for offer in range(n_offers):
                    affordable = spent + cost[offer] <= found_cost[row] and paid + own[offer] <= can_pay
                    free[offer] = affordable and usable[offer] and not out[offer]
                missing = target - brought
                item = tightest(wanted, given, givers, free)
                before[:, 0] = 0
                if spent > found_cost[row] or NEVER == place(
                    chosen[:depth], ignore, before, sessions, start, end, fail[p], finish, last, via
                ):
                    continue
                if item < 0 and missing <= 0.0:
                    plan = np.sort(chosen[:depth])
                    if heed_needs:
                        order(plan, full, needs, held[p], before)
                    day = place(plan, ignore, before, sessions, start, end, fail[p], finish, last, via)
                    if day < NEVER:
                        if earlier(spent, day, plan, found_cost[row], found_end[row], kept):
                            found_cost[row] = spent
                            found_end[row] = day
                            kept[:depth] = plan
                            trace(plan, last, via, found_offers[row], found_sessions[row])
                        if any_will_do:
                            break
                        continue
                    n_branches[depth] = enablers(plan, needs, held[p], givers, free, branch[depth])
                else:
                    ways = n_offers
                    if missing > 0.0:
                        for offer in range(n_offers):
                            gains[offer] = gain(offer, full, half, weight, part, given, lit) if free[offer] else 0.0
                        left = max_steps - depth
                        ways = promising(
                            missing, left, found_cost[row] - spent, grain, cost, gains, branch[depth], scratch
                        )
                    if ways > 0 and item >= 0:
                        ways = 0
                        for a in range(givers[0][item], givers[0][item + 1]):
                            if free[givers[1][a]]:
                                branch[depth, ways] = givers[1][a]
                                ways += 1
                    n_branches[depth] = ways
                if depth == max_steps:
                    n_branches[depth] = 0
                continue
            if at[depth] >= 0:  # take back the branch just searched; it stays out of the sets that follow
                offer = branch[depth, at[depth]]
                brought += count(offer, -1, full, half, weight, part, given, lit)
                spent -= cost[offer]
                paid -= own[offer]
                if heed_needs:
                    demand(offer, -1, needs, wanted)
            at[depth] += 1
            if at[depth] < n_branches[depth]:
                offer = branch[depth, at[depth]]
                out[offer] = True
                brought += count(offer, 1, full, half, weight, part, given, lit)
                spent += cost[offer]
                paid += own[offer]
                if heed_needs:
                    demand(offer, 1, needs, wanted)
                chosen[depth] = offer
                depth += 1
                entering = True
            else:
                for b in range(n_branches[depth]):
                    out[branch[depth, b]] = False
                depth -= 1
