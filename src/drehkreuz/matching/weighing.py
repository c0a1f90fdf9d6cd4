# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The same pairs under other weights: what stands between a person and a post does not depend on what matters to them."""

from __future__ import annotations

from concurrent.futures import Executor
from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from drehkreuz.matching.market import Market
from drehkreuz.matching.relation import Pairs, pairs
from drehkreuz.matching.utility import UtilityWeights, employer_utility, person_utility, post_quality

Floats = NDArray[np.float32]

NOTHING_COUNTS: Final = UtilityWeights(
    hour_on_the_way=0.0,
    week_of_learning=0.0,
    own_fee=0.0,
    remote_day=0.0,
    fixed_term=0.0,
    agency=0.0,
    night=0.0,
    fit=0.0,
    level=0.0,
    outlook=(0.0, 0.0, 0.0),
)
"""Weights by which a pair is worth its net pay after the commute, times the share of the months ahead that it lasts."""


def unweighed(market: Market, people: range, executor: Executor | None = None) -> Pairs:
    """
    Return the pair relation with nothing but pay and duration in its utilities, for `weighed` to finish.

    Args:
        market: The prepared region; of its weights only `months_ahead` is read.
        people: Rows of table `people`.
        executor: As for `pairs`.
    """
    weights = replace(NOTHING_COUNTS, months_ahead=market.weights.months_ahead)
    return pairs(replace(market, weights=weights), people, executor=executor)


def weighed(market: Market, plain: Pairs) -> Pairs:
    """
    Return the pairs with their utilities by the market's weights, the same as `pairs(market, plain.people)` but for rounding.

    Args:
        market: As for `unweighed`; its weights may be others, except `months_ahead`.
        plain: From `unweighed`.
    """
    weights = market.weights
    need = market.region.table("people")["net_need_eur_month"][plain.people.start : plain.people.stop].to_numpy()
    left = np.maximum(plain.net - plain.commute_eur, need.astype(np.float32)[:, None])
    share = np.divide(plain.utility_person, left, out=np.ones_like(left), where=left > 0)
    return replace(
        plain,
        utility_person=person_utility(
            net_after_commute=left,
            minutes_per_day=plain.minutes_out + plain.minutes_back,
            days_per_week=_days_present(market),
            weeks=plain.weeks,
            own_fee=plain.fee,
            feasibility=plain.feasibility,
            quality=post_quality(market.region, weights),
            share=share,
            weights=weights,
        ),
        utility_employer=employer_utility(plain.feasibility, plain.weeks, weights),
    )


def _days_present(market: Market) -> Floats:
    """Return the days a week each post is done at a place, float32[v]."""
    ends = market.triples.of_vacancy.indptr
    before = np.concatenate([[0.0], np.cumsum(market.triples.days)])
    return np.asarray(before[ends[1:]] - before[ends[:-1]], dtype=np.float32)
