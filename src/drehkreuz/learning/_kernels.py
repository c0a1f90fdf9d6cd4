# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""
The compiled search for cheapest plans: branch and bound over sets of offers, each set placed in time.

Words used here: an offer *gives* items and *lights* must skills (teaches a sibling). `given` counts what gives an item (the
person, the offers chosen), `lit` what lights a must skill, `wanted` what asks for an item (the profile, the offers chosen).
An item wanted and not given is open. `ignored` holds the bits of `TrainingReason` that a plan may break.
"""

# ruff: noqa: PLR0917 (compiled functions take their arrays one by one, by position)
# ruff: noqa: C901, PLR0912, PLR0915 (a search without recursion is one loop; what can be named has been taken out of it)
from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from drehkreuz.region.kernels import kernel

Floats: TypeAlias = NDArray[np.float64]
Longs: TypeAlias = NDArray[np.int64]
Ints: TypeAlias = NDArray[np.int32]
Bools: TypeAlias = NDArray[np.bool_]
Bytes: TypeAlias = NDArray[np.uint8]
Marks: TypeAlias = NDArray[np.int8]
Rows: TypeAlias = tuple[Longs, Ints]
"""A `Csr`: (indptr, indices)."""
Catalogue: TypeAlias = tuple[Floats, Floats, Rows, Rows, Rows, Rows, Rows, Longs, Longs, Ints, Ints, Ints, Ints]
"""
Of a `Problem`: weight, part, full, half, needs, givers, sessions, own, cost; of all sessions: start, end; of the problem's
sessions by last day: offer, session.
"""

# Arrays that are only read: memory-mapped and shipped ones may not be written to.
I8 = "Array(int64, 1, 'C', readonly=True)"
I4 = "Array(int32, 1, 'C', readonly=True)"
F8 = "Array(float64, 1, 'C', readonly=True)"
U1 = "Array(uint8, 1, 'C', readonly=True)"
B1 = "Array(boolean, 1, 'C', readonly=True)"
U1X2 = "Array(uint8, 2, 'C', readonly=True)"
B1X2 = "Array(boolean, 2, 'C', readonly=True)"
ROWS = f"Tuple(({I8}, {I4}))"
CATALOGUE = f"Tuple(({F8}, {F8}, {ROWS}, {ROWS}, {ROWS}, {ROWS}, {ROWS}, {I8}, {I8}, {I4}, {I4}, {I4}, {I4}))"

NEVER = 2**30  # no day
DEAR = 2**60  # no price
MUST = 2.0**20  # more weight than any profile has: for offers that are to be in
NOT_READY = np.uint8(128)  # beside the bits of `TrainingReason`: what a session needs cannot be there in time
DATE, ENTRY, UNFUNDED = 8, 32, 64  # the bits of `TrainingReason` that the search itself heeds


@kernel(f"float64(int64, int64, boolean, {CATALOGUE}, int32[::1], int32[::1], int32[::1])")
def count(offer: int, step: int, heed_needs: bool, catalogue: Catalogue, given: Ints, lit: Ints, wanted: Ints) -> float:
    """Count an offer in (step 1) or out (step −1); return by how much the weight brought changes."""
    weight, part, full, half, needs = catalogue[:5]
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
    if heed_needs:
        for a in range(needs[0][offer], needs[0][offer + 1]):
            wanted[needs[1][a]] += step
    return change


@kernel(f"void({CATALOGUE}, boolean[::1], int32[::1], int32[::1], float64[::1])")
def weigh(catalogue: Catalogue, free: Bools, given: Ints, lit: Ints, gains: Floats) -> None:
    """Fill in by how much the weight brought would grow with each free offer, 0 for the others."""
    weight, part, (full_at, full), (half_at, half) = catalogue[:4]
    for offer in range(len(free)):
        gains[offer] = 0.0
        if free[offer]:
            for a in range(full_at[offer], full_at[offer + 1]):
                item = full[a]
                if item < len(weight) and given[item] == 0:
                    gains[offer] += weight[item] - (part[item] if lit[item] > 0 else 0.0)
            for a in range(half_at[offer], half_at[offer + 1]):
                item = half[a]
                if given[item] == 0 and lit[item] == 0:
                    gains[offer] += part[item]


@kernel(f"int64(int64, int64, int64, int64, {I4}, {I4}, {I4}, {U1})")
def soonest(
    first: int, beyond: int, since: int, ignored: int, sessions: Ints, start: Ints, end: Ints, fail: Bytes
) -> int:
    """
    Return the session that begins on or after a day and ends first, −1 if none fits; where dates are ignored, any.

    Args:
        first: First position in `sessions` of the offer asked about.
        beyond: Position after its last.
        since: Day.
        ignored: Conditions that may be broken.
        sessions: Sessions of all offers, one offer after the other.
        start: First day of each session.
        end: Last day of each session.
        fail: Conditions that each session breaks.
    """
    best = -1
    for a in range(first, beyond):
        s = sessions[a]
        if fail[s] & ~ignored:
            continue
        if ignored & DATE:
            return int(s)
        if start[s] >= since and (best < 0 or end[s] < end[best]):
            best = s
    return int(best)


@kernel(f"void(int32[::1], {CATALOGUE}, {B1}, int64[:, ::1])")
def order(plan: Ints, catalogue: Catalogue, held: Bools, before: Longs) -> None:
    """
    Find what must come before what in a plan.

    `before[c, 0]` becomes the number of needs of offer c that the person lacks, `before[c, 1 …]` for each of them the bit set
    of the plan's offers that give it.
    """
    full, needs = catalogue[2], catalogue[4]
    for c in range(len(plan)):
        before[c, 0] = 0
        for a in range(needs[0][plan[c]], needs[0][plan[c] + 1]):
            if not held[needs[1][a]]:
                givers = 0
                for d in range(len(plan)):
                    for b in range(full[0][plan[d]], full[0][plan[d] + 1]):
                        if full[1][b] == needs[1][a]:
                            givers |= 1 << d
                before[c, 0] += 1
                before[c, before[c, 0]] = givers


@kernel(f"int64(int32[::1], int64, {CATALOGUE}, {U1}, int64[:, ::1], int64[:, ::1])")
def place(plan: Ints, ignored: int, catalogue: Catalogue, fail: Bytes, before: Longs, table: Longs) -> int:
    """
    Place a set of offers in time, one after the other; return the day on which the last one ends, NEVER if it cannot be.

    Dynamic programming over subsets: `table[:, done]` tells the earliest day on which all offers of the bit set `done` can
    be over, the one taken last, and its session. Ending earlier never hurts, so the earliest end is enough.
    """
    sessions_at, sessions = catalogue[6]
    start, end = catalogue[9:11]
    everything = (1 << len(plan)) - 1
    table[0, : everything + 1] = NEVER
    table[0, 0] = 0
    for done in range(everything):
        if table[0, done] == NEVER:
            continue
        for c in range(len(plan)):
            ready = done >> c & 1 == 0
            for q in range(1, before[c, 0] + 1):
                ready = ready and before[c, q] & done != 0
            if not ready:
                continue
            first, beyond = sessions_at[plan[c]], sessions_at[plan[c] + 1]
            s = soonest(first, beyond, table[0, done], ignored, sessions, start, end, fail)
            then = done | 1 << c
            day = NEVER if s < 0 else 0 if ignored & DATE else end[s]
            if day < table[0, then]:
                table[0, then] = day
                table[1, then] = c
                table[2, then] = s
            if ignored & DATE:
                break  # without dates nothing is lost by taking what is ready
    return int(table[0, everything])


@kernel("void(int32[::1], int64[:, ::1], int32[::1], int32[::1])")
def trace(plan: Ints, table: Longs, offers: Ints, sessions: Ints) -> None:
    """Write down a placed plan in the order in which it is taken, −1 after the last step."""
    offers[:] = -1
    sessions[:] = -1
    done = (1 << len(plan)) - 1
    for step in range(len(plan) - 1, -1, -1):
        offers[step] = plan[table[1, done]]
        sessions[step] = table[2, done]
        done ^= 1 << table[1, done]


@kernel("boolean(int64, int64, int32[::1], int64, int64, int32[::1])")
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


@kernel(f"float64({CATALOGUE}, boolean[::1], int32[::1], int32[::1], int8[::1])")
def together(catalogue: Catalogue, free: Bools, given: Ints, lit: Ints, mark: Marks) -> float:
    """Return by how much the weight brought would grow with all free offers; `mark` is scratch, as long as `lit`."""
    weight, part, (full_at, full), (half_at, half) = catalogue[:4]
    mark[:] = 0
    for offer in range(len(free)):
        if free[offer]:
            for a in range(full_at[offer], full_at[offer + 1]):
                if full[a] < len(weight):
                    mark[full[a]] = 2
            for a in range(half_at[offer], half_at[offer + 1]):
                mark[half[a]] = max(mark[half[a]], 1)
    change = 0.0
    for item in range(len(weight)):
        if given[item] == 0 and mark[item] > 0:
            reached = weight[item] if mark[item] == 2 else part[item]
            change += max(0.0, reached - (part[item] if lit[item] > 0 else 0.0))
    return change


@kernel(f"int64(int64, {CATALOGUE}, {U1}, int32[::1], int32[::1], int32[::1])")
def line_up(ignored: int, catalogue: Catalogue, fail: Bytes, offers: Ints, after: Ints, ends: Ints) -> int:
    """
    Line up the sessions that fit, by their last day; return how many there are.

    Args:
        ignored: Conditions that may be broken.
        catalogue: Of the problem.
        fail: Conditions that each session breaks.
        offers: Filled with the offer of each session in the line.
        after: Filled with the number of sessions in the line that are over on its first day.
        ends: Filled with the last day.
    """
    start, end, line_offers, line_sessions = catalogue[9:]
    n = 0
    for i in range(len(line_offers)):
        s = line_sessions[i]
        if fail[s] & ~ignored == 0:
            low, high = 0, n
            while low < high:
                middle = (low + high) // 2
                if ends[middle] <= start[s]:
                    low = middle + 1
                else:
                    high = middle
            offers[n] = line_offers[i]
            ends[n] = end[s]
            after[n] = low
            n += 1
    return n


@kernel("float64(int64, int32[::1], int32[::1], float64[::1], float64[::1])")
def in_time(n: int, offers: Ints, after: Ints, gains: Floats, best: Floats) -> float:
    """
    Return the most weight that sessions one after the other can gain, if each counted in full.

    Weighted interval scheduling. It is a bound: the same offer may be taken twice, and what two offers give counts twice.

    Args:
        n: Sessions in the line.
        offers: Offer of each, by last day.
        after: Number of sessions in the line over on the first day of each.
        gains: What each offer adds.
        best: Scratch, n + 1 long.
    """
    best[0] = 0.0
    for i in range(n):
        best[i + 1] = max(best[i], best[after[i]] + gains[offers[i]])
    return float(best[n])


@kernel("float64(float64[::1], float64[::1])")
def largest(values: Floats, top: Floats) -> float:
    """Return the sum of the `len(top)` largest of some values ≥ 0; fills them in, falling."""
    top[:] = 0.0
    for value in values:
        at = len(top)
        while at > 0 and top[at - 1] < value:
            if at < len(top):
                top[at] = top[at - 1]
            at -= 1
        if at < len(top):
            top[at] = value
    return float(top.sum())


@kernel(
    f"void({CATALOGUE}, boolean[::1], int32[::1], int32[::1], float64[::1], float64[::1], float64[::1], int64[::1])"
)
def price(
    catalogue: Catalogue, free: Bools, given: Ints, lit: Ints, gains: Floats, prices: Floats, reach: Floats, ways: Longs
) -> None:
    """
    Find for each must skill the least cost of a unit of its weight, the most weight one offer adds, and how many offers add any.

    An offer's cost is shared out over the skills it adds weight to, in proportion to that weight.
    """
    weight, part, (full_at, full), (half_at, half) = catalogue[:4]
    cost = catalogue[8]
    prices[:] = np.inf
    reach[:] = 0.0
    ways[:] = 0
    for offer in range(len(free)):
        if gains[offer] > 0.0:
            unit = cost[offer] / gains[offer]
            for a in range(full_at[offer], full_at[offer + 1]):
                item = full[a]
                if item < len(weight) and given[item] == 0:
                    prices[item] = min(prices[item], unit)
                    reach[item] = max(reach[item], weight[item] - (part[item] if lit[item] > 0 else 0.0))
                    ways[item] += 1
            for a in range(half_at[offer], half_at[offer + 1]):
                item = half[a]
                if given[item] == 0 and lit[item] == 0:
                    prices[item] = min(prices[item], unit)
                    reach[item] = max(reach[item], part[item])
                    ways[item] += 1


@kernel("float64(float64, float64[::1], float64[::1], boolean[::1])")
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


@kernel(
    f"int64(float64, int64, int64, {CATALOGUE}, boolean[::1], int32[::1], int32[::1], float64[::1], float64[::1],"
    " float64[::1], float64[::1], int64[::1], boolean[::1], int32[::1])"
)
def promising(
    missing: float,
    affordable: int,
    grain: int,
    catalogue: Catalogue,
    free: Bools,
    given: Ints,
    lit: Ints,
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
        free: Offers that may be added.
        given: Items given.
        lit: Must skills lit.
        gains: What each offer adds today; zero: not to be had.
        top: Scratch, as long as offers may still be added.
        prices: Scratch, as long as the must skills, as the next three.
        reach: Scratch.
        ways: Scratch.
        spare: Scratch.
        ranked: Filled with the offers, the cheapest for each unit of weight first.
    """
    if largest(gains, top) < missing:
        return 0
    price(catalogue, free, given, lit, gains, prices, reach, ways)
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
    (full_at, full), (half_at, half) = catalogue[2:4]
    cost = catalogue[8]
    n = 0
    for offer in range(len(gains)):
        if gains[offer] > 0.0:
            wanted = False
            for a in range(full_at[offer], full_at[offer + 1]):
                item = full[a]
                wanted = wanted or (item < len(spare) and not spare[item] and given[item] == 0)
            for a in range(half_at[offer], half_at[offer + 1]):
                item = half[a]
                wanted = wanted or (not spare[item] and given[item] == 0 and lit[item] == 0)
            if wanted:
                at = n
                while at > 0 and cost[ranked[at - 1]] * gains[offer] > cost[offer] * gains[ranked[at - 1]]:
                    ranked[at] = ranked[at - 1]
                    at -= 1
                ranked[at] = offer
                n += 1
    return n


