# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A choice of sites in the making: greedy, swapped one for one, shaken and mended."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from drehkreuz.planning import _kernels as kernels
from drehkreuz.planning.effort import SLACK
from drehkreuz.planning.ground import Ground


class Board:
    """
    Which candidates are open, what opening or closing each would change, and the best choice seen.

    Attributes:
        budget: What open sites may cost together.
        left: What is left of it.
        looks: Entries of covers that mending may still look at.
        least: A move must add more than this.
        opened: bool[s], candidates open now.
        gain: float64[s], what opening each would add.
        record: What the best choice seen adds to the existing sites.
        chosen: bool[s], that choice.
    """

    def __init__(self, ground: Ground, budget: float, looks: int) -> None:
        n_sites, n_demand = len(ground), len(ground.weight)
        self.ground, self.budget, self.looks = ground, budget * (1 + SLACK), looks
        self.left = self.budget
        self.least = SLACK * float(ground.weight.sum())
        self.opened = np.zeros(n_sites, dtype=np.bool_)
        self.gain, self.record, self.chosen = np.zeros(n_sites), 0.0, self.opened.copy()
        self._best, self._loss = np.zeros(n_demand), np.zeros(n_sites)
        self._blocked = np.zeros(n_sites, dtype=np.int32)
        rows, columns, near = ground.rows, ground.columns, ground.near
        every = np.arange(n_sites, dtype=np.int32)
        kernels.surplus(every, rows.indptr, rows.indices, ground.shares, ground.weight, self._best, self.gain)
        self._arrays = (
            *(rows.indptr, rows.indices, ground.shares),
            *(columns.indptr, columns.indices, ground.portions),
            *(ground.weight, near.indptr, near.indices),
            *(self._best, np.zeros(n_demand), np.full(n_demand, -1, dtype=np.int32)),
            *(self.opened, self.gain, self._loss, self._blocked),
        )

    @property
    def value(self) -> float:
        """What the open sites add to the existing ones."""
        return float(self._best.sum())

    def open(self, site: int) -> None:
        """Open a site."""
        kernels.open_site(site, *self._arrays)
        self.left -= float(self.ground.cost[site])

    def close(self, site: int) -> None:
        """Close a site."""
        kernels.close_site(site, *self._arrays)
        self.left += float(self.ground.cost[site])

    def become(self, opened: NDArray[np.bool_]) -> None:
        """Open and close what differs; what would stand too near or exceed the budget stays closed."""
        for site in np.flatnonzero(self.opened & ~opened).tolist():
            self.close(site)
        for site in np.flatnonzero(opened & ~self.opened).tolist():
            if not self._blocked[site] and self.ground.cost[site] <= self.left:
                self.open(site)

    def grow(self, *, per_cost: bool) -> list[int]:
        """Open the site that adds most, by itself or for its cost, while the budget lasts; return the sites in this order."""
        cost = self.ground.cost
        price = np.maximum(cost, SLACK * cost.max(initial=1.0)) if per_cost else np.ones(len(cost))
        grown: list[int] = []
        while True:
            can = ~self.opened & (self._blocked == 0) & (cost <= self.left) & (self.gain > self.least)
            if not can.any():
                return grown
            grown.append(int(np.argmax(np.where(can, self.gain / price, -1.0))))
            self.open(grown[-1])

    def thin(self, cost: NDArray[np.float64]) -> None:
        """Close open sites that nobody would miss, the dearest first."""
        while True:
            idle = np.flatnonzero(self.opened & (self._loss <= self.least))
            if not len(idle):
                return
            self.close(int(idle[np.argmax(cost[idle])]))

    def mend(self, order: NDArray[np.integer]) -> bool:
        """Add and swap sites, in the order given, until nothing gets better; return whether the choice is a new best one."""
        tried = order.astype(np.int32)
        self.looks -= len(tried)
        self.looks -= kernels.improve(
            tried, self.ground.cost, self.budget, self.least, max(self.looks, 0), *self._arrays
        )
        self.left = float(self.budget - self.ground.cost[self.opened].sum())
        return self.keep()

    def unserved(self) -> NDArray[np.int64]:
        """Return the demand that no open site serves."""
        return np.flatnonzero(self._best <= 0)

    def least_missed(self) -> NDArray[np.int64]:
        """Return the open sites that cost something and are missed least, one or more."""
        members = np.flatnonzero(self.opened & (self.ground.cost > 0))
        loss = self._loss[members]
        return np.asarray(members[loss <= loss.min(initial=np.inf) + self.least])

    def keep(self) -> bool:
        """Note the open sites if they are a new best choice."""
        better = self.value > self.record + self.least
        if better:
            self.record, self.chosen = self.value, self.opened.copy()
        return better

    def force(self, site: int) -> None:
        """Open a site; what stands too near is closed, and what is missed least until the budget holds."""
        if self.opened[site]:
            return
        for other in self.ground.near.row(site).tolist():
            if self.opened[other]:
                self.close(other)
        self.spare(float(self.ground.cost[site]))
        self.open(site)

    def spare(self, cost: float) -> None:
        """Close what is missed least for its cost until so much of the budget is left."""
        while self.left < cost and len(members := np.flatnonzero(self.opened & (self.ground.cost > 0))):
            self.close(int(members[np.argmin(self._loss[members] / self.ground.cost[members])]))

    def limit(self, budget: float) -> None:
        """Set another budget; what is missed least is closed until it holds."""
        self.left += budget * (1 + SLACK) - self.budget
        self.budget = budget * (1 + SLACK)
        self.spare(0.0)
