# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
# ruff: noqa: PLR0917  # compiled functions are given flat arrays by position
"""The compiled inside of the auction and of the limited search."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from drehkreuz.matching._kernels import offer, tie
from drehkreuz.region.kernels import inner_kernel, kernel

Bytes = NDArray[np.uint8]
Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Words = NDArray[np.uint64]
Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]
Bools = NDArray[np.bool_]
Int = int | np.integer[Any]

# ------------------------------------------------------------------------------------------------------------ auction


@inner_kernel(
    "int64(int64, int64, float64, uint64, int32[::1], int64[::1], int32[::1], int32[::1], float64[::1], uint64[::1])"
)
def sell(
    v: Int,
    p: Int,
    bid: float,
    pair_tie: np.uint64,
    room: Ints,
    start: Longs,
    taken: Ints,
    held: Ints,
    bids: Doubles,
    ties: Words,
) -> Int:
    """Give a bidder a seat; return who has to leave it, -1 for nobody. The lowest bid is the root of a vacancy's heap."""
    root = start[v]
    leaves = np.int64(-1)
    at = np.int64(0)
    if taken[v] < room[v]:  # a new leaf of the heap rises
        at = np.int64(taken[v])
        taken[v] += 1
        while at > 0:
            up = root + (at - 1) // 2
            if bids[up] < bid or (bids[up] == bid and ties[up] < pair_tie):
                break
            held[root + at], bids[root + at], ties[root + at] = held[up], bids[up], ties[up]
            at = (at - 1) // 2
    else:  # the root leaves, the newcomer sinks from there
        leaves = np.int64(held[root])
        while 2 * at + 1 < taken[v]:
            down = 2 * at + 1
            left, right = root + down, root + down + 1
            if down + 1 < taken[v] and (
                bids[right] < bids[left] or (bids[right] == bids[left] and ties[right] < ties[left])
            ):
                down += 1
            low = root + down
            if bid < bids[low] or (bid == bids[low] and pair_tie < ties[low]):
                break
            held[root + at], bids[root + at], ties[root + at] = held[low], bids[low], ties[low]
            at = down
    held[root + at], bids[root + at], ties[root + at] = p, bid, pair_tie
    return leaves


@kernel(
    "int64(int32[::1], int64[::1], int32[::1], float32[::1], uint64[::1], int32[::1], int64[::1], float64, "
    "float64[::1], int32[::1], int32[::1], float64[::1], uint64[::1])"
)
def bid_up(
    people: Ints,
    indptr: Longs,
    vacancy: Ints,
    worth: Floats,
    ties: Words,
    room: Ints,
    start: Longs,
    epsilon: float,
    price: Doubles,
    taken: Ints,
    held: Ints,
    bids: Doubles,
    bid_ties: Words,
) -> int:
    """
    Let people bid until each has a seat, or gains less than `epsilon` anywhere; return the number of bids.

    The price of a vacancy with free seats stays; that of a full one is the lowest bid it holds.
    """
    count = 0
    for person in people:
        p: Int = np.int64(person)
        while p >= 0:
            best, second, at = -np.inf, 0.0, np.int64(-1)  # to stay alone is worth 0
            for entry in range(indptr[p], indptr[p + 1]):
                gain = worth[entry] - price[vacancy[entry]]
                if gain > best:
                    second = max(second, best)
                    best, at = gain, np.int64(entry)
                elif gain > second:
                    second = gain
            if best < epsilon:
                break
            v = np.int64(vacancy[at])
            p = sell(
                v, p, min(worth[at] - second + epsilon, worth[at]), ties[at], room, start, taken, held, bids, bid_ties
            )
            if taken[v] == room[v]:
                price[v] = bids[start[v]]
            count += 1
    return count


