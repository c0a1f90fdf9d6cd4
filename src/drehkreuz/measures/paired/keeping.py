# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""
The largest allocation that leaves as many as can be where they were placed, proved against every pair.

A largest allocation is seldom the only one. Two of them, found apart, differ in whom they place although nothing has changed.
So the allocation after a change is grown out of the one before:

1. Pairs that are no longer open, and people beyond a vacancy's openings, are taken out.
2. Among the people placed before, the allocation is enlarged: whoever can keep some post keeps one.
3. Among all people it is enlarged to the largest. Alternating paths move people, they never leave one without a seat.

The sets of people who can be placed together are the independent sets of a transversal matroid: what is largest among
those placed before stays within what is largest of all. So as few are displaced as any largest allocation allows, and where
nothing has changed nobody moves.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from drehkreuz.matching.barriers import NO_BARRIER, Barrier
from drehkreuz.matching.cardinality import largest_allocation
from drehkreuz.matching.coalitions import certify
from drehkreuz.matching.pairs import PairBlock, PairRelation, allocated_pairs, salted, ties
from drehkreuz.matching.working_set import EVERY_COALITION, KEEP, OpenPairs, Wishes, best_pairs, with_pairs


@dataclass(frozen=True, slots=True)
class Largest:
    """
    A largest allocation and its proof.

    Attributes:
        vacancy: int32[p], the vacancy each person gets, -1 for none.
        upper: Weight of a cover of *all* pairs allowed: no allocation is larger.
    """

    vacancy: NDArray[np.int32]
    upper: int

    @property
    def value(self) -> int:
        """People placed, which is openings filled."""
        return int(np.count_nonzero(self.vacancy >= 0))

    @property
    def exact(self) -> bool:
        """Whether nothing larger is possible over all pairs."""
        return self.value == self.upper


def largest_keeping(
    relation: PairRelation,
    start: NDArray[np.int32] | None = None,
    allowed: Barrier = NO_BARRIER,
    *,
    seed: int = 0,
) -> Largest:
    """
    Return a largest allocation in which as many as possible of those placed at the start are placed.

    Args:
        relation: All pairs.
        start: int32[p], who had which vacancy, -1 for none; pairs may have ceased to be open. None: nobody had any.
        allowed: Barriers thought away.
        seed: Breaks ties.

    Returns:
        The allocation; the same for any order of rows.

    Source:
        Edmonds, Fulkerson: Transversals and matroid partition. J. Res. Nat. Bur. Stand. 69B (1965).
    """
    if start is None:
        return _enlarged(relation, np.full(len(relation.person_keys), -1, dtype=np.int32), allowed, seed)
    kept = still_open(relation, start, allowed, seed=seed)
    if (kept != start).any():
        placed = np.flatnonzero(start >= 0)
        kept[placed] = _enlarged(_Some(relation, placed), kept[placed], allowed, seed).vacancy
    return _enlarged(relation, kept, allowed, seed)


def still_open(
    relation: PairRelation, start: NDArray[np.int32], allowed: Barrier = NO_BARRIER, *, seed: int = 0
) -> NDArray[np.int32]:
    """
    Return an allocation without the pairs that are not open; of too many people for a vacancy, the highest hashes stay.

    Args:
        relation: All pairs.
        start: int32[p], -1 for none.
        allowed: Barriers thought away.
        seed: Decides who stays.
    """
    had = allocated_pairs(relation, start).filter((pl.col("mask") & (~int(allowed) & 0xFF)) == 0)
    person, vacancy = had["person"].to_numpy(), had["vacancy"].to_numpy()
    hashes = ties(salted(relation.person_keys, seed)[person], relation.vacancy_keys[vacancy])
    rank = had.select("vacancy", tie=pl.Series(hashes)).select(
        pl.col("tie").rank("ordinal", descending=True).over("vacancy")
    )
    stays = rank["tie"].to_numpy() <= relation.capacity[vacancy]
    kept = np.full(len(start), -1, dtype=np.int32)
    kept[person[stays]] = vacancy[stays]
    return kept


def _enlarged(relation: PairRelation, kept: NDArray[np.int32], allowed: Barrier, seed: int) -> Largest:
    """Enlarge an allocation of open pairs to the largest."""
    masks = np.zeros((256, 2), dtype=np.uint64)
    masks[(np.arange(256) & ~int(allowed)) == 0] = EVERY_COALITION
    people, vacancies = (
        np.full((len(keys), 2), EVERY_COALITION) for keys in (relation.person_keys, relation.vacancy_keys)
    )
    first = best_pairs(relation, OpenPairs(people, vacancies, masks), KEEP, seed).edges
    proved = certify(relation, first, (allowed,), seed=seed)
    edges = with_pairs(proved.edges, allocated_pairs(relation, kept))
    found = largest_allocation(Wishes.of(edges, relation, seed), relation.capacity, allowed, kept)
    return Largest(found.vacancy, int(proved.upper[0]))


@dataclass(frozen=True, slots=True)
class _Some:
    """The pair relation of some of the people, in their order."""

    whole: PairRelation
    people: NDArray[np.intp]

    @property
    def capacity(self) -> NDArray[np.int32]:
        return self.whole.capacity

    @property
    def person_keys(self) -> NDArray[np.uint64]:
        return self.whole.person_keys[self.people]

    @property
    def vacancy_keys(self) -> NDArray[np.uint64]:
        return self.whole.vacancy_keys

    def blocks(self) -> Iterator[PairBlock]:
        """Yield the pairs of these people."""
        first = 0
        for block in self.whole.blocks():
            ends = np.searchsorted(self.people, [block.first, block.first + len(block.mask)])
            rows = self.people[ends[0] : ends[1]] - block.first
            yield PairBlock(first, block.mask[rows], block.utility_person[rows], block.utility_employer[rows])
            first += len(rows)
