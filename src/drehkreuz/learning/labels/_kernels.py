# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""
The exact search for cheapest plans: labels along the calendar, the most promising first.

A label is the beginning of a plan: sessions one after the other. It is told by what they give and cost, what the person pays, how many
they are and when they are over; all else about it is the same for every way to go on. Of labels that give the same one that is no
better in anything is dropped. A label's bound is its cost and what the rest costs at least, at the prices of items. The label of the
least bound is gone on from first, so when the bounds exceed the best plan's cost, that plan is a cheapest.

Source: label setting for shortest paths with resources (Desrochers 1988; Irnich and Desaulniers 2005) in the order of A* (Hart,
Nilsson, Raphael 1968).
"""

# ruff: noqa: PLR0917 (compiled functions take their arrays one by one, by position)
# ruff: noqa: C901, PLR0912, PLR0915 (a search without recursion is one loop; what can be named has been taken out of it)
from __future__ import annotations

from heapq import heappop, heappush
from typing import Final

import numpy as np

from drehkreuz.learning.arrays import (
    B1,
    CATALOGUE,
    DATE,
    DEAR,
    F8,
    NEVER,
    U1,
    UNFUNDED,
    Bools,
    Bytes,
    Catalogue,
    Floats,
    Ints,
    Longs,
)
from drehkreuz.learning.compact._kernels import COMPACT, Compact, compact, has
from drehkreuz.learning.placing._kernels import LAST, line_up, look_ahead, soonest
from drehkreuz.learning.prices._kernels import price, purchase
from drehkreuz.learning.reduction._kernels import drop_needless, drop_unready, drop_useless
from drehkreuz.region.kernels import inner_kernel, kernel

COST, PAID, DAY, STEPS, BEFORE, TAKEN, NEXT, GIVEN = range(8)
"""
Columns of a label: cost and what the person pays, cents; day on which it is over; number of offers; the label it goes on from; its last
offer, as a position among the usable; the next label of its bucket; the words of what it gives, to the end. −1 stands for none.
"""

FIRST_LABELS: Final = 1_024
"""Labels for which there is room at the beginning; then it is doubled."""

BUCKETS: Final = 1 << 14
"""Lists that labels are divided among, by what they give."""

MIX: Final = 0x2545F4914F6CDD1D
"""An odd number whose multiples spread over all bits, for the choice of a bucket."""

NEGLIGIBLE: Final = 1e-3
"""Cents by which rounding may raise a bound, far below a grain of cost."""


@inner_kernel("int64(int64[::1])")
def bucket(words: Longs) -> int:
    """Return the list in which labels that give some bits stand."""
    mixed = 0
    for word in words:
        mixed = (mixed ^ word) * MIX
    return (mixed >> 40) & (BUCKETS - 1)


@inner_kernel("boolean(int64[:, ::1], int64, int64[::1], int64)")
def beaten(labels: Longs, first: int, new: Longs, besides: int) -> bool:
    """Return whether a label of a bucket, besides one, gives the same as a new one and is no worse in anything."""
    at = first
    while at >= 0:
        no_worse = at != besides
        for column in range(BEFORE):
            no_worse = no_worse and labels[at, column] <= new[column]
        for column in range(GIVEN, len(new)):
            no_worse = no_worse and labels[at, column] == new[column]
        if no_worse:
            return True
        at = labels[at, NEXT]
    return False


@inner_kernel(f"boolean(int64, int64[::1], {COMPACT}, int64[::1])")
def adds(k: int, given: Longs, offers: Compact, after: Longs) -> bool:
    """Return whether an offer's needs are given and it gives something new; fill in what is given after it."""
    new = False
    for word in range(len(given)):
        if offers[2][k, word] & ~given[word]:
            return False
        after[word] = given[word] | offers[1][k, word]
        new = new or after[word] != given[word]
    return new