@kernel(f"boolean(int64, int64, int64, {CATALOGUE}, {B1})")
def contains(kind: int, outer: int, inner: int, catalogue: Catalogue, held: Bools) -> bool:
    """Return whether an offer gives (kind 0), gives or lights (1) or needs (2) all that another does but what is held."""
    full, half, needs = catalogue[2:5]
    rows = needs if kind == 2 else half if kind == 1 else full
    for a in range(rows[0][inner], rows[0][inner + 1]):
        item = rows[1][a]
        if held[item]:
            continue
        found = False
        for b in range(rows[0][outer], rows[0][outer + 1]):
            found = found or rows[1][b] == item
        if kind == 1 and not found:
            for b in range(full[0][outer], full[0][outer + 1]):
                found = found or full[1][b] == item
        if not found:
            return False
    return True


@kernel(f"boolean(int64, int64, int64, {CATALOGUE}, {U1})")
def in_its_place(better: int, worse: int, ignored: int, catalogue: Catalogue, fail: Bytes) -> bool:
    """Return whether for every session of an offer that fits another has one that begins no earlier and ends no later."""
    at, sessions = catalogue[6]
    start, end = catalogue[9:11]
    if ignored & DATE:
        return True
    for i in range(at[worse], at[worse + 1]):
        s = sessions[i]
        if fail[s] & ~ignored:
            continue
        found = False
        for j in range(at[better], at[better + 1]):
            t = sessions[j]
            found = found or (fail[t] & ~ignored == 0 and start[t] >= start[s] and end[t] <= end[s])
        if not found:
            return False
    return True


