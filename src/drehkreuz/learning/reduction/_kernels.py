# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Offers that no cheapest plan needs, taken out before a search."""

# ruff: noqa: C901 (a search without recursion is one loop; what can be named has been taken out of it)
from __future__ import annotations

import numpy as np

from drehkreuz.learning.arrays import (
    B1,
    CATALOGUE,
    DATE,
    ENTRY,
    NEVER,
    NOT_READY,
    ROWS,
    U1,
    Bools,
    Bytes,
    Catalogue,
    Ints,
    Rows,
)
from drehkreuz.learning.placing._kernels import look_ahead, soonest
from drehkreuz.region.kernels import inner_kernel


@inner_kernel(f"boolean({ROWS}, int64, int64, {B1})")
def contains(rows: Rows, outer: int, inner: int, held: Bools) -> bool:
    """Return whether a row has all that another has but what is held."""
    for a in range(rows[0][inner], rows[0][inner + 1]):
        item = rows[1][a]
        if held[item]:
            continue
        found = False
        for b in range(rows[0][outer], rows[0][outer + 1]):
            found = found or rows[1][b] == item
        if not found:
            return False
    return True


@inner_kernel(f"boolean(int64, int64, int64, {CATALOGUE}, {U1})")
def in_its_place(better: int, worse: int, ignored: int, catalogue: Catalogue, fail: Bytes) -> bool:
    """Return whether for every session of an offer that fits another has one that begins no earlier and ends no later."""
    at, sessions = catalogue[3]
    start, end = catalogue[6:8]
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


@inner_kernel(f"void(boolean[::1], int64, {CATALOGUE}, {B1}, uint8[::1], int32[::1])")
def drop_unready(usable: Bools, ignored: int, catalogue: Catalogue, held: Bools, fail: Bytes, ahead: Ints) -> None:
    """
    Take out sessions that begin before what they need can be there, and offers that have none left.

    An item can be there on the earliest last day of any session that gives it and is itself ready: a relaxation, in which
    every need may be met by a course of its own at the same time as the others. `fail` gets the bit `NOT_READY`, and `ahead` is
    filled in anew.
    """
    (gives_at, gives), (needs_at, needs), _, (sessions_at, sessions) = catalogue[:4]
    start, end = catalogue[6:8]
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
            s = soonest(offer, first, ignored, catalogue, ahead)
            over = NEVER if s < 0 else end[s] if heed_dates else 0
            for a in range(gives_at[offer], gives_at[offer + 1]):
                if over < there[gives[a]]:
                    there[gives[a]] = over
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
    look_ahead(ignored, catalogue, fail, ahead)


@inner_kernel(f"void(boolean[::1], int64, {CATALOGUE}, {B1}, {B1})")
def drop_useless(usable: Bools, n_must: int, catalogue: Catalogue, held: Bools, asked: Bools) -> None:
    """Take out offers that add nothing: no must skill, no item asked, nothing that an offer left in needs."""
    (gives_at, gives), (needs_at, needs), (givers_at, givers) = catalogue[:3]
    useful = np.zeros(len(usable), dtype=np.bool_)
    waiting = np.empty(len(usable), dtype=np.int32)
    n = 0
    for offer in range(len(usable)):
        if usable[offer]:
            for a in range(gives_at[offer], gives_at[offer + 1]):
                item = gives[a]
                useful[offer] = useful[offer] or (not held[item] and (item < n_must or asked[item]))
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


@inner_kernel(f"void(boolean[::1], int64, {CATALOGUE}, {B1}, {U1})")
def drop_needless(usable: Bools, ignored: int, catalogue: Catalogue, held: Bools, fail: Bytes) -> None:
    """
    Take out offers that one before them can always stand for.

    It gives all that they do, needs no more, costs no more in all and to the person, and has a session in the place of each of theirs.
    Whatever plan takes the worse offer can take the better one then, or has it already and needs the worse no more.
    """
    gives, needs = catalogue[:2]
    own, cost = catalogue[4:6]
    for worse in range(len(usable)):
        if not usable[worse]:
            continue
        for better in range(worse):
            if (
                usable[better]
                and own[better] <= own[worse]
                and cost[better] <= cost[worse]
                and contains(gives, better, worse, held)
                and contains(needs, worse, better, held)
                and in_its_place(better, worse, ignored, catalogue, fail)
            ):
                usable[worse] = False
                break
