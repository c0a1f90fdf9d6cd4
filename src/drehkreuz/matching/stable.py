# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The stable allocation that is best for people: no person and vacancy would both rather have each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from drehkreuz.matching import _kernels as kernels
from drehkreuz.matching.barriers import NO_BARRIER, Barrier
from drehkreuz.matching.pairs import PairRelation, allocated_pairs, salted, ties
from drehkreuz.matching.working_set import Wishes

AT_ONCE: Final = 32
"""Wishes read at a time: with few vacancies that would still take somebody, more cost little and save scans."""

LAST: Final = np.uint64(0xFFFF_FFFF_FFFF_FFFF)


@dataclass(frozen=True, slots=True)
class Stable:
    """
    A stable allocation over all pairs.

    Attributes:
        vacancy: int32[p], the vacancy each person gets, -1 for none.
        edges: `EDGES`, the pairs allocated, sorted by person.
        rounds: Scans of the whole relation that people's wishes took.
        blocking: Pairs that would rather leave, counted over the whole relation: the certificate is 0.
    """

    vacancy: NDArray[np.int32]
    edges: pl.DataFrame
    rounds: int
    blocking: int


def stable_allocation(
    relation: PairRelation, allowed: Barrier = NO_BARRIER, *, k: int = AT_ONCE, seed: int = 0
) -> Stable:
    """
    Return the stable allocation that is best for every person at once, over *all* pairs whose barriers lie in `allowed`.

    People propose down their wishes, vacancies hold the best so far. Wishes are read k at a time: whoever has none left is
    given the next best vacancies that would take them now. A vacancy passed over holds people it likes better, and can
    only come to hold better ones; it would have refused. So the result is that of full lists, whatever k is.

    Args:
        relation: All pairs.
        allowed: Barriers thought away.
        k: Wishes read at a time, at least 1.
        seed: Breaks ties.

    Raises:
        ValueError: If k is less than 1.

    Source:
        Gale, Shapley: College admissions and the stability of marriage. Amer. Math. Monthly 69 (1962).
    """
    if k < 1:
        message = f"k is {k}; wishes are read at least one at a time"
        raise ValueError(message)
    n_people = len(relation.person_keys)
    salts = salted(relation.person_keys, seed)
    order = np.argsort(salts).astype(np.int32)
    held = _Held.empty(relation.capacity, n_people)
    wishes = _ListedWishes.empty(n_people, k)
    waiting = np.ones(n_people, dtype=np.bool_)
    rounds = 0
    while waiting.any():
        last_worth, last_tie = wishes.last()
        wishes.size[waiting] = 0
        for block in relation.blocks():
            kernels.next_wishes(
                block.first,
                block.mask,
                block.utility_person,
                block.utility_employer,
                salts,
                relation.vacancy_keys,
                np.uint8(~allowed & 0xFF),
                waiting,
                last_worth,
                last_tie,
                relation.capacity,
                held.start,
                held.taken,
                held.worth,
                held.ties,
                wishes.size,
                wishes.who,
                wishes.worth,
                wishes.ties,
            )
        rounds += 1
        first = np.arange(n_people, dtype=np.int64) * k
        wishes.cursor[waiting] = first[waiting]
        held.propose(
            order[waiting[order]],
            wishes.cursor,
            first + wishes.size,
            wishes.who.ravel(),
            np.ascontiguousarray(wishes.worth[:, :, 2]).ravel(),
            wishes.ties.ravel(),
            relation.capacity,
        )
        # Who has been refused by all of a full list has more to wish for; a list not full was the rest.
        waiting = (held.vacancy_of(n_people) < 0) & (wishes.size == k)
    vacancy = held.vacancy_of(n_people)
    edges = allocated_pairs(relation, vacancy)
    return Stable(vacancy, edges, rounds, count_blocking(relation, edges, allowed, seed=seed))


def deferred_acceptance(
    wishes: Wishes, capacity: NDArray[np.int32], allowed: Barrier = NO_BARRIER
) -> NDArray[np.int32]:
    """
    Return the stable allocation that is best for people over a set of edges, int32[p], -1 for none.

    Args:
        wishes: The edges, as wishes.
        capacity: int32[v], openings.
        allowed: Barriers thought away; edges with others are passed over.
    """
    within = wishes.within(allowed)
    held = _Held.empty(capacity, len(within.people))
    held.propose(
        within.people,
        within.indptr[:-1].copy(),
        within.indptr[1:].copy(),
        within.vacancy,
        within.utility_employer,
        within.ties,
        capacity,
    )
    return held.vacancy_of(len(wishes.people))