@kernel(f"void(boolean[::1], int64, {CATALOGUE}, {B1}, uint8[::1])")
def drop_unready(usable: Bools, ignored: int, catalogue: Catalogue, held: Bools, fail: Bytes) -> None:
    """
    Take out sessions that begin before what they need can be there, and offers that have none left.

    An item can be there on the earliest last day of any session that gives it and is itself ready: a relaxation, in which
    every need may be met by a course of its own at the same time as the others. `fail` gets the bit `NOT_READY`.
    """
    full_at, full = catalogue[2]
    needs_at, needs = catalogue[4]
    sessions_at, sessions = catalogue[6]
    start, end = catalogue[9:11]
    heed_needs, heed_dates = ignored & ENTRY == 0, ignored & DATE == 0
    there = np.full(len(held), NEVER, dtype=np.int64)
    there[held] = 0
    ready = np.zeros(len(usable), dtype=np.int64)
    changed = heed_needs
    while changed:
        changed = False
        for offer in range(len(usable)):
            if not usable[offer]:
                continue
            first = 0
            for a in range(needs_at[offer], needs_at[offer + 1]):
                first = max(first, there[needs[a]])
            ready[offer] = first
            if first == NEVER:
                continue
            s = soonest(sessions_at[offer], sessions_at[offer + 1], first, ignored, sessions, start, end, fail)
            over = NEVER if s < 0 else end[s] if heed_dates else 0
            for a in range(full_at[offer], full_at[offer + 1]):
                if over < there[full[a]]:
                    there[full[a]] = over
                    changed = True
    for offer in range(len(usable)):
        if usable[offer] and ready[offer] > 0:
            usable[offer] = False
            for a in range(sessions_at[offer], sessions_at[offer + 1]):
                s = sessions[a]
                if ready[offer] == NEVER or (heed_dates and start[s] < ready[offer]):
                    fail[s] |= NOT_READY
                elif fail[s] & ~ignored == 0:
                    usable[offer] = True


