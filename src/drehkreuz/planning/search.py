# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The best choice of sites that can be found, and what no choice can exceed."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from drehkreuz.errors import InputError
from drehkreuz.planning.board import Board
from drehkreuz.planning.effort import Effort
from drehkreuz.planning.exact import exact, size
from drehkreuz.planning.ground import Ground, Merged, taken
from drehkreuz.planning.relaxation import relax
from drehkreuz.planning.siting import Siting
from drehkreuz.region.csr import Csr

SHAKEN = 6
"""Most sites forced in by one kick."""


@dataclass(frozen=True, slots=True)
class Found:
    """
    A choice of sites.

    Attributes:
        chosen: int32[k], candidates.
        bound: What no choice adds to the existing sites.
    """

    chosen: NDArray[np.int32]
    bound: float


def search(ground: Ground, budget: float, effort: Effort) -> Found:
    """
    Return a good choice of candidates within the budget.

    Greedy, by gain and by gain per cost where costs differ; swaps until no exchange of one site for one is better; the bound, whose
    own choices are mended too; kicks, which force a few random sites in and mend again; and what the bound leaves open goes to the
    exact solver if it is small.
    """
    board = Board(ground, budget, effort.looks * 1_000_000)
    for per_cost in (False, True) if len(np.unique(ground.cost)) > 1 else (False,):
        board.become(np.zeros(len(ground), dtype=np.bool_))
        board.grow(per_cost=per_cost)
        board.mend(np.arange(len(ground)))
    if not board.chosen.any():
        return Found(np.zeros(0, dtype=np.int32), 0.0)
    known = relax(board, budget, effort)
    bound = known.bound
    if bound > board.record + board.least:
        _kick(board, known.with_site, effort)
        sites = np.flatnonzero((known.with_site > board.record + board.least) | board.chosen)
        rest = remaining(ground, sites)
        with suppress(InputError):  # the nodes end before a first choice: the record stands
            if size(rest) <= effort.exact_entries:
                proven = exact(rest, budget, effort.rest_nodes)
                board.become(np.isin(np.arange(len(ground)), sites[proven.chosen]))
                board.keep()
                bound = min(bound, proven.bound)
    return Found(np.flatnonzero(board.chosen).astype(np.int32), max(bound, board.record))


def _kick(board: Board, with_site: NDArray[np.float64], effort: Effort) -> None:
    """Shake the best choice and mend it, again and again; a choice that is no worse is the next to be shaken."""
    random = np.random.default_rng(effort.seed)
    board.become(board.chosen)
    value, opened = board.record, board.chosen
    for _ in range(effort.kicks):
        sites = np.flatnonzero(with_site > board.record + board.least)
        if board.looks <= 0 or len(sites) < SHAKEN:
            return
        for site in random.choice(sites, random.integers(1, SHAKEN + 1), replace=False).tolist():
            board.force(site)
        board.mend(random.permutation(sites))
        if board.value >= value - board.least:
            value, opened = board.value, board.opened.copy()
        else:
            board.become(opened)


def remaining(ground: Ground, sites: NDArray[np.int64]) -> Siting:
    """Return what is left when only some candidates can be chosen."""
    rows, near = ground.rows, ground.near
    covers, entries = taken(rows, sites)
    shares = ground.shares[entries] if len(ground.shares) else ground.shares
    small = Merged.of(covers, shares, ground.weight)
    rank = np.full(len(ground), -1, dtype=np.int32)
    rank[sites] = np.arange(len(sites), dtype=np.int32)
    beside, _ = taken(near, sites)
    one, other = np.repeat(np.arange(len(sites)), np.diff(beside.indptr)), rank[beside.indices]
    return Siting(
        covers=small.rows,
        weight=small.weight,
        shares=small.shares if len(shares) else None,
        cost=ground.cost[sites],
        near=Csr.from_pairs(one[other >= 0], other[other >= 0], len(sites)),
    )
