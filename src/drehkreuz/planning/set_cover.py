# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Serve everybody at least cost."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from drehkreuz.errors import Finding, InputError
from drehkreuz.planning.board import Board
from drehkreuz.planning.effort import EFFORT, SLACK, Effort
from drehkreuz.planning.exact import exact_set_cover, size
from drehkreuz.planning.ground import Ground
from drehkreuz.planning.placement import Placement, placement
from drehkreuz.planning.relaxation import PATIENCE
from drehkreuz.planning.search import remaining
from drehkreuz.planning.siting import Siting

TRIES = 10
"""Kicks while a set cover is made cheaper, as a multiple of those of a maximal cover: each looks at little."""


@dataclass(frozen=True, slots=True)
class Cover:
    """
    Sites that serve all demand that can be served.

    Attributes:
        placement: The sites in order of building, with what each adds.
        cost: What the new sites cost together.
        cost_bound: Proven: no choice that serves as much costs less.
        unserved: Rows of demand that no site can serve.
    """

    placement: Placement
    cost: float
    cost_bound: float
    unserved: NDArray[np.int64]

    @property
    def gap(self) -> float:
        """Share of its cost that the choice may be too dear; 0: proven cheapest."""
        return max(0.0, 1.0 - self.cost_bound / self.cost) if self.cost_bound < self.cost * (1 - SLACK) else 0.0


def set_cover(siting: Siting, effort: Effort = EFFORT) -> Cover:
    """
    Choose the cheapest new sites so that every demand with a weight is served by some site.

        min Σ_s cost_s · open_s     Σ_s∋d open_s ≥ 1 for every demand d that any site serves

    Greedy by demand newly served for its cost, less what nobody would miss; the same by costs that the bound's prices reduce; less
    one site more, as long as swaps and kicks serve all again; and what the bound leaves open exactly, where it is small. With spacing only the exact solver is asked.

    Args:
        siting: What is to be decided; a share above 0 serves.
        effort: How hard to search.

    Raises:
        InputError: If there are capacities or floors, which a set cover does not know, or spacing allows no choice.

    Source:
        Beasley: A Lagrangian heuristic for set-covering problems. Naval Research Logistics 37 (1990).
    """
    if siting.odd:
        column = "floor" if siting.capacity is None else "capacity"
        remedy = "Leave it out, or ask for a maximal cover."
        raise InputError(Finding("siting", "", column, "", "is not known to a set cover", remedy))
    plain = _plain(siting)
    ground = Ground.of(plain)
    if siting.near is not None:
        solved = exact_set_cover(plain, effort.nodes)
        chosen, bound = solved.chosen, solved.bound
    else:
        rows, bound = _search(ground, effort)
        chosen = ground.site[rows]
    found = placement(plain, chosen, float(plain.weight @ _reached(plain)))
    cost = float(plain.costs[found.sites].sum())
    unserved = np.flatnonzero((_reached(plain) == 0) & (plain.weight > 0))
    return Cover(found, cost, min(bound, cost), unserved)


def _plain(siting: Siting) -> Siting:
    """Return the siting with every share above 0 as whole."""
    if siting.shares is None:
        return siting
    serves = siting.shares > 0
    before = np.concatenate([[0], np.cumsum(serves, dtype=np.int64)])
    covers = replace(siting.covers, indptr=before[siting.covers.indptr], indices=siting.covers.indices[serves])
    return replace(siting, covers=covers, shares=None)


def _reached(siting: Siting) -> NDArray[np.float64]:
    """Return 1 for each demand that any site serves."""
    reached = np.zeros(len(siting.weight))
    reached[siting.covers.indices] = 1.0
    return np.where(siting.weight > 0, reached, 0.0)


def _search(ground: Ground, effort: Effort) -> tuple[NDArray[np.int32], float]:
    """Return candidates that serve all demand of the ground, and what no such choice costs less than."""
    opened = _covered(ground, ground.cost)
    opened, bound, with_site = _relax(ground, opened, effort)
    opened = _shrink(ground, opened, bound, effort)
    cost = float(ground.cost[opened].sum())
    if bound < cost * (1 - SLACK):
        sites = np.flatnonzero((with_site < cost * (1 - SLACK)) | opened)
        rest = remaining(ground, sites)
        with suppress(InputError):  # the nodes end before a first choice: what was found stands
            if size(rest) <= effort.exact_entries:
                solved = exact_set_cover(rest, effort.rest_nodes)
                bound = max(bound, min(solved.bound, cost))
                if rest.costs[solved.chosen].sum() < cost:
                    return sites[solved.chosen].astype(np.int32), bound
    return np.flatnonzero(opened).astype(np.int32), bound


