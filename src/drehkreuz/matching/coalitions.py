# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""
v(B), how many find each other if the barriers in B are thought away: for all 128 sets B, each proved against every pair.

The largest allocation over the working set comes with a cover as heavy as it is large. A pair of the whole relation that
the coalition allows and the cover misses may make more possible: it is added and the market cleared again, until there is
none. Then the cover covers every pair, so no allocation over *all* pairs is larger either.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from drehkreuz.matching.barriers import Barrier
from drehkreuz.matching.cardinality import largest_allocation
from drehkreuz.matching.pairs import PairRelation
from drehkreuz.matching.working_set import BestPairs, OpenPairs, Wishes, best_pairs, with_pairs
from drehkreuz.progress import SILENT, Progress

ALL_COALITIONS: Final = tuple(Barrier(bits) for bits in range(128))

ADD: Final = 2
"""
Missing pairs added per person, and per vacancy, of each mask and round.

Chosen by hash: the missing pairs worth most share their vacancies, and few of them can be used at once. On a modelled
market of 6,000 people and 4,000 openings that took twice the time and two to three times the pairs.
"""


@dataclass(frozen=True, slots=True)
class Certificate:
    """
    What is proved about the largest allocations.

    Attributes:
        coalitions: The sets of barriers asked for, c of them.
        lower: int64[c], people placed by the allocation found.
        upper: int64[c], weight of a cover of *all* pairs the coalition allows.
        vacancy: int32[c, p], the allocations found, -1 for nobody's vacancy.
        edges: `EDGES`, the working set with all pairs added.
        rounds: Scans of the whole relation.
        added: Pairs added to the working set.
        open_pairs: Pairs that some coalition's cover still misses: 0 unless stopped early.
    """

    coalitions: tuple[Barrier, ...]
    lower: NDArray[np.int64]
    upper: NDArray[np.int64]
    vacancy: NDArray[np.int32]
    edges: pl.DataFrame
    rounds: int
    added: int
    open_pairs: int

    @property
    def exact(self) -> bool:
        """Whether every value is proved: nothing larger is possible over all pairs."""
        return bool((self.lower == self.upper).all())


def certify(
    relation: PairRelation,
    edges: pl.DataFrame,
    coalitions: Sequence[Barrier] = ALL_COALITIONS,
    *,
    seed: int = 0,
    add: int = ADD,
    max_rounds: int | None = None,
    progress: Progress = SILENT,
) -> Certificate:
    """
    Return the largest allocation of each coalition of barriers, proved against all pairs of the relation.

    One scan checks all coalitions at once: 128 bits a person and a vacancy say in which coalitions its cover leaves it
    open, 128 bits a mask which coalitions allow it; a pair whose three share a bit is missed by that coalition's cover.

    Args:
        relation: All pairs.
        edges: `EDGES`, a working set; any will do, a good one saves rounds.
        coalitions: The sets of barriers, at most 128, each once.
        seed: Breaks ties.
        add: Missing pairs added per person, and per vacancy, of each mask and round.
        max_rounds: Stop after so many scans; values not proved by then have a lower and an upper bound.
        progress: Told after each scan.
    """
    bits = _bits(len(coalitions))
    masks = _allowing(coalitions, bits)
    within = [[d for d, inner in enumerate(coalitions) if not int(inner) & ~int(outer)] for outer in coalitions]
    vacancy = np.full((len(coalitions), len(relation.person_keys)), -1, dtype=np.int32)
    lower = np.zeros(len(coalitions), dtype=np.int64)
    unproved = sorted(range(len(coalitions)), key=lambda c: coalitions[c].bit_count())
    rounds, began_with = 0, len(edges)
    progress.start("certify", None)
    while True:
        wishes = Wishes.of(edges, relation, seed)
        left_open = OpenPairs(_no_bits(len(relation.person_keys)), _no_bits(len(relation.vacancy_keys)), masks)
        for c in unproved:
            start = vacancy[max(within[c], key=lambda d: lower[d])]
            allocation = largest_allocation(wishes, relation.capacity, coalitions[c], start)
            vacancy[c], lower[c] = allocation.vacancy, allocation.value
            left_open.people[~allocation.covered_people] |= bits[c]
            left_open.vacancies[~allocation.covered_vacancies] |= bits[c]
        missed = best_pairs(relation, left_open, add, seed, by_hash=True)
        rounds += 1
        progress.advance()
        unproved = [c for c in unproved if (missed.people & bits[c]).any()]
        if not unproved or rounds == max_rounds:
            break
        edges = with_pairs(edges, missed.edges)
    progress.finish()
    upper = _upper(lower, missed, bits, within, relation.capacity)
    return Certificate(tuple(coalitions), lower, upper, vacancy, edges, rounds, len(edges) - began_with, missed.count)


def _no_bits(rows: int) -> NDArray[np.uint64]:
    return np.zeros((rows, 2), dtype=np.uint64)


def _bits(n: int) -> NDArray[np.uint64]:
    """Return uint64[n, 2]: the bit of each coalition in 128."""
    number = np.arange(n)
    bits = _no_bits(n)
    bits[number, number // 64] = np.uint64(1) << (number % 64).astype(np.uint64)
    return bits


def _allowing(coalitions: Sequence[Barrier], bits: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Return uint64[256, 2]: the coalitions that allow each mask."""
    masks = _no_bits(256)
    for coalition, bit in zip(coalitions, bits, strict=True):
        masks[(np.arange(256) & ~int(coalition)) == 0] |= bit
    return masks


def _upper(
    lower: NDArray[np.int64],
    missed: BestPairs,
    bits: NDArray[np.uint64],
    within: list[list[int]],
    capacity: NDArray[np.int32],
) -> NDArray[np.int64]:
    """
    Return the weight of a cover of all pairs by coalition.

    A cover becomes one of all pairs by adding every person, or every vacancy, that has a pair it misses. What holds for a
    coalition holds for every coalition within it.
    """
    everything = min(len(missed.people), int(capacity.sum(dtype=np.int64)))
    people = np.array([np.count_nonzero((missed.people & bit).any(axis=1)) for bit in bits])
    openings = np.array([capacity[(missed.vacancies & bit).any(axis=1)].sum(dtype=np.int64) for bit in bits])
    upper: NDArray[np.int64] = np.minimum(lower + np.minimum(people, openings), everything)
    for outer, inner in enumerate(within):
        upper[inner] = np.minimum(upper[inner], upper[outer])
    return upper
