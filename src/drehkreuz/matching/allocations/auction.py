# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What is possible: the allocation worth most to both sides together, by auction, with prices that prove how near it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from drehkreuz.matching.allocations import _kernels as kernels
from drehkreuz.matching.allocations.surplus import SURPLUS, Surplus
from drehkreuz.matching.barriers import NO_BARRIER, Barrier
from drehkreuz.matching.pairs import EDGES, PairRelation, salted
from drehkreuz.matching.working_set import Wishes, with_pairs

GAP: Final = 0.001
"""Share of the bound that may be missing from what is found."""

FIRST: Final = 1 / 16
"""ε of the first phase, as a share of what the best pair is worth."""

FINER: Final = 4.0
"""How much smaller ε is in each further phase."""

ADD: Final = 4
"""Pairs added per person and scan."""


@dataclass(frozen=True, slots=True)
class Prices:
    """
    An allocation and the prices of vacancies that prove how much it can fall short of the best one.

    Whatever the prices: what people gain at most at them, and what all openings cost at them, is together no less than any
    allocation is worth (duality of linear programming).

    Attributes:
        vacancy: int32[p], the vacancy each person gets, -1 for none.
        price: float64[v], EUR a month, at least 0, and 0 where a seat stays free: at these prices nobody would rather have
            another seat, by more than ε. Between what the next one would give and what the seat is worth, any will do.
        gain: float64[p], what each person gains at most at these prices over the pairs looked at, at least 0.
        value: What the pairs allocated are worth together, EUR a month.
        bound: No allocation of the pairs looked at is worth more.
        epsilon: Steps of the last bids, EUR a month.
        bids: Bids and cuts of prices in all.
    """

    vacancy: NDArray[np.int32]
    price: NDArray[np.float64]
    gain: NDArray[np.float64]
    value: float
    bound: float
    epsilon: float
    bids: int

    @property
    def gap(self) -> float:
        """Share of the bound that is missing, 0 to 1: the best allocation is worth at most 1 / (1 − gap) times as much."""
        return (self.bound - self.value) / self.bound if self.bound > 0 else 0.0


@dataclass(frozen=True, slots=True)
class Possible:
    """
    The allocation worth most, and what is proved about it over *all* pairs of a relation.

    Attributes:
        prices: Allocation, prices and gains; its bound holds for all pairs.
        edges: `EDGES`, the working set with all pairs added.
        rounds: Scans of the whole relation.
        added: Pairs added.
        underpriced: Pairs outside the working set by which somebody would gain more: 0, or few enough for the gap asked.
    """

    prices: Prices
    edges: pl.DataFrame
    rounds: int
    added: int
    underpriced: int


def possible_allocation(
    relation: PairRelation,
    edges: pl.DataFrame,
    allowed: Barrier = NO_BARRIER,
    *,
    surplus: Surplus = SURPLUS,
    gap: float = GAP,
    seed: int = 0,
    max_rounds: int | None = None,
) -> Possible:
    """
    Return an allocation that is worth at least 1 − gap of the best over *all* pairs whose barriers lie in `allowed`.

    The auction is held over a working set. A scan of the whole relation then looks for pairs worth more than their price and
    what their person gains; the best are added and the auction held again, from the prices it had, until the bound over all
    pairs is near enough.

    Args:
        relation: All pairs.
        edges: `EDGES`, a working set; any will do, a good one saves rounds.
        allowed: Barriers thought away.
        surplus: What a pair is worth to both together.
        gap: Share of the bound that may be missing, above 0.
        seed: Breaks ties.
        max_rounds: Stop after so many scans; the gap of the answer is proved all the same, and may then be wider.

    Raises:
        ValueError: If the gap is not above 0.
    """
    began_with, rounds, price, bids = len(edges), 0, None, 0
    while True:
        wishes = Wishes.of(edges, relation, seed)
        # What the pairs not looked at may add to the bound has the other half.
        found = auction(wishes, relation, allowed, surplus=surplus, gap=gap / 2, start=price)
        missing = _underpriced(relation, found, allowed, surplus, seed)
        rounds += 1
        bids += found.bids
        bound = found.bound + float((missing.gain - found.gain)[wishes.people].sum())
        if bound - found.value <= gap * bound or rounds == max_rounds or not missing.count:
            break
        price = found.price
        edges = with_pairs(edges, missing.edges)
    prices = Prices(found.vacancy, found.price, missing.gain, found.value, bound, found.epsilon, bids)
    return Possible(prices, edges, rounds, len(edges) - began_with, missing.count)


