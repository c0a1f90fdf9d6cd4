# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Small questions about places, and their answers by trying everything."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog

from drehkreuz.planning import Siting
from drehkreuz.region.csr import Csr


def siting(covers: list[list[int]], weight: list[float], **more: object) -> Siting:
    """Return a siting from lists: `siting([[0, 1], [2]], [5, 1, 4], cost=[1, 2])`."""
    rows = np.repeat(np.arange(len(covers)), [len(row) for row in covers])
    entries = Csr.from_pairs(rows, [d for row in covers for d in row], len(covers))
    kinds = {"existing": np.bool_, "group": np.int32}
    arrays = {
        name: value if isinstance(value, Csr) else np.array(value, dtype=kinds.get(name, np.float64))
        for name, value in more.items()
    }
    return Siting(covers=entries, weight=np.array(weight, dtype=np.float64), **arrays)


def drawn(seed: int, *kinds: str, sites: int = 8, demand: int = 14) -> Siting:
    """Return a random siting with some kinds of condition: shares, cost, existing, near, capacity, floor."""
    random = np.random.default_rng(seed)
    covers = [np.flatnonzero(random.random(demand) < 0.25).tolist() for _ in range(sites)]
    weight = random.integers(0, 10, demand).astype(np.float64)
    more: dict[str, object] = {}
    if "shares" in kinds:
        more["shares"] = random.integers(1, 5, sum(map(len, covers))) / 4
    if "cost" in kinds:
        more["cost"] = random.integers(1, 5, sites)
    if "existing" in kinds:
        more["existing"] = random.random(sites) < 0.2
    if "near" in kinds:
        one, other = np.nonzero(np.triu(random.random((sites, sites)) < 0.15, 1))
        more["near"] = Csr.from_pairs(np.concatenate([one, other]), np.concatenate([other, one]), sites)
    if "capacity" in kinds:
        more["capacity"] = random.integers(3, 20, sites)
    if "floor" in kinds:
        more["group"] = random.integers(0, 3, demand)
        more["floor"] = random.choice([0.0, 0.2, 0.4], 3)
    return siting(covers, weight.tolist(), **more)


def allowed(asked: Siting, chosen: tuple[int, ...]) -> bool:
    """Return whether new sites may stand where they would."""
    stands = [*np.flatnonzero(asked.stands), *chosen]
    return asked.near is None or not any(
        other in stands for site in chosen for other in asked.near.row(site).tolist() if other != site
    )


def served_weight(asked: Siting, opened: list[int]) -> float | None:
    """Return the most weight that open sites serve, None where a floor cannot be kept."""
    entries = [e for s in opened for e in range(asked.covers.indptr[s], asked.covers.indptr[s + 1])]
    site = [s for s in opened for _ in asked.covers.row(s)]
    demand = asked.covers.indices[entries]
    worth = asked.worth()[entries]
    n = len(asked.weight)
    if asked.capacity is None:
        best = np.zeros(n)
        np.maximum.at(best, demand, worth)
        return None if short(asked, best) else float(best.sum())
    rows, room = [demand == d for d in range(n)], np.ones(n).tolist()
    for s in opened:
        rows.append(np.where(np.array(site) == s, worth, 0.0))
        room.append(asked.capacity[s])
    if asked.floor is not None:
        for g, floor in enumerate(asked.floor):
            rows.append(np.where(asked.groups[demand] == g, -worth, 0.0))
            room.append(-floor * asked.weight[asked.groups == g].sum() + 1e-9)
    if not entries:
        return 0.0 if min(room) >= 0 else None
    found = linprog(-worth, A_ub=np.array(rows, dtype=np.float64), b_ub=room, bounds=(0, 1))
    return None if found.status == 2 else float(-found.fun)


def short(asked: Siting, best: NDArray[np.float64]) -> bool:
    """Return whether some group is served less than its floor."""
    if asked.floor is None:
        return False
    got = np.bincount(asked.groups, weights=best, minlength=len(asked.floor))
    total = np.bincount(asked.groups, weights=asked.weight, minlength=len(asked.floor))
    return bool((got < asked.floor * total - 1e-9).any())


def best_by_trying(asked: Siting, budget: float) -> float | None:
    """Return the most weight that any choice serves, None where none keeps all conditions."""
    new, stands = np.flatnonzero(~asked.stands).tolist(), np.flatnonzero(asked.stands).tolist()
    best: float | None = None
    for size in range(len(new) + 1):
        for chosen in combinations(new, size):
            if asked.costs[list(chosen)].sum() > budget or not allowed(asked, chosen):
                continue
            value = served_weight(asked, [*stands, *chosen])
            if value is not None and (best is None or value > best):
                best = value
    return best


def cheapest_by_trying(asked: Siting) -> float | None:
    """Return what serving everybody costs at least, None where spacing does not allow it."""
    new, stands = np.flatnonzero(~asked.stands).tolist(), np.flatnonzero(asked.stands).tolist()
    whole = Siting(covers=asked.covers, weight=asked.weight)
    most = served_weight(whole, list(range(len(asked))))
    costs = [
        float(asked.costs[list(chosen)].sum())
        for size in range(len(new) + 1)
        for chosen in combinations(new, size)
        if allowed(asked, chosen) and served_weight(whole, [*stands, *chosen]) == most
    ]
    return min(costs, default=None)