@kernel(f"void(boolean[::1], {CATALOGUE}, {B1}, {B1}, {B1})")
def drop_useless(usable: Bools, catalogue: Catalogue, held: Bools, related: Bools, asked: Bools) -> None:
    """Take out offers that add nothing: no must skill, no item asked, nothing that an offer left in needs."""
    weight, _, (full_at, full), (half_at, half), (needs_at, needs), (givers_at, givers) = catalogue[:6]
    useful = np.zeros(len(usable), dtype=np.bool_)
    waiting = np.empty(len(usable), dtype=np.int32)
    n = 0
    for offer in range(len(usable)):
        if usable[offer]:
            for a in range(full_at[offer], full_at[offer + 1]):
                item = full[a]
                useful[offer] = useful[offer] or (not held[item] and (item < len(weight) or asked[item]))
            for a in range(half_at[offer], half_at[offer + 1]):
                useful[offer] = useful[offer] or (not held[half[a]] and not related[half[a]])
            if useful[offer]:
                waiting[n] = offer
                n += 1
    head = 0
    while head < n:
        offer = waiting[head]
        head += 1
        for a in range(needs_at[offer], needs_at[offer + 1]):
            if not held[needs[a]]:
                for b in range(givers_at[needs[a]], givers_at[needs[a] + 1]):
                    giver = givers[b]
                    if usable[giver] and not useful[giver]:
                        useful[giver] = True
                        waiting[n] = giver
                        n += 1
    usable &= useful


