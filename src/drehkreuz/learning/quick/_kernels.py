# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""
Good plans in microseconds, for every pair of a block of people and all profiles.

A plan found is a plan. That there is none is said only where it is proved. What is neither found nor proved is left to the
exact search.
"""

# ruff: noqa: PLR0917 (compiled functions take their arrays one by one, by position)
# ruff: noqa: C901, PLR0912, PLR0915 (a heuristic is one loop of rounds; what can be named has been taken out of it)
from __future__ import annotations

from typing import Final

import numpy as np

from drehkreuz.learning.arrays import (
    B1X2,
    CATALOGUE,
    DATE,
    DEAR,
    ENTRY,
    F8,
    F8X2,
    I4,
    I8,
    NEVER,
    ROWS,
    U1,
    U1X2,
    UNFUNDED,
    Bools,
    Bytes,
    Catalogue,
    Floats,
    Ints,
    Longs,
    Rows,
)
from drehkreuz.learning.bitwise._kernels import (
    BITS,
    DEMANDS,
    OFFERED,
    PERSON,
    SHORTLIST,
    Demands,
    Offered,
    Person,
    Shortlists,
    forget,
    list_kinds,
    tell,
    within_reach,
)
from drehkreuz.learning.cover._kernels import FOUND, NONE, UNKNOWN, cover
from drehkreuz.learning.placing._kernels import look_ahead, soonest
from drehkreuz.learning.reduction._kernels import drop_unready
from drehkreuz.region.kernels import inner_kernel, kernel

NOT_OPEN: Final = 0  # what `learn` says of a pair: nothing to look for,
PLAN: Final = 1  # a plan,
NO_COURSE: Final = 2  # no plan, and none if every condition is ignored,
HINDERED: Final = 3  # no plan, but one if some conditions are ignored,
UNDECIDED: Final = 4  # the exact search must say

SLOTS: Final = 64
"""Gaps of each profile that are remembered, with what was found for them under no condition."""

FNV: Final = np.uint64(1099511628211)
"""Prime by which keys are mixed: Fowler, Noll, Vo (1991)."""


@inner_kernel(f"void(int64, {CATALOGUE}, {CATALOGUE}, {I4}, {PERSON}, {U1}, {OFFERED})")
def offer_up(
    ignored: int, catalogue: Catalogue, kinds: Catalogue, kind_of: Ints, person: Person, fails: Bytes, offered: Offered
) -> None:
    """Fill in what is offered to a person who ignores some conditions; `fails` holds the conditions each session breaks."""
    (gives_at, gives), _, _, (sessions_at, sessions), own, cost, start, end = catalogue[:8]
    cheapest, frugal, fail, days, span, brings, ahead, ahead_of_kinds = offered
    can_pay = DEAR if ignored & UNFUNDED else person[3]
    usable = np.empty(len(own), dtype=np.bool_)
    fail[:] = fails
    look_ahead(ignored, catalogue, fail, ahead)
    for offer in range(len(own)):
        usable[offer] = own[offer] <= can_pay and soonest(offer, 0, ignored, catalogue, ahead) >= 0
    drop_unready(usable, ignored, catalogue, person[0], fail, ahead)
    look_ahead(ignored, kinds, fail, ahead_of_kinds)
    cheapest[:] = -1
    frugal[:] = -1
    days[:] = NEVER
    brings[:] = False
    first, last = NEVER, 0
    for offer in range(len(own)):
        if usable[offer]:
            for a in range(gives_at[offer], gives_at[offer + 1]):
                brings[gives[a]] = True
            kind = kind_of[offer]
            if cheapest[kind] < 0 or cost[offer] < cost[cheapest[kind]]:
                cheapest[kind] = offer
            for a in range(sessions_at[offer], sessions_at[offer + 1]):
                s = sessions[a]
                if fail[s] & ~ignored == 0:
                    days[kind] = min(days[kind], end[s] - start[s])
                    first, last = min(first, start[s]), max(last, end[s])
            if frugal[kind] < 0 or own[offer] < own[frugal[kind]]:
                frugal[kind] = offer
    span[0] = max(last - first, 0)


@inner_kernel(f"int64(int32[::1], int32[::1], {CATALOGUE}, {PERSON}, {U1})")
def broken(offers: Ints, sessions: Ints, catalogue: Catalogue, person: Person, fails: Bytes) -> int:
    """Return the conditions that a plan breaks, none that it was not allowed to."""
    (gives_at, gives), (needs_at, needs), _, _, own, _, start, end = catalogue[:8]
    bits, paid, over = 0, 0, 0
    for i in range(len(offers)):
        if offers[i] < 0:
            break
        s = sessions[i]
        bits |= fails[s]
        if start[s] < over:
            bits |= DATE
        over = end[s]
        paid += own[offers[i]]
        for a in range(needs_at[offers[i]], needs_at[offers[i] + 1]):
            met = bool(person[0][needs[a]])
            for j in range(i):
                for b in range(gives_at[offers[j]], gives_at[offers[j] + 1]):
                    met = met or gives[b] == needs[a]
            if not met:
                bits |= ENTRY
    if paid > person[3]:
        bits |= UNFUNDED
    return bits


@inner_kernel(f"int64(int64, float64, {DEMANDS}, {PERSON})")
def gap_key(profile: int, missing: float, demands: Demands, person: Person) -> int:
    """Return a number that is the same for the same gap, and hardly ever for others; zero or more."""
    must_at, must = demands[0]
    asked_at, asked = demands[1]
    key = np.uint64(int(missing * 1024.0))
    for a in range(must_at[profile], must_at[profile + 1]):
        key = (key ^ np.uint64(int(person[1][must[a]] * 1024.0))) * FNV + np.uint64(person[0][must[a]])
    for a in range(asked_at[profile], asked_at[profile + 1]):
        key = (key ^ np.uint64(person[2][asked[a]])) * FNV
    return int((key ^ (key >> np.uint64(32))) % np.uint64(SLOTS))


@inner_kernel(f"boolean(int64, int64, int64, {DEMANDS}, {B1X2}, {F8X2}, {B1X2}, {F8X2})")
def same_gap(
    one: int, other: int, profile: int, demands: Demands, held: Bools, worth: Floats, wanted: Bools, missing: Floats
) -> bool:
    """Return whether two people lack the same of a profile, weight by weight."""
    must_at, must = demands[0]
    asked_at, asked = demands[1]
    if missing[one, profile] != missing[other, profile]:
        return False
    for a in range(must_at[profile], must_at[profile + 1]):
        if worth[one, must[a]] != worth[other, must[a]] or held[one, must[a]] != held[other, must[a]]:
            return False
    for a in range(asked_at[profile], asked_at[profile + 1]):
        if wanted[one, asked[a]] != wanted[other, asked[a]]:
            return False
    return True


@kernel(
    f"void(int64, int64, boolean, boolean, {CATALOGUE}, {CATALOGUE}, {SHORTLIST}, {I4}, {I4}, {DEMANDS}, {B1X2}, {F8X2}, {B1X2}, {I8},"
    f" {U1X2}, {F8X2}, {B1X2}, {U1}, uint8[:, ::1], uint8[:, ::1], int32[:, :, ::1], int32[:, :, ::1])"
)
def learn(
    limit: int,
    quick_limit: int,
    none_fits: bool,
    why: bool,
    catalogue: Catalogue,
    kinds: Catalogue,
    shortlists: Shortlists,
    kind_of: Ints,
    offer_of: Ints,
    demands: Demands,
    held: Bools,
    worth: Floats,
    wanted: Bools,
    budget: Longs,
    fails: Bytes,
    missing: Floats,
    is_open: Bools,
    conditions: Bytes,
    found: Bytes,
    reasons: Bytes,
    offers: Ints,
    sessions: Ints,
) -> None:
    """
    Say of each pair whether there is a plan, which, and else what stands in the way.

    Args:
        limit: Sets of kinds looked at, at most, for a plan.
        quick_limit: The same, to tell which condition stands in the way.
        none_fits: It is known of all pairs that there is no plan under every condition; only the others are looked for.
        why: Tell which conditions stand in the way, too: four fifths of the searches.
        catalogue: What can be learned, by offers, in its own numbers.
        kinds: The same by kinds of offers.
        shortlists: Kinds that can matter to each profile.
        kind_of: Kind of each offer.
        offer_of: Offer of each session.
        demands: What profiles ask.
        held: bool[n, items].
        worth: float64[n, skills], weight that each adds.
        wanted: bool[n, items], items beside skills that are lacking and that courses give.
        budget: int64[n], cents.
        fails: uint8[n, sessions], conditions that each session breaks.
        missing: float64[n, profiles], weight to be gained.
        is_open: bool[n, profiles], pairs to look at.
        conditions: Conditions, one bit each, in the order in which they are put back.
        found: Filled with what is said, `NOT_OPEN` to `UNDECIDED`.
        reasons: Filled with conditions, where `HINDERED` and why is asked: as `drehkreuz.learning.solver.hurdles`.
        offers: Filled with the steps of the plan, where `HINDERED` of the one that ignores all conditions; −1 after the last.
        sessions: Filled with their sessions.
    """
    n_kinds, n_items, n_sessions, steps = len(kinds[5]), held.shape[1], fails.shape[1], offers.shape[2]
    n_conditions, everything = len(conditions), 0
    for condition in conditions:
        everything |= condition
    states = everything // 2 + 1  # sets of conditions, by their bits but the lowest, which is none of them
    known = np.empty(states, dtype=np.bool_)
    cheapest = np.empty((states, n_kinds), dtype=np.int32)
    frugal = np.empty((states, n_kinds), dtype=np.int32)
    fail = np.empty((states, n_sessions), dtype=np.uint8)
    days = np.empty((states, n_kinds), dtype=np.int32)
    span = np.empty((states, 1), dtype=np.int32)
    brings = np.empty((states, n_items), dtype=np.bool_)
    ahead = np.empty((2, states, n_sessions), dtype=np.int32)
    pair = (
        np.empty(BITS, dtype=np.int32),
        np.full(n_items, -1, dtype=np.int32),
        np.empty(((BITS + 7) // 8, 256), dtype=np.float64),
        np.empty(n_kinds, dtype=np.int32),
        np.empty(n_kinds, dtype=np.int64),
        np.empty(n_kinds, dtype=np.int64),
        np.empty((3, n_kinds), dtype=np.int64),
        np.full(n_kinds, -1, dtype=np.int32),
        np.zeros(5, dtype=np.int32),
    )
    tree = (
        np.empty((steps + 1, n_kinds), dtype=np.int32),
        np.empty(steps + 1, dtype=np.int64),
        np.empty(steps + 1, dtype=np.int64),
        np.zeros((steps + 1, 5), dtype=np.int64),
        np.empty(steps + 1, dtype=np.float64),
        np.empty((2, n_kinds), dtype=np.float64),
        np.zeros(n_kinds, dtype=np.bool_),
        np.zeros((steps, 1 + len(catalogue[1][1])), dtype=np.int64),
        np.empty((2, 3, 1 << steps), dtype=np.int64),
        np.empty((steps + 1, steps), dtype=np.int32),
        np.zeros(1, dtype=np.int64),
    )
    best, held_on = np.empty(steps, dtype=np.int32), np.empty(steps, dtype=np.int32)
    # Without any condition what is found depends on the gap alone, and neighbours often lack the same.
    known_gap = np.full((found.shape[1], SLOTS), -1, dtype=np.int32)
    offers[:] = -1
    sessions[:] = -1
    for p in range(len(held)):
        person = (held[p], worth[p], wanted[p], budget[p])
        known[:] = False
        for r in range(found.shape[1]):
            found[p, r] = NOT_OPEN
            reasons[p, r] = 0
            left, stage, breaks = everything, int(none_fits), -1
            told = is_open[p, r] and tell(r, pair, demands, person, tree[3])
            # First with every condition, then with none, then without each alone, then putting them back one by one.
            while is_open[p, r]:
                ignored = 0
                if stage == 1:
                    ignored = everything
                elif 2 <= stage < 2 + n_conditions:
                    ignored = conditions[stage - 2]
                elif stage > 1:
                    ignored = left & ~conditions[stage - 2 - n_conditions]
                said = FOUND if breaks & ~ignored == 0 else NONE  # the last plan found may break no more than this
                look = said == NONE
                if look and stage == 1:
                    slot = gap_key(r, missing[p, r], demands, person)
                    alike = known_gap[r, slot]
                    if alike >= 0 and same_gap(p, alike, r, demands, held, worth, wanted, missing):
                        look = False
                        best[:], held_on[:] = offers[alike, r], sessions[alike, r]
                        said = (
                            FOUND if found[alike, r] == HINDERED else NONE if found[alike, r] == NO_COURSE else UNKNOWN
                        )
                        if said == FOUND and why:
                            breaks = broken(best, held_on, catalogue, person, fails[p])
                    else:
                        known_gap[r, slot] = p
                if look:
                    state = ignored // 2
                    offered = (
                        cheapest[state], frugal[state], fail[state], days[state], span[state], brings[state], ahead[0, state],
                        ahead[1, state],
                    )  # fmt: skip
                    if not known[state]:
                        offer_up(ignored, catalogue, kinds, kind_of, person, fails[p], offered)
                        known[state] = True
                    if within_reach(r, missing[p, r], demands, person, brings[state]):
                        said = UNKNOWN
                        for trial in range((1 + (stage == 0)) * told):
                            sort_out = stage == 0 and trial == 0
                            list_kinds(r, ignored, sort_out, pair, catalogue, kinds, shortlists, person, offered, tree)
                            said = cover(
                                ignored, missing[p, r], limit if stage == 0 else quick_limit, stage + trial >= 1, catalogue,
                                kinds, offer_of, person, pair, offered, tree, best, held_on,
                            )  # fmt: skip
                            if said != UNKNOWN:
                                break
                        if said == FOUND and stage > 0 and why:
                            breaks = broken(best, held_on, catalogue, person, fails[p])
                if said == UNKNOWN and stage < 2:
                    found[p, r] = UNDECIDED
                    break
                if stage < 2 and said == FOUND:
                    offers[p, r] = best
                    sessions[p, r] = held_on
                    found[p, r] = PLAN if stage == 0 else HINDERED
                elif said == FOUND and stage < 2 + n_conditions:
                    reasons[p, r] |= conditions[stage - 2]
                elif said == FOUND:
                    left = ignored
                if said == FOUND and (stage == 0 or (stage == 1 and not why)):
                    break
                if stage == 1 and said == NONE:
                    found[p, r] = NO_COURSE
                    break
                stage += 1
                if stage == 2 + n_conditions and reasons[p, r] > 0:
                    break
                if stage == 2 + 2 * n_conditions:
                    reasons[p, r] = left
                    break
            forget(pair)


@kernel(f"void({ROWS}, {F8}, {F8X2}, {F8X2}, float64[:, ::1])")
def weeks_at_most(must: Rows, weeks: Floats, worth: Floats, missing: Floats, found: Floats) -> None:
    """
    Add up the weeks of must skills, one by one, until what is missing is gained.

    Args:
        must: Profile → must skills, in the order in which they are learnt.
        weeks: Beside `must`.
        worth: float64[n, skills], weight that each adds.
        missing: float64[n, profiles].
        found: Filled with weeks, float64[n, profiles].
    """
    must_at, skills = must
    for p in range(len(worth)):
        for r in range(found.shape[1]):
            found[p, r] = 0.0
            rest = missing[p, r]
            for a in range(must_at[r], must_at[r + 1]):
                if rest <= 0.0:
                    break
                if worth[p, skills[a]] > 0.0:
                    rest -= worth[p, skills[a]]
                    found[p, r] += weeks[a]