@inner_kernel(f"float64(int64, int64[::1], {COMPACT})")
def weight_added(k: int, given: Longs, offers: Compact) -> float:
    """Return the weight of what an offer gives and is not given yet."""
    weight, total = offers[5], 0.0
    for bit in range(len(weight)):
        if has(offers[1][k], bit) and not has(given, bit):
            total += weight[bit]
    return total


@inner_kernel(f"boolean(int64[::1], {COMPACT})")
def has_all_asked(given: Longs, offers: Compact) -> bool:
    """Return whether every bit that must be got is given."""
    asked, complete = offers[6], True
    for bit in range(len(asked)):
        complete = complete and (not asked[bit] or has(given, bit))
    return complete


@inner_kernel(f"void(int64, int64, int64[:, ::1], int64, {COMPACT}, {CATALOGUE}, int32[::1], int32[::1], int32[::1])")
def trace(
    label: int,
    last: int,
    labels: Longs,
    ignored: int,
    offers: Compact,
    catalogue: Catalogue,
    ahead: Ints,
    plan: Ints,
    sessions: Ints,
) -> None:
    """Write down the plan that goes on from a label with one last offer, in the order in which it is taken, −1 after the last step."""
    plan[:] = -1
    sessions[:] = -1
    at, k = label, last
    while k >= 0:
        step = labels[at, STEPS]
        plan[step] = offers[0][k]
        sessions[step] = soonest(plan[step], labels[at, DAY], ignored, catalogue, ahead)
        at, k = labels[at, BEFORE], labels[at, TAKEN]


