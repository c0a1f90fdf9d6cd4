# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What is left to decide: identical demand merged, existing sites worked in, candidates that cannot be chosen left out."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_array, csr_array

from drehkreuz.planning.siting import Siting
from drehkreuz.region.csr import Csr


@dataclass(frozen=True, slots=True)
class Merged:
    """
    Demand that the same sites serve in the same shares, put together.

    Attributes:
        rows: Merged demand of each site.
        shares: float64[m], beside the rows; empty: each entry serves all.
        weight: float64[n], sums.
        member: int32[d], where each demand went, -1: no site serves it.
    """

    rows: Csr
    shares: NDArray[np.float64]
    weight: NDArray[np.float64]
    member: NDArray[np.int32]

    @classmethod
    def of(
        cls,
        rows: Csr,
        shares: NDArray[np.float64],
        weight: NDArray[np.float64],
        group: NDArray[np.int32] | None = None,
    ) -> Merged:
        """Merge; demand of different groups stays apart where groups are given."""
        columns, portions = turned(rows, shares, len(weight))
        member = np.full(len(weight), -1, dtype=np.int32)
        first: list[int] = []
        seen: dict[bytes, int] = {}
        for d in np.flatnonzero((np.diff(columns.indptr) > 0) & (weight > 0)).tolist():
            key = blake2b(columns.row(d).tobytes(), digest_size=16)
            if len(portions):
                key.update(portions[columns.indptr[d] : columns.indptr[d + 1]].tobytes())
            if group is not None:
                key.update(group[d].tobytes())
            member[d] = seen.setdefault(key.digest(), len(seen))
            if member[d] == len(first):
                first.append(d)
        kept = np.zeros(len(weight), dtype=np.bool_)
        kept[first] = True
        stays = kept[rows.indices]
        before = np.concatenate([[0], np.cumsum(stays, dtype=np.int64)])
        totals = np.bincount(member[member >= 0], weights=weight[member >= 0], minlength=len(seen))
        small = Csr(before[rows.indptr], member[rows.indices[stays]])
        return cls(small, shares[stays] if len(shares) else shares, totals.astype(np.float64), member)


@dataclass(frozen=True, slots=True)
class Ground:
    """
    A siting without anything already decided.

    Existing sites are gone: what they serve is `base`, and an entry is worth only what it adds to that.

    Attributes:
        rows: Demand of each candidate.
        shares: float64[m], share that each entry adds; empty: all of it.
        columns: Candidates of each demand.
        portions: float64[m], shares by demand; empty likewise.
        weight: float64[d].
        cost: float64[s].
        near: Candidates that may not stand together.
        site: int32[s], row of the siting that each candidate is.
        base: What existing sites serve.
    """

    rows: Csr
    shares: NDArray[np.float64]
    columns: Csr
    portions: NDArray[np.float64]
    weight: NDArray[np.float64]
    cost: NDArray[np.float64]
    near: Csr
    site: NDArray[np.int32]
    base: float

    @classmethod
    def of(cls, siting: Siting, budget: float = np.inf) -> Ground:
        """Leave out what is decided, and candidates that cost more than the budget or stand too near an existing site."""
        stands, costs, demand = siting.stands, siting.costs, siting.covers.indices
        site_of = np.repeat(np.arange(len(siting), dtype=np.int32), np.diff(siting.covers.indptr))
        by_existing = stands[site_of]
        served = np.zeros(len(siting.weight))  # share of each demand
        given = 1.0 if siting.shares is None else siting.shares[by_existing]
        np.maximum.at(served, demand[by_existing], given)
        near = nothing_near(len(siting)) if siting.near is None else siting.near
        one = np.repeat(np.arange(len(near)), np.diff(near.indptr))
        free = ~stands & (costs <= budget)
        free[near.indices[stands[one]]] = False
        site = np.flatnonzero(free).astype(np.int32)
        rank = np.full(len(siting), -1, dtype=np.int32)
        rank[site] = np.arange(len(site), dtype=np.int32)
        adds = free[site_of] & ((served[demand] == 0.0) if siting.shares is None else siting.shares > served[demand])
        indptr = np.zeros(len(site) + 1, dtype=np.int64)
        np.cumsum(np.bincount(rank[site_of[adds]], minlength=len(site)), out=indptr[1:])
        shares = np.zeros(0) if siting.shares is None else siting.shares[adds] - served[demand[adds]]
        del site_of
        small = Merged.of(Csr(indptr, demand[adds]), shares, siting.weight)
        columns, portions = turned(small.rows, small.shares, len(small.weight))
        both = free[one] & free[near.indices] & (one != near.indices)
        return cls(
            rows=small.rows,
            shares=small.shares,
            columns=columns,
            portions=portions,
            weight=small.weight,
            cost=costs[site],
            near=Csr.from_pairs(rank[one[both]], rank[near.indices[both]], len(site)),
            site=site,
            base=float(siting.weight @ served),
        )

    def __len__(self) -> int:
        return len(self.rows)


def turned(rows: Csr, shares: NDArray[np.float64], n_demand: int) -> tuple[Csr, NDArray[np.float64]]:
    """Return the same entries by demand, with their shares (empty where those are)."""
    plain = not len(shares)
    data = np.ones(len(rows.indices), dtype=np.int8) if plain else shares
    columns = csc_array(csr_array((data, rows.indices, rows.indptr), shape=(len(rows), n_demand)))
    by_demand = Csr(columns.indptr.astype(np.int64), columns.indices.astype(np.int32))
    return by_demand, shares if plain else np.asarray(columns.data, dtype=np.float64)


def nothing_near(n_sites: int) -> Csr:
    """Return that any two sites may stand together."""
    return Csr(np.zeros(n_sites + 1, dtype=np.int64), np.zeros(0, dtype=np.int32))


def taken(rows: Csr, some: NDArray[np.integer]) -> tuple[Csr, NDArray[np.int64]]:
    """Return some of the rows, and the positions of their entries."""
    length = np.diff(rows.indptr)[some]
    indptr = np.concatenate([[0], np.cumsum(length, dtype=np.int64)])
    entries = np.repeat(rows.indptr[some] - indptr[:-1], length) + np.arange(indptr[-1])
    return Csr(indptr, rows.indices[entries]), entries
