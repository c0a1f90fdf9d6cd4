# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Compiled choice of chains: one per triple of a post, exact under a budget for the month."""

# ruff: noqa: PLR0917 (compiled functions take their arrays one by one, by position)

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from drehkreuz.reach.modes import CANNOT, Chain
from drehkreuz.region.kernels import inner_kernel, kernel

I8 = "Array(int64, 1, 'C', readonly=True)"
I4 = "Array(int32, 1, 'C', readonly=True)"
I2 = "Array(int16, 1, 'C', readonly=True)"
I2X2 = "Array(int16, 2, 'C', readonly=True)"
F8 = "Array(float64, 1, 'C', readonly=True)"
F8X2 = "Array(float64, 2, 'C', readonly=True)"
F4X2 = "Array(float32, 2, 'C', readonly=True)"
U1X3 = "Array(uint8, 3, 'C', readonly=True)"
B1 = "Array(boolean, 1, 'C', readonly=True)"

BIKE, CAR, TRANSIT = int(Chain.BIKE), int(Chain.CAR), int(Chain.TRANSIT)
OUT, BACK, COST, LEARNING_PLACE = 1 << 8, 1 << 9, 1 << 10, 1 << 11

NEVER = 1e12
"""Price of what is not on offer, EUR."""

CENT = 1e-6
"""EUR that arithmetic may be off by."""


@inner_kernel(f"UniTuple(int64, 2)({U1X3}, {U1X3}, {I4}, {B1}, int64, {I2}, int64, int64[:, ::1])")
def judge(
    out: NDArray[np.uint8],
    back: NDArray[np.uint8],
    triples: NDArray[np.int32],
    further: NDArray[np.bool_],
    zone: int,
    willing: NDArray[np.int16],
    limit: int,
    level: NDArray[np.int64],
) -> tuple[int, int]:
    """
    Fill `level[triple, chain]`: 2 within the limit both ways, 1 only something the person does, 0 neither.

    Returns:
        Reasons of the ways that take too long, and the slack of the worst triple's best chain, `CANNOT` where one has none.
    """
    reasons = 0
    worst = -limit
    for i in range(len(triples)):
        best, best_out, best_back = CANNOT, CANNOT, CANNOT
        for chain in range(out.shape[2]):
            level[i, chain] = 0
            if willing[chain] < 0:
                continue
            there, home = int(out[triples[i], zone, chain]), int(back[triples[i], zone, chain])
            slower = max(there, home)
            if slower <= willing[chain]:
                level[i, chain] = 2 if slower <= limit else 1
                best, best_out, best_back = min(best, slower), min(best_out, there), min(best_back, home)
        worst = max(worst, best - limit if best < CANNOT else CANNOT)
        if best > limit:
            late = (OUT if best_out > limit else 0) | (BACK if best_back > limit else 0)
            reasons |= late or OUT | BACK
            reasons |= LEARNING_PLACE if further[i] else 0
    return reasons, worst


@inner_kernel(
    f"void({U1X3}, {U1X3}, {F4X2}, {F4X2}, {I4}, {I4}, {F8}, int64, {F8}, int64[:, ::1], float64, float64[:, ::1], "
    "float64[:, ::1])"
)
def price(
    out: NDArray[np.uint8],
    back: NDArray[np.uint8],
    bike_km: NDArray[np.float32],
    car_km: NDArray[np.float32],
    place: NDArray[np.int32],
    triples: NDArray[np.int32],
    rounds: NDArray[np.float64],
    zone: int,
    rate: NDArray[np.float64],
    level: NDArray[np.int64],
    minute: float,
    worth: NDArray[np.float64],
    euro: NDArray[np.float64],
) -> None:
    """
    Fill EUR a month, and EUR and time together, per triple and chain; `NEVER` for chains that a triple does not choose from.

    A triple chooses from its chains of the highest level; where none goes at all, a line that is still to come is priced.
    """
    for i in range(len(triples)):
        triple = triples[i]
        top = level[i].max()
        for chain in range(out.shape[2]):
            worth[i, chain] = NEVER
            euro[i, chain] = NEVER
            if level[i, chain] < top or (top == 0 and chain != TRANSIT):
                continue
            trip = rate[chain]
            if BIKE <= chain <= CAR:
                trip *= (car_km if chain == CAR else bike_km)[place[triple], zone]
            time = 0.0 if top == 0 else float(out[triple, zone, chain]) + float(back[triple, zone, chain])
            euro[i, chain] = rounds[i] * 2.0 * trip
            worth[i, chain] = rounds[i] * (2.0 * trip + time * minute)


