# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Sets of offers placed in time, one after the other."""

from __future__ import annotations

import numpy as np

from drehkreuz.learning.arrays import B1, CATALOGUE, DATE, I4, NEVER, U1, Bools, Bytes, Catalogue, Floats, Ints, Longs
from drehkreuz.region.kernels import inner_kernel

OFFER, FIRST, LAST = 0, 1, 2  # rows of a line


@inner_kernel(f"void(int64, {CATALOGUE}, {U1}, int32[::1])")
def look_ahead(ignored: int, catalogue: Catalogue, fail: Bytes, ahead: Ints) -> None:
    """
    Fill in, beside each offer's sessions by first day, which of those from there on fits and ends first; −1 where none fits.

    `fail` holds the conditions that each session breaks, `ignored` those that may be broken.
    """
    at, sessions = catalogue[3]
    end = catalogue[7]
    for offer in range(len(at) - 1):
        best = -1
        for a in range(at[offer + 1] - 1, at[offer] - 1, -1):
            s = sessions[a]
            if fail[s] & ~ignored == 0 and (best < 0 or end[s] <= end[best]):
                best = s
            ahead[a] = best


@inner_kernel(f"int64(int64, int64, int64, {CATALOGUE}, {I4})")
def soonest(offer: int, since: int, ignored: int, catalogue: Catalogue, ahead: Ints) -> int:
    """Return the session of an offer that begins on or after a day and ends first, −1 if none fits; without dates, any."""
    at, sessions = catalogue[3]
    start = catalogue[6]
    a, beyond = at[offer], at[offer + 1]
    while ignored & DATE == 0 and a < beyond and start[sessions[a]] < since:
        a += 1
    return ahead[a] if a < beyond else -1


@inner_kernel(f"int64(int64, int64, int32[::1], {CATALOGUE}, {U1})")
def between(offer: int, ignored: int, placed: Ints, catalogue: Catalogue, fail: Bytes) -> int:
    """Return the session of an offer that fits between those already placed and ends first, −1 if none does."""
    sessions_at, sessions = catalogue[3]
    start, end = catalogue[6:8]
    best = -1
    for a in range(sessions_at[offer], sessions_at[offer + 1]):
        s = sessions[a]
        fits = fail[s] & ~ignored == 0 and (best < 0 or end[s] < end[best])
        for t in placed:
            fits = fits and (start[s] >= end[t] or start[t] >= end[s])
        if fits:
            best = s
    return int(best)


@inner_kernel(f"void(int32[::1], {CATALOGUE}, {B1}, int64[:, ::1])")
def order(plan: Ints, catalogue: Catalogue, held: Bools, before: Longs) -> None:
    """
    Find what must come before what in a plan.

    `before[c, 0]` becomes the number of needs of offer c that the person lacks, `before[c, 1 …]` for each of them the bit set
    of the plan's offers that give it.
    """
    gives, needs = catalogue[:2]
    for c in range(len(plan)):
        before[c, 0] = 0
        for a in range(needs[0][plan[c]], needs[0][plan[c] + 1]):
            if not held[needs[1][a]]:
                givers = 0
                for d in range(len(plan)):
                    for b in range(gives[0][plan[d]], gives[0][plan[d] + 1]):
                        if gives[1][b] == needs[1][a]:
                            givers |= 1 << d
                before[c, 0] += 1
                before[c, before[c, 0]] = givers


@inner_kernel(f"int64(int32[::1], int64, {CATALOGUE}, {I4}, int64[:, ::1], int64[:, ::1], int64)")
def place(plan: Ints, ignored: int, catalogue: Catalogue, ahead: Ints, before: Longs, table: Longs, known: int) -> int:
    """
    Place a set of offers in time, one after the other; return the day on which the last one ends, NEVER if it cannot be.

    Dynamic programming over subsets: `table[:, done]` tells the earliest day on which all offers of the bit set `done` can
    be over, the one taken last, and its session. Ending earlier never hurts, so the earliest end is enough.

    Args:
        plan: Offers.
        ignored: Conditions that may be broken.
        catalogue: What can be learned.
        ahead: By `look_ahead`.
        before: By `order`.
        table: Filled in, beyond what is known.
        known: So many of the first offers are in the table already.
    """
    end = catalogue[7]
    everything, in_any_order = (1 << len(plan)) - 1, before[: len(plan), 0].sum() == 0
    table[0, 0] = 0
    for done in range(1 << known, everything + 1):
        table[0, done] = NEVER
        for c in range(len(plan) - 1, -1, -1):
            rest = done & ~(1 << c)
            if rest == done or table[0, rest] >= table[0, done]:
                continue
            ready = True
            for q in range(1, before[c, 0] + 1):
                ready = ready and before[c, q] & rest != 0
            if not ready:
                continue
            s = soonest(plan[c], table[0, rest], ignored, catalogue, ahead)
            day = NEVER if s < 0 else 0 if ignored & DATE else end[s]
            if day < table[0, done]:
                table[0, done] = day
                table[1, done] = c
                table[2, done] = s
            if ignored & DATE:
                break  # without dates it is all the same what comes last
        if in_any_order and table[0, done] == NEVER:
            return NEVER  # what cannot be placed has no larger set that can
    return int(table[0, everything])


