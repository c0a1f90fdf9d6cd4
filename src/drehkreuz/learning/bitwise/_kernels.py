# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""
One pair in bits: what the kinds of offers that can matter to it give and need.

For one person and profile the items that can matter are few: must skills lacking, items asked beside, items that offers
need. Each gets a bit, so that what a kind gives and needs is two integers, and what a set of kinds gives is one. Skills come
first. What a set of skills is worth is added up once for every byte of bits, and then looked up.
"""

# ruff: noqa: C901 (a search without recursion is one loop; what can be named has been taken out of it)
from __future__ import annotations

from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from drehkreuz.learning.arrays import (
    B1,
    CATALOGUE,
    ENTRY,
    F8,
    I4,
    I8,
    ROWS,
    Bools,
    Bytes,
    Catalogue,
    Floats,
    Ints,
    Longs,
    Rows,
)
from drehkreuz.region.kernels import inner_kernel, kernel

BITS: Final = 62
"""Items that one pair may be about: what fits into an integer, without its sign."""

Demands: TypeAlias = tuple[Rows, Rows, Floats]
"""Profile → must skills and → items asked beside, both as items; weight to reach."""
DEMANDS = f"Tuple(({ROWS}, {ROWS}, {F8}))"

Person: TypeAlias = tuple[Bools, Floats, Bools, int]
"""Items held; weight that each skill adds; items asked beside that courses give; the most the person can pay, cents."""
PERSON = f"Tuple(({B1}, {F8}, {B1}, int64))"

Offered: TypeAlias = tuple[Ints, Ints, Bytes, Ints, Ints, Bools, Ints, Ints]
"""
Under some conditions: cheapest usable offer of each kind, −1 for none; the one for which the person pays least; conditions that
each session breaks; days of the shortest usable session of each kind; one entry, the days from the first of all to the last;
whether any usable offer gives each item; of offers and of kinds, what `look_ahead` tells.
"""
OFFERED = "Tuple((int32[::1], int32[::1], uint8[::1], int32[::1], int32[::1], boolean[::1], int32[::1], int32[::1]))"

Shortlists: TypeAlias = tuple[Longs, Ints, Longs]
"""Of all profiles, by `shortlist`: first entry of each; kinds; the bits each gives."""
SHORTLIST = f"Tuple(({I8}, {I4}, {I8}))"

Sums: TypeAlias = NDArray[np.float64]
"""[bytes, 256]: what the skills of each byte of bits are worth."""

Bitwise: TypeAlias = tuple[Ints, Ints, Sums, Ints, Longs, Longs, Longs, Ints, Ints]
"""
A pair in bits: item of each bit; bit of each item, −1 for none; worth; kinds; what each gives, needs; its terms: cents of the cheapest
offer, the least that the person pays, days of the shortest session; position of each kind, −1 for none;
[bits, kinds, bits that are asked, bytes that are skills, whether kinds were left out].
"""
BITWISE = (
    "Tuple((int32[::1], int32[::1], float64[:, ::1], int32[::1], int64[::1], int64[::1], int64[:, ::1], int32[::1],"
    " int32[::1]))"
)

Tree: TypeAlias = tuple[Ints, Longs, Longs, Longs, Floats, Floats, Bools, Longs, Longs, Ints, Longs]
"""
Scratch of a search: branches of each depth; number of branches, the one taken, and [given, wanted, spent, paid, days] of each depth;
weight missing at each depth; gains, and for each cent; kinds left out; what comes before what and tables, for `place`; sessions of the
kinds chosen at each depth; one entry, how many of them are in the first table.
"""
TREE = (
    "Tuple((int32[:, ::1], int64[::1], int64[::1], int64[:, ::1], float64[::1], float64[:, ::1], boolean[::1], int64[:, ::1],"
    " int64[:, :, ::1], int32[:, ::1], int64[::1]))"
)


@kernel(f"int64({DEMANDS}, {CATALOGUE}, boolean, {I8}, int32[::1], int64[::1])")
def shortlist(demands: Demands, kinds: Catalogue, fill: bool, starts: Longs, listed: Ints, gives: Longs) -> int:
    """
    List for each profile the kinds that give something it asks; return how many entries there are.

    Bits stand for its must skills, then for the items asked beside. With `fill` false entries are only counted: `gives[r]`
    becomes their number.

    Args:
        demands: What profiles ask.
        kinds: Kinds of offers.
        fill: Fill in the entries.
        starts: First entry of each profile.
        listed: Filled with kinds.
        gives: Filled with the bits each gives.
    """
    by_at, by = kinds[2]
    at = np.full(len(kinds[5]), -1, dtype=np.int64)
    total = 0
    for r in range(len(demands[2])):
        n, bit = 0, 0
        for beside in range(2):
            rows_at, rows = demands[1] if beside else demands[0]
            for a in range(rows_at[r], rows_at[r + 1]):
                for b in range(by_at[rows[a]], by_at[rows[a] + 1]):
                    kind = by[b]
                    if at[kind] < total:
                        at[kind] = total + n
                        if fill:
                            listed[starts[r] + n] = kind
                            gives[starts[r] + n] = 0
                        n += 1
                    if fill:
                        gives[starts[r] + at[kind] - total] |= 1 << bit
                bit = min(bit + 1, BITS)
        if not fill:
            gives[r] = n
        total += n
    return total


@inner_kernel(f"void(int64, int64, {BITWISE}, {CATALOGUE}, {OFFERED})")
def list_kind(kind: int, fresh: int, pair: Bitwise, catalogue: Catalogue, offered: Offered) -> None:
    """List a kind, what it gives that is lacking, and its terms."""
    _, _, _, listed, gives, needs, terms, at, size = pair
    cheapest, frugal, _, days = offered[:4]
    n = size[1]
    at[kind], listed[n], gives[n], needs[n] = n, kind, fresh, 0
    terms[0, n], terms[1, n], terms[2, n] = catalogue[5][cheapest[kind]], catalogue[4][frugal[kind]], days[kind]
    size[1] += 1


@inner_kernel(f"int64(int64, {BITWISE}, {CATALOGUE}, {CATALOGUE}, {OFFERED})")
def add_bit(item: int, pair: Bitwise, catalogue: Catalogue, kinds: Catalogue, offered: Offered) -> int:
    """Give an item a bit, and list the kinds that give it; return the bit, −1 where there are no more."""
    items, bit_of, _, _, gives, _, _, at, size = pair
    bit = size[0]
    if bit == BITS:
        return -1
    items[bit] = item
    bit_of[item] = bit
    size[0] += 1
    rows_at, rows = kinds[2]
    for a in range(rows_at[item], rows_at[item + 1]):
        kind = rows[a]
        if offered[0][kind] >= 0:
            if at[kind] < 0:
                list_kind(kind, 0, pair, catalogue, offered)
            gives[at[kind]] |= 1 << bit
    return int(bit)


@inner_kernel(f"boolean(int64, int64, {CATALOGUE}, {B1})")
def needs_no_more(other: int, worse: int, kinds: Catalogue, held: Bools) -> bool:
    """Return whether a kind needs nothing that is lacking and that another does not need."""
    needs_at, needed = kinds[1]
    for a in range(needs_at[other], needs_at[other + 1]):
        found = bool(held[needed[a]])
        for b in range(needs_at[worse], needs_at[worse + 1]):
            found = found or needed[a] == needed[b]
        if not found:
            return False
    return True


@inner_kernel(f"void(int64, {BITWISE}, {CATALOGUE}, {PERSON}, boolean[::1])")
def leave_out(ignored: int, pair: Bitwise, kinds: Catalogue, person: Person, out: Bools) -> None:
    """
    Leave out kinds that one before them can stand for: it gives all they do, needs no more and costs no more.

    Times apart no cheapest plan is lost, and no shorter one; `pair` tells whether any kind was left out.
    """
    _, _, _, listed, gives, _, terms, _, size = pair
    for worse in range(size[1]):
        for other in range(worse):
            if (
                not out[other]
                and gives[worse] & ~gives[other] == 0
                and terms[0, other] <= terms[0, worse]
                and terms[1, other] <= terms[1, worse]
                and terms[2, other] <= terms[2, worse]
                and (ignored & ENTRY or needs_no_more(listed[other], listed[worse], kinds, person[0]))
            ):
                out[worse] = True
                size[4] = 1
                break


@inner_kernel(f"boolean(int64, float64, {DEMANDS}, {PERSON}, boolean[::1])")
def within_reach(profile: int, rest: float, demands: Demands, person: Person, brings: Bools) -> bool:
    """Return whether all usable offers together bring what a profile asks; else there is no plan."""
    must_at, must = demands[0]
    asked_at, asked = demands[1]
    _, worth, wanted, _ = person
    for a in range(asked_at[profile], asked_at[profile + 1]):
        if wanted[asked[a]] and not brings[asked[a]]:
            return False
    for a in range(must_at[profile], must_at[profile + 1]):
        if brings[must[a]]:
            rest -= worth[must[a]]
    return rest <= 0.0


@inner_kernel(f"boolean(int64, {BITWISE}, {DEMANDS}, {PERSON}, int64[:, ::1])")
def tell(profile: int, pair: Bitwise, demands: Demands, person: Person, state: Longs) -> bool:
    """Tell a pair in bits, and what is given and wanted at the root of a search; false where there are too few bits."""
    must_at, must = demands[0]
    asked_at, asked = demands[1]
    items, bit_of, sums, _, _, _, _, _, size = pair
    n_must, n_asked = must_at[profile + 1] - must_at[profile], asked_at[profile + 1] - asked_at[profile]
    size[:] = 0
    if n_must + n_asked > BITS:
        return False
    size[3] = (n_must + 7) // 8
    sums[: size[3], 0] = 0.0
    for bit in range(8 * size[3]):
        alone, byte = 1 << bit % 8, bit // 8
        worth = person[1][must[must_at[profile] + bit]] if bit < n_must else 0.0
        for others in range(alone):
            sums[byte, alone + others] = sums[byte, others] + worth
    given, wanted = 0, 0
    for bit in range(n_must):
        item = must[must_at[profile] + bit]
        items[bit], bit_of[item] = item, bit
        given |= int(person[0][item]) << bit
    for a in range(n_asked):
        item, bit = asked[asked_at[profile] + a], n_must + a
        items[bit], bit_of[item] = item, bit
        if person[2][item]:
            wanted |= 1 << bit
        else:
            given |= 1 << bit
    size[0] = size[2] = n_must + n_asked
    state[0, 0], state[0, 1] = given, wanted
    state[0, 2:] = 0
    return True


@inner_kernel(f"void({BITWISE})")
def unlist(pair: Bitwise) -> None:
    """Take back what `list_kinds` has marked."""
    items, bit_of, _, listed, _, _, _, at, size = pair
    for bit in range(size[2], size[0]):
        bit_of[items[bit]] = -1
    for k in range(size[1]):
        at[listed[k]] = -1
    size[0], size[1], size[4] = size[2], 0, 0


@inner_kernel(
    f"void(int64, int64, boolean, {BITWISE}, {CATALOGUE}, {CATALOGUE}, {SHORTLIST}, {PERSON}, {OFFERED}, {TREE})"
)
def list_kinds(
    profile: int,
    ignored: int,
    sort_out: bool,
    pair: Bitwise,
    catalogue: Catalogue,
    kinds: Catalogue,
    shortlists: Shortlists,
    person: Person,
    offered: Offered,
    tree: Tree,
) -> None:
    """List the kinds that can matter to a pair that `tell` has told, without those that others can stand for if wished."""
    needs_at, needed = kinds[1]
    _, bit_of, _, listed, gives, needs, _, _, size = pair
    given, out = tree[3][0, 0], tree[6]
    unlist(pair)
    for a in range(shortlists[0][profile], shortlists[0][profile + 1]):
        kind = shortlists[1][a]
        if offered[0][kind] >= 0:
            fresh = shortlists[2][a] & ~given
            if fresh:
                out[size[1]] = False
                list_kind(kind, fresh, pair, catalogue, offered)
    if sort_out:
        leave_out(ignored, pair, kinds, person, out)
    k, weighed = 0, size[1]
    while k < size[1] and ignored & ENTRY == 0:
        if k >= weighed:
            out[k] = False
        kind = listed[k]
        for a in range(needs_at[kind], needs_at[kind + 1] if not out[k] else 0):
            item = needed[a]
            if not person[0][item]:
                bit = bit_of[item]
                if bit < 0:
                    bit = add_bit(item, pair, catalogue, kinds, offered)
                if bit < 0:
                    break  # as if it needed no more: `settle` will know better
                needs[k] |= 1 << bit
        gives[k] &= ~needs[k]  # it can only be taken when these are there already
        k += 1


@inner_kernel(f"void({BITWISE})")
def forget(pair: Bitwise) -> None:
    """Take back what `tell` and `list_kinds` have marked."""
    unlist(pair)
    for bit in range(pair[8][2]):
        pair[1][pair[0][bit]] = -1


@inner_kernel(f"float64(int64, {BITWISE})")
def worth_of(fresh: int, pair: Bitwise) -> float:
    """Return the weight that bits not yet given add."""
    sums = pair[2]
    added = 0.0
    for byte in range(pair[8][3]):
        added += sums[byte, fresh & 255]
        fresh >>= 8
    return added