def auction(
    wishes: Wishes,
    relation: PairRelation,
    allowed: Barrier = NO_BARRIER,
    *,
    surplus: Surplus = SURPLUS,
    gap: float = GAP,
    start: NDArray[np.float64] | None = None,
) -> Prices:
    """
    Return an allocation over a set of edges that is worth at least 1 − gap of the best.

    In each phase people bid for the seat they gain most by, in steps of at least ε, until nobody gains more than ε elsewhere;
    then vacancies with free seats lower their prices until somebody comes or they cost nothing. So everybody has what is
    best for them within ε, a free seat costs nothing, and the allocation falls short by ε a person at most. Phases begin with a
    large ε and the prices of the phase before, until the gap is proved to be small enough.

    Args:
        wishes: The edges.
        relation: Where openings and keys of vacancies are read; no pair of it is.
        allowed: Barriers thought away; edges with others are passed over.
        surplus: What a pair is worth to both together; what is worth nothing is left alone.
        gap: Share of the bound that may be missing, above 0.
        start: float64[v], prices to begin with, then at a fine ε; None: nothing costs anything.

    Raises:
        ValueError: If the gap is not above 0.

    Source:
        Bertsekas, Castañon: A forward/reverse auction algorithm for asymmetric assignment problems. Comput. Optim. Appl. 1
        (1992); the same: The auction algorithm for the transportation problem. Ann. Oper. Res. 20 (1989), for several seats.
    """
    if gap <= 0:
        message = f"a gap of {gap} cannot be proved by steps of a finite size; give one above 0"
        raise ValueError(message)
    hall = _Hall.of(wishes, relation, allowed, surplus)
    price = np.zeros(len(hall.room)) if start is None else start.copy()
    most = float(hall.worth.max(initial=0.0))
    epsilon, bids = most * FIRST if start is None else most * gap, 0
    while True:
        vacancy, steps = hall.phase(price, epsilon)
        bids += steps
        found = hall.prices(vacancy, price, epsilon, bids)
        if found.bound - found.value <= gap * found.bound:
            return found
        epsilon /= FINER


@dataclass(frozen=True, slots=True)
class _Hall:
    """
    Where an auction is held: edges worth something at vacancies with openings, as rows and as columns.

    Attributes:
        people: int32[p], in the order of their hashes.
        indptr: int64[p + 1].
        vacancy: int32[m].
        worth: float32[m].
        ties: uint64[m].
        starts: int64[v + 1], where columns begin.
        person: int32[m], by column.
        column_worth: float32[m].
        vacancies: int32[v], in the order of their hashes.
        room: int32[v], openings, no more than there are people.
    """

    people: NDArray[np.int32]
    indptr: NDArray[np.int64]
    vacancy: NDArray[np.int32]
    worth: NDArray[np.float32]
    ties: NDArray[np.uint64]
    starts: NDArray[np.int64]
    person: NDArray[np.int32]
    column_worth: NDArray[np.float32]
    vacancies: NDArray[np.int32]
    room: NDArray[np.int32]

    @classmethod
    def of(cls, wishes: Wishes, relation: PairRelation, allowed: Barrier, surplus: Surplus) -> _Hall:
        room = np.minimum(relation.capacity, len(wishes.people)).astype(np.int32)
        within = wishes.within(allowed)
        worth = surplus.of(within.utility_person, within.utility_employer)
        keep = (worth > 0) & (room[within.vacancy] > 0)
        if not keep.all():
            within, worth = within.kept(keep), worth[keep]
        indptr, vacancy = within.indptr, within.vacancy
        starts = np.zeros(len(room) + 1, dtype=np.int64)
        np.cumsum(np.bincount(vacancy, minlength=len(room)), out=starts[1:])
        person, column_worth = np.empty_like(vacancy), np.empty_like(worth)
        kernels.columns(wishes.people, indptr, vacancy, worth, starts[:-1].copy(), person, column_worth)
        vacancies = np.argsort(relation.vacancy_keys).astype(np.int32)
        return cls(wishes.people, indptr, vacancy, worth, within.ties, starts, person, column_worth, vacancies, room)

    def phase(self, price: NDArray[np.float64], epsilon: float) -> tuple[NDArray[np.int32], int]:
        """Hold an auction with steps of ε; prices are changed. Return the vacancy of each person, and how many steps it took."""
        seats = int(self.room.sum(dtype=np.int64))
        first = np.cumsum(self.room, dtype=np.int64) - self.room
        taken, held = np.zeros_like(self.room), np.empty(seats, dtype=np.int32)
        bids, bid_ties = np.empty(seats), np.empty(seats, dtype=np.uint64)
        steps = kernels.bid_up(
            self.people, self.indptr, self.vacancy, self.worth, self.ties, self.room, first, epsilon,
            price, taken, held, bids, bid_ties,
        )  # fmt: skip
        vacancy = np.full(len(self.people), -1, dtype=np.int32)
        sold = np.arange(seats) < np.repeat(first + taken, self.room)
        vacancy[held[sold]] = np.repeat(np.arange(len(self.room), dtype=np.int32), self.room)[sold]
        profit = (
            np.where(vacancy >= 0, self.worth_of(vacancy) - price[vacancy], 0.0) if seats else np.zeros(len(vacancy))
        )
        steps += kernels.lower(
            self.vacancies,
            self.starts,
            self.person,
            self.column_worth,
            self.room,
            epsilon,
            price,
            taken,
            vacancy,
            profit,
        )
        return vacancy, steps

    def prices(self, vacancy: NDArray[np.int32], price: NDArray[np.float64], epsilon: float, bids: int) -> Prices:
        """Return the allocation with its bound; sums run in the order of hashes, so that no order of rows changes a digit."""
        gain = np.empty(len(vacancy))
        kernels.best_gain(self.indptr, self.vacancy, self.worth, price, gain)
        value = float(self.worth_of(vacancy)[self.people].sum())
        bound = float(gain[self.people].sum() + (price * self.room)[self.vacancies].sum())
        return Prices(vacancy, price.copy(), gain, value, bound, epsilon, bids)

    def worth_of(self, vacancy: NDArray[np.int32]) -> NDArray[np.float64]:
        """Return what each person's seat is worth."""
        found = np.empty(len(vacancy))
        kernels.worth_of(self.indptr, self.vacancy, self.worth, vacancy, found)
        return found


