# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The same questions as whole-number programmes, for small and odd cases."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from drehkreuz.errors import Finding, InputError
from drehkreuz.planning.effort import SLACK
from drehkreuz.planning.ground import Merged
from drehkreuz.planning.programme import Programme
from drehkreuz.planning.siting import Siting


@dataclass(frozen=True, slots=True)
class Exact:
    """
    What the solver found.

    Attributes:
        chosen: int32[k], new sites.
        served: float64[d], share of each demand that is served.
        bound: What no choice serves more of, existing sites included; for a set cover, what none costs less than.
    """

    chosen: NDArray[np.int32]
    served: NDArray[np.float64]
    bound: float


def size(siting: Siting) -> int:
    """Return how hard a siting is for the solver, in entries of plain covers: with a variable for each entry, ten times as many."""
    return len(siting.covers.indices) * (1 if siting.shares is None and siting.capacity is None else 10)


def exact(siting: Siting, budget: float, nodes: int) -> Exact:
    """
    Return a choice that serves most weight under all conditions.

    Plain covers: max Σ w y with y ≤ Σ x over the sites of each demand. With shares or capacities: max Σ w s z with z ≤ x for each
    entry, Σ z ≤ 1 for each demand, Σ w s z ≤ capacity · x for each site. In both: costs within the budget, x + x' ≤ 1 for sites too
    near each other, x = 1 for existing ones, and the floor of each group.

    Args:
        siting: What is to be decided.
        budget: Of all new sites.
        nodes: Nodes of the tree; where they end, the bound is larger than what is served.

    Raises:
        InputError: If no choice keeps all conditions, or none was found within the nodes.

    Source:
        Church, ReVelle: The maximal covering location problem. Papers of the Regional Science Association 32 (1974).
    """
    small = merged(siting)
    site, demand = of_site(small), small.rows.indices
    share = small.shares if len(small.shares) else np.ones(len(demand))
    n = len(small.weight)
    if siting.shares is None and siting.capacity is None:
        programme, worth, flow_of = Programme(siting, n), small.weight, np.arange(n, dtype=np.int32)
        programme.add(n, (demand, site, 1.0), (flow_of, flow_of, -1.0), low=0.0)
    else:
        worth, flow_of, entry = small.weight[demand] * share, demand, np.arange(len(demand))
        programme = Programme(siting, len(entry))
        programme.add(len(entry), (entry, site, -1.0), (entry, entry, 1.0), high=0.0)
        programme.add(n, None, (demand, entry, 1.0), high=1.0)
        _capacities(programme, siting, site, worth)
    if np.isfinite(budget):
        every = np.arange(len(siting))
        programme.add(1, (np.zeros_like(every), every, siting.costs), None, high=budget * (1 + SLACK))
    if siting.floor is not None:
        _floors(programme, siting, small, flow_of, worth)
    found = programme.solve(np.zeros(len(siting)), -worth, nodes)
    got = np.zeros(n)
    if siting.capacity is None:
        here = found.opened[site]
        np.maximum.at(got, demand[here], share[here])
    else:
        got += np.bincount(demand, weights=found.flow * share, minlength=n)
    served = np.where(small.member >= 0, np.append(got, 0.0)[small.member], 0.0)
    chosen = np.flatnonzero(found.opened & ~siting.stands).astype(np.int32)
    return Exact(chosen, np.clip(served, 0.0, 1.0), max(float(small.weight @ got), -found.bound))


def exact_set_cover(siting: Siting, nodes: int) -> Exact:
    """
    Return the cheapest choice that serves every demand that any site serves; shares, capacities and floors are not read.

    Raises:
        InputError: If spacing allows none, or none was found within the nodes.

    Source:
        Toregas, Swain, ReVelle, Bergman: The location of emergency service facilities. Operations Research 19 (1971).
    """
    small = Merged.of(siting.covers, np.zeros(0), siting.weight)
    programme = Programme(siting, 0)
    programme.add(len(small.weight), (small.rows.indices, of_site(small), 1.0), None, low=1.0)
    found = programme.solve(siting.costs, np.zeros(0), nodes)
    chosen = np.flatnonzero(found.opened & ~siting.stands).astype(np.int32)
    return Exact(chosen, (small.member >= 0).astype(np.float64), min(float(siting.costs[chosen].sum()), found.bound))


def served_by(siting: Siting, opened: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return which share of each demand some sites serve at most, floors aside, float64[d]."""
    if siting.capacity is None:
        served = np.zeros(len(siting.weight))
        here = opened[np.repeat(np.arange(len(siting)), np.diff(siting.covers.indptr))]
        np.maximum.at(served, siting.covers.indices[here], 1.0 if siting.shares is None else siting.shares[here])
        return np.where(siting.weight > 0, served, 0.0)
    standing = Siting(
        covers=siting.covers,
        weight=siting.weight,
        shares=siting.shares,
        existing=opened,
        capacity=siting.capacity,
    )
    return exact(standing, 0.0, 1).served


def merged(siting: Siting) -> Merged:
    """Merge identical demand; of different groups only where no group has a floor."""
    shares = np.zeros(0) if siting.shares is None else siting.shares
    return Merged.of(siting.covers, shares, siting.weight, None if siting.floor is None else siting.groups)


def of_site(small: Merged) -> NDArray[np.int64]:
    """Return the site of each entry."""
    return np.repeat(np.arange(len(small.rows)), np.diff(small.rows.indptr))


def _capacities(programme: Programme, siting: Siting, site: NDArray[np.int64], worth: NDArray[np.float64]) -> None:
    if siting.capacity is None:
        return
    room = np.minimum(siting.capacity, np.bincount(site, weights=worth, minlength=len(siting)))
    every, entry = np.arange(len(siting)), np.arange(len(site))
    programme.add(len(siting), (every, every, -room), (site, entry, worth), high=0.0)


def _floors(
    programme: Programme, siting: Siting, small: Merged, flow_of: NDArray[np.integer], worth: NDArray[np.float64]
) -> None:
    """
    Add the floor of each group.

    Raises:
        InputError: If a group's floor is out of reach even with all sites open and no limit.
    """
    floor = np.zeros(0) if siting.floor is None else siting.floor
    n = len(floor)
    everything = served_by(
        Siting(covers=siting.covers, weight=siting.weight, shares=siting.shares), np.ones(len(siting), dtype=np.bool_)
    )
    most = np.bincount(siting.groups, weights=siting.weight * everything, minlength=n)
    total = np.bincount(siting.groups, weights=siting.weight, minlength=n)
    low = [int(g) for g in np.flatnonzero(most < floor * total * (1 - SLACK))]
    if low:
        names = [str(g) for g in range(n)] if siting.group_names is None else siting.group_names
        raise InputError(
            *(
                Finding(
                    *("siting", names[g], "floor", f"{floor[g]:g}"),
                    f"is out of reach: all sites together serve {most[g] / total[g]:.3f} of the group",
                    "Lower the floor, or add sites there.",
                )
                for g in low
            )
        )
    group_of = np.zeros(len(small.weight), dtype=np.int32)
    group_of[small.member[small.member >= 0]] = siting.groups[small.member >= 0]
    asked = np.flatnonzero(floor > 0)
    rank = np.full(n, -1)
    rank[asked] = np.arange(len(asked))
    row = rank[group_of[flow_of]]
    some = np.flatnonzero(row >= 0)
    programme.add(len(asked), None, (row[some], some, worth[some]), low=floor[asked] * total[asked] * (1 - SLACK))
