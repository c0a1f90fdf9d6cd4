# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""
One person's problem, small: only items that are lacking and matter, only offers that a plan may hold.

Each item gets a bit. Bits stand in words of an integer each, as many as it takes, so a problem may be of any size.
"""

# ruff: noqa: C901 (one loop after another, each of one thing)
from __future__ import annotations

from typing import Final, TypeAlias

import numpy as np

from drehkreuz.learning.arrays import (
    B1,
    CATALOGUE,
    ENTRY,
    F8,
    ROWS,
    UNFUNDED,
    Bools,
    Catalogue,
    Floats,
    Ints,
    Longs,
    Rows,
)
from drehkreuz.region.kernels import inner_kernel

WORD: Final = 64
"""Bits in a word."""

Compact: TypeAlias = tuple[Ints, Longs, Longs, Longs, Longs, Floats, Bools]
"""
Of k offers: their numbers in the catalogue; [k, words] what each gives and needs; cost and what the person pays, cents. Of the first
bits, those of items that are asked: the weight each adds; whether it must be got. The others are of items that offers need.
"""
COMPACT = "Tuple((int32[::1], int64[:, ::1], int64[:, ::1], int64[::1], int64[::1], float64[::1], boolean[::1]))"


@inner_kernel("boolean(int64[::1], int64)")
def has(words: Longs, bit: int) -> bool:
    """Return whether a bit is set."""
    return bool(words[bit // WORD] >> bit % WORD & 1)


@inner_kernel(f"void({ROWS}, int32[::1], int32[::1], int64[:, ::1])")
def spell(rows: Rows, offers: Ints, bit_of: Ints, words: Longs) -> None:
    """Set the bits of what some offers give, or need."""
    words[:] = 0
    for k in range(len(offers)):
        for a in range(rows[0][offers[k]], rows[0][offers[k] + 1]):
            bit = bit_of[rows[1][a]]
            if bit >= 0:
                words[k, bit // WORD] |= 1 << bit % WORD


@inner_kernel(f"{COMPACT}(int64, {CATALOGUE}, int32[::1], {B1}, {F8}, {B1})")
def compact(ignored: int, catalogue: Catalogue, usable: Ints, held: Bools, worth: Floats, asked: Bools) -> Compact:
    """
    Number the items that matter and are lacking, and tell the usable offers in their bits.

    Args:
        ignored: Conditions that a plan may break: needs, or what the person pays, are left out then.
        catalogue: Of the problem.
        usable: Offers that a plan may hold.
        held: Items the person holds.
        worth: Weight that each must skill adds.
        asked: Items that must be got.
    """
    gives, needs = catalogue[:2]
    own, cost = catalogue[4:6]
    counts = asked & ~held
    for item in range(len(worth)):
        counts[item] = not held[item] and (asked[item] or worth[item] > 0.0)
    needed_too = np.zeros_like(counts)
    if ignored & ENTRY == 0:
        for offer in usable:
            for a in range(needs[0][offer], needs[0][offer + 1]):
                item = needs[1][a]
                needed_too[item] = not held[item] and not counts[item]
    items = np.append(np.flatnonzero(counts), np.flatnonzero(needed_too))
    bit_of = np.full(len(held), -1, dtype=np.int32)
    weight, compulsory = np.zeros(counts.sum(), dtype=np.float64), np.empty(counts.sum(), dtype=np.bool_)
    for bit in range(len(items)):
        bit_of[items[bit]] = bit
    for bit in range(len(weight)):
        compulsory[bit] = asked[items[bit]]
        if items[bit] < len(worth):
            weight[bit] = worth[items[bit]]
    n, n_words = len(usable), len(items) // WORD + 1
    given, needed = np.empty((n, n_words), dtype=np.int64), np.zeros((n, n_words), dtype=np.int64)
    spell(gives, usable, bit_of, given)
    if ignored & ENTRY == 0:
        spell(needs, usable, bit_of, needed)
    costs, paid = np.empty(n, dtype=np.int64), np.zeros(n, dtype=np.int64)
    for k in range(n):
        costs[k] = cost[usable[k]]
        if ignored & UNFUNDED == 0:
            paid[k] = own[usable[k]]
    return usable, given, needed, costs, paid, weight, compulsory
