# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""From people to posts: who gets there and back for every shift, by what, at what cost."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from enum import IntFlag

import numpy as np
from numpy.typing import NDArray

from drehkreuz.reach.choice import _kernels
from drehkreuz.reach.commutes import Minutes
from drehkreuz.reach.fares import Fares
from drehkreuz.reach.means import Means, means
from drehkreuz.reach.modes import Chain
from drehkreuz.reach.parameters import PARAMETERS, Parameters
from drehkreuz.reach.tariffs import Tariffs, tariffs
from drehkreuz.reach.triples import Triples
from drehkreuz.region import Region, kept


class ReachReason(IntFlag):
    """Why a post is out of reach; the bits stand where the relation of all engines keeps them."""

    OUT = _kernels.OUT
    BACK = _kernels.BACK
    COST = _kernels.COST
    LEARNING_PLACE = _kernels.LEARNING_PLACE


@dataclass(frozen=True, slots=True)
class VacancyCommutes:
    """
    The ways of a block of people to all posts; every array is [len(people), v].

    Where a post is out of reach in time, minutes are those of the fastest chain of each shift; where only money is missing, those of
    the cheapest. A post that is wholly remote needs no way.

    Attributes:
        reachable: bool, every triple of the post is in time both ways and the month within the budget.
        slack_minutes: int16, minutes by which the worst triple's best chain misses the limit, its slower way counting; negative:
            minutes to spare; 255: some triple has no chain at all.
        slack_eur: float32, EUR a month by which the cheapest choice misses the budget; negative: to spare; -inf: no budget named.
        reasons: uint32, bits of `ReachReason`, 0 where reachable; the cost is judged as if time were no matter.
        minutes_out: uint8, longest way out of the choice, 255: none.
        minutes_back: uint8, longest way back.
        chain: int8, the `Chain` used on most days, -1 for none.
        cost_eur_month: float32, EUR a month of the choice.
        cheapest_cost_eur_month: float32, EUR a month of the cheapest choice; a triple out of limits counts with the chains the person
            would use, one without any chain as a ride by public transport still to come.
        unknown_tariffs: Tariffs that matter here and are unknown on the day: counted as nothing, to be shown as "please ask".
    """

    reachable: NDArray[np.bool_]
    slack_minutes: NDArray[np.int16]
    slack_eur: NDArray[np.float32]
    reasons: NDArray[np.uint32]
    minutes_out: NDArray[np.uint8]
    minutes_back: NDArray[np.uint8]
    chain: NDArray[np.int8]
    cost_eur_month: NDArray[np.float32]
    cheapest_cost_eur_month: NDArray[np.float32]
    unknown_tariffs: tuple[str, ...]

    @classmethod
    def empty(cls, shape: tuple[int, int], unknown_tariffs: tuple[str, ...]) -> VacancyCommutes:
        """Return arrays to be filled."""
        return cls(
            reachable=np.empty(shape, dtype=np.bool_),
            slack_minutes=np.empty(shape, dtype=np.int16),
            slack_eur=np.empty(shape, dtype=np.float32),
            reasons=np.empty(shape, dtype=np.uint32),
            minutes_out=np.empty(shape, dtype=np.uint8),
            minutes_back=np.empty(shape, dtype=np.uint8),
            chain=np.empty(shape, dtype=np.int8),
            cost_eur_month=np.empty(shape, dtype=np.float32),
            cheapest_cost_eur_month=np.empty(shape, dtype=np.float32),
            unknown_tariffs=unknown_tariffs,
        )


ARRAYS = tuple(field.name for field in fields(VacancyCommutes) if field.name != "unknown_tariffs")