@kernel(f"void(boolean[::1], int64, {CATALOGUE}, {B1}, {U1})")
def drop_needless(usable: Bools, ignored: int, catalogue: Catalogue, held: Bools, fail: Bytes) -> None:
    """
    Take out offers that one before them can always stand for.

    It gives and lights all that they do, needs no more, costs no more in all and to the person, and has a session in the place of each of
    theirs. Whatever plan takes the worse offer can take the better one then, or has it already and needs the worse no more.
    """
    own, cost = catalogue[7:9]
    for worse in range(len(usable)):
        if not usable[worse]:
            continue
        for better in range(worse):
            if (
                usable[better]
                and own[better] <= own[worse]
                and cost[better] <= cost[worse]
                and contains(0, better, worse, catalogue, held)
                and contains(1, better, worse, catalogue, held)
                and contains(2, worse, better, catalogue, held)
                and in_its_place(better, worse, ignored, catalogue, fail)
            ):
                usable[worse] = False
                break


@kernel(f"int64(int32[::1], int32[::1], {CATALOGUE}, boolean[::1])")
def tightest(wanted: Ints, given: Ints, catalogue: Catalogue, free: Bools) -> int:
    """Return the open item that the fewest free offers give, −1 if no item is open."""
    givers = catalogue[5]
    found, fewest = -1, NEVER
    for item in range(len(wanted)):
        if wanted[item] > 0 and given[item] == 0:
            n = 0
            for a in range(givers[0][item], givers[0][item + 1]):
                n += free[givers[1][a]]
            if n < fewest:
                found, fewest = item, n
    return found