def _relax(
    ground: Ground, opened: NDArray[np.bool_], effort: Effort
) -> tuple[NDArray[np.bool_], float, NDArray[np.float64]]:
    """
    Bound the cost of a set cover, and mend the bound's prices into cheaper ones.

    Every demand pays a price, a site costs what its demand does not pay: all prices, less what sites are paid too much, is a bound.

    Returns:
        The cheapest choice seen, bool[s]; what none costs less than; for each site, what no choice with it costs less than.
    """
    rows, cost = ground.rows, ground.cost
    length = np.diff(rows.indptr)
    of_site = np.repeat(np.arange(len(ground)), length)
    price = np.full(len(ground.weight), np.inf)
    np.minimum.at(price, rows.indices, (cost / np.maximum(length, 1))[of_site])
    centre, bound, with_site = price, 0.0, np.zeros(len(ground))
    pace, waited = 1.0, 0
    for round_ in range(effort.rounds if len(price) else 0):
        reduced = cost - np.bincount(of_site, weights=price[rows.indices], minlength=len(ground))
        now = float(price.sum() + np.minimum(reduced, 0.0).sum())
        waited = 0 if now > bound * (1 + SLACK) else waited + 1
        if now > bound:
            bound, centre = now, price
        with_site = np.maximum(with_site, now + np.maximum(reduced, 0.0))
        if round_ % effort.mend_every == 0:
            tried = _covered(ground, np.maximum(reduced, 0.0))
            opened = tried if cost[tried].sum() < cost[opened].sum() * (1 - SLACK) else opened
        record = float(cost[opened].sum())
        slope = 1.0 - np.bincount(rows.indices[(reduced < 0)[of_site]], minlength=len(price))
        slope[(price <= 0) & (slope < 0)] = 0.0
        if bound >= record * (1 - SLACK) or pace < 1e-4 or not slope.any():
            break
        if waited > PATIENCE:
            pace, waited, price = pace / 2, 0, centre
        else:
            price = np.maximum(price + pace * (record - now) / float(slope @ slope) * slope, 0.0)
    return opened, min(bound, float(cost[opened].sum())), with_site


def _shrink(ground: Ground, opened: NDArray[np.bool_], bound: float, effort: Effort) -> NDArray[np.bool_]:
    """Take away from a set cover what is missed least and mend the rest, as long as that serves all again."""
    even = replace(ground, weight=np.ones(len(ground.weight)))
    cost, whole = float(ground.cost[opened].sum()), float(len(ground.weight))
    board = Board(even, cost, effort.looks * 1_000_000)
    board.become(opened)
    random = np.random.default_rng(effort.seed)
    step = float(ground.cost[ground.cost > 0].min(initial=np.inf))
    value, before, tries = 0.0, board.opened.copy(), TRIES * effort.kicks
    while board.looks > 0 and tries > 0 and cost - step >= bound * (1 - SLACK):
        if board.value >= whole - board.least:
            board.thin(ground.cost)
            opened, cost = board.opened.copy(), float(ground.cost[board.opened].sum())
            board.limit(cost - step)
            value = 0.0
        else:
            tries -= 1
            lost = int(random.choice(board.unserved()))
            newcomer = int(random.choice(ground.columns.row(lost)))
            while board.left < ground.cost[newcomer] and len(missed := board.least_missed()):
                board.close(int(random.choice(missed)))
            if ground.cost[newcomer] <= board.left:
                board.open(newcomer)
        board.mend(np.flatnonzero(board.gain > board.least))
        if board.value >= value - board.least:
            value, before = board.value, board.opened.copy()
        else:
            board.become(before)
    return opened


def _covered(ground: Ground, price: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Return a greedy choice that serves all demand by some prices of sites, less the dearest that nobody would miss."""
    board = Board(replace(ground, cost=price, weight=np.ones(len(ground.weight))), np.inf, 0)
    board.grow(per_cost=True)
    board.thin(ground.cost)
    return board.opened
