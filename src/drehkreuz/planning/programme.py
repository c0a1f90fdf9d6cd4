# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A whole-number programme over sites, put together condition by condition and solved by HiGHS through SciPy."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array, hstack, vstack

from drehkreuz.errors import Finding, InputError
from drehkreuz.planning.siting import Siting

INFEASIBLE = 2
"""Status of SciPy's solver: no choice keeps all conditions."""


@dataclass(frozen=True, slots=True)
class Solved:
    """
    What the solver found.

    Attributes:
        opened: bool[s], sites.
        flow: float64[f], the other variables, 0 to 1.
        bound: No solution costs less.
    """

    opened: NDArray[np.bool_]
    flow: NDArray[np.float64]
    bound: float


class Programme:
    """
    One variable x for each site, 0 or 1, and further ones between 0 and 1. Spacing and existing sites are always conditions.

    Args:
        siting: Sites, what exists, and what stands too near.
        n_flow: Number of further variables.
    """

    def __init__(self, siting: Siting, n_flow: int) -> None:
        self.siting, self.n_flow = siting, n_flow
        self._rows: list[coo_array] = []
        self._low: list[NDArray[np.float64]] = []
        self._high: list[NDArray[np.float64]] = []
        if siting.near is not None:
            one = np.repeat(np.arange(len(siting)), np.diff(siting.near.indptr))
            other, stands = siting.near.indices, siting.stands
            pair = (one != other) & ~(stands[one] & stands[other])
            pairs = np.unique(np.sort(np.stack([one[pair], other[pair]], axis=1), axis=1), axis=0)
            row = np.arange(len(pairs))
            self.add(len(pairs), (np.concatenate([row, row]), pairs.T.ravel(), 1.0), None, high=1.0)

    def add(
        self,
        n_rows: int,
        sites: tuple[ArrayLike, ArrayLike, ArrayLike] | None,
        flow: tuple[ArrayLike, ArrayLike, ArrayLike] | None,
        *,
        low: ArrayLike = -np.inf,
        high: ArrayLike = np.inf,
    ) -> None:
        """
        Add conditions low ≤ A x + B y ≤ high.

        Args:
            n_rows: Number of conditions.
            sites: Rows, columns, values of A; None: zero.
            flow: The same of B.
            low: One for all or one for each.
            high: Likewise.
        """
        if not n_rows:
            return
        both = [_matrix(sites, (n_rows, len(self.siting))), _matrix(flow, (n_rows, self.n_flow))]
        self._rows.append(hstack(both) if self.n_flow else both[0])
        self._low.append(np.broadcast_to(np.asarray(low, dtype=np.float64), n_rows))
        self._high.append(np.broadcast_to(np.asarray(high, dtype=np.float64), n_rows))

    def solve(self, cost: NDArray[np.float64], flow_cost: NDArray[np.float64], nodes: int) -> Solved:
        """
        Return a cheapest solution.

        Raises:
            InputError: If no choice keeps all conditions, or none was found within the nodes of the tree.
        """
        n_sites = len(self.siting)
        if not n_sites + self.n_flow:
            return Solved(np.zeros(0, dtype=np.bool_), np.zeros(0), 0.0)
        least = np.concatenate([self.siting.stands.astype(np.float64), np.zeros(self.n_flow)])
        found = milp(
            np.concatenate([cost, flow_cost]),
            integrality=np.concatenate([np.ones(n_sites), np.zeros(self.n_flow)]),
            bounds=Bounds(least, np.ones(len(least))),
            constraints=LinearConstraint(
                vstack(self._rows).tocsc(), np.concatenate(self._low), np.concatenate(self._high)
            )
            if self._rows
            else None,
            options={"mip_rel_gap": 0.0, "node_limit": nodes},
        )
        if found.x is None:
            none = found.status == INFEASIBLE
            problem = "no choice of sites keeps all conditions" if none else f"no choice was found within {nodes} nodes"
            remedy = "Raise the budget, or lower floors and spacing." if none else "Allow more nodes, or fewer sites."
            raise InputError(Finding("siting", "", "", "", problem, remedy))
        return Solved(found.x[:n_sites] > 0.5, found.x[n_sites:], float(found.mip_dual_bound))


def _matrix(entries: tuple[ArrayLike, ArrayLike, ArrayLike] | None, shape: tuple[int, int]) -> coo_array:
    if entries is None:
        return coo_array(shape)
    row, column = np.asarray(entries[0]), np.asarray(entries[1])
    return coo_array((np.broadcast_to(np.asarray(entries[2], dtype=np.float64), row.shape), (row, column)), shape)