@kernel(f"int64(int64, {CATALOGUE}, boolean[::1], int32[::1])")
def giving(item: int, catalogue: Catalogue, free: Bools, found: Ints) -> int:
    """Fill in the free offers that give an item; return how many there are."""
    givers = catalogue[5]
    n = 0
    for a in range(givers[0][item], givers[0][item + 1]):
        if free[givers[1][a]]:
            found[n] = givers[1][a]
            n += 1
    return n


@kernel(f"int64(int32[::1], {CATALOGUE}, {B1}, boolean[::1], int32[::1])")
def enabling(plan: Ints, catalogue: Catalogue, held: Bools, free: Bools, found: Ints) -> int:
    """Fill in the free offers that give something a plan's offers need and the person lacks; return how many there are."""
    needs, givers = catalogue[4], catalogue[5]
    n = 0
    for offer in range(len(free)):
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
    f"int64(float64, int64, boolean, int64, {CATALOGUE}, int64, {B1}, {B1}, {B1}, {U1}, int64, int32[::1], int32[::1],"
    " boolean[::1])"
)
def search(
    target: float,
    grain: int,
    any_will_do: bool,
    limit: int,
    catalogue: Catalogue,
    ignored: int,
    held: Bools,
    related: Bools,
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
    the search. After `limit` sets the search stops with the best so far, and `proven[0]` is false. Arguments as in `cheapest`,
    of one person.
    """
    weight, part, _, _, needs, _, (sessions_at, sessions), own, cost, start, end, line, _ = catalogue
    n_offers, max_steps = len(cost), len(best_offers)
    heed_needs = ignored & ENTRY == 0
    can_pay = DEAR if ignored & UNFUNDED else budget
    fail = fails.copy()
    given = held.astype(np.int32)
    wanted = asked.astype(np.int32)
    lit = related.astype(np.int32)
    usable = np.empty(n_offers, dtype=np.bool_)
    for offer in range(n_offers):
        s = soonest(sessions_at[offer], sessions_at[offer + 1], 0, ignored, sessions, start, end, fail)
        usable[offer] = s >= 0
    drop_unready(usable, ignored, catalogue, held, fail)
    drop_useless(usable, catalogue, held, related, asked)
    if not any_will_do:  # to find the first plan it takes longer than it saves
        drop_needless(usable, ignored, catalogue, held, fail)
    prices, reach = np.empty(len(weight), dtype=np.float64), np.empty(len(weight), dtype=np.float64)
    ways_to, spare = np.empty(len(weight), dtype=np.int64), np.empty(len(weight), dtype=np.bool_)
    brought = 0.0
    for skill in range(len(weight)):
        brought += weight[skill] if held[skill] else part[skill] if related[skill] else 0.0

    out = np.zeros(n_offers, dtype=np.bool_)  # chosen or left out
    free = np.empty(n_offers, dtype=np.bool_)
    gains = np.empty(n_offers, dtype=np.float64)
    top = np.empty(max_steps, dtype=np.float64)
    mark = np.empty(len(weight), dtype=np.int8)
    branch = np.empty((max_steps + 1, n_offers), dtype=np.int32)
    n_branches = np.zeros(max_steps + 1, dtype=np.int64)
    at = np.zeros(max_steps + 1, dtype=np.int64)
    chosen = np.empty(max_steps, dtype=np.int32)
    over = np.zeros(max_steps + 1, dtype=np.int64)  # a day on which chosen[:depth] can be over
    best = np.empty(max_steps, dtype=np.int32)
    before = np.zeros((max_steps, 1 + len(needs[1])), dtype=np.int64)
    table = np.empty((3, 1 << max_steps), dtype=np.int64)
    n_line = -1
    line_offers = np.empty(len(line), dtype=np.int32)
    line_after = np.empty(len(line), dtype=np.int32)
    line_ends = np.empty(len(line), dtype=np.int32)
    line_best = np.empty(len(line) + 1, dtype=np.float64)
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
            if depth > 0 and ignored & DATE == 0:  # at the end of what is placed, else anew
                first, beyond = sessions_at[chosen[depth - 1]], sessions_at[chosen[depth - 1] + 1]
                s = soonest(first, beyond, over[depth - 1], ignored, sessions, start, end, fail)
                if s >= 0:
                    over[depth] = end[s]
                else:
                    before[:, 0] = 0
                    over[depth] = place(chosen[:depth], ignored, catalogue, fail, before, table)
                    if over[depth] == NEVER:
                        continue
            for offer in range(n_offers):
                affordable = spent + cost[offer] <= best_cost and paid + own[offer] <= can_pay
                free[offer] = depth < max_steps and affordable and usable[offer] and not out[offer]
            missing = target - brought
            item = tightest(wanted, given, catalogue, free)
            if item < 0 and missing <= 0.0:
                plan = np.sort(chosen[:depth])
                before[:, 0] = 0
                if heed_needs:
                    order(plan, catalogue, held, before)
                day = place(plan, ignored, catalogue, fail, before, table)
                if day == NEVER:
                    n_branches[depth] = enabling(plan, catalogue, held, free, branch[depth])
                elif goes_before(spent, day, plan, best_cost, best_day, best):
                    best_cost, best_day = spent, day
                    best[:depth] = plan
                    trace(plan, table, best_offers, best_sessions)
                    if any_will_do:
                        break
                continue
            if missing > together(catalogue, free, given, lit, mark):
                continue
            ways = n_offers
            if missing > 0.0:
                weigh(catalogue, free, given, lit, gains)
                if ignored & DATE == 0:
                    if n_line < 0:
                        n_line = line_up(ignored, catalogue, fail, line_offers, line_after, line_ends)
                    for offer in chosen[:depth]:
                        gains[offer] = MUST
                    most = in_time(n_line, line_offers, line_after, gains, line_best)
                    for offer in chosen[:depth]:
                        gains[offer] = 0.0
                    if most < missing + depth * MUST:
                        continue
                ways = promising(
                    missing,
                    best_cost - spent,
                    grain,
                    catalogue,
                    free,
                    given,
                    lit,
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
            brought += count(offer, -1, heed_needs, catalogue, given, lit, wanted)
            spent -= cost[offer]
            paid -= own[offer]
        at[depth] += 1
        if at[depth] < n_branches[depth]:
            offer = branch[depth, at[depth]]
            brought += count(offer, 1, heed_needs, catalogue, given, lit, wanted)
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


@kernel(
    f"void(float64, int64, boolean, int64, {CATALOGUE}, {I8}, {U1}, {B1X2}, {B1X2}, {B1X2}, {U1X2}, {I8},"
    " int64[::1], int32[:, ::1], int32[:, ::1], boolean[::1])"
)
def cheapest(
    target: float,
    grain: int,
    any_will_do: bool,
    limit: int,
    catalogue: Catalogue,
    people: Longs,
    ignored: Bytes,
    held: Bools,
    related: Bools,
    asked: Bools,
    fail: Bytes,
    budget: Longs,
    costs: Longs,
    offers: Ints,
    sessions: Ints,
    proven: Bools,
) -> None:
    """
    Find a cheapest plan for one profile and each of some people.

    Args:
        target: Weight to be reached.
        grain: A divisor of all costs, cents.
        any_will_do: Stop at the first plan found.
        limit: Sets of offers looked at, at most, for each person.
        catalogue: The profile's problem and the days of all sessions.
        people: Rows, of the arrays of n people, that are solved for.
        ignored: Conditions that a plan may break, beside `people`.
        held: bool[n, items].
        related: bool[n, must skills], not held but with a sibling held.
        asked: bool[n, items], items that must be got.
        fail: uint8[n, sessions], bits of `TrainingReason`.
        budget: int64[n], the most a person can pay, cents.
        costs: Filled with the cost of each plan, cents, DEAR where there is none; beside `people`, as the next two.
        offers: Filled with the steps in order, −1 after the last; as wide as a plan may be long.
        sessions: Filled with the session of each step.
        proven: Filled with whether the search came to its end.
    """
    for row in range(len(people)):
        p = people[row]
        costs[row] = search(
            target,
            grain,
            any_will_do,
            limit,
            catalogue,
            ignored[row],
            held[p],
            related[p],
            asked[p],
            fail[p],
            budget[p],
            offers[row],
            sessions[row],
            proven[row : row + 1],
        )
