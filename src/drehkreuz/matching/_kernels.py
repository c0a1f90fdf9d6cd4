# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
# ruff: noqa: PLR0917  # compiled functions are given flat arrays by position
"""
The compiled inside of working set, stable and largest allocation.

Preferences are pairs (utility, tie), larger first; `tie` is the hash of `drehkreuz.matching.pairs.ties`, so they are strict.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from drehkreuz.region.kernels import inner_kernel, kernel

Bytes = NDArray[np.uint8]
Shorts = NDArray[np.int16]
Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Words = NDArray[np.uint64]
Floats = NDArray[np.float32]
Bools = NDArray[np.bool_]
Int = int | np.integer[Any]

# ------------------------------------------------------------------------------------------------ the best k of a row


@kernel("void(uint8[:, ::1], boolean[::1])")
def occurring(mask: Bytes, seen: Bools) -> None:
    """Mark the masks that occur in a block; `seen` has 256 entries."""
    for row in mask:
        for bits in row:
            seen[bits] = True


@kernel("uint64(uint64, uint64)")
def tie(salted: np.uint64, vacancy: np.uint64) -> np.uint64:
    """Return the hash of one pair, as `drehkreuz.matching.pairs.ties`."""
    mixed = salted + vacancy + np.uint64(0x9E3779B97F4A7C15)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))


@inner_kernel(
    "void(int32[::1], int32[:, ::1], float32[:, :, ::1], uint64[:, ::1], int64, int64, float32, uint64, float32, float32)"
)
def offer(
    size: Ints,
    who: Ints,
    worth: Floats,
    ties: Words,
    row: Int,
    candidate: Int,
    rank: np.float32,
    pair_tie: np.uint64,
    own: np.float32,
    other: np.float32,
) -> None:
    """
    Put a candidate in its place among the best of a row, falling by (rank, tie); the last drops out of a full row.

    `worth` holds the rank, what the pair is worth to the row and what to the candidate.
    """
    limit = who.shape[1]
    place = size[row]
    if place == limit:
        last = limit - 1
        if rank < worth[row, last, 0] or (rank == worth[row, last, 0] and pair_tie < ties[row, last]):
            return
        place = last
    else:
        size[row] += 1
    while place > 0 and (
        worth[row, place - 1, 0] < rank or (worth[row, place - 1, 0] == rank and ties[row, place - 1] < pair_tie)
    ):
        who[row, place] = who[row, place - 1]
        worth[row, place] = worth[row, place - 1]
        ties[row, place] = ties[row, place - 1]
        place -= 1
    who[row, place] = candidate
    worth[row, place, 0] = rank
    worth[row, place, 1] = own
    worth[row, place, 2] = other
    ties[row, place] = pair_tie


@inner_kernel("int64(uint8[::1], uint64[:, ::1], uint64[:, ::1], int64)")
def next_open(masks: Bytes, meets: Words, open_vacancies: Words, begin: int) -> int:
    """
    Return the first vacancy from `begin` on whose word shares a bit with what its mask meets, else how many there are.

    Positions are read without sign, which spares the compiled code a test for negative ones at each pair.
    """
    for v in range(np.uint64(begin), np.uint64(len(masks))):
        bits = masks[v]
        if (meets[bits, 0] & open_vacancies[v, 0]) | (meets[bits, 1] & open_vacancies[v, 1]) != np.uint64(0):
            return int(v)
    return len(masks)


@kernel(
    "int64(int64, uint8[:, ::1], float32[:, ::1], float32[:, ::1], uint64[::1], uint64[::1], boolean, int16[::1], int64, "
    "uint64[:, ::1], uint64[:, ::1], uint64[:, ::1], uint64[:, ::1], uint64[:, ::1], "
    "int32[::1], int32[:, ::1], float32[:, :, ::1], uint64[:, ::1], "
    "int32[::1], int32[:, ::1], float32[:, :, ::1], uint64[:, ::1])"
)
def best_open(
    first: int,
    mask: Bytes,
    utility_person: Floats,
    utility_employer: Floats,
    salted: Words,
    vacancy_keys: Words,
    by_hash: bool,
    slot: Shorts,
    slots: int,
    open_people: Words,
    open_vacancies: Words,
    allowing: Words,
    hit_people: Words,
    hit_vacancies: Words,
    p_size: Ints,
    p_who: Ints,
    p_worth: Floats,
    p_ties: Words,
    v_size: Ints,
    v_who: Ints,
    v_worth: Floats,
    v_ties: Words,
) -> int:
    """
    Scan a block; of the pairs open in any coalition, offer each to its person's and its vacancy's best of that mask.

    Best is what is worth most to the row, or (`by_hash`) what has the highest hash: an impartial choice.
    A pair is open in the coalitions that person, vacancy and mask share: 128 bits, two words. The words of open pairs are
    gathered in `hit_people` and `hit_vacancies`; returned is how many pairs are open.
    """
    found = 0
    meets = np.empty((256, 2), dtype=np.uint64)  # what person and mask share, by mask
    for i in range(mask.shape[0]):
        p = first + i
        if open_people[p, 0] | open_people[p, 1] == np.uint64(0):
            continue
        for each in range(256):
            meets[each, 0] = open_people[p, 0] & allowing[each, 0]
            meets[each, 1] = open_people[p, 1] & allowing[each, 1]
        v = next_open(mask[i], meets, open_vacancies, 0)
        while v < mask.shape[1]:
            bits = mask[i, v]
            w0, w1 = meets[bits, 0] & open_vacancies[v, 0], meets[bits, 1] & open_vacancies[v, 1]
            found += 1
            hit_people[p, 0] |= w0
            hit_people[p, 1] |= w1
            hit_vacancies[v, 0] |= w0
            hit_vacancies[v, 1] |= w1
            pair_tie = tie(salted[p], vacancy_keys[v])
            own, other = utility_person[i, v], utility_employer[i, v]
            p_rank, v_rank = (np.float32(0), np.float32(0)) if by_hash else (own, other)
            offer(p_size, p_who, p_worth, p_ties, i * slots + slot[bits], v, p_rank, pair_tie, own, other)
            offer(v_size, v_who, v_worth, v_ties, v * slots + slot[bits], p, v_rank, pair_tie, other, own)
            v = next_open(mask[i], meets, open_vacancies, v + 1)
    return found


# -------------------------------------------------------------------------------------------------- stable allocation


@inner_kernel("boolean(int64, float32, uint64, int32[::1], int64[::1], int32[::1], float32[::1], uint64[::1])")
def would_take(
    v: Int,
    worth: np.float32,
    pair_tie: np.uint64,
    capacity: Ints,
    start: Longs,
    taken: Ints,
    held_worth: Floats,
    held_ties: Words,
) -> bool:
    """Tell whether a vacancy has a free seat, or holds somebody (the root of its heap is the last) it likes less."""
    if taken[v] < capacity[v]:
        return True
    if capacity[v] == 0:
        return False
    root = start[v]
    return bool(worth > held_worth[root] or (worth == held_worth[root] and pair_tie > held_ties[root]))


@inner_kernel(
    "int64(int64, int64, float32, uint64, int32[::1], int64[::1], int32[::1], int32[::1], float32[::1], uint64[::1])"
)
def take(
    v: Int,
    p: Int,
    worth: np.float32,
    pair_tie: np.uint64,
    capacity: Ints,
    start: Longs,
    taken: Ints,
    held: Ints,
    held_worth: Floats,
    held_ties: Words,
) -> Int:
    """Give a person a seat; return who has to leave it, -1 for nobody."""
    root = start[v]
    leaves = np.int32(-1)
    if taken[v] < capacity[v]:  # a new leaf of the heap rises
        at = np.int64(taken[v])
        taken[v] += 1
        while at > 0:
            up = (at - 1) // 2
            if held_worth[root + up] < worth or (held_worth[root + up] == worth and held_ties[root + up] < pair_tie):
                break
            held[root + at] = held[root + up]
            held_worth[root + at] = held_worth[root + up]
            held_ties[root + at] = held_ties[root + up]
            at = up
    else:  # the root leaves, the newcomer sinks from there
        leaves = held[root]
        at = np.int64(0)
        while True:
            down = 2 * at + 1
            if down >= taken[v]:
                break
            left, right = root + down, root + down + 1
            if down + 1 < taken[v] and (
                held_worth[right] < held_worth[left]
                or (held_worth[right] == held_worth[left] and held_ties[right] < held_ties[left])
            ):
                down += 1
            low = root + down
            if worth < held_worth[low] or (worth == held_worth[low] and pair_tie < held_ties[low]):
                break
            held[root + at] = held[low]
            held_worth[root + at] = held_worth[low]
            held_ties[root + at] = held_ties[low]
            at = down
    held[root + at] = p
    held_worth[root + at] = worth
    held_ties[root + at] = pair_tie
    return leaves


@kernel(
    "void(int32[::1], int64[::1], int64[::1], int32[::1], float32[::1], uint64[::1], "
    "int32[::1], int64[::1], int32[::1], int32[::1], float32[::1], uint64[::1])"
)
def propose(
    people: Ints,
    cursor: Longs,
    end: Longs,
    vacancy: Ints,
    worth: Floats,
    ties: Words,
    capacity: Ints,
    start: Longs,
    taken: Ints,
    held: Ints,
    held_worth: Floats,
    held_ties: Words,
) -> None:
    """
    Let people propose down their lists until each is held or has no entry left (deferred acceptance).

    `cursor[p]` is the next entry of p's list and comes to stand one behind the entry that holds p. Most proposals are worth less than
    the least that a vacancy holds: `least` tells so from one short array.
    """
    least = np.full(len(capacity), -np.inf, dtype=np.float32)
    for full in range(len(capacity)):
        if taken[full] == capacity[full]:
            least[full] = held_worth[start[full]] if taken[full] > 0 else np.inf
    for person in people:
        p: Int = np.int64(person)
        while p >= 0 and cursor[p] < end[p]:
            entry = cursor[p]
            cursor[p] += 1
            v = np.int64(vacancy[entry])
            if worth[entry] < least[v]:
                continue
            if would_take(v, worth[entry], ties[entry], capacity, start, taken, held_worth, held_ties):
                p = take(v, p, worth[entry], ties[entry], capacity, start, taken, held, held_worth, held_ties)
                if taken[v] == capacity[v]:
                    least[v] = held_worth[start[v]]


@kernel(
    "void(int64, uint8[:, ::1], float32[:, ::1], float32[:, ::1], uint64[::1], uint64[::1], uint8, "
    "boolean[::1], float32[::1], uint64[::1], "
    "int32[::1], int64[::1], int32[::1], float32[::1], uint64[::1], "
    "int32[::1], int32[:, ::1], float32[:, :, ::1], uint64[:, ::1])"
)
def next_wishes(
    first: int,
    mask: Bytes,
    utility_person: Floats,
    utility_employer: Floats,
    salted: Words,
    vacancy_keys: Words,
    forbidden: Int,
    waiting: Bools,
    last_worth: Floats,
    last_tie: Words,
    capacity: Ints,
    start: Longs,
    taken: Ints,
    held_worth: Floats,
    held_ties: Words,
    size: Ints,
    who: Ints,
    worth: Floats,
    ties: Words,
) -> None:
    """Scan a block; list for each waiting person the next best vacancies below the last wish that would take them now."""
    for i in range(mask.shape[0]):
        p = first + i
        if not waiting[p]:
            continue
        for v in range(mask.shape[1]):
            own = utility_person[i, v]
            if mask[i, v] & forbidden or own > last_worth[p]:
                continue
            pair_tie = tie(salted[p], vacancy_keys[v])
            if own == last_worth[p] and pair_tie >= last_tie[p]:
                continue
            other = utility_employer[i, v]
            if would_take(v, other, pair_tie, capacity, start, taken, held_worth, held_ties):
                offer(size, who, worth, ties, p, v, own, pair_tie, own, other)


# ------------------------------------------------------------------------------------------------- largest allocation


@kernel("void(int64[::1], int32[::1], uint8[::1], uint8, int64[::1], int32[::1])")
def without(indptr: Longs, vacancy: Ints, mask: Bytes, forbidden: Int, kept_indptr: Longs, kept_vacancy: Ints) -> None:
    """Copy the rows of entries that have no forbidden bit, in order."""
    kept = 0
    for p in range(len(indptr) - 1):
        kept_indptr[p] = kept
        for entry in range(indptr[p], indptr[p + 1]):
            if not mask[entry] & forbidden:
                kept_vacancy[kept] = vacancy[entry]
                kept += 1
    kept_indptr[len(indptr) - 1] = kept


@inner_kernel(
    "boolean(int32[::1], int64[::1], int32[::1], int64, int32[::1], int64[::1], int32[::1], int32[::1], int64[::1], "
    "int32[::1], int32[::1], int32[::1])"
)
def layers(
    people: Ints,
    indptr: Longs,
    vacancy: Ints,
    listed: Int,
    room: Ints,
    start: Longs,
    seat: Ints,
    used: Ints,
    seat_of: Longs,
    queue: Ints,
    depth_person: Ints,
    depth_vacancy: Ints,
) -> bool:
    """
    Search breadth-first from the people without a seat; stop behind the first depth that has a free seat, if any.

    Once all vacancies that anybody lists are reached (`listed` is how many), nothing is left to find.
    """
    depth_person[:] = -1
    depth_vacancy[:] = -1
    tail = 0
    for p in people:
        if seat_of[p] < 0:
            depth_person[p] = 0
            queue[tail] = p
            tail += 1
    head = 0
    found = False
    deepest = np.int32(len(people))
    while head < tail and listed > 0 and depth_person[queue[head]] <= deepest:
        p = queue[head]
        head += 1
        for entry in range(indptr[p], indptr[p + 1]):
            v = vacancy[entry]
            if depth_vacancy[v] >= 0:
                continue
            depth_vacancy[v] = depth_person[p]
            listed -= 1
            if used[v] < room[v]:
                found = True
                deepest = depth_person[p]
                continue
            for s in range(start[v], start[v] + used[v]):
                depth_person[seat[s]] = depth_person[p] + 1
                queue[tail] = seat[s]
                tail += 1
    return found


@inner_kernel(
    "int64(int32, int64[::1], int32[::1], int32[::1], int64[::1], int32[::1], int32[::1], int64[::1], int32[::1], "
    "int32[::1], int64[::1], int32[::1], int32[::1])"
)
def augment(
    root: Int,
    indptr: Longs,
    vacancy: Ints,
    room: Ints,
    start: Longs,
    seat: Ints,
    used: Ints,
    seat_of: Longs,
    depth_person: Ints,
    depth_vacancy: Ints,
    cursor: Longs,
    seat_cursor: Ints,
    path: Ints,
) -> int:
    """
    Search depth-first along the layers for a free seat; if there is one, everybody on the path moves one seat on.

    An entry or a seat once left behind is not tried again before the next search in breadth. Returns seats gained, 0 or 1.
    """
    path[0] = root
    depth = 0
    while depth >= 0:
        p = path[depth]
        if cursor[p] == indptr[p + 1]:
            depth -= 1
            continue
        v = vacancy[cursor[p]]
        if depth_vacancy[v] != depth:
            cursor[p] += 1
        elif used[v] < room[v]:
            free = start[v] + used[v]
            used[v] += 1
            while depth >= 0:
                q = path[depth]
                left = seat_of[q]
                seat_of[q] = free
                seat[free] = q
                free = left
                depth -= 1
            return 1
        elif seat_cursor[v] < used[v]:
            q = seat[start[v] + seat_cursor[v]]
            seat_cursor[v] += 1
            if depth_person[q] == depth + 1:
                depth += 1
                path[depth] = q
        else:
            cursor[p] += 1
    return 0


@kernel(
    "int64(int32[::1], int64[::1], int32[::1], int32[::1], int64[::1], int32[::1], int32[::1], int64[::1], "
    "int32[::1], int32[::1])"
)
def hopcroft_karp(
    people: Ints,
    indptr: Longs,
    vacancy: Ints,
    room: Ints,
    start: Longs,
    seat: Ints,
    used: Ints,
    seat_of: Longs,
    depth_person: Ints,
    depth_vacancy: Ints,
) -> int:
    """
    Enlarge an allocation to the largest; return the number of phases.

    The last search in breadth finds no free seat: what it reached (`depth` ≥ 0) is the alternating tree.

    Source:
        Hopcroft, Karp: An n^(5/2) algorithm for maximum matchings in bipartite graphs. SIAM J. Comput. 2 (1973).
    """
    queue = np.empty(len(people), dtype=np.int32)
    path = np.empty(len(people) + 1, dtype=np.int32)
    seat_cursor = np.empty(len(room), dtype=np.int32)
    wished = np.zeros(len(room), dtype=np.bool_)
    for v in vacancy[: indptr[-1]]:
        wished[v] = True
    listed, free, phases = np.int64(np.sum(wished)), np.sum(room) - np.sum(used), 0
    while layers(people, indptr, vacancy, listed, room, start, seat, used, seat_of, queue, depth_person, depth_vacancy):
        phases += 1
        cursor = indptr[:-1].copy()
        seat_cursor[:] = 0
        for p in people:
            if seat_of[p] < 0 and free > 0:
                free -= augment(
                    p, indptr, vacancy, room, start, seat, used, seat_of, depth_person, depth_vacancy, cursor, seat_cursor, path
                )  # fmt: skip
    return phases