@inner_kernel(
    f"boolean(int64, int64, int32[::1], {CATALOGUE}, {I4}, {U1}, int64[:, ::1], int64[:, ::1], int32[:, ::1], int64[::1])"
)
def follows(
    depth: int,
    ignored: int,
    chosen: Ints,
    catalogue: Catalogue,
    ahead: Ints,
    fail: Bytes,
    before: Longs,
    table: Longs,
    placed: Ints,
    known: Longs,
) -> bool:
    """
    Return whether a set can be placed in time, whatever comes before what, if it could without the offer chosen last.

    It is put between the others as they stand, which is found at a glance, else all are placed anew, beginning with what is
    known of sets without it. A set that cannot be placed has no larger one that can.

    Args:
        depth: Offers chosen, at least one.
        ignored: Conditions that may be broken.
        chosen: Offers, in the order in which they were chosen.
        catalogue: What can be learned.
        ahead: By `look_ahead`.
        fail: Conditions that each session breaks.
        before: Scratch of `place`.
        table: Scratch of `place`, kept from call to call.
        placed: Sessions of the offers chosen at each depth, kept from call to call.
        known: One entry, how many of the offers chosen first are in the table.
    """
    held_on, done = placed[depth], (1 << depth) - 1
    known[0] = min(known[0], depth - 1)
    for i in range(depth - 1):  # slices would be copied twice, in case they overlap
        held_on[i] = placed[depth - 1, i]
    held_on[depth - 1] = between(chosen[depth - 1], ignored, held_on[: depth - 1], catalogue, fail)
    if held_on[depth - 1] < 0:
        before[:, 0] = 0
        over = place(chosen[:depth], ignored, catalogue, ahead, before, table, known[0])
        known[0] = depth
        if over == NEVER:
            return False
        while done:
            held_on[table[1, done]] = table[2, done]
            done ^= 1 << table[1, done]
    return True


@inner_kernel("void(int32[::1], int64[:, ::1], int32[::1], int32[::1])")
def trace(plan: Ints, table: Longs, offers: Ints, sessions: Ints) -> None:
    """Write down a placed plan in the order in which it is taken, −1 after the last step."""
    offers[:] = -1
    sessions[:] = -1
    done = (1 << len(plan)) - 1
    for step in range(len(plan) - 1, -1, -1):
        offers[step] = plan[table[1, done]]
        sessions[step] = table[2, done]
        done ^= 1 << table[1, done]


@inner_kernel(f"int64(int64, {CATALOGUE}, int32[::1], {U1}, int32[:, ::1])")
def line_up(ignored: int, catalogue: Catalogue, usable: Ints, fail: Bytes, line: Ints) -> int:
    """
    Line up the sessions that fit of usable offers, by first and then by last day; return how many there are.

    Without dates each offer has one session that takes no time, so all of them can follow each other on the same day.

    Args:
        ignored: Conditions that may be broken.
        catalogue: Of the problem.
        usable: Offers that a plan may hold.
        fail: Conditions that each session breaks.
        line: int32[3, sessions or offers, whichever are more], filled with the position of the offer among the usable, first, last day.
    """
    start, end, line_offers, line_sessions = catalogue[6:]
    n = 0
    if ignored & DATE:
        for k in range(len(usable)):
            line[OFFER, k], line[FIRST, k], line[LAST, k] = k, 0, 0
        return len(usable)
    position = np.full(len(catalogue[5]), -1, dtype=np.int32)
    for k in range(len(usable)):
        position[usable[k]] = k
    for i in range(len(line_offers)):
        s = line_sessions[i]
        if position[line_offers[i]] >= 0 and fail[s] & ~ignored == 0 and start[s] >= 0:
            line[OFFER, n], line[FIRST, n], line[LAST, n] = position[line_offers[i]], start[s], end[s]
            n += 1
    return n


@inner_kernel("void(int64, int32[:, ::1], float64[::1], float64[::1], boolean[::1])")
def chain(n: int, line: Ints, net: Floats, later: Floats, better: Bools) -> None:
    """
    Fill in the least net cost of sessions one after the other, from each day on: weighted interval scheduling.

    An offer may come in it several times, which makes the bound no wrong one. Of the sessions of a day those that end on it come last,
    so that they can precede the others.

    Args:
        n: Sessions in the line.
        line: By `line_up`.
        net: Net cost of each offer.
        later: Filled with the least net cost from each day on, ≤ 0.
        better: Filled with whether each session costs less than going on without it.
    """
    i = n
    for day in range(len(later) - 1, -1, -1):
        later[day] = later[day + 1] if day + 1 < len(later) else 0.0
        while i > 0 and line[FIRST, i - 1] == day:
            i -= 1
            with_it = net[line[OFFER, i]] + later[line[LAST, i]]
            better[i] = with_it < later[day]
            if better[i]:
                later[day] = with_it