def vacancy_commutes(
    region: Region,
    triples: Triples,
    minutes: Minutes,
    people: range,
    prices: Tariffs | None = None,
    parameters: Parameters = PARAMETERS,
) -> VacancyCommutes:
    """
    Choose, for every person and post, a chain for each triple of the post.

    A choice must be no longer than the person's limit both ways on every triple, and cost no more than the budget where the person
    names one. Of all such choices the one with the least sum of EUR and time at its assumed worth is taken, exactly: a month's
    ticket counts once, single rides, car and bicycle by use.

    Args:
        region: The region.
        triples: From `triples(region)`.
        minutes: From `minutes(region, triples)`.
        people: Rows of table `people`.
        prices: Tariffs; None: those of the region's day.
        parameters: What is assumed.

    Returns:
        Arrays of shape [len(people), vacancies].
    """
    who, fares = means(region, people), _fares(region.ground) if prices is None else Fares.of(region, prices)
    first, like = _alike_today(region.ground, triples) if prices is None else _alike(triples, fares)
    block = VacancyCommutes.empty((len(people), len(first)), fares.unknown)
    _choose(triples, minutes, who, fares, block, first, parameters)
    arrays = {name: getattr(block, name) for name in ARRAYS}
    return replace(block, **{name: array.take(like, axis=1) for name, array in arrays.items()})


def chosen_chains(
    region: Region,
    triples: Triples,
    minutes: Minutes,
    person: int,
    vacancy: int,
    prices: Tariffs | None = None,
    parameters: Parameters = PARAMETERS,
) -> dict[int, Chain | None]:
    """
    Return, for one person and post, the chain taken for each triple of the post; None where there is none.

    The same choice as `vacancy_commutes` makes; arguments as there.
    """
    who, fares = (
        means(region, range(person, person + 1)),
        _fares(region.ground) if prices is None else Fares.of(region, prices),
    )
    block = VacancyCommutes.empty((1, 1), fares.unknown)
    choice = _choose(triples, minutes, who, fares, block, np.array([vacancy]), parameters)
    rows = triples.of_vacancy.row(vacancy)
    return {int(t): None if c < 0 else Chain(c) for t, c in zip(rows, choice[: len(rows)], strict=True)}


@kept
def _fares(region: Region) -> Fares:
    """Return the tariffs of the region's day."""
    return Fares.of(region, tariffs(region))


@kept
def _alike_today(region: Region, triples: Triples) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    return _alike(triples, _fares(region))


def _alike(triples: Triples, fares: Fares) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return one post of each set that the same ways lead to, on as many days, by the same fares; and of every post its set."""
    of_vacancy = triples.of_vacancy
    rows = (slice(*of_vacancy.indptr[v : v + 2]) for v in range(len(of_vacancy)))
    arrays = (of_vacancy.indices, triples.days, triples.further)
    keys = [(*(array[row].tobytes() for array in arrays), fares.month[v]) for v, row in enumerate(rows)]
    number = {key: at for at, key in enumerate(dict.fromkeys(keys))}
    like = np.array([number[key] for key in keys], dtype=np.int64)
    return np.unique(like, return_index=True)[1], like


def _choose(
    triples: Triples,
    minutes: Minutes,
    who: Means,
    fares: Fares,
    block: VacancyCommutes,
    vacancies: NDArray[np.int64],
    parameters: Parameters,
) -> NDArray[np.int64]:
    """Fill the block for some vacancies; return the chains of the last pair."""
    starts = triples.of_vacancy.indptr[:-1][vacancies]
    indptr = np.append(0, np.cumsum(triples.of_vacancy.indptr[1:][vacancies] - starts))
    rows = np.arange(indptr[-1]) + np.repeat(starts - indptr[:-1], np.diff(indptr))
    choice = np.full(int(np.diff(indptr).max(initial=0)), -1, dtype=np.int64)
    _kernels.choose(
        minutes.out,
        minutes.back,
        minutes.bike_km,
        minutes.car_km,
        triples.place,
        indptr,
        triples.of_vacancy.indices[rows],
        triples.days[rows] * parameters.weeks_per_month,
        triples.further[rows],
        fares.month[vacancies],
        who.zone,
        who.willing,
        who.limit,
        who.budget,
        who.has_pass,
        fares.rates,
        parameters.value_of_time_eur_hour / 60,
        block.reachable,
        block.slack_minutes,
        block.slack_eur,
        block.reasons,
        block.minutes_out,
        block.minutes_back,
        block.chain,
        block.cost_eur_month,
        block.cheapest_cost_eur_month,
        choice,
    )
    return choice