@dataclass(frozen=True, slots=True)
class _Underpriced:
    """What a scan at given prices found: how many pairs, the best of each person as `EDGES`, what each person gains at most."""

    count: int
    edges: pl.DataFrame
    gain: NDArray[np.float64]


def _underpriced(relation: PairRelation, prices: Prices, allowed: Barrier, surplus: Surplus, seed: int) -> _Underpriced:
    """Look through all pairs for those worth more than their price and what their person gains."""
    salts = salted(relation.person_keys, seed)
    price = np.where(relation.capacity > 0, prices.price, np.inf)
    gain, count, edges = np.empty_like(prices.gain), 0, [EDGES.to_frame()]
    for block in relation.blocks():
        n = len(block.mask)
        size, who = np.zeros(n, dtype=np.int32), np.empty((n, ADD), dtype=np.int32)
        worth, pair_ties = np.empty((n, ADD, 3), dtype=np.float32), np.empty((n, ADD), dtype=np.uint64)
        count += kernels.underpriced(
            block.first,
            block.mask,
            block.utility_person,
            block.utility_employer,
            salts,
            relation.vacancy_keys,
            np.uint8(~allowed & 0xFF),
            np.float32(surplus.employer),
            price,
            prices.gain,
            gain,
            size,
            who,
            worth,
            pair_ties,
        )
        edges.append(listed(block.first, block.mask, size, who, worth))
    return _Underpriced(count, pl.concat(edges), gain)


def listed(
    first: int,
    mask: NDArray[np.uint8],
    size: NDArray[np.int32],
    who: NDArray[np.int32],
    worth: NDArray[np.float32],
) -> pl.DataFrame:
    """
    Return the lists that a kernel kept for the people of a block as `EDGES`, best first.

    Args:
        first: Row of the block's first person.
        mask: uint8[n, v], of the block.
        size: int32[n], entries of each list.
        who: int32[n, k], vacancies.
        worth: float32[n, k, 3], rank, worth to the person and to the employer.
    """
    row, place = np.nonzero(np.arange(who.shape[1]) < size[:, None])
    vacancy = who[row, place]
    columns = first + row, vacancy, mask[row, vacancy], worth[row, place, 1], worth[row, place, 2]
    return pl.DataFrame(dict(zip(EDGES, columns, strict=True)), schema=EDGES)
