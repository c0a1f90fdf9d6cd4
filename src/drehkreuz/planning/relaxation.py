# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What no choice of sites can exceed, and which sites cannot be part of a better one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from drehkreuz.planning import _kernels as kernels
from drehkreuz.planning.board import Board
from drehkreuz.planning.effort import SLACK, Effort
from drehkreuz.planning.ground import Ground, taken

PATIENCE = 15
"""Rounds without a better bound before steps get half as long."""


@dataclass(frozen=True, slots=True)
class Relaxation:
    """
    What the bound says.

    Attributes:
        bound: No choice within the budget adds more to the existing sites; spacing is left out of account.
        with_site: float64[s], no choice that holds the candidate adds more than this or the board's record, whichever is larger.
    """

    bound: float
    with_site: NDArray[np.float64]


def relax(board: Board, budget: float, effort: Effort) -> Relaxation:
    """
    Bound what a choice can add, and mend the bound's own choices into better ones on the board.

    Lagrangian: each demand has a price; a site is worth what its entries are worth above it; what is best for these worths, plus
    all prices, is a bound at any prices. Prices follow the projected subgradient. A site whose opening would push the bound below
    the record is no part of a better choice and is not tried any more.

    Args:
        board: With a first choice noted; later has the best one seen.
        budget: Of all new sites.
        effort: Rounds.

    Source:
        Galvão, ReVelle: A Lagrangean heuristic for the maximal covering location problem. EJOR 88 (1996). Camerini, Fratta, Maffioli:
        On improving relaxation methods by modified gradient techniques. Mathematical Programming Study 3 (1975).
    """
    ground = board.ground
    rows, weight = ground.rows, ground.weight
    worth = weight[rows.indices] * ground.shares if len(ground.shares) else None
    price = centre = weight * 0.5
    heading = np.zeros(len(weight))
    bound, with_site = float(weight.sum()), np.full(len(ground), np.inf)
    pace, waited, tried = 1.0, 0, set[bytes]()
    for round_ in range(effort.rounds):
        sites = np.flatnonzero(with_site > board.record + board.least).astype(np.int32)
        above, cost = np.empty(len(sites)), ground.cost[sites]
        kernels.surplus(sites, rows.indptr, rows.indices, ground.shares, weight, price, above)
        parts, rate = knapsack(above, cost, budget)
        now = float(price.sum() + above @ parts)
        waited = 0 if now < bound * (1 - SLACK) else waited + 1
        with_site[sites] = np.minimum(with_site[sites], now + np.minimum(above - rate * cost, 0.0))
        if now < bound:
            bound, centre = now, price
        if round_ % effort.mend_every == 0 and board.looks > 0 and (best := sites[parts > 0]).tobytes() not in tried:
            tried.add(best.tobytes())
            board.become(np.isin(np.arange(len(ground)), best))
            board.mend(sites)
        if bound <= board.record + board.least or pace < 1e-4:
            break
        if waited > PATIENCE:
            pace, waited, price, heading = pace / 2, 0, centre, np.zeros(len(weight))
            continue
        slope = _slope(ground, worth, price, sites[parts > 0], parts[parts > 0])
        slope[(price <= 0) & (slope > 0)] = 0.0
        heading = slope + 0.6 * heading
        length = float(heading @ heading)
        if length <= 0:
            break
        price = np.clip(price - pace * (now - board.record) / length * heading, 0.0, weight)
    return Relaxation(max(bound, board.record), with_site)


def knapsack(worth: NDArray[np.float64], cost: NDArray[np.float64], budget: float) -> tuple[NDArray[np.float64], float]:
    """
    Fill a budget as well as parts of items can; at equal costs only whole ones are taken.

    Returns:
        Parts, float64[s], 0 to 1; what the last one taken is worth for its cost, 0 where the budget holds all.
    """
    parts = np.zeros(len(worth))
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(cost > 0, worth / cost, np.inf)
    order = np.argsort(-ratio, kind="stable")
    before = np.cumsum(cost[order]) - cost[order]
    left = np.maximum(budget - before, 0.0)
    parts[order] = np.divide(left, cost[order], out=np.ones(len(order)), where=cost[order] > left)
    if len(cost) and cost.min() == cost.max():
        parts = np.floor(parts + SLACK)
    taken = np.flatnonzero((parts > 0) & (cost > 0))
    return parts, float(ratio[taken].min()) if len(taken) and parts.min() < 1.0 else 0.0


def _slope(
    ground: Ground,
    worth: NDArray[np.float64] | None,
    price: NDArray[np.float64],
    chosen: NDArray[np.int32],
    parts: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Return the subgradient: 1 less what is taken of each demand; an entry worth just its price is taken as it suits."""
    covers, entries = taken(ground.rows, chosen)
    demand = covers.indices
    value = ground.weight[demand] if worth is None else worth[entries]
    part = np.repeat(parts, np.diff(covers.indptr))
    n = len(price)
    over = np.bincount(demand, weights=part * (value > price[demand]), minlength=n)
    even = np.bincount(demand, weights=part * (value == price[demand]), minlength=n)
    return np.asarray(1.0 - over - np.clip(1.0 - over, 0.0, even), dtype=np.float64)
