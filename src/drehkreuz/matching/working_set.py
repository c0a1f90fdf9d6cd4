# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""
The pairs worth keeping: for either side the best few of *each* mask, and what solvers add to them.

Keeping only pairs that fit well, or only those that pass the "hard" conditions, would leave a coalition of barriers without
the pairs that it opens, and every report on barriers with wrong shares. So each mask that occurs keeps its own best.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from drehkreuz.matching import _kernels as kernels
from drehkreuz.matching.barriers import Barrier
from drehkreuz.matching.pairs import EDGES, PairRelation, salted, ties

KEEP: Final = 8
"""Pairs kept per person, and per vacancy, of each mask."""

EVERY_COALITION: Final = np.uint64(0xFFFF_FFFF_FFFF_FFFF)


def working_set(relation: PairRelation, k: int = KEEP, seed: int = 0) -> pl.DataFrame:
    """
    Return the k best pairs of every person and of every vacancy within each mask that occurs.

    Args:
        relation: All pairs.
        k: Pairs kept per row and mask, at least 1.
        seed: Breaks ties.

    Returns:
        `EDGES`, sorted by person and vacancy, each pair once. A starting point only: a published value is certified
        against the whole relation, which adds the pairs that are missing here.
    """
    everything = OpenPairs(
        np.full((len(relation.person_keys), 2), EVERY_COALITION),
        np.full((len(relation.vacancy_keys), 2), EVERY_COALITION),
        np.full((256, 2), EVERY_COALITION),
    )
    return best_pairs(relation, everything, k, seed).edges


def with_pairs(edges: pl.DataFrame, pairs: pl.DataFrame) -> pl.DataFrame:
    """Return the edges with further pairs of the same relation, sorted, each pair once; both have the schema `EDGES`."""
    return _once(pl.concat([edges, pairs]))


def _once(edges: pl.DataFrame) -> pl.DataFrame:
    """Sort by person and vacancy and keep each pair once; the same pair says the same wherever it was found."""
    ordered = edges.sort("person", "vacancy")
    return ordered.filter(pl.any_horizontal(pl.col("person", "vacancy").diff().fill_null(1) != 0))


@dataclass(frozen=True, slots=True)
class OpenPairs:
    """
    Which pairs to look at: those whose person, vacancy and mask share a bit. A bit stands for a coalition of barriers.

    Attributes:
        people: uint64[p, 2], 128 bits a person.
        vacancies: uint64[v, 2].
        masks: uint64[256, 2], by mask.
    """

    people: NDArray[np.uint64]
    vacancies: NDArray[np.uint64]
    masks: NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class BestPairs:
    """
    What one scan of the relation found.

    Attributes:
        edges: `EDGES`, the best open pairs of either side by mask.
        count: Open pairs in all.
        people: uint64[p, 2], the bits in which a person has an open pair.
        vacancies: uint64[v, 2], the same for vacancies.
    """

    edges: pl.DataFrame
    count: int
    people: NDArray[np.uint64]
    vacancies: NDArray[np.uint64]


def best_pairs(relation: PairRelation, open_pairs: OpenPairs, k: int, seed: int, *, by_hash: bool = False) -> BestPairs:
    """
    Scan all pairs once; of the open ones keep the k best of every person and of every vacancy within each mask.

    Args:
        relation: All pairs.
        open_pairs: Which of them to look at.
        k: Pairs kept per row and mask, at least 1.
        seed: Breaks ties.
        by_hash: Best is not what is worth most to the row but what has the highest hash. Where it matters only that the
            pairs kept differ from row to row, this spreads them: favourites are shared by all.

    Raises:
        ValueError: If k is less than 1.
    """
    if k < 1:
        message = f"k is {k}; at least one pair of each mask is kept"
        raise ValueError(message)
    person_salts = salted(relation.person_keys, seed)
    people_hit, vacancies_hit = np.zeros_like(open_pairs.people), np.zeros_like(open_pairs.vacancies)
    slots = _Slots()
    vacancies = _Best.empty(len(relation.vacancy_keys), 0, k)
    edges, count = [EDGES.to_frame()], 0
    for block in relation.blocks():
        slots.admit(block.mask)
        vacancies = vacancies.widened(len(relation.vacancy_keys), len(slots.masks))
        people = _Best.empty(len(block.mask), len(slots.masks), k)
        count += kernels.best_open(
            block.first,
            block.mask,
            block.utility_person,
            block.utility_employer,
            person_salts,
            relation.vacancy_keys,
            by_hash,
            slots.of_mask,
            len(slots.masks),
            open_pairs.people,
            open_pairs.vacancies,
            open_pairs.masks,
            people_hit,
            vacancies_hit,
            people.size,
            people.who,
            people.worth,
            people.ties,
            vacancies.size,
            vacancies.who,
            vacancies.worth,
            vacancies.ties,
        )
        kept = people.entries()
        edges.append(_edges(block.first + kept.row, kept.who, slots.masks[kept.slot], kept.own, kept.other))
    kept = vacancies.entries()
    edges.append(_edges(kept.who, kept.row, slots.masks[kept.slot], kept.other, kept.own))
    return BestPairs(_once(pl.concat(edges)), count, people_hit, vacancies_hit)