def count_blocking(
    relation: PairRelation, allocated: pl.DataFrame, allowed: Barrier = NO_BARRIER, *, seed: int = 0
) -> int:
    """
    Count the pairs of the whole relation whose person and vacancy would both rather have each other than what they have.

    Written apart from the allocation, on purpose: it is the allocation's certificate.

    Args:
        relation: All pairs.
        allocated: `EDGES`, who has which vacancy, each person at most once.
        allowed: Barriers thought away.
        seed: Breaks ties.
    """
    salts = salted(relation.person_keys, seed)
    person, vacancy = allocated["person"].to_numpy(), allocated["vacancy"].to_numpy()
    with_tie = allocated.with_columns(tie=ties(salts[person], relation.vacancy_keys[vacancy]))
    # Nobody has anything: everything is better. A full vacancy without openings: nobody is better.
    full = np.bincount(vacancy, minlength=len(relation.capacity)) >= relation.capacity
    now, now_tie = _standards(np.full(len(salts), -np.inf), with_tie, "person", "utility_person")
    worst = (
        with_tie.filter(full[vacancy])
        .sort("utility_employer", "tie")
        .unique("vacancy", keep="first", maintain_order=True)
    )
    least, least_tie = _standards(np.where(full, np.inf, -np.inf), worst, "vacancy", "utility_employer")
    forbidden = np.uint8(~allowed & 0xFF)
    count = 0
    for block in relation.blocks():
        people = slice(block.first, block.first + len(block.mask))
        pair_ties = ties(salts[people, None], relation.vacancy_keys)
        own, other = now[people, None], now_tie[people, None]
        person_rather = (block.utility_person > own) | ((block.utility_person == own) & (pair_ties > other))
        vacancy_rather = (block.utility_employer > least) | (
            (block.utility_employer == least) & (pair_ties > least_tie)
        )
        count += int(np.count_nonzero(((block.mask & forbidden) == 0) & person_rather & vacancy_rather))
    return count


def _standards(
    otherwise: NDArray[np.float64], had: pl.DataFrame, row: str, utility: str
) -> tuple[NDArray[np.float32], NDArray[np.uint64]]:
    """Return utility and tie that a pair has to beat for each row: those of the pair it has, or what holds otherwise."""
    worth, tie = otherwise.astype(np.float32), np.zeros(len(otherwise), dtype=np.uint64)
    rows = had[row].to_numpy()
    worth[rows], tie[rows] = had[utility].to_numpy(), had["tie"].to_numpy()
    return worth, tie


@dataclass(frozen=True, slots=True)
class _Held:
    """
    Whom each vacancy holds, as a heap whose root is the one it likes least.

    Attributes:
        start: int64[v], first seat of each vacancy.
        taken: int32[v], seats taken, the first ones.
        who: int32[seats], people.
        worth: float32[seats], to the employer.
        ties: uint64[seats].
    """

    start: NDArray[np.int64]
    taken: NDArray[np.int32]
    who: NDArray[np.int32]
    worth: NDArray[np.float32]
    ties: NDArray[np.uint64]

    @classmethod
    def empty(cls, capacity: NDArray[np.int32], n_people: int) -> _Held:
        room = np.minimum(capacity, n_people).astype(np.int64)
        seats = int(room.sum())
        return cls(
            np.cumsum(room) - room,
            np.zeros(len(capacity), dtype=np.int32),
            np.empty(seats, dtype=np.int32),
            np.empty(seats, dtype=np.float32),
            np.empty(seats, dtype=np.uint64),
        )

    def propose(
        self,
        people: NDArray[np.int32],
        cursor: NDArray[np.int64],
        end: NDArray[np.int64],
        vacancy: NDArray[np.int32],
        worth: NDArray[np.float32],
        pair_ties: NDArray[np.uint64],
        capacity: NDArray[np.int32],
    ) -> None:
        """Let people propose down their lists, entries `cursor` to `end`."""
        kernels.propose(
            people,
            cursor,
            end,
            vacancy,
            worth,
            pair_ties,
            capacity,
            self.start,
            self.taken,
            self.who,
            self.worth,
            self.ties,
        )

    def vacancy_of(self, n_people: int) -> NDArray[np.int32]:
        """Return the vacancy that holds each person, -1 for none."""
        where = np.repeat(np.arange(len(self.taken), dtype=np.int32), self.taken)
        rank = np.arange(len(where)) - np.repeat(np.cumsum(self.taken) - self.taken, self.taken)
        vacancy = np.full(n_people, -1, dtype=np.int32)
        vacancy[self.who[self.start[where] + rank]] = where
        return vacancy


@dataclass(frozen=True, slots=True)
class _ListedWishes:
    """
    The wishes read so far, k a person.

    Attributes:
        size: int32[p].
        who: int32[p, k], vacancies, best first.
        worth: float32[p, k, 3], rank, worth to the person and to the employer.
        ties: uint64[p, k].
        cursor: int64[p], the next entry to try, in flat numbering.
    """

    size: NDArray[np.int32]
    who: NDArray[np.int32]
    worth: NDArray[np.float32]
    ties: NDArray[np.uint64]
    cursor: NDArray[np.int64]

    @classmethod
    def empty(cls, n_people: int, k: int) -> _ListedWishes:
        return cls(
            np.zeros(n_people, dtype=np.int32),
            np.zeros((n_people, k), dtype=np.int32),
            np.zeros((n_people, k, 3), dtype=np.float32),
            np.zeros((n_people, k), dtype=np.uint64),
            np.zeros(n_people, dtype=np.int64),
        )

    def last(self) -> tuple[NDArray[np.float32], NDArray[np.uint64]]:
        """Return utility and tie of each person's last wish; before the first wish, what every wish is below."""
        read = self.size > 0
        worth = np.where(read, self.worth[:, -1, 0], np.inf).astype(np.float32)
        return worth, np.where(read, self.ties[:, -1], LAST)