@inner_kernel("Tuple((float64, float64, int64))(int64, int64[::1], int32[::1], float32[::1], int32[::1], float64[::1])")
def best_offers(
    v: Int, indptr: Longs, person: Ints, worth: Floats, vacancy_of: Ints, profit: Doubles
) -> tuple[float, float, Int]:
    """Return the most that somebody elsewhere would pay for a seat, the second most (at least 0), and whose entry it is."""
    best, second, at = -np.inf, 0.0, np.int64(-1)
    for entry in range(indptr[v], indptr[v + 1]):
        p = person[entry]
        if vacancy_of[p] == v:
            continue
        would_pay = worth[entry] - profit[p]
        if would_pay > best:
            second = max(second, best)
            best, at = would_pay, np.int64(entry)
        elif would_pay > second:
            second = would_pay
    return best, second, at


@inner_kernel("void(int64, float64, int64[::1], int32[::1], int32[::1], float64[::1], float64[::1])")
def reprice(v: Int, now: float, indptr: Longs, person: Ints, vacancy_of: Ints, price: Doubles, profit: Doubles) -> None:
    """Set a price; who has a seat there gains by what it falls."""
    for p in person[indptr[v] : indptr[v + 1]]:
        if vacancy_of[p] == v:
            profit[p] += price[v] - now
    price[v] = now


@kernel(
    "int64(int32[::1], int64[::1], int32[::1], float32[::1], int32[::1], float64, "
    "float64[::1], int32[::1], int32[::1], float64[::1])"
)
def lower(
    vacancies: Ints,
    indptr: Longs,
    person: Ints,
    worth: Floats,
    room: Ints,
    epsilon: float,
    price: Doubles,
    taken: Ints,
    vacancy_of: Ints,
    profit: Doubles,
) -> int:
    """
    Let vacancies with free seats and a price lower it until somebody comes or it is nothing; return the number of steps.

    `indptr`, `person` and `worth` are columns: who may come. `profit` is what each person gains today.
    """
    waiting = np.empty(len(price), dtype=np.int32)
    size = 0  # waiting is who has free seats and a price, each once; the last one's turn it is
    for v in vacancies:
        if taken[v] < room[v] and price[v] > 0.0:
            waiting[size] = v
            size += 1
    count = 0
    while size > 0:
        count += 1
        v = np.int64(waiting[size - 1])
        best, second, at = best_offers(v, indptr, person, worth, vacancy_of, profit)
        comes = best >= epsilon
        now = min(price[v], max(second - epsilon, 0.0)) if comes else 0.0
        reprice(v, now, indptr, person, vacancy_of, price, profit)
        if comes:
            taken[v] += 1
        if taken[v] == room[v] or now == 0.0:
            size -= 1
        if not comes:
            continue
        p = person[at]
        left = vacancy_of[p]
        vacancy_of[p] = v
        profit[p] = worth[at] - now
        if left >= 0:
            if taken[left] == room[left] and price[left] > 0.0:
                waiting[size] = left
                size += 1
            taken[left] -= 1
    return count


@kernel("void(int32[::1], int64[::1], int32[::1], float32[::1], int64[::1], int32[::1], float32[::1])")
def columns(
    people: Ints, indptr: Longs, vacancy: Ints, worth: Floats, filled: Longs, person: Ints, column_worth: Floats
) -> None:
    """Turn rows into columns, people in the order given; `filled` says where each column begins and comes to say where it ends."""
    for p in people:
        for entry in range(indptr[p], indptr[p + 1]):
            at = filled[vacancy[entry]]
            filled[vacancy[entry]] += 1
            person[at] = p
            column_worth[at] = worth[entry]


@kernel("void(int64[::1], int32[::1], float32[::1], int32[::1], float64[::1])")
def worth_of(indptr: Longs, vacancy: Ints, worth: Floats, vacancy_of: Ints, found: Doubles) -> None:
    """Write what each person's seat is worth, 0 without one."""
    for p in range(len(vacancy_of)):
        found[p] = 0.0
        for entry in range(indptr[p], indptr[p + 1]):
            if vacancy[entry] == vacancy_of[p]:
                found[p] = worth[entry]