@dataclass(frozen=True, slots=True)
class Wishes:
    """
    Edges as lists of wishes: each person's vacancies, best first; rows of the whole relation, in no one's row order.

    Attributes:
        people: int32[p], everybody, in the order of their hashes.
        indptr: int64[p + 1], where each person's wishes begin.
        vacancy: int32[m].
        mask: uint8[m].
        utility_person: float32[m].
        utility_employer: float32[m].
        ties: uint64[m].
        wishers: int64[v], how many wish for each vacancy.
    """

    people: NDArray[np.int32]
    indptr: NDArray[np.int64]
    vacancy: NDArray[np.int32]
    mask: NDArray[np.uint8]
    utility_person: NDArray[np.float32]
    utility_employer: NDArray[np.float32]
    ties: NDArray[np.uint64]
    wishers: NDArray[np.int64]

    @classmethod
    def of(cls, edges: pl.DataFrame, relation: PairRelation, seed: int) -> Wishes:
        """Order edges (schema `EDGES`) by person and falling utility, equals by hash."""
        salts = salted(relation.person_keys, seed)
        person, vacancy = edges["person"].to_numpy(), edges["vacancy"].to_numpy()
        pair_ties = ties(salts[person], relation.vacancy_keys[vacancy])
        preference = pl.arg_sort_by("person", "utility_person", "tie", descending=[False, True, True])
        order = edges.with_columns(tie=pair_ties).select(preference).to_series()
        indptr = np.zeros(len(salts) + 1, dtype=np.int64)
        np.cumsum(np.bincount(person, minlength=len(salts)), out=indptr[1:])
        return cls(
            np.argsort(salts).astype(np.int32),
            indptr,
            vacancy[order],
            edges["mask"].to_numpy()[order],
            edges["utility_person"].to_numpy()[order],
            edges["utility_employer"].to_numpy()[order],
            pair_ties[order],
            np.bincount(vacancy, minlength=len(relation.vacancy_keys)),
        )

    def within(self, allowed: Barrier) -> Wishes:
        """Return the wishes whose barriers all lie in `allowed`; these themselves where that is all of them."""
        keep = (self.mask & np.uint8(~allowed & 0xFF)) == 0
        return self if keep.all() else self.kept(keep)

    def kept(self, keep: NDArray[np.bool_]) -> Wishes:
        """Return some of the wishes, bool[m], in their order."""
        before = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(keep, dtype=np.int64)])
        return Wishes(
            self.people,
            before[self.indptr],
            self.vacancy[keep],
            self.mask[keep],
            self.utility_person[keep],
            self.utility_employer[keep],
            self.ties[keep],
            np.bincount(self.vacancy[keep], minlength=len(self.wishers)),
        )


@dataclass(slots=True)
class _Slots:
    """The masks seen so far, numbered as they come: few of the 128 occur, and only those take memory."""

    masks: NDArray[np.uint8] = field(default_factory=lambda: np.empty(0, dtype=np.uint8))
    of_mask: NDArray[np.int16] = field(default_factory=lambda: np.full(256, -1, dtype=np.int16))

    def admit(self, mask: NDArray[np.uint8]) -> None:
        seen = np.zeros(256, dtype=np.bool_)
        kernels.occurring(mask, seen)
        new = np.flatnonzero(seen & (self.of_mask < 0))
        self.of_mask[new] = np.arange(len(self.masks), len(self.masks) + len(new), dtype=np.int16)
        self.masks = np.concatenate([self.masks, new.astype(np.uint8)])


@dataclass(frozen=True, slots=True)
class _Best:
    """
    The k best counterparts of each row and slot.

    Attributes:
        slots: Slots a row.
        size: int32[rows * slots], how many are kept.
        who: int32[rows * slots, k], the counterparts' rows, best first.
        worth: float32[rows * slots, k, 3], rank, worth to the row and to the counterpart.
        ties: uint64[rows * slots, k].
    """

    slots: int
    size: NDArray[np.int32]
    who: NDArray[np.int32]
    worth: NDArray[np.float32]
    ties: NDArray[np.uint64]

    @classmethod
    def empty(cls, rows: int, slots: int, k: int) -> _Best:
        return cls(
            slots,
            np.zeros(rows * slots, dtype=np.int32),
            np.empty((rows * slots, k), dtype=np.int32),
            np.empty((rows * slots, k, 3), dtype=np.float32),
            np.empty((rows * slots, k), dtype=np.uint64),
        )

    def widened(self, rows: int, slots: int) -> _Best:
        """Return the same with room for more slots."""
        if slots == self.slots:
            return self
        wide = _Best.empty(rows, slots, self.who.shape[1])
        moved = (np.arange(rows)[:, None] * slots + np.arange(self.slots)).ravel()
        wide.size[moved], wide.who[moved] = self.size, self.who
        wide.worth[moved], wide.ties[moved] = self.worth, self.ties
        return wide

    def entries(self) -> _Entries:
        """Return everything kept."""
        at, place = np.nonzero(np.arange(self.who.shape[1]) < self.size[:, None])
        worth = self.worth[at, place]
        return _Entries(at // self.slots, at % self.slots, self.who[at, place], worth[:, 1], worth[:, 2])


class _Entries(NamedTuple):
    row: NDArray[np.intp]
    slot: NDArray[np.intp]
    who: NDArray[np.int32]
    own: NDArray[np.float32]
    other: NDArray[np.float32]


def _edges(
    person: NDArray[np.integer],
    vacancy: NDArray[np.integer],
    mask: NDArray[np.uint8],
    utility_person: NDArray[np.float32],
    utility_employer: NDArray[np.float32],
) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "person": person.astype(np.int32),
            "vacancy": vacancy.astype(np.int32),
            "mask": mask,
            "utility_person": utility_person,
            "utility_employer": utility_employer,
        },
        schema=EDGES,
    )