@inner_kernel(f"UniTuple(float64, 2)({F8X2}, {F8X2}, int64, float64, int64[::1])")
def lean(
    first: NDArray[np.float64], second: NDArray[np.float64], n: int, multiplier: float, choice: NDArray[np.int64]
) -> tuple[float, float]:
    """Choose, in each of n rows, the least `first + multiplier * second`, of equals the least second; return both sums."""
    sum_first = sum_second = 0.0
    for i in range(n):
        best = 0
        for c in range(1, first.shape[1]):
            gain = (first[i, best] + multiplier * second[i, best]) - (first[i, c] + multiplier * second[i, c])
            if gain > 0.0 or (gain == 0.0 and second[i, c] < second[i, best]):
                best = c
        choice[i] = best
        sum_first += first[i, best]
        sum_second += second[i, best]
    return sum_first, sum_second


@kernel(f"float64({F8X2}, {F8X2}, int64, float64, float64, int64[::1], int64[::1])")
def improve(
    worth: NDArray[np.float64],
    euro: NDArray[np.float64],
    n: int,
    budget: float,
    multiplier: float,
    choice: NDArray[np.int64],
    trial: NDArray[np.int64],
) -> float:
    """
    Branch and bound: improve a feasible choice to the best; return its worth.

    Bound: the Lagrangian of the budget at the multiplier, which is a lower bound for any multiplier ≥ 0 (Fisher, Management
    Science 27, 1981), and the least EUR of the rows still open.
    """
    priced = np.zeros(n + 1)
    cheap = np.zeros(n + 1)
    for i in range(n - 1, -1, -1):
        priced[i] = priced[i + 1] + (worth[i] + multiplier * euro[i]).min()
        cheap[i] = cheap[i + 1] + euro[i].min()
    best = 0.0
    for i in range(n):
        best += worth[i, choice[i]]
    spent_worth, spent_euro = np.zeros(n + 1), np.zeros(n + 1)
    row = 0
    trial[0] = -1
    while row >= 0:
        trial[row] += 1
        if trial[row] == worth.shape[1]:
            row -= 1
            continue
        now_worth = spent_worth[row] + worth[row, trial[row]]
        now_euro = spent_euro[row] + euro[row, trial[row]]
        bound = now_worth + priced[row + 1] + multiplier * (now_euro - budget)
        if bound >= best - CENT or now_worth >= best - CENT or now_euro + cheap[row + 1] > budget + CENT:
            continue
        if row + 1 == n:
            best = now_worth
            choice[:n] = trial[:n]
            continue
        row += 1
        spent_worth[row], spent_euro[row] = now_worth, now_euro
        trial[row] = -1
    return best


@kernel(f"float64({F8X2}, {F8X2}, int64, float64, int64[::1], int64[::1])")
def pick(
    worth: NDArray[np.float64],
    euro: NDArray[np.float64],
    n: int,
    budget: float,
    choice: NDArray[np.int64],
    trial: NDArray[np.int64],
) -> float:
    """Choose one chain a row so that the worth is least and the EUR keep the budget; return the worth, `NEVER` if none does."""
    total, spent = lean(worth, euro, n, 0.0, choice)
    if spent <= budget + CENT:
        return total
    spent, total = lean(euro, worth, n, 0.0, choice)
    if spent > budget + CENT:
        return NEVER
    low, high = 0.0, 1.0
    for _ in range(40):
        _, spent = lean(worth, euro, n, high, trial)
        if spent <= budget:
            break
        low, high = high, high * 2.0
    for _ in range(40):
        middle = 0.5 * (low + high)
        _, spent = lean(worth, euro, n, middle, trial)
        low, high = (low, middle) if spent <= budget else (middle, high)
    now, spent = lean(worth, euro, n, high, trial)
    if spent <= budget and now < total:
        choice[:n] = trial[:n]
    return improve(worth, euro, n, budget, high, choice, trial)


@inner_kernel(
    "float64(float64[:, :, ::1], float64[:, :, ::1], int64, float64[::1], float64, int64[::1], int64[::1], int64[::1])"
)
def settle(
    worth: NDArray[np.float64],
    euro: NDArray[np.float64],
    n: int,
    fixed: NDArray[np.float64],
    budget: float,
    choice: NDArray[np.int64],
    option: NDArray[np.int64],
    trial: NDArray[np.int64],
) -> float:
    """Choose chains under the fare that serves the person best; return the EUR a month."""
    best = NEVER
    cost = 0.0
    for fare in range(2):
        total = pick(worth[fare], euro[fare], n, budget - fixed[fare], option, trial) + fixed[fare]
        if total < best:
            best = total
            cost = fixed[fare]
            for i in range(n):
                choice[i] = option[i]
                cost += euro[fare, i, option[i]]
    return cost


@inner_kernel(f"void({U1X3}, {U1X3}, {I4}, int64, int64[:, ::1], int64[::1])")
def fastest(
    out: NDArray[np.uint8],
    back: NDArray[np.uint8],
    triples: NDArray[np.int32],
    zone: int,
    level: NDArray[np.int64],
    choice: NDArray[np.int64],
) -> None:
    """Choose, per triple, the chain whose slower way is fastest, -1 where there is none."""
    for i in range(len(triples)):
        choice[i] = -1
        best = CANNOT
        for chain in range(out.shape[2]):
            slower = max(int(out[triples[i], zone, chain]), int(back[triples[i], zone, chain]))
            if level[i, chain] > 0 and slower < best:
                best = slower
                choice[i] = chain


