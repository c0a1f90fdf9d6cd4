# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What is likely: people notice and apply to a few posts, employers ask the applicants they like best, and much passes by."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from drehkreuz.matching.allocations import _kernels as kernels
from drehkreuz.matching.allocations.auction import listed
from drehkreuz.matching.barriers import NO_BARRIER, Barrier
from drehkreuz.matching.pairs import EDGES, PairRelation, allocated_pairs, salted, ties


@dataclass(frozen=True, slots=True)
class Habits:
    """
    How people and employers look for each other. All values are assumed; whoever publishes a result shows it for others (`swept`).

    Attributes:
        applications: Posts a person notices and applies to in a round; assumed, since few write more than ten at a time.
        noise: EUR a month, scale of the logit: what a post seems to be worth is spread by 1.28 times as much (standard
            deviation). Assumed: about a tenth of a net wage. Towards 0 all see what is best for them; large, all draw blindly.
        calls: Times in a round that an employer asks the next applicants where others refused; assumed. 1 is the urn of the
            literature, many make each round stable among those who applied.
        rounds: Times that whoever has found nothing looks again, among posts not filled yet; assumed.
    """

    applications: int = 7
    noise: float = 250.0
    calls: int = 2
    rounds: int = 2


HABITS: Final = Habits()


def swept(habits: Habits = HABITS) -> list[Habits]:
    """Return the habits with one value another at a time: 5 or 10 applications, half or twice the noise, one call, one round."""
    others = (
        *(replace(habits, applications=n) for n in (5, 10)),
        *(replace(habits, noise=factor * habits.noise) for factor in (0.5, 2.0)),
        replace(habits, calls=1),
        replace(habits, rounds=1),
    )
    return [other for other in others if other != habits]


@dataclass(frozen=True, slots=True)
class Likely:
    """
    What comes of a search.

    Attributes:
        vacancy: int32[p], the vacancy each person gets, -1 for none.
        edges: `EDGES`, the pairs that found each other, sorted by person.
        applications: Applications written in all.
        refused: Offers that people refused because they had a better one.
    """

    vacancy: NDArray[np.int32]
    edges: pl.DataFrame
    applications: int
    refused: int


def likely_allocation(
    relation: PairRelation, allowed: Barrier = NO_BARRIER, habits: Habits = HABITS, *, seed: int = 0
) -> Likely:
    """
    Return who finds each other if people apply to a few posts each, without knowing of one another.

    In a round everybody without a post draws `applications` posts that are open, one after another by the logit shares of what
    is left: the highest utility + noise · Gumbel draw. Employers with n free seats ask the n applicants they like best; each
    person takes the best offer and is gone; where somebody refused, the next are asked, `calls` times in all. No offer waits for
    another, so two employers may want the same person while a third applicant of either goes empty-handed.

    Draws are hashes of person, vacancy, round and seed: who is added or left out changes nobody's draws.

    Args:
        relation: All pairs.
        allowed: Barriers thought away.
        habits: How they look.
        seed: Draws, and breaks ties.

    Raises:
        ValueError: If somebody would write no application, the noise is negative or nobody is ever asked.

    Source:
        Albrecht, Gautier, Vroman: Equilibrium directed search with multiple applications. Rev. Econ. Stud. 73 (2006); Kircher:
        Efficiency of simultaneous search. J. Polit. Econ. 117 (2009), for employers who ask the next one.
    """
    if min(habits.applications, habits.calls, habits.rounds) < 1 or habits.noise < 0:
        message = f"{habits} is no search: there must be an application, a call and a round, and noise is not negative"
        raise ValueError(message)
    vacancy = np.full(len(relation.person_keys), -1, dtype=np.int32)
    free = relation.capacity.astype(np.int64)
    applications = refused = 0
    for number in range(habits.rounds):
        written = _apply(relation, allowed, habits, vacancy < 0, free > 0, seed, number)
        applications += len(written)
        refused += _hire(written, vacancy, free, habits.calls)
    return Likely(vacancy, allocated_pairs(relation, vacancy), applications, refused)


def _apply(
    relation: PairRelation,
    allowed: Barrier,
    habits: Habits,
    looking: NDArray[np.bool_],
    offered: NDArray[np.bool_],
    seed: int,
    number: int,
) -> pl.DataFrame:
    """Return the applications of one round: `EDGES` with ties."""
    salts = salted(relation.person_keys, seed)
    drawn_by = salted(salts, number + 1)
    written, k = [EDGES.to_frame()], habits.applications
    for block in relation.blocks():
        n = len(block.mask)
        size, who = np.zeros(n, dtype=np.int32), np.empty((n, k), dtype=np.int32)
        worth, pair_ties = np.empty((n, k, 3), dtype=np.float32), np.empty((n, k), dtype=np.uint64)
        kernels.notice(
            block.first,
            block.mask,
            block.utility_person,
            block.utility_employer,
            drawn_by,
            salts,
            relation.vacancy_keys,
            np.uint8(~allowed & 0xFF),
            np.float32(habits.noise),
            looking,
            offered,
            size,
            who,
            worth,
            pair_ties,
        )
        written.append(listed(block.first, block.mask, size, who, worth))
    edges = pl.concat(written)
    person, vacancy = edges["person"].to_numpy(), edges["vacancy"].to_numpy()
    return edges.with_columns(tie=ties(salts[person], relation.vacancy_keys[vacancy]))


def _hire(written: pl.DataFrame, vacancy: NDArray[np.int32], free: NDArray[np.int64], calls: int) -> int:
    """Let employers ask and people choose; `vacancy` and `free` are changed. Return how many offers were refused."""
    waiting, refused = written.sort("vacancy", "utility_employer", "tie", descending=[False, True, True]), 0
    for _ in range(calls):
        place = pl.int_range(pl.len()).over("vacancy")
        seats = pl.Series("seats", free[waiting["vacancy"].to_numpy()])
        asked = waiting.with_columns(seats).select(asked=place < pl.col("seats"))["asked"]
        offers = waiting.filter(asked)
        taken = offers.sort("person", "utility_person", "tie", descending=[False, True, True]).unique(
            "person", keep="first", maintain_order=True
        )
        where = taken["vacancy"].to_numpy()
        vacancy[taken["person"].to_numpy()] = where
        free -= np.bincount(where, minlength=len(free))
        refused += len(offers) - len(taken)
        waiting = waiting.filter(~asked).join(taken, on="person", how="anti", maintain_order="left")
    return refused
