# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Who is shown which posts: if all see their favourites, all see the same ones; a ranking by prices spreads them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from drehkreuz.matching.allocations.surplus import SURPLUS, Surplus
from drehkreuz.matching.barriers import NO_BARRIER, Barrier
from drehkreuz.matching.pairs import PairRelation, salted, ties
from drehkreuz.matching.stable import deferred_acceptance
from drehkreuz.matching.working_set import Wishes

SHOWN: Final = 5
"""Posts shown to a person first."""


@dataclass(frozen=True, slots=True)
class Congestion:
    """
    How evenly lists of posts spread over the openings.

    Attributes:
        gini: Gini coefficient of how often openings are shown, over the openings that somebody could fill: 0 all alike, towards
            1 few are shown to all.
        unseen: Vacancies that somebody could fill and nobody is shown.
        vacancies: Vacancies that somebody could fill.
        reached: People placed if everybody applies to all posts shown and employers choose, nobody would rather leave.
    """

    gini: float
    unseen: int
    vacancies: int
    reached: int


def favourites(
    edges: pl.DataFrame, relation: PairRelation, allowed: Barrier = NO_BARRIER, *, shown: int = SHOWN, seed: int = 0
) -> pl.DataFrame:
    """
    Return the posts that each person likes best, as `EDGES`, by person and best first.

    Args:
        edges: `EDGES`, a working set with at least as many pairs of each person and mask as are shown.
        relation: Keys are read.
        allowed: Barriers thought away.
        shown: Posts shown to a person.
        seed: Breaks ties.
    """
    return _liked(edges, relation, allowed, seed).filter(pl.col("place") < shown).select(edges.columns)


def spread(
    edges: pl.DataFrame,
    relation: PairRelation,
    price: NDArray[np.float64],
    allowed: Barrier = NO_BARRIER,
    *,
    surplus: Surplus = SURPLUS,
    shown: int = SHOWN,
    seed: int = 0,
) -> pl.DataFrame:
    """
    Return posts for each person by what a pair is worth less what its seat costs in the auction, the person's favourite first.

    Prices are high where many could come and low where few can, so those equally well served elsewhere are shown elsewhere.
    Nobody's best option is hidden: whatever it costs, it is shown, and first.

    Args:
        edges: `EDGES`, as for `favourites`; with the pairs that the auction added.
        relation: Keys are read.
        price: float64[v], of the auction, EUR a month.
        allowed: Barriers thought away.
        surplus: What a pair is worth to both together, as in the auction.
        shown: Posts shown to a person.
        seed: Breaks ties.

    Returns:
        `EDGES`, by person and in the order shown.

    Source:
        After Naya, Bied, Caillou, Crépon, Gaillac, Pérennes, Sebag: Designing labor market recommender systems: the importance
        of job seeker preferences and competition. IDSC Seminar (2021), where congestion is priced by optimal transport.
    """
    liked = _liked(edges, relation, allowed, seed)
    worth = surplus.of(liked["utility_person"].to_numpy(), liked["utility_employer"].to_numpy())
    ordered = liked.with_columns(
        pl.Series("left", worth - price[liked["vacancy"].to_numpy()]), favourite=pl.col("place") == 0
    ).sort("person", "favourite", "left", "tie", descending=[False, True, True, True])
    return ordered.filter(pl.int_range(pl.len()).over("person") < shown).select(edges.columns)


def congestion(
    lists: pl.DataFrame,
    edges: pl.DataFrame,
    relation: PairRelation,
    allowed: Barrier = NO_BARRIER,
    *,
    seed: int = 0,
) -> Congestion:
    """
    Measure lists of posts.

    Args:
        lists: `EDGES`, what each person is shown.
        edges: `EDGES`, a working set: who could fill what.
        relation: Openings and keys are read.
        allowed: Barriers thought away.
        seed: Breaks ties.
    """
    openings = relation.capacity
    fillable = np.zeros(len(openings), dtype=np.bool_)
    fillable[_admissible(edges, allowed)["vacancy"].to_numpy()] = True
    fillable &= openings > 0
    times = np.bincount(lists["vacancy"].to_numpy(), minlength=len(openings))
    wishes = Wishes.of(lists, relation, seed)
    return Congestion(
        gini=gini(times[fillable] / openings[fillable], openings[fillable]),
        unseen=int(np.count_nonzero(fillable & (times == 0))),
        vacancies=int(np.count_nonzero(fillable)),
        reached=int(np.count_nonzero(deferred_acceptance(wishes, openings, allowed) >= 0)),
    )


def gini(values: NDArray[np.float64], weights: NDArray[np.integer]) -> float:
    """
    Return the Gini coefficient: half the mean difference of two draws, as a share of the mean; 0 of nothing.

    Args:
        values: float64[n], at least 0.
        weights: int[n], how many have each value.
    """
    order = np.argsort(values, kind="stable")
    weight, held = weights[order].astype(np.float64), (weights * values)[order]
    everybody, everything = weight.sum(), held.sum()
    if everything == 0:
        return 0.0
    below = np.cumsum(held) - held / 2  # what is held below the middle of each
    return float(1 - 2 * (weight * below).sum() / (everybody * everything))


def _admissible(edges: pl.DataFrame, allowed: Barrier) -> pl.DataFrame:
    return edges.filter((edges["mask"].to_numpy() & np.uint8(~allowed & 0xFF)) == 0)


def _liked(edges: pl.DataFrame, relation: PairRelation, allowed: Barrier, seed: int) -> pl.DataFrame:
    """Return admissible edges by person and falling utility, with ties and each edge's place."""
    kept = _admissible(edges, allowed)
    salts = salted(relation.person_keys, seed)
    pair_ties = ties(salts[kept["person"].to_numpy()], relation.vacancy_keys[kept["vacancy"].to_numpy()])
    ordered = kept.with_columns(tie=pair_ties).sort("person", "utility_person", "tie", descending=[False, True, True])
    return ordered.with_columns(place=pl.int_range(pl.len()).over("person"))