@inner_kernel(f"UniTuple(int64, 3)({U1X3}, {U1X3}, {I4}, {F8}, int64, int64[::1])")
def describe(
    out: NDArray[np.uint8],
    back: NDArray[np.uint8],
    triples: NDArray[np.int32],
    rounds: NDArray[np.float64],
    zone: int,
    choice: NDArray[np.int64],
) -> tuple[int, int, int]:
    """Return the longest minutes out and back of a choice, and the chain used on most days, -1 for none."""
    there = home = 0
    use = np.full(out.shape[2], -1.0)
    for i in range(len(triples)):
        chain = choice[i]
        if chain < 0:
            there = home = CANNOT
            continue
        there = max(there, int(out[triples[i], zone, chain]))
        home = max(home, int(back[triples[i], zone, chain]))
        use[chain] = max(use[chain], 0.0) + rounds[i]
    main = int(use.argmax())
    return there, home, main if use[main] >= 0.0 else -1


@kernel(
    f"void({U1X3}, {U1X3}, {F4X2}, {F4X2}, {I4}, {I8}, {I4}, {F8}, {B1}, {F8}, {I4}, {I2X2}, {I2}, {F8}, {B1}, {F8X2}, "
    "float64, boolean[:, ::1], int16[:, ::1], float32[:, ::1], uint32[:, ::1], uint8[:, ::1], uint8[:, ::1], int8[:, ::1], "
    "float32[:, ::1], float32[:, ::1], int64[::1])"
)
def choose(
    out: NDArray[np.uint8],
    back: NDArray[np.uint8],
    bike_km: NDArray[np.float32],
    car_km: NDArray[np.float32],
    place: NDArray[np.int32],
    indptr: NDArray[np.int64],
    triples: NDArray[np.int32],
    rounds: NDArray[np.float64],
    further: NDArray[np.bool_],
    month: NDArray[np.float64],
    zone: NDArray[np.int32],
    willing: NDArray[np.int16],
    limit: NDArray[np.int16],
    budget: NDArray[np.float64],
    has_pass: NDArray[np.bool_],
    rates: NDArray[np.float64],
    minute: float,
    reachable: NDArray[np.bool_],
    slack_minutes: NDArray[np.int16],
    slack_eur: NDArray[np.float32],
    reasons: NDArray[np.uint32],
    minutes_out: NDArray[np.uint8],
    minutes_back: NDArray[np.uint8],
    main: NDArray[np.int8],
    cost: NDArray[np.float32],
    cheapest: NDArray[np.float32],
    choice: NDArray[np.int64],
) -> None:
    """
    Fill the arrays of `VacancyCommutes`, [people, vacancies]; `choice` is left with the chains of the last pair.

    Public transport is priced twice, with the month's ticket and by single rides: one of the two is the cheapest of any choice.
    """
    longest = len(choice)
    chains = out.shape[2]
    level = np.empty((longest, chains), dtype=np.int64)
    worth, euro = np.empty((2, longest, chains)), np.empty((2, longest, chains))
    option, trial = np.empty(longest, dtype=np.int64), np.empty(longest, dtype=np.int64)
    fixed = np.zeros(2)
    for p in range(len(zone)):
        for v in range(len(indptr) - 1):
            rows = slice(indptr[v], indptr[v + 1])
            where, turns = triples[rows], rounds[rows]
            n = len(where)
            late, slack = judge(out, back, where, further[rows], zone[p], willing[p], limit[p], level)
            fixed[0] = 0.0 if has_pass[p] else month[v]
            least = NEVER
            for fare in range(2):
                price(
                    out,
                    back,
                    bike_km,
                    car_km,
                    place,
                    where,
                    turns,
                    zone[p],
                    rates[fare],
                    level[:n],
                    minute,
                    worth[fare],
                    euro[fare],
                )
                spent, _ = lean(euro[fare], worth[fare], n, 0.0, option)
                least = min(least, spent + fixed[fare])
            if late:
                fastest(out, back, where, zone[p], level, choice)
                cost[p, v] = least
            else:
                # Over the budget, the best of the cheapest choices is shown.
                cost[p, v] = settle(worth, euro, n, fixed, max(budget[p], least), choice, option, trial)
            reasons[p, v] = late | (COST if least > budget[p] + CENT else 0)
            reachable[p, v] = reasons[p, v] == 0
            slack_minutes[p, v] = slack
            slack_eur[p, v] = least - budget[p]
            cheapest[p, v] = least
            minutes_out[p, v], minutes_back[p, v], main[p, v] = describe(out, back, where, turns, zone[p], choice)
