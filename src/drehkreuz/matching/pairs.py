# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The face of the pair relation that every allocation works on, and how its ties are broken."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np
import polars as pl
from numpy.typing import ArrayLike, NDArray

EDGES: Final = pl.Schema(
    {
        "person": pl.Int32,
        "vacancy": pl.Int32,
        "mask": pl.UInt8,
        "utility_person": pl.Float32,
        "utility_employer": pl.Float32,
    }
)
"""Pairs kept: row positions of person and vacancy, the bits between them, what the pair is worth to either side."""


@dataclass(frozen=True, slots=True)
class PairBlock:
    """
    All pairs of n consecutive people with all v vacancies; arrays are C-contiguous and writable.

    Attributes:
        first: Row of the block's first person.
        mask: uint8[n, v], bits of `Barrier`.
        utility_person: float32[n, v], finite; a pair with barriers has what it would have with each just at its limit.
        utility_employer: float32[n, v], finite, the same.
    """

    first: int
    mask: NDArray[np.uint8]
    utility_person: NDArray[np.float32]
    utility_employer: NDArray[np.float32]


class PairRelation(Protocol):
    """Every person against every vacancy, computed block by block and never stored whole; arrays as in `PairBlock`."""

    @property
    def capacity(self) -> NDArray[np.int32]:
        """Openings of each vacancy, int32[v]."""

    @property
    def person_keys(self) -> NDArray[np.uint64]:
        """`id_keys` of the people, uint64[p]."""

    @property
    def vacancy_keys(self) -> NDArray[np.uint64]:
        """`id_keys` of the vacancies, uint64[v]."""

    def blocks(self) -> Iterator[PairBlock]:
        """Yield all pairs, in blocks of rising first person; may be called any number of times."""


@dataclass(frozen=True, slots=True)
class DenseRelation:
    """
    A pair relation held in memory: for tests, and for regions of up to about 2,000 people.

    Attributes:
        mask: uint8[p, v].
        utility_person: float32[p, v].
        utility_employer: float32[p, v].
        capacity: int32[v].
        person_keys: uint64[p].
        vacancy_keys: uint64[v].
        block: People a block.
    """

    mask: NDArray[np.uint8]
    utility_person: NDArray[np.float32]
    utility_employer: NDArray[np.float32]
    capacity: NDArray[np.int32]
    person_keys: NDArray[np.uint64]
    vacancy_keys: NDArray[np.uint64]
    block: int = 4096

    @classmethod
    def of(
        cls,
        mask: ArrayLike,
        utility_person: ArrayLike,
        utility_employer: ArrayLike,
        capacity: ArrayLike,
        person_ids: Sequence[str],
        vacancy_ids: Sequence[str],
        block: int = 4096,
    ) -> DenseRelation:
        """
        Bring anything array-like into the types and the memory order that the kernels read.

        Raises:
            ValueError: If shapes differ, an id stands twice, a mask has more than seven bits, a capacity is negative
                or a utility is not finite.
        """
        shape = len(person_ids), len(vacancy_ids)
        relation = cls(
            np.require(np.reshape(mask, shape), np.uint8, ["C", "W"]),
            np.require(np.reshape(utility_person, shape), np.float32, ["C", "W"]),
            np.require(np.reshape(utility_employer, shape), np.float32, ["C", "W"]),
            np.require(np.reshape(capacity, len(vacancy_ids)), np.int32, ["C", "W"]),
            id_keys(person_ids),
            id_keys(vacancy_ids),
            block,
        )
        if not (np.isfinite(relation.utility_person).all() and np.isfinite(relation.utility_employer).all()):
            message = "a utility is not finite"
            raise ValueError(message)
        if relation.mask.max(initial=0) > 127 or relation.capacity.min(initial=0) < 0:
            message = "a mask has more than seven bits, or a capacity is negative"
            raise ValueError(message)
        return relation

    @classmethod
    def held(cls, relation: PairRelation) -> DenseRelation:
        """Compute a relation once and hold it: nine bytes a pair, worth it where a small region is scanned many times."""
        blocks = list(relation.blocks())
        shape = len(relation.person_keys), len(relation.vacancy_keys)
        return cls(
            np.concatenate([np.empty((0, shape[1]), np.uint8), *(block.mask for block in blocks)]),
            np.concatenate([np.empty((0, shape[1]), np.float32), *(block.utility_person for block in blocks)]),
            np.concatenate([np.empty((0, shape[1]), np.float32), *(block.utility_employer for block in blocks)]),
            relation.capacity,
            relation.person_keys,
            relation.vacancy_keys,
        )

    def blocks(self) -> Iterator[PairBlock]:
        """Yield views of the arrays, `block` people at a time."""
        for first in range(0, len(self.person_keys), self.block):
            rows = slice(first, first + self.block)
            yield PairBlock(first, self.mask[rows], self.utility_person[rows], self.utility_employer[rows])


def allocated_pairs(relation: PairRelation, vacancy: NDArray[np.int32]) -> pl.DataFrame:
    """
    Return the pairs of an allocation as `EDGES`, sorted by person.

    Args:
        relation: All pairs.
        vacancy: int32[p], the vacancy each person gets, -1 for none.
    """
    found = [EDGES.to_frame()]
    for block in relation.blocks():
        theirs = vacancy[block.first : block.first + len(block.mask)]
        row = np.flatnonzero(theirs >= 0)
        at = row, theirs[row]
        columns = block.first + row, at[1], block.mask[at], block.utility_person[at], block.utility_employer[at]
        found.append(pl.DataFrame(dict(zip(EDGES, columns, strict=True)), schema=EDGES))
    return pl.concat(found)


def id_keys(ids: Sequence[str]) -> NDArray[np.uint64]:
    """
    Return a 64-bit BLAKE2b digest of each id: what stands for a row wherever row order must not matter.

    Raises:
        ValueError: If an id stands twice.
    """
    digests = b"".join(hashlib.blake2b(i.encode(), digest_size=8).digest() for i in ids)
    keys = np.frombuffer(digests, dtype="<u8").astype(np.uint64)
    if len(np.unique(keys)) < len(keys):
        message = "an id stands twice; ties could then only be broken by row order"
        raise ValueError(message)
    return keys


def salted(person_keys: NDArray[np.uint64], seed: int) -> NDArray[np.uint64]:
    """Return the people's keys under a seed, the first half of `ties`."""
    return splitmix(person_keys ^ splitmix(np.array([seed], dtype=np.int64).astype(np.uint64)))


def ties(salted_keys: NDArray[np.uint64], vacancy_keys: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """
    Return hash(person, vacancy, seed), elementwise with broadcasting; among equals the larger goes first.

    For one person no two vacancies share a hash, nor two people for one vacancy: each step is a bijection. So
    preferences that differ by nothing else are strict.
    """
    return splitmix(salted_keys + vacancy_keys)


def splitmix(keys: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """
    Mix 64-bit keys, one to one.

    Source:
        Steele, Lea, Flood: Fast splittable pseudorandom number generators. OOPSLA 2014.
    """
    mixed = keys + np.uint64(0x9E3779B97F4A7C15)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))