@kernel("void(int64[::1], int32[::1], float32[::1], float64[::1], float64[::1])")
def best_gain(indptr: Longs, vacancy: Ints, worth: Floats, price: Doubles, gain: Doubles) -> None:
    """Write what each person gains at most at these prices; at least 0, which is staying alone."""
    for p in range(len(indptr) - 1):
        most = 0.0
        for entry in range(indptr[p], indptr[p + 1]):
            most = max(most, worth[entry] - price[vacancy[entry]])
        gain[p] = most


@kernel(
    "int64(int64, uint8[:, ::1], float32[:, ::1], float32[:, ::1], uint64[::1], uint64[::1], uint8, float32, "
    "float64[::1], float64[::1], float64[::1], int32[::1], int32[:, ::1], float32[:, :, ::1], uint64[:, ::1])"
)
def underpriced(
    first: int,
    mask: Bytes,
    utility_person: Floats,
    utility_employer: Floats,
    salted: Words,
    vacancy_keys: Words,
    forbidden: Int,
    employer_weight: np.float32,
    price: Doubles,
    known: Doubles,
    gain: Doubles,
    size: Ints,
    who: Ints,
    worth: Floats,
    ties: Words,
) -> int:
    """
    Scan a block for pairs worth more than their price and what the person is known to gain; keep each person's best.

    `price` is infinite where there is no opening. `gain` becomes what each person gains at most over all pairs. Returned is how
    many pairs gain more than `known`.
    """
    count = 0
    for i in range(mask.shape[0]):
        p = first + i
        most = known[p]
        for v in range(mask.shape[1]):
            if mask[i, v] & forbidden:
                continue
            own, other = utility_person[i, v], utility_employer[i, v]
            here = own + employer_weight * other - price[v]
            if here <= known[p]:
                continue
            count += 1
            most = max(most, here)
            offer(size, who, worth, ties, i, v, np.float32(here), tie(salted[p], vacancy_keys[v]), own, other)
        gain[p] = most
    return count


# ------------------------------------------------------------------------------------------------------------- search


@inner_kernel("float64(uint64)")
def gumbel(hashed: np.uint64) -> float:
    """Return a draw from the standard Gumbel distribution by 53 bits of a hash."""
    return float(-np.log(-np.log((np.float64(hashed >> np.uint64(11)) + 0.5) * 2.0**-53)))


@kernel(
    "void(int64, uint8[:, ::1], float32[:, ::1], float32[:, ::1], uint64[::1], uint64[::1], uint64[::1], uint8, "
    "float32, boolean[::1], boolean[::1], int32[::1], int32[:, ::1], float32[:, :, ::1], uint64[:, ::1])"
)
def notice(
    first: int,
    mask: Bytes,
    utility_person: Floats,
    utility_employer: Floats,
    drawn_by: Words,
    salted: Words,
    vacancy_keys: Words,
    forbidden: Int,
    noise: np.float32,
    looking: Bools,
    offered: Bools,
    size: Ints,
    who: Ints,
    worth: Floats,
    ties: Words,
) -> None:
    """
    Scan a block; list for each person who is looking the posts of the highest utility + noise · Gumbel draw.

    That is drawing without replacement, each time by the logit shares of what is left. `drawn_by` salts the draws, `salted` the
    ties by which equals are told apart everywhere else.
    """
    for i in range(mask.shape[0]):
        p = first + i
        if not looking[p]:
            continue
        for v in range(mask.shape[1]):
            if mask[i, v] & forbidden or not offered[v]:
                continue
            own, other = utility_person[i, v], utility_employer[i, v]
            seems = np.float32(own + noise * gumbel(tie(drawn_by[p], vacancy_keys[v])))
            offer(size, who, worth, ties, i, v, seems, tie(salted[p], vacancy_keys[v]), own, other)