@kernel(
    f"int64(int64, int64, {CATALOGUE}, int64, {B1}, {F8}, float64, {B1}, {U1}, int64, int32[::1], int32[::1], boolean[::1], int64[::1])"
)
def cheapest(
    grain: int,
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
    at_least: Longs,
) -> int:
    """
    Find a cheapest plan for one person who lacks something; return its cost in cents, DEAR where there is none.

    A label goes on with the session of each offer that ends first of those not begun yet: ending earlier never hurts. An offer that
    gives nothing new is not taken, so none is taken twice. Among plans of one cost the one that ends first is kept, then the one of
    fewest courses; what is alike in all that falls as the search goes, which is the same everywhere. Where there would be
    more than `limit` labels the search stops with the best plan so far.

    Args:
        grain: A divisor of all costs, cents.
        limit: Labels held at once, at most.
        catalogue: The profile's problem and the days of all sessions.
        ignored: Conditions that a plan may break.
        held: bool[items], what the person holds.
        worth: float64[must skills], weight that each adds.
        missing: Weight to be gained.
        asked: bool[items], items that must be got.
        fails: uint8[sessions], bits of `TrainingReason`.
        budget: The most the person can pay, cents.
        best_offers: The steps of a plan to begin with, −1 after the last or where none is known; filled with a cheapest plan's. As long
            as a plan may be.
        best_sessions: The session of each step.
        proven: Filled with whether the search came to its end, one entry.
        at_least: Filled with what every plan costs at least, cents, one entry; DEAR where it is proved that there is none.
    """
    own, cost = catalogue[4:6]
    end, line_sessions = catalogue[7], catalogue[9]
    max_steps = len(best_offers)
    can_pay = DEAR if ignored & UNFUNDED else budget
    proven[0], at_least[0] = True, DEAR

    fail, is_usable = fails.copy(), np.empty(len(cost), dtype=np.bool_)
    ahead = np.empty(len(line_sessions), dtype=np.int32)
    look_ahead(ignored, catalogue, fail, ahead)
    for each in range(len(cost)):
        is_usable[each] = own[each] <= can_pay and soonest(each, 0, ignored, catalogue, ahead) >= 0
    drop_unready(is_usable, ignored, catalogue, held, fail, ahead)
    drop_useless(is_usable, len(worth), catalogue, held, asked)
    drop_needless(is_usable, ignored, catalogue, held, fail)
    offers = compact(ignored, catalogue, np.flatnonzero(is_usable).astype(np.int32), held, worth, asked)
    usable, gives, _, price_of, pays, weight, must_be_got = offers
    if len(usable) == 0:
        return DEAR

    line = np.empty((3, max(len(line_sessions), len(usable))), dtype=np.int32)
    n_line = line_up(ignored, catalogue, usable, fail, line)
    prices, order = np.empty(len(weight), dtype=np.float64), np.empty(len(weight), dtype=np.int64)
    toll, later = np.zeros(1, dtype=np.float64), np.zeros(line[LAST, :n_line].max() + 1, dtype=np.float64)
    bought = np.empty(len(weight), dtype=np.float64)
    best_cost, best_day, best_steps, best_label, best_last = 0, 0, 0, -1, -1
    while best_steps < max_steps and best_offers[best_steps] >= 0:
        best_cost += cost[best_offers[best_steps]]
        best_day = 0 if ignored & DATE else end[best_sessions[best_steps]]
        best_steps += 1
    if best_steps == 0:
        best_cost, best_day = max_steps * price_of.max(), NEVER  # no plan costs more
    price(can_pay, missing, best_cost + 1.0, n_line, line, offers, (prices, order, toll, later))

    labels = np.empty((FIRST_LABELS, GIVEN + gives.shape[1]), dtype=np.int64)
    labels[0] = 0
    labels[0, BEFORE:GIVEN] = -1
    heads = np.full(BUCKETS, -1, dtype=np.int64)
    heads[bucket(labels[0, GIVEN:])] = 0
    new, n = np.empty(labels.shape[1], dtype=np.int64), 1
    heap = [(0, missing, 0)]  # bound, weight missing, label
    while len(heap) > 0:
        least, rest, now = heappop(heap)
        old = labels[now]
        if least > best_cost or (least == best_cost and old[DAY] >= best_day):
            continue
        if beaten(labels, heads[bucket(old[GIVEN:])], old, now):
            continue
        if n + len(usable) > limit:
            proven[0], at_least[0] = False, least
            break
        if n + len(usable) > len(labels):
            larger = np.empty((2 * len(labels) + len(usable), labels.shape[1]), dtype=np.int64)
            larger[:n] = labels[:n]
            labels = larger
            old = labels[now]
        for k in range(len(usable)):
            new[COST], new[PAID], new[STEPS] = old[COST] + price_of[k], old[PAID] + pays[k], old[STEPS] + 1
            if new[COST] > best_cost or new[PAID] > can_pay or not adds(k, old[GIVEN:], offers, new[GIVEN:]):
                continue
            session = soonest(usable[k], old[DAY], ignored, catalogue, ahead)
            if session < 0:
                continue
            new[DAY] = 0 if ignored & DATE else end[session]
            left = rest - weight_added(k, old[GIVEN:], offers)
            if left <= 0.0 and has_all_asked(new[GIVEN:], offers):
                if (new[COST], new[DAY], new[STEPS]) < (best_cost, best_day, best_steps):
                    best_cost, best_day, best_steps, best_label, best_last = new[COST], new[DAY], new[STEPS], now, k
                continue
            if new[STEPS] == max_steps:
                continue
            still = later[new[DAY]] + purchase(left, new[GIVEN:], weight, must_be_got, prices, order, bought)
            still += toll[0] * (new[PAID] - can_pay)
            if new[COST] + still > best_cost + 1.0:
                continue
            bound = max(new[COST], int(np.ceil((new[COST] + still - NEGLIGIBLE) / grain)) * grain)
            if bound > best_cost or (bound == best_cost and new[DAY] >= best_day):
                continue
            at = bucket(new[GIVEN:])
            if beaten(labels, heads[at], new, -1):
                continue
            new[BEFORE], new[TAKEN], new[NEXT] = now, k, heads[at]
            labels[n] = new
            heads[at] = n
            heappush(heap, (bound, left, n))
            n += 1
    if best_label < 0 and best_steps == 0:
        return DEAR
    at_least[0] = min(at_least[0], best_cost)
    if best_label < 0:
        return best_cost
    trace(best_label, best_last, labels, ignored, offers, catalogue, ahead, best_offers, best_sessions)
    return best_cost
